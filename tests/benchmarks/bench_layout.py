"""Layout: the reader's wrap, one page of rows and stripes, and moves, on 150,000 and 5,000,000 characters."""

from dataclasses import dataclass
from random import Random

from qualcode.tui import moves
from qualcode.tui.layout import Layout
from qualcode.tui.passages import Passages, lanes
from tests.benchmarks.bench import Row, row

WIDTH, PAGE = 90, 40
REAL, HUGE = 150_000, 5_000_000
PASSAGES = 10_000


@dataclass(frozen=True, slots=True)
class _Passage:
    id: int
    start: int
    end: int


def _text(length: int, chance: Random, words: tuple[str, ...]) -> str:
    """Paragraphs of about a hundred words."""
    drawn = chance.choices(words, k=length // 4)
    text = "".join(f"{word}\n" if number % 100 == 99 else f"{word} " for number, word in enumerate(drawn))
    return text[:length]


def _wrapping(what: str, body: str) -> Row:
    return row(
        f"wrap {len(body):,} characters, {what}",
        lambda: Layout(body, WIDTH),
        "finding newlines and odd characters",
        lambda: (body.split("\n"), body.isascii() or set(body)),
    )


def _page(what: str, body: str) -> Row:
    layout = Layout(body, WIDTH)
    first = len(layout) // 2
    spans = [layout.span(number) for number in range(first, first + PAGE)]
    return row(
        f"{PAGE} rows shown, {what}",
        lambda: [layout.shown(*layout.drawn(number)) for number in range(first, first + PAGE)],
        "cutting them out",
        lambda: [body[start:end] for start, end in spans],
        runs=15,
    )


def rows() -> list[Row]:
    chance = Random(1)
    english = tuple("w" * length for length in (2, 3, 4, 5, 6, 7, 9))
    curly, emoji, chinese = (*english, "don’t"), (*(english * 40), "😀", "👩🏽‍🦱"), ("我希望好起来，", "他说", "医院")
    plain = _text(HUGE, chance, english)
    spans = [(start, start + chance.randrange(20, 1_500)) for start in chance.choices(range(HUGE - 1_500), k=PASSAGES)]
    items = [_Passage(number, start, end) for number, (start, end) in enumerate(spans)]
    passages, over_all = Passages(items), Passages([*items, _Passage(-1, 0, HUGE)])
    layout = Layout(plain, WIDTH)
    row_spans = [(layout.row_of(item.start), layout.row_of(item.end - 1)) for item in passages.items]
    looks = [layout.span(number) for number in chance.choices(range(len(layout)), k=1_000)]
    places = [start for start, _ in looks]
    return [
        _wrapping("plain", _text(REAL, chance, english)),
        _wrapping("plain", plain),
        _wrapping("curly quotes", _text(HUGE, chance, curly)),
        _wrapping("some emoji", _text(HUGE, chance, emoji)),
        _wrapping("Chinese", _text(REAL, chance, chinese)),
        _page("plain", plain),
        _page("some emoji", _text(REAL, chance, emoji)),
        _page("Chinese", _text(REAL, chance, chinese)),
        row(
            f"overlapping, 1,000 rows among {PASSAGES:,} passages",
            lambda: [passages.overlapping(start, end) for start, end in looks],
            "1,000 empty calls",
            lambda: [_nothing(start, end) for start, end in looks],
        ),
        row(
            "the same under a passage over all",
            lambda: [over_all.overlapping(start, end) for start, end in looks],
            "without it",
            lambda: [passages.overlapping(start, end) for start, end in looks],
        ),
        row(f"sorting {PASSAGES:,} passages", lambda: Passages(items), "sorting spans", lambda: sorted(spans)),
        row(f"lanes of {PASSAGES:,} passages", lambda: lanes(row_spans), "sorting rows", lambda: sorted(row_spans)),
        row(
            "1,000 moves by word",
            lambda: [moves.word(plain, place, 1) for place in places],
            "1,000 moves by character",
            lambda: [moves.character(plain, place, 1) for place in places],
        ),
        row(
            "1,000 moves by row",
            lambda: [moves.row(layout, place, 1, 40) for place in places],
            "1,000 moves by character",
            lambda: [moves.character(plain, place, 1) for place in places],
        ),
    ]


def _nothing(start: int, end: int) -> tuple[int, int]:
    return start, end
