"""What is asked for while a claim is written down, or something added that supports or contradicts one."""

from collections.abc import Mapping, Sequence
from typing import get_args

from qualcode.model import Claim, Stance
from qualcode.tui.claiming import Draft
from qualcode.tui.screens.choosing import ChoosingScreen

Span = tuple[int, int]

STANCES: Mapping[str, Stance] = {stance[0]: stance for stance in get_args(Stance)}
"""Key -> what a passage does to a claim."""


async def add_claim(screen: ChoosingScreen, document: int, span: Span, said: Sequence[int], words: str) -> Claim | None:
    """Ask which code leads to which, and how, and write it down.

    Args:
        screen: asks.
        document: its id.
        span: the passage in it.
        said: ids of the codes on these words: they stand on top of the list.
        words: the passage, in a few of its words.

    Returns:
        The claim; None where it was left.
    """
    frame = screen.study.frame
    source = await screen.ask_code(f"{words} says that ...", first=said, by_key=True)
    if source is None:
        return None
    expected = [code.id for code in frame.codes if code.short in source.leads_to]
    target = await screen.ask_code(f"{source.short} {source.name} leads to ...", first=[*expected, *said], by_key=True)
    if target is None:
        return None
    draft = Draft(source.short, target.short)
    while not draft.direction:
        key = await screen.ask_key(draft.told, draft.choices)
        if key is None:
            return None
        more = draft.asks(key)
        draft = draft.after(key, await screen.ask_key(*more) if more else None)
    made = screen.study.project.claims.add(document, source.short, target.short, span=span, **draft.chosen)
    screen.messages.say(f"Claim: {draft.told}")
    return made


async def add_evidence(screen: ChoosingScreen, document: int, span: Span) -> None:
    """Ask which claim the words are about and what they do to it, and add them."""
    from qualcode.tui.screens.claim_choice import ClaimChoice

    if not screen.study.project.claims.find():
        screen.messages.say("There is no claim yet that these words could be about. > writes one down.")
        return
    claim = await screen.app.push_screen_wait(ClaimChoice(screen.study, screen.ink, near=document))
    if claim is not None:
        await add_to_claim(screen, claim, document, span)


async def add_to_claim(screen: ChoosingScreen, claim: Claim, document: int, span: Span) -> None:
    """Ask what a passage does to a claim, and add it."""
    frame = screen.study.frame
    ends = f"{frame.code(claim.from_code).short} → {frame.code(claim.to_code).short} {claim.direction}"
    key = await screen.ask_key(f"These words ... the claim {ends}", STANCES)
    if key is None:
        return
    stance = STANCES[key]
    screen.study.project.claims.add_evidence(claim, document, stance, span=span)
    screen.messages.say(f"Kept: this passage {stance} {ends}")
