"""This leads to that: a claim written down in a few keys."""

from typing import TYPE_CHECKING

from qualcode.model import Segment
from qualcode.tui.claiming import Draft

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen


async def claim(screen: "CodingScreen", span: tuple[int, int]) -> None:
    """Ask what leads to what, in which direction, and whatever is not the default; write it."""
    page, frame = screen.reader.page, screen.study.frame
    said = [
        frame.standing[each.item.code]
        for each in (page.stripes.items[index] for index in page.stripes.overlapping(*span))
        if isinstance(each.item, Segment)
    ]
    source = await screen.ask_code(f"{screen.shortened(span)} says that ...", first=said, by_key=True)
    if source is None:
        return
    expected = [code.id for code in frame.codes if code.short in source.leads_to]
    target = await screen.ask_code(f"{source.short} {source.name} leads to ...", first=[*expected, *said], by_key=True)
    if target is None:
        return
    draft = Draft(source.short, target.short)
    while not draft.direction:
        key = await screen.ask_key(draft.told, draft.choices)
        if key is None:
            return
        more = draft.asks(key)
        draft = draft.after(key, await screen.ask_key(*more) if more else None)
    made = screen.study.project.claims.add(page.document.id, source.short, target.short, span=span, **draft.chosen)
    screen.take_at_hand(made)
    screen.messages.say(f"Claim: {draft.told}")
