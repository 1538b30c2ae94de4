"""Moving the edges of a passage."""

from typing import TYPE_CHECKING

from qualcode.model import Segment
from qualcode.tui import edges

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


async def move_edges(screen: "CodingScreen", segment: Segment) -> None:
    """Show the passage selected, and move its edges key by key until it is kept or left."""
    page, stripe = screen.reader.page, screen.reader.at_hand
    if stripe is None:
        return
    start, end = stripe.start, stripe.end
    if page.real((start, end))[1] != (segment.start, segment.end):
        screen.messages.warn("This passage goes on beyond what is shown of it here: move its edges in its transcript.")
        return
    while True:
        screen.reader.select_span(start, end)
        key = await screen.ask_key("Edges", {"enter": "keep", **edges.KEYS})
        if key is None:
            screen.reader.drop_selection()
            screen.messages.say("The edges stay as they were.")
            return
        if key == "enter":
            break
        start, end = edges.moved(page.body, page.sentences, page.answer_spans, (start, end), key)
    screen.study.project.segments.move(segment, *page.real((start, end))[1])
    screen.reader.drop_selection()
    screen.messages.say(f"Moved: {screen.shortened((start, end))}")
