"""Makes the pictures of the documentation from the sample study: `python docs/make_pictures.py [NAME...]`.

A picture is what the terminal shows, line by line, as SVG, or a figure as it is written; nothing is drawn by hand.
"""

import asyncio
import os
import re
import sys
from collections.abc import Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

import qualcode
from qualcode import analysis, report
from qualcode.report import drawing
from qualcode.work import sample

PICTURES = Path(__file__).parent / "pictures"
CELL, LINE, MARGIN = 7.8, 18, 24
ONE = 12.2
"""Width of a cell in the pictures that Textual makes."""
STYLES = {"0": "", "1": "b", "2": "d"}
SHEET = """
.paper { fill: #fbfaf7; stroke: #d9d5cb; }
text { font: 13px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #2b2a27; white-space: pre; }
.b { font-weight: bold; }
.d { fill: #8a867c; }
"""


def as_svg(screen: str) -> str:
    """A terminal's text, with bold and dim, as an SVG picture. Each run of one style is set to its exact width."""
    lines = screen.rstrip("\n").split("\n")
    columns = max(len(re.sub(r"\x1b\[\d+m", "", line)) for line in lines)
    width, height = columns * CELL + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    texts = []
    for row, line in enumerate(lines):
        column, style = 0, ""
        for code, words in re.findall(r"\x1b\[(\d+)m|([^\x1b]+)", line):
            if code:
                style = STYLES[code]
                continue
            x, y = MARGIN + column * CELL, MARGIN + (row + 0.75) * LINE
            texts.append(
                f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" textLength="{len(words) * CELL:.1f}" '
                f'xml:space="preserve">{escape(words)}</text>'
            )
            column += len(words)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}">'
    paper = f'<rect class="paper" width="{width:.0f}" height="{height:.0f}" rx="8"/>'
    return "\n".join([head, f"<style>{SHEET}</style>", paper, *texts, "</svg>", ""])


TEXT = ("down", "enter", *["pagedown"] * 3)
"""To a place in the second interview of the list that is coded thickly."""

TABLE = ("T", "slash")
"""To the tables, where a name is typed."""
MODEL = (*TABLE, *"change", "minus", *"model", "enter", "enter", "wait:900")
CHART = (*TABLE, *"framework", "enter", "enter", "wait:900", "down")
"""To two of them."""

SCREENS = {
    "workbench": ((120, 36), (*TEXT, "down", "down")),
    "picker": ((100, 30), (*TEXT, "s", "enter", "h", "o", "p")),
    "matrix": ((110, 34), (*MODEL, *["down"] * 6, "right", "right", "wait:900")),
    "documents": ((100, 30), ()),
    "claim": ((100, 30), (*TEXT, "s", "greater_than_sign", "m", "2", "a", "p", "3")),
    "correct": ((100, 30), (*TEXT, "e")),
    "finish": ((100, 30), (*["down"] * 4, "enter", "F")),
    "waves": ((120, 30), ("down", "enter", "pagedown", "W", "wait:500")),
    "codebook": ((110, 30), ("f3", *["down"] * 6)),
    "people": ((110, 24), ("P",)),
    "passages": ((110, 30), ("V", "wait:900")),
    "memos": ((100, 26), ("M", "wait:500")),
    "claims": ((110, 26), ("L", "wait:500")),
    "search": ((100, 26), ("S", "h", "o", "p", "e", "enter", "wait:900")),
    "help": ((100, 30), ("down", "enter", "question_mark")),
    "split": ((100, 28), ("f3", "down", "s", "wait:300", *"abab")),
    "merge": ((110, 30), ("f3", "slash", *"Less", "enter", "m", *"P1", "enter", "wait:300")),
    "hub": ((110, 24), (*MODEL, *["down"] * 5, "h", "wait:900")),
    "framework": ((110, 30), (*CHART, "wait:300")),
    "charting": ((100, 32), (*CHART, "enter", "wait:500")),
    "saturation": ((100, 32), (*TABLE, *"saturation", "enter", "enter", "wait:900", *["down"] * 6)),
}
"""Picture of the workbench -> cells of the screen, and the keys pressed by AK in the sample study."""


async def pictured(project_file: Path, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """The screen after some keys, as SVG without fonts from elsewhere and with the same ids each time."""
    from qualcode.tui.app import Workbench

    app = Workbench(project_file, "AK", "paper")
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.5)
        for key in keys:
            await pilot.press(key)
        await pilot.pause(0.5)
        svg = app.export_screenshot(title="qualcode")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")
    return _blanks_as_room(re.sub(r"terminal-\d+", "terminal", svg))


def _blanks_as_room(svg: str) -> str:
    """Blanks before words become room before them: some programs that show pictures drop blanks."""

    def moved(match: re.Match[str]) -> str:
        blanks = match[5].count("&#160;")
        return (
            f'x="{float(match[1]) + blanks * ONE:g}"{match[2]}textLength="{float(match[3]) - blanks * ONE:g}"{match[4]}'
        )

    text = re.compile(r'x="([\d.]+)"( y="[\d.]+" )textLength="([\d.]+)"([^>]*>)((?:&#160;)+)(?=[^<])')
    return text.sub(moved, svg)


def main(names: Sequence[str]) -> None:
    """Make those named, else all."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        path = sample.make(Path(folder))
        for name, (size, keys) in SCREENS.items():
            if names and name not in names:
                continue
            os.environ["QUALCODE_CONFIG"] = str(Path(folder) / name)
            (PICTURES / f"{name}.svg").write_text(asyncio.run(pictured(path, size, keys)), encoding="utf-8")
        if not names:
            figures(path)


def figures(project_file: Path) -> None:
    """The table as the terminal prints it, and the figure."""
    with qualcode.open(project_file) as project:
        table = analysis.change_model(project)
        screen = report.render(table, width=116, colour=True)
        shown = re.split(r"\n[^\n]*Last change", screen)[0]  # the date would make a new picture each time
        (PICTURES / "change-model.svg").write_text(as_svg(shown), encoding="utf-8")
        figure = analysis.change_model_figure(project, levels=2)
        (PICTURES / "change-model-figure.svg").write_bytes(drawing.content(figure, ".svg"))


if __name__ == "__main__":
    main(sys.argv[1:])
