"""A page to draw on, in millimetres from its upper left corner, and its bytes as svg, pdf or png.

matplotlib without pyplot, so that nothing is shared and no window can open. The same strokes give the same bytes:
fonts are the ones that come with matplotlib, settings are its defaults whatever the user's file says, ids in SVG are
salted with a fixed word, and no file holds a date. Text is never read as mathematics or TeX.
"""

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Sheet
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch, Polygon
from matplotlib.path import Path as Outline
from matplotlib.textpath import TextToPath

from qualcode.report.printed import xml_safe
from qualcode.visible import visible_line

INK, GREY, PALE, WARM = "#1d2b44", "#8a8f99", "#a9aeb6", "#b0431c"
"""Dark for what is firm, grey for what is less so, pale for what is only expected, warm for what speaks against.
In grey they stay apart: about 17, 56, 68 and 36 per cent of white."""

PAPER, TINT, RULE = "#ffffff", "#f2f3f5", "#c9cdd3"

POINT = 25.4 / 72
"""Millimetres of a point."""

RESOLUTION = 300
"""Dots an inch of a png, as journals ask."""

_MOST_DOTS = 20_000
"""Along a side of a png: a page longer than 1.7 metres (a strip for each of 150 documents) has fewer dots an inch. Time
and memory go by the dots, 400 MB where such a page is three metres long, and matplotlib draws no side of 65,536."""

_SETTINGS: dict[str, Any] = {
    "svg.hashsalt": "qualcode",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "path.simplify": False,
}
_FOLDER = Path(mpl.get_data_path()) / "fonts" / "ttf"

Side = Literal["left", "center", "right"]
XY = tuple[float, float]


@lru_cache(maxsize=64)
def _font(size: float, is_bold: bool) -> FontProperties:
    return FontProperties(fname=str(_FOLDER / ("DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf")), size=size)


@lru_cache(maxsize=4096)
def text_width(words: str, size: float, is_bold: bool = False) -> float:
    """Millimetres that a line takes at so many points."""
    width: float = TextToPath().get_text_width_height_descent(words, _font(size, is_bold), ismath=False)[0]
    return width * POINT


def lettered(words: str) -> str:
    """Words as they are drawn: one line, safe in XML, every control character visible."""
    return xml_safe(visible_line(words))


def undrawable(words: str) -> str:
    """The characters that the font has no picture of, each once: they are drawn as an empty box."""
    font = get_font(str(_FOLDER / "DejaVuSans.ttf"))
    return "".join(dict.fromkeys(each for each in words if not font.get_char_index(ord(each))))


@contextmanager
def calm() -> Iterator[None]:
    """All measuring and drawing is done in here: matplotlib as it comes, whatever the user's file says.

    A missing letter is told by `undrawable`, not warned of.
    """
    settings: Any = {name: value for name, value in mpl.rcParamsDefault.items() if name != "backend"} | _SETTINGS
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+")
        yield


class Canvas:
    """A page.

    Args:
        width, height: of the page.
        origin: where on the page the point is that is called (0, 0).
    """

    def __init__(self, width: float, height: float, origin: XY = (0.0, 0.0)) -> None:
        left, top = origin
        self._sheet = Sheet(figsize=(width / 25.4, height / 25.4), facecolor=PAPER)
        FigureCanvasAgg(self._sheet)
        self._axes = self._sheet.add_axes((0, 0, 1, 1), xlim=(-left, width - left), ylim=(height - top, -top))
        self._axes.set_axis_off()
        self._layer = 0.0

    def _next(self) -> float:
        """Each stroke above those before it."""
        self._layer += 1
        return self._layer

    def text(
        self, at: XY, words: str, size: float, *, side: Side = "left", is_bold: bool = False, colour: str = INK
    ) -> None:
        """A line of text, its small letters' middle at the height given; control characters are made visible."""
        drawn = self._axes.text(
            at[0], at[1] + 0.36 * size * POINT, lettered(words), ha=side, va="baseline", color=colour,
            fontproperties=_font(size, is_bold), zorder=self._next(), parse_math=False,
        )  # fmt: skip
        drawn.set_clip_on(False)

    def line(self, points: Sequence[XY], width: float, colour: str = INK, *, dashes: Sequence[float] = ()) -> None:
        """Straight pieces, as wide as so many points."""
        codes = [Outline.MOVETO, *[Outline.LINETO] * (len(points) - 1)]
        self._stroke(Outline(points, codes), width, colour, dashes)

    def curve(self, points: Sequence[XY], width: float, colour: str = INK, *, dashes: Sequence[float] = ()) -> None:
        """Cubic Bezier pieces: a start, and three points for each."""
        codes = [Outline.MOVETO, *[Outline.CURVE4] * (len(points) - 1)]
        self._stroke(Outline(points, codes), width, colour, dashes)

    def _stroke(self, outline: Outline, width: float, colour: str, dashes: Sequence[float]) -> None:
        style = (0, tuple(dashes)) if dashes else "solid"
        self._put(
            PathPatch(outline, facecolor="none", edgecolor=colour, linewidth=width, linestyle=style,
                      capstyle="butt", joinstyle="round", zorder=self._next())
        )  # fmt: skip

    def _put(self, patch: Patch) -> None:
        """Not by `add_patch`: it follows every outline for the limits of the axes, which are the page's and fixed."""
        self._axes.add_artist(patch)

    def area(self, points: Sequence[XY], fill: str, edge: str = "none", width: float = 0.0) -> None:
        """A polygon."""
        self._put(
            Polygon(points, closed=True, facecolor=fill, edgecolor=edge, linewidth=width, joinstyle="miter",
                    zorder=self._next())
        )  # fmt: skip

    def areas(self, polygons: Sequence[Sequence[XY]], fill: str) -> None:
        """Many upright rectangles of one colour, in one stroke: a thousand take as long as one.

        They begin and end at whole dots, which matplotlib sees to by itself in short outlines only.
        """
        points = [point for polygon in polygons for point in (*polygon, polygon[0])]
        codes = [code for polygon in polygons
                 for code in (Outline.MOVETO, *[Outline.LINETO] * (len(polygon) - 1), Outline.CLOSEPOLY)]  # fmt: skip
        if points:
            outline = Outline(points, codes)
            self._put(PathPatch(outline, facecolor=fill, edgecolor="none", zorder=self._next(), snap=True))

    def box(
        self, left: float, top: float, width: float, height: float, *, fill: str = PAPER, edge: str = INK,
        line: float = 0.6, round_by: float = 0.9,
    ) -> None:  # fmt: skip
        """A rectangle with round corners."""
        self._put(
            FancyBboxPatch((left, top), width, height, boxstyle=f"round,pad=0,rounding_size={round_by}",
                           facecolor=fill, edgecolor=edge, linewidth=line, zorder=self._next())
        )  # fmt: skip

    def content(self, suffix: str, title: str, words: str) -> bytes:
        """The page as a file.

        Args:
            suffix: ".svg", ".pdf" or ".png".
            title: stands in the file.
            words: what the picture shows, for those who cannot see it; stands in the file too.
        """
        stream = io.BytesIO()
        title, words = lettered(title), lettered(words)
        described: dict[str, dict[str, str | None]] = {
            ".svg": {"Date": None, "Creator": None, "Title": title, "Description": words},
            ".pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": title, "Subject": words},
            ".png": {"Software": None, "Title": title, "Description": words},
        }
        dots = min(float(RESOLUTION), _MOST_DOTS / max(self._sheet.get_size_inches()))
        self._sheet.savefig(stream, format=suffix[1:], dpi=dots, metadata=described[suffix])
        return stream.getvalue()
