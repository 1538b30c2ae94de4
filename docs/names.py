"""Measures how many names are proposed in made-up talk, and writes docs/names.md: `python docs/names.py [--check]`.

The names stand in docs/drawn_names.txt: drawn by lot, after the list of given names had been written, from the lists of
the Faker library (40.54, MIT licence), each name with the same chance however rare it is.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from qualcode.work.given_names import NAMES  # noqa: E402  (a script finds the checkout beside it)
from qualcode.work.name_words import capitals, found, small_words  # noqa: E402

PAGE, DRAWN = ROOT / "docs" / "names.md", ROOT / "docs" / "drawn_names.txt"

ALONE = ("so I said to {} you know it's not right", "it was {} who sat with me the whole night", "{} never came back.")
NAMED = {
    "in the midst of talk": ALONE[:1],
    "as the first word": ALONE[2:],
    "with a surname": ("and then {} {sur} came round",),
    'after "my name is"': ("well, my name is {} and I live here",),
    "a surname after Mr or Mrs": ("I went to see Mrs {sur} about it",),
    "a surname alone": ("I went to see {sur} about it",),
}
CASES: dict[str, Callable[[str], str]] = {"As written": str, "lower case": str.lower, "UPPER CASE": str.upper}

TEXT = """# Names that are proposed, and names that are missed

`qualcode names propose` proposes what may be a name; a person decides. This page says how much it finds. It is made by
`python docs/names.py`, and a test holds it to that.

**What this is not.** These are {count} names drawn by lot from lists, put into made-up sentences: no interviews. Every
name had the same chance to be drawn, however rare; in a real study common names are more frequent, and more of them
are found. No recogniser of a language model took part. Places, firms and nicknames are not measured: without a list,
a title or an attribute that tells them, they are not found at all. So a study of which everything proposed was replaced
still holds names, and still tells who somebody is by what they tell. Read what you give away.

## By group and case

Of given names in the midst and at the beginning of talk, in per cent: how many were proposed.

{by_group}

The groups are rough, and say where a list came from: nothing of who has a name. As written, a capital in the midst of a
sentence tells a name of any group; without capitals, or as the first word, the list of given names alone does, and it
serves the groups unevenly: it has {listed:,} names and was written from general knowledge
(module `given_names`). In such transcripts look by other means: speakers' labels, attributes, your own list,
which is looked for in every document whatever the case.

## By what stands beside it

All groups together, in per cent.

{by_place}

A name that is a word as well ("will", "grace") is proposed with a capital only: lower-cased transcripts hide it.
What has a capital is proposed be it a name or not: {noise} proposals in 10,000 words of the shipped interviews, in
which all names are made up.
"""


def drawn() -> dict[str, tuple[list[str], list[str]]]:
    """Group -> given names, surnames."""
    lines = DRAWN.read_text(encoding="utf-8").splitlines()
    return {
        group: (given.split(":")[1].split(), sur.split(":")[1].split())
        for group, given, sur in zip(lines[::3], lines[1::3], lines[2::3], strict=True)
    }


def is_found(sentence: str, given: str, sur: str, case: Callable[[str], str]) -> bool:
    """Whether a proposal covers the name that a sentence is about, each sentence being read alone."""
    name = given if "{}" in sentence else sur
    text = case(sentence.format(given, sur=sur))
    start = text.index(case(name))
    proposed = [*found(text), *capitals(text, small_words(text))]
    return any(each.start <= start and start + len(case(name)) <= each.end for each in proposed)


def recall(groups: list[tuple[list[str], list[str]]], sentences: tuple[str, ...], case: Callable[[str], str]) -> str:
    """How many are found, in per cent."""
    told = [
        is_found(sentence, name, sur[place % len(sur)], case)
        for given, sur in groups
        for place, name in enumerate(given)
        for sentence in sentences
    ]
    return f"{100 * sum(told) / len(told):.0f}"


def noise() -> int:
    """How many proposals there are in 10,000 words of the shipped interviews."""
    bodies = [each.read_text(encoding="utf-8") for each in sorted((ROOT / "sample_transcripts").rglob("*.txt"))]
    small = {word for body in bodies for word in small_words(body)}
    places = [{(each.start, each.end) for each in (*found(body), *capitals(body, small))} for body in bodies]
    return round(10_000 * sum(map(len, places)) / sum(len(body.split()) for body in bodies))


def table(corner: str, rows: dict[str, list[str]]) -> str:
    """As Markdown."""
    lines = [[corner, *CASES], ["---", *["---:"] * len(CASES)], *([row, *cells] for row, cells in rows.items())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def page() -> str:
    """The page as it is to be."""
    groups = drawn()
    by_group = {
        f"{group} ({len(names[0])})": [recall([names], ALONE, case) for case in CASES.values()]
        for group, names in groups.items()
    }
    by_group["all"] = [recall(list(groups.values()), ALONE, case) for case in CASES.values()]
    by_place = {
        place: [recall(list(groups.values()), sentences, case) for case in CASES.values()]
        for place, sentences in NAMED.items()
    }
    return TEXT.format(
        count=sum(len(given) for given, _ in groups.values()),
        listed=len(NAMES),
        noise=noise(),
        by_group=table("Names from lists called", by_group),
        by_place=table("The name stands", by_place),
    )


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare; 1 if the page is not as it should be")
    made = page()
    if parser.parse_args().check:
        return int(PAGE.read_text(encoding="utf-8") != made)
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
