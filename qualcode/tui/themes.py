"""How the workbench looks: five themes, and `Ink`, the styles that lines are drawn with.

Colour is never the only carrier: what is coloured also has a letter, a sign, a place or an underline. `plain` (chosen
where NO_COLOR is set) has no colour at all, only bold, underline and reverse.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache

from rich.style import Style
from textual.color import Color, ColorParseError
from textual.theme import Theme

Palette = Mapping[str, str]

_PALETTES: Mapping[str, Palette] = {
    "night": {
        "ground": "#16191f", "raised": "#1f242c", "text": "#d9d6cf", "asked": "#8f96a3", "quiet": "#6f7785",
        "label": "#f0ece2", "accent": "#86b9ee", "warn": "#f2a871", "good": "#8fc99a", "selected": "#2b4a6b",
        "hit": "#5c4a10", "row": "#2a313c",
    },
    "paper": {
        "ground": "#fbf8f1", "raised": "#f1ecdf", "text": "#26241f", "asked": "#756f63", "quiet": "#8d8779",
        "label": "#14130f", "accent": "#0f5a9c", "warn": "#9c3d00", "good": "#2c6b3a", "selected": "#c6dcf2",
        "hit": "#ffe79c", "row": "#e6dfcd",
    },
    "contrast": {
        "ground": "#000000", "raised": "#000000", "text": "#ffffff", "asked": "#d0d0d0", "quiet": "#c0c0c0",
        "label": "#ffffff", "accent": "#ffff00", "warn": "#ffb000", "good": "#00ff90", "selected": "#0050c8",
        "hit": "#705800", "row": "#303030",
    },
}  # fmt: skip

OKABE_ITO = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7")
"""Seven colours told apart by nearly everybody (Okabe and Ito 2008, Color Universal Design); black is left out."""

THEMES: Mapping[str, tuple[str, bool]] = {
    "night": ("night", False),
    "paper": ("paper", False),
    "contrast": ("contrast", False),
    "safe": ("night", True),
    "safe-paper": ("paper", True),
}
"""Theme -> its palette, and whether codes take colour-blind-safe colours whatever the codebook says."""

PLAIN = "plain"
DEFAULT = "night"

_LEGIBLE = 4.5
"""Contrast of text on its ground (WCAG 2.2, 1.4.3)."""


def textual_themes() -> list[Theme]:
    """Our themes as Textual wants them."""
    return [_theme(name, _PALETTES[palette]) for name, (palette, _) in THEMES.items()] + [_plain()]


def _theme(name: str, palette: Palette) -> Theme:
    return Theme(
        name=name,
        primary=palette["accent"],
        warning=palette["warn"],
        error=palette["warn"],
        success=palette["good"],
        accent=palette["accent"],
        foreground=palette["text"],
        background=palette["ground"],
        surface=palette["ground"],
        panel=palette["raised"],
        dark=Color.parse(palette["ground"]).brightness < 0.5,
        variables={
            "footer-background": palette["raised"],
            "footer-key-foreground": palette["accent"],
            "footer-description-foreground": palette["asked"],
            "border": palette["quiet"],
            "input-selection-background": palette["selected"],
            "scrollbar": palette["row"],
            "scrollbar-background": palette["ground"],
            "scrollbar-hover": palette["quiet"],
            "scrollbar-active": palette["quiet"],
        },
    )


_COLOURED = (
    "ansi-background", "ansi-foreground", "border-blurred", "block-cursor-foreground", "block-cursor-background",
    "input-cursor-background", "input-cursor-foreground", "input-selection-background", "input-selection-foreground",
    "screen-selection-background", "screen-selection-foreground",
)  # fmt: skip
"""What Textual's sheets give a colour in a theme of the terminal's own colours (its `ansi-dark` has the same)."""


def _plain() -> Theme:
    return Theme(
        name=PLAIN, primary="ansi_default", foreground="ansi_default", background="ansi_default",
        surface="ansi_default", panel="ansi_default", accent="ansi_default", warning="ansi_default",
        error="ansi_default", success="ansi_default", secondary="ansi_default", boost="ansi_default", dark=True,
        ansi=True,
        variables=dict.fromkeys(_COLOURED, "ansi_default")
        | {"input-cursor-text-style": "reverse", "ansi-background": "ansi_default", "ansi-foreground": "ansi_default"},
    )  # fmt: skip


class Ink:
    """The styles of one theme, by what they mean.

    Names: text, asked (interviewers' words), quiet (numbers, hints), label (who speaks), head, accent, warn, good,
    selected, hit, row (the current row of a list), cursor, double (two codes at once), tint (the passage at hand).
    """

    def __init__(self, theme: str) -> None:
        self.theme = theme
        self.is_plain = theme == PLAIN
        name, self._is_safe = THEMES.get(theme, THEMES[DEFAULT])
        self._palette = _PALETTES[name]
        self._code = lru_cache(maxsize=4096)(self._code_colour)
        self._composed = lru_cache(maxsize=4096)(self._compose)
        self._worded = lru_cache(maxsize=256)(self._over_each_other)

    @cached_property
    def _styles(self) -> Mapping[str, Style]:
        if self.is_plain:
            return {
                **dict.fromkeys(("text", "asked", "quiet", "accent", "good"), Style()),
                "label": Style(bold=True), "head": Style(bold=True), "warn": Style(bold=True),
                "selected": Style(reverse=True), "hit": Style(underline=True, bold=True), "row": Style(reverse=True),
                "cursor": Style(reverse=True, bold=True), "double": Style(underline=True), "tint": Style(bold=True),
            }  # fmt: skip
        ink = self._palette
        return {
            "text": Style(color=ink["text"], bgcolor=ink["ground"]),
            "asked": Style(color=ink["asked"]),
            "quiet": Style(color=ink["quiet"]),
            "label": Style(color=ink["label"], bold=True),
            "head": Style(color=ink["accent"], bold=True),
            "accent": Style(color=ink["accent"]),
            "warn": Style(color=ink["warn"]),
            "good": Style(color=ink["good"]),
            "selected": Style(bgcolor=ink["selected"], color=ink["label"]),
            "hit": Style(bgcolor=ink["hit"], bold=True),
            "row": Style(bgcolor=ink["row"]),
            "raised": Style(bgcolor=ink["raised"]),
            "cursor": Style(color=ink["ground"], bgcolor=ink["accent"]),
            "double": Style(underline=True),
            "tint": Style(bgcolor=ink["row"]),
        }

    def style(self, *names: str) -> Style:
        """The style of several meanings at once, the later over the earlier; all lie on the ground of `text`."""
        return self._composed(names)

    def words(self, *names: str) -> Style:
        """As `style`, on whatever ground is there: for text in sheets and panels."""
        return self._worded(names)

    def over(self, name: str) -> Style:
        """One meaning alone, to be laid over another style."""
        return self._styles.get(name, Style())

    def _over_each_other(self, names: tuple[str, ...]) -> Style:
        return Style.combine([Style(), *(self.over(name) for name in names if name != "text")])

    def _compose(self, names: tuple[str, ...]) -> Style:
        return Style.combine([self._styles["text"], *(self._styles[name] for name in names if name in self._styles)])

    def code(self, colour: str, position: int = 0, *, is_tint: bool = False) -> Style:
        """A code's colour, made legible on the ground; `position` chooses one where it has none (`colour` = "").

        `is_tint`: as a ground for text instead.
        """
        return self._code(colour, position, is_tint)

    def _code_colour(self, colour: str, position: int, is_tint: bool) -> Style:
        if self.is_plain:
            return Style(bold=True) if is_tint else Style()
        ground = Color.parse(self._palette["ground"])
        own = self._parsed(colour, position)
        if is_tint:
            return Style(bgcolor=ground.blend(own, 0.28).rich_color)
        toward = Color.parse("#ffffff" if ground.brightness < 0.5 else "#000000")
        for step in range(10):
            made = own.blend(toward, step / 10)
            if _contrast(ground, made) >= _LEGIBLE:
                return Style(color=made.rich_color)
        return Style(color=toward.rich_color)

    def _parsed(self, colour: str, position: int) -> Color:
        if colour and not self._is_safe:
            try:
                return Color.parse(colour)
            except ColorParseError:
                pass
        return Color.parse(OKABE_ITO[position % len(OKABE_ITO)])


def _contrast(one: Color, other: Color) -> float:
    """The ratio of luminances (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    parts = [part / 255 for part in colour.rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
