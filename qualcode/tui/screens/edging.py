"""Moving the edges of a passage."""

from typing import TYPE_CHECKING

from qualcode.model import Segment
from qualcode.tui import edges

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


async def move_edges(screen: "CodingScreen", segment: Segment) -> None:
    """Show the passage selected, and move its edges key by key until it is kept or left."""
    start, end = segment.start, segment.end
    page = screen.reader.page
    while True:
        screen.reader.select_span(start, end)
        key = await screen.ask_key("Edges", {"enter": "keep", **edges.KEYS})
        if key is None:
            screen.reader.drop_selection()
            return
        if key == "enter":
            break
        start, end = edges.moved(page.body, page.sentences, page.answer_spans, (start, end), key)
    screen.study.project.segments.move(segment, start, end)
    screen.reader.drop_selection()
    screen.messages.say(f"Moved: {screen.shortened((start, end))}")
