"""What is drawn: its pieces add up to the row, stripes are those that are there, cells lead back to offsets."""

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import qualcode
from qualcode.model import Answer, Turn
from qualcode.tui.clusters import begins
from qualcode.tui.desk import Stripe
from qualcode.tui.layout import Layout
from qualcode.tui.margin import MODES, Margin, widths
from qualcode.tui.painting import Marks, Painter
from qualcode.tui.passages import Passages
from qualcode.tui.themes import PLAIN, Ink
from tests.builders import add_interview
from tests.screens.driving import on_screen, workbench
from tests.screens.studies import HOSTILE
from tests.strategies import characters, spans, texts

INKS = {name: Ink(name) for name in ("night", "paper", PLAIN)}
names = st.one_of(st.just("M2a"), st.just(HOSTILE), st.text(characters, min_size=1, max_size=8))


@dataclass
class Desk:
    """What a painter needs of a page."""

    body: str
    stripes: Passages
    turns: tuple[Turn, ...] = ()
    answers: tuple[Answer, ...] = ()
    answer_spans: tuple[tuple[int, int], ...] = ()
    line_starts: tuple[int, ...] = (0,)
    asking: frozenset[str] = frozenset({"INT"})

    def turns_between(self, start, end):
        return [turn for turn in self.turns if turn.start < end and turn.end > start]


@st.composite
def painters(draw):
    """A painter of a text that may hold anything, with stripes, at any width."""
    body = draw(st.one_of(texts(1, 30), st.lists(st.sampled_from([*HOSTILE, "\n", "ab "]), max_size=60).map("".join)))
    stripes = []
    for number in range(draw(st.integers(0, 8)) if body else 0):
        start, end = draw(spans(body))
        label, name = draw(names), draw(names)
        stripes.append(
            Stripe(_Item(number), start, end, label, name, "", number, draw(st.sampled_from(["", "~−*✎"])), True)
        )
    mode = draw(st.sampled_from(MODES))
    shared = widths(draw(st.integers(8, 130)), mode, draw(st.integers(0, 60)))
    layout = Layout(body, shared.text)
    turns = tuple(Turn(start, start + 1, start, "INT") for start in range(0, len(body), 7))
    page = Desk(body, Passages(stripes), turns)
    ink = INKS[draw(st.sampled_from(sorted(INKS)))]
    return Painter(page, layout, Margin(layout, page.stripes), shared, ink, with_names=mode == "names")


@dataclass(frozen=True)
class _Item:
    id: int


@st.composite
def marks_over(draw, painter):
    """Cursor, selection, hits and a passage at hand, anywhere."""
    body, stripes = painter.page.body, painter.page.stripes.items
    hits = sorted(draw(st.lists(spans(body), max_size=3))) if body else []
    return Marks(
        draw(st.none() | st.integers(0, len(body))),
        draw(spans(body)) if body and draw(st.booleans()) else None,
        hits,
        draw(st.integers(0, len(stripes) - 1)) if stripes and draw(st.booleans()) else None,
    )


@given(painters(), st.data())
@settings(max_examples=150)
def test_the_pieces_of_a_row_add_up_to_its_cells_and_hold_nothing_that_drives_a_terminal(painter, data):
    marks = data.draw(marks_over(painter))
    for row in range(len(painter.layout)):
        pieces, cells = painter.row(row, marks)
        text = "".join(piece.text for piece in pieces)
        assert not {letter for letter in text if unicodedata.category(letter) in ("Cc", "Zl", "Zp")}
        assert cells >= painter.widths.left
        left = 0
        while left < len(pieces) and cell_len("".join(p.text for p in pieces[:left])) < painter.widths.left:
            left += 1
        assert cell_len("".join(piece.text for piece in pieces[:left])) == painter.widths.left
        assert cells <= painter.widths.left + painter.widths.text + 1


@given(painters())
@settings(max_examples=100)
def test_the_stripes_drawn_in_a_row_are_all_that_stand_on_it_each_in_its_lane(painter):
    lane_of = {}
    for row in range(len(painter.layout)):
        start, end = painter.layout.span(row)
        there = {n for n, s in enumerate(painter.page.stripes.items) if s.start < end and s.end > start}
        drawn = [index for index in painter.margin.cells(row, 99) if index is not None]
        assert sorted(drawn) == sorted(there)
        for index in drawn:
            lane = painter.margin.cells(row, 99).index(index)
            assert lane_of.setdefault(index, lane) == lane
        few = painter.margin.cells(row, 2)
        hidden = any(lane_of[index] >= 2 for index in drawn)
        assert (few[-1] == -1) == hidden
    begun = [index for row in range(len(painter.layout)) for index in painter.margin.beginning(row)]
    assert begun == list(range(len(painter.page.stripes)))


@given(painters())
@settings(max_examples=150)
def test_every_label_stands_once_on_its_passage_near_where_it_begins_or_is_counted(painter):
    stripes, layout = painter.page.stripes.items, painter.layout
    shown, more = [], 0
    for row in range(len(layout)):
        labels, hidden = painter.told(row)
        here = [
            index for index in painter.margin.there(row) if painter.told(row)[0].count(painter._label(stripes[index]))
        ]
        assert len(here) >= len(set(labels))
        shown += labels
        more += hidden
        assert labels or hidden or not painter.margin.beginning(row) or not painter.widths.labels
    if painter.widths.labels:
        assert len(shown) + more == len(stripes)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("total", [1, 5, 20, 39, 40, 76, 80, 100, 120, 300])
def test_the_parts_of_a_row_fit_the_screen(total, mode):
    shared = widths(total, mode, 30)
    assert shared.text >= 2
    assert shared.left + shared.text <= max(total, 9)


@on_screen
async def test_every_cell_of_the_text_leads_to_the_character_that_is_drawn_there(hostile_file):
    async with workbench(hostile_file, size=(100, 30)) as desk:
        await desk.press("enter")
        reader = desk.reader
        left, top = reader._painter.widths.left, reader.scroll_offset.y
        for y in range(reader.size.height):
            row = y + top
            start, end = reader.layout_now.drawn(row)
            for at in range(start, end):
                place = reader._place_at(left + reader.layout_now.cell_of(row, at), y) if _begins(reader, at) else at
                assert place == at or reader.layout_now.cell_of(row, at) == reader.layout_now.width
        for x, y in ((-5, -5), (0, 0), (500, 500)):
            assert 0 <= reader._place_at(x, y) <= len(reader.page.body)


def _begins(reader, at):
    return begins(reader.page.body, at)


@on_screen
async def test_numbers_of_five_figures_push_nothing_aside(tmp_path):
    path = tmp_path / "long.qualcode"
    with qualcode.new(path, "AK") as project:
        add_interview(project, "Long", *[("INT", "?"), ("Ann", "Yes.")] * 5_001)
    async with workbench(path, size=(80, 24)) as desk:
        await desk.press("enter", "G")
        rows = [line for line in desk.lines if "Ann: Yes." in line or "INT: ?" in line]
        assert "¶5001 " in desk.text
        assert "10001 " in desk.text
        assert len({line.index(":") for line in rows}) == 1
