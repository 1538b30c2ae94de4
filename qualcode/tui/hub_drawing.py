"""One code in the middle with its arrows, in characters. No Textual in here."""

from collections.abc import Sequence

from rich.cells import cell_len

from qualcode.analysis.hubs import Hub, Spoke
from qualcode.table import MARKS
from qualcode.tui.grid_layout import fitted
from qualcode.visible import visible_line

Pieces = list[tuple[str, str]]
"""Words and the name of their style."""

_ARROW = 15
_BOX = 30
_THREADS = 4
_JOINTS = {
    (1, 1, 0, 0): "─", (1, 1, 1, 0): "┴", (1, 1, 0, 1): "┬", (1, 1, 1, 1): "┼", (1, 0, 1, 0): "┘", (1, 0, 0, 1): "┐",
    (1, 0, 1, 1): "┤", (0, 1, 1, 0): "└", (0, 1, 0, 1): "┌", (0, 1, 1, 1): "├", (0, 0, 1, 1): "│", (0, 0, 0, 1): "│",
    (0, 0, 1, 0): "│", (1, 0, 0, 0): "─", (0, 1, 0, 0): "─",
}  # fmt: skip
"""(left, right, up, down) -> the character that joins them."""


def drawn(hub: Hub, width: int, height: int, at: tuple[int, int]) -> list[Pieces]:
    """The picture in so many cells and lines; what does not fit scrolls with the arrow that is chosen.

    Args:
        hub: the code and its arrows.
        width, height: at least 60 and 5.
        at: side of the chosen arrow (0 = leads to the code, 1 = the code leads to it), and its place there.
    """
    box = _box(hub, min(_BOX, width * 35 // 100))
    rows = max(len(hub.into), len(hub.out_of), len(box))
    centre = rows // 2
    left = _left_of_box(hub, width - cell_len(box[0][0][0]) - 6)
    room = max(6, width - left - cell_len(box[0][0][0]) - 6 - _ARROW - 2)
    top = centre - 1 if len(box) <= 3 else max(0, centre - len(box) // 2)
    inner = top + 1  # the line of the box at which arrows meet
    most = max([1, *(spoke.number for spoke in (*hub.into, *hub.out_of))])
    sides = [_placed(hub.into, rows), _placed(hub.out_of, rows)]
    lines = []
    for row in range(rows):
        pieces = _left(sides[0].get(row), left, most, is_here=at == (0, _place(hub.into, sides[0].get(row))))
        pieces.append((_joint(sides[0], row, inner, is_left=True), "quiet"))
        pieces += _middle(box, row - top, has_left=bool(hub.into), has_right=bool(hub.out_of))
        pieces.append((_joint(sides[1], row, inner, is_left=False), "quiet"))
        pieces += _right(sides[1].get(row), room, most, is_here=at == (1, _place(hub.out_of, sides[1].get(row))))
        lines.append(pieces)
    chosen = next((row for row, spoke in sides[at[0]].items() if _place((hub.into, hub.out_of)[at[0]], spoke) == at[1]),
                  centre)  # fmt: skip
    first = max(0, min(chosen - height // 2, rows - height))
    above = max(0, (height - rows) // 3)
    return [[] for _ in range(above)] + lines[first : first + height]


def _left_of_box(hub: Hub, room: int) -> int:
    """Cells left of the box: half of the room, but a side without arrows leaves its room to the names of the other."""
    if not hub.into and hub.out_of:
        return 2
    return max(8, room // 2 if hub.out_of or not hub.into else room - 2)


def _placed(spokes: Sequence[Spoke], rows: int) -> dict[int, Spoke]:
    """The arrows of a side by line, around the middle."""
    start = (rows - len(spokes)) // 2
    return {start + number: spoke for number, spoke in enumerate(spokes)}


def _place(spokes: Sequence[Spoke], spoke: Spoke | None) -> int:
    return spokes.index(spoke) if spoke is not None else -1


def _box(hub: Hub, width: int) -> list[Pieces]:
    inner = max(14, width - 4)
    number, of = hub.number
    count = f"{number}" if of is None else f"{number} of {of}"
    name = fitted(visible_line(f"{hub.code} {hub.name}"), inner - cell_len(count) - 1) + " "
    lines: list[Pieces] = [[("┌" + "─" * (inner + 2) + "┐", "quiet")]]
    lines.append([("│ ", "quiet"), (name, "head"), (count, "label"), (" │", "quiet")])
    for path, people in hub.threads[:_THREADS]:
        told = visible_line(f"told whole {path.replace(' → ', '▸')}: {people}")
        lines.append([("│ ", "quiet"), (fitted(told, inner), "asked"), (" │", "quiet")])
    lines.append([("└" + "─" * (inner + 2) + "┘", "quiet")])
    return lines


def _middle(box: list[Pieces], line: int, *, has_left: bool, has_right: bool) -> Pieces:
    is_inner = line == 1
    before = "──" if is_inner and has_left else "  "
    after = "──" if is_inner and has_right else "  "
    width = cell_len(box[0][0][0])
    body = box[line] if 0 <= line < len(box) else [(" " * width, "text")]
    return [(before, "quiet"), *body, (after, "quiet")]


def _joint(side: dict[int, Spoke], row: int, inner: int, *, is_left: bool) -> str:
    if not side:
        return " "
    first, last = min(*side, inner), max(*side, inner)
    if not first <= row <= last:
        return " "
    has_arm, meets = row in side, row == inner
    left, right = (has_arm, meets) if is_left else (meets, has_arm)
    return _JOINTS[int(left), int(right), int(row > first), int(row < last)]


def _left(spoke: Spoke | None, width: int, most: int, *, is_here: bool) -> Pieces:
    if spoke is None:
        return [(" " * width, "text")]
    room = width - _ARROW - 2
    return [
        (" " + fitted(visible_line(f"{spoke.other} {spoke.name}"), room) + " ", "cursor" if is_here else "label"),
        *_arrow(spoke, most),
    ]


def _right(spoke: Spoke | None, room: int, most: int, *, is_here: bool) -> Pieces:
    if spoke is None:
        return []
    name = fitted(visible_line(f"{spoke.other} {spoke.name}"), room)
    return [*_arrow(spoke, most), (" ", "text"), (name, "cursor" if is_here else "label")]


def _arrow(spoke: Spoke, most: int) -> Pieces:
    """Heavy where it is at least half of the strongest, dotted where it is only expected."""
    is_strong = spoke.number * 2 >= most
    line = "┄" if not spoke.number else "━" if is_strong else "─"
    against = f" ({spoke.against}−)" if spoke.against else ""
    hearsay = MARKS["hearsay"][0] if "hearsay" in spoke.marks else ""
    words = f" {spoke.number}{hearsay}{against} "
    fill = max(2, _ARROW - 1 - cell_len(words))
    style = "quiet" if not spoke.number else "warn" if spoke.against else "text"
    return [(line * (fill // 2), "quiet" if not is_strong else "text"), (words, style),
            (line * (fill - fill // 2) + "▶", "quiet" if not is_strong else "text")]  # fmt: skip
