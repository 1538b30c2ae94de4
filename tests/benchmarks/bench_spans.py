"""Spans: a transcript of 150,000 characters with 200 scattered corrections, and 20,000 segments carried along."""

from bisect import bisect_left
from random import Random

from qualcode.spans import carry_all, edits_between, replace
from tests.benchmarks.bench import Row, row

WORDS = 19_500
CORRECTIONS, MANY_CORRECTIONS, SEGMENTS = 200, 500, 20_000


def _transcript(words: list[str], turn: int) -> str:
    return "".join(f"{word}\n" if number % turn == turn - 1 else f"{word} " for number, word in enumerate(words))


def rows() -> list[Row]:
    chance = Random(1)
    words = chance.choices([f"word{number}" for number in range(3_000)], k=WORDS - 4_000) + ["mm"] * 4_000
    chance.shuffle(words)
    corrected = list(words)
    for place in chance.sample(range(WORDS), CORRECTIONS):
        corrected[place] = chance.choice(["Corrected", "two words", ""])
    made = []
    for turn, name in ((40, "turns of 40 words"), (400, "turns of 400 words"), (WORDS, "no line breaks at all")):
        before, after = _transcript(words, turn), _transcript(corrected, turn)
        made.append(
            row(
                f"edits_between, {name} ({len(before):,} characters)",
                lambda before=before, after=after: edits_between(before, after),
                "splitting both at blanks",
                lambda before=before, after=after: (before.split(), after.split()),
            )
        )
    text = _transcript(words, 40)
    names = [(place, place + 4, "Pseudonym") for place in range(0, MANY_CORRECTIONS * 280, 280)]
    _, edits = replace(text, names)
    starts = sorted(chance.choices(range(len(text) - 500), k=SEGMENTS))
    spans = [(start, start + chance.randrange(1, 500)) for start in starts]
    places = [edit.start for edit in edits]
    return [
        *made,
        row(
            f"replace {len(names):,} names",
            lambda: replace(text, names),
            "cutting and joining",
            lambda: "".join([text[place : place + 300] for place in range(0, len(text), 300)]),
        ),
        row(
            f"carry_all, {SEGMENTS:,} segments over {len(edits):,} edits",
            lambda: carry_all(edits, spans),
            "two searches a segment",
            lambda: [(bisect_left(places, start), bisect_left(places, end)) for start, end in spans],
        ),
    ]
