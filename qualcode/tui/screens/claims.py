"""`ClaimsScreen`: claims with what supports, qualifies or contradicts them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, get_args

from rich.text import Text
from textual.binding import BindingType

from qualcode.model import Claim, Direction, Stance, Standing
from qualcode.tui.actions import bindings
from qualcode.tui.claiming import Draft
from qualcode.tui.filters import Narrowing, set_field
from qualcode.tui.retrieved import Asked, Passage
from qualcode.tui.screens.claim_dialogues import add_to_claim
from qualcode.tui.screens.passages import PassagesScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.visible import counted, visible, visible_line

_OWN: Mapping[str, Narrowing] = {
    "i": Narrowing("directions", "direction", lambda _project: get_args(Direction)),
    "h": Narrowing("standings", "standing, as said", lambda _project: get_args(Standing)),
    "e": Narrowing("stances", "evidence that ... it", lambda _project: get_args(Stance)),
}
"""Key -> what only claims have."""


class ClaimsScreen(PassagesScreen):
    """Claims."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("claim_list")]
    called: ClassVar[tuple[str, str]] = ("claim", "claims")
    none: ClassVar[str] = "There is no claim yet. > writes one down, in a text or in the passages (V)."

    def __init__(self, study: Study, ink: Ink, title: str = "Claims", asked: Asked | None = None) -> None:
        super().__init__(study, ink, title, asked or Asked(kind="claim"))
        if asked is not None:  # behind a number of a table stand passages
            self.called = PassagesScreen.called  # type: ignore[misc]

    @property
    def narrowed(self) -> str:
        """Filter and order."""
        said = [value for each in _OWN.values() for value in getattr(self.state, each.field)]
        own = "own experience only" if self.state.own else ""
        return " · ".join(filter(None, (super().narrowed, " or ".join(said), own)))

    @property
    def told_of_all(self) -> str:
        """Whose they are, and how many people speak in them."""
        people = {person.id for item in self.listing.items for person in self._speakers.of(item)}
        return super().told_of_all + (f" · {counted(len(people), 'person', 'people')}" if people else "")

    def filters(self) -> Mapping[str, str]:
        """What one can narrow by."""
        return {**super().filters(), **{key: each.called for key, each in _OWN.items()}}

    async def narrow_by(self, key: str) -> Asked | None:
        """Also by what only claims have."""
        if key not in _OWN:
            return await super().narrow_by(key)
        typed = await self.ask_value(_OWN[key], getattr(self.state, _OWN[key].field))
        return None if typed is None else set_field(self.state, _OWN[key], typed)

    def in_full(self, item: Passage) -> Text:
        """The claim, and what else was said of it."""
        text = super().in_full(item)
        if isinstance(item, Claim):
            evidence = self.study.project.claims.evidence(item)
            for each, quotation in zip(evidence, self.study.project.quotations(evidence), strict=True):
                text.append(f"\n{each.stance}  ", self.ink.words("head"))
                text.append(f"“{visible(quotation.words)}” ", self.ink.words("text"))
                about = f"{quotation.citation} {quotation.document} {self._coders.get(each.coder, '')}"
                text.append(visible_line(about) + "\n", self.ink.words("quiet"))
        return text

    def action_by_role(self) -> None:
        """Split by role, or by document again."""
        self.ask_for(replace(self.state, order="document" if self.state.order == "role" else "role"))

    def action_own(self) -> None:
        """Only own experience, or all."""
        self.ask_for(replace(self.state, own=not self.state.own))

    def _claim(self) -> Claim | None:
        return self.current if isinstance(self.current, Claim) else None

    def action_change(self) -> None:
        """Say it otherwise."""
        claim = self._claim()
        if claim is not None:
            self.converse(self._change(claim))

    async def _change(self, claim: Claim) -> None:
        frame = self.study.frame
        draft = Draft(frame.code(claim.from_code).short, frame.code(claim.to_code).short)
        said: dict[str, Any] = {"inferred": claim.inferred, "prompted": claim.prompted}
        draft = replace(draft, colouring={name: True for name, value in said.items() if value})
        while not draft.direction:
            key = await self.ask_key(draft.told, {**draft.choices, "k": f"keep {claim.direction}"})
            if key is None:
                return
            if key == "k":
                draft = replace(draft, direction=claim.direction)
                break
            more = draft.asks(key)
            draft = draft.after(key, await self.ask_key(*more) if more else None)
        self._keep_shown([self.study.project.claims.change(claim, **(said | draft.chosen))])
        self.messages.say(f"Claim: {draft.told}")

    def action_add_to_claim(self) -> None:
        """Add words of another passage."""
        claim = self._claim()
        if claim is not None:
            self.converse(self._add_evidence(claim))

    async def _add_evidence(self, claim: Claim) -> None:
        project = self.study.project
        name = await self.ask_line("In which document", project.documents.get(claim.document).name)
        if not name:
            return
        document = project.documents.get(name)
        words = await self.ask_line(f"Which words of {document.name} (or go there, select, and press <)")
        if words:
            span = project.segments.place(document, quote=words)
            await add_to_claim(self, claim, document.id, span)

    def action_remove_evidence(self) -> None:
        """Take evidence away."""
        claim = self._claim()
        if claim is not None:
            self.converse(self._remove_evidence(claim))

    async def _remove_evidence(self, claim: Claim) -> None:
        project = self.study.project
        own = [each for each in project.claims.evidence(claim) if each.coder == project.store.viewer][:9]
        if not own:
            self.messages.say("There is no evidence of yours on this claim.")
            return
        words = [" ".join(quotation.words.split())[:24] for quotation in project.quotations(own)]
        choices = {str(n): f"{each.stance} “{said}”" for n, (each, said) in enumerate(zip(own, words, strict=True), 1)}
        key = await self.ask_key("Take away", choices)
        if key is not None:
            project.claims.remove_evidence(own[int(key) - 1])
            self.messages.say("Taken away. u brings it back.")
