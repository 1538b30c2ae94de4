"""Whatever does not fit its line ends in an ellipsis: nobody takes a word cut in two for a whole one."""

import shutil
from collections.abc import Iterator

import pytest
from rich.text import Text
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from qualcode.tui.widgets.rows import Rows
from tests.screens.driving import Desk, on_screen, workbench
from tests.screens.test_last_line import SCENES, made  # noqa: F401 (a fixture)
from tests.screens.test_snapshots_of_findings import settle


def _squeezed(words: str) -> str:
    """Without blanks, which a wrap takes away."""
    return "".join(words.split())


def _drawn(strips: list[Strip]) -> list[str]:
    return [_squeezed("".join(piece.text for piece in strip)) for strip in strips]


def _said(desk: Desk) -> Iterator[tuple[Widget, str, str]]:
    """Each widget in sight, what it was told to say, and what of it is drawn, without blanks."""
    for widget in desk.app.screen.query(Static):
        is_words = isinstance(widget.content, str | Text)  # a table in the help is scrolled
        if is_words and widget.size.width and widget.size.height and widget.is_on_screen:
            lines = widget.render_lines(widget.outer_size.region)
            yield widget, _squeezed(str(widget.content)), "".join(_drawn(lines))
    for rows in desk.app.screen.query(Rows):
        width = rows.scrollable_content_region.width
        for row in range(rows.scroll_offset.y, min(rows.count, rows.scroll_offset.y + rows._room)) if width else ():
            strip = rows.render_line(row - rows.scroll_offset.y + (rows._head is not None))
            told = "".join(piece.text for piece in rows._draw(row, width))
            yield rows, _squeezed(told), _drawn([strip])[0]


PLACES = (
    ("documents", ()), ("people", ("P",)), ("passages", ("V",)), ("claims", ("L",)), ("memos", ("M",)),
    ("history", ("H",)), ("ledger", ("quotation_mark",)), ("agreement", ("f2", "J")), ("differences", ("d",)),
    ("gallery", ("f2", "T")), ("matrix", ("end", *"kkkkkkkkk", "enter")), ("importing", ("f2", "I")),
    ("codebooks", ("b",)), ("applying", ("enter",)), ("text", ("f2", "home", "enter", "right_curly_bracket")),
    ("picker", ("enter",)), ("finishing", ("escape", "F")), ("memo", ("escape", "M")), ("codes", ("escape", "f3")),
    ("hub", ("at",)), ("start", ("O",)),
)  # fmt: skip
"""Where long words stand: names of screens in the sample study, and the keys that lead from one to the next."""


@pytest.mark.parametrize("scenes", [*SCENES, "places"])
@on_screen
async def test_what_is_cut_ends_in_an_ellipsis(made, coded_file, sample_study, tmp_path, scenes):  # noqa: F811
    study = {"reading": coded_file, "places": sample_study}.get(scenes, made)
    cut = []
    async with workbench(shutil.copy(study, tmp_path / "copy.qualcode"), size=(80, 24)) as desk:
        for name, keys in PLACES if scenes == "places" else SCENES[scenes]:
            await desk.press(*keys)
            await settle(desk)
            said = [(widget.id, told, drawn) for widget, told, drawn in _said(desk) if drawn != told]
            cut += [(name, *each) for each in said if not each[-1].endswith("…")]
    assert not cut, "\n".join(map(str, cut))
