"""One coder's coding of one document as a readable file, and its way into a project.

    document: A-SU1_wave1
    coder: AK
    read: all                       # the whole text has been read
    segments:
      - code: M2a
        quote: if she can get up of a morning [...] I can
        unsure: her, or the job?    # also negative, exemplar, whose, standing, tense
    claims:
      - from: M2a
        to: P3
        quote: ...
        direction: raises           # also inferred, prompted, unsure, whose, standing, tense
        evidence:
          - document: A-PW1
            stance: contradicts
            quote: ...
    memos:
      - kind: analytic
        on: document                # or a code's short name
        text: ...
    nothing_here:
      - quote: ...

Passages stand as their words, so that a person can read and mend the file; they are found as in `places.quote_span`.
What the coder has said so already is known again, and left.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from qualcode.errors import InputError, UserError
from qualcode.model import Claim, ClaimEvidence, Document, Segment
from qualcode.project import Project
from qualcode.project.asking import Hearing
from qualcode.project.places import quote_span
from qualcode.project.segments import NewSegment
from qualcode.work.coding_form import CodingFile, Entry, read_coding

__all__ = ["CodingFile", "Filed", "read_coding", "store_coding", "store_later_round"]

Names = Callable[..., bytes]


@dataclass(slots=True)
class Filed:
    """Of one coding file, how many of each are new; the others the coder had said so already."""

    segments: int = 0
    claims: int = 0
    evidence: int = 0
    memos: int = 0


def store_coding(project: Project, coding: CodingFile, name: Names | None = None) -> Filed:
    """Write a coding file's content as the acting coder's, in one action.

    What the coder has said so already is left as it is: a passage coded so, a claim with the same words, codes and
    details, the same evidence for or against it, a memo of the same words and kind. A passage that is the
    interviewer's alone or nobody's is stored, and the project's `announce` is told.

    Args:
        project: opened by the coder whom the file names.
        coding: all documents and codes it names are in the project.
        name: makes the guid of each thing from its names, so that what is shipped is the same each time.

    Returns:
        How many of each are new.

    Raises:
        InputError: a quote is not found or not unique, or a code is unknown; the message carries the line.
            Nothing is written.
    """
    with project.action("store coding", document=project.documents.get(coding.document).id):
        filing = _Filing(project, coding, name)
        return filing.store(filing.segments())


def store_later_round(project: Project, coding: CodingFile, name: Names | None = None) -> None:
    """Write a coding file as all that the acting coder now codes in its document, in one action.

    What they coded there before and the file does not say in just that way goes; a finished round keeps it. Arguments
    and errors are those of `store_coding`.
    """
    with project.action("store coding of a later round", document=project.documents.get(coding.document).id):
        filing = _Filing(project, coding, name)
        new = filing.segments()
        said = set(map(_said, new))
        before = project.segments.of(filing.document, coding.coder)
        project.segments.remove([segment for segment in before if _said(segment) not in said])
        for claim in project.claims.find(document=coding.document, coder=coding.coder):
            project.claims.remove(claim)
        filing.store(new)


def _said(each: NewSegment | Segment) -> tuple[object, ...]:
    colouring = (each.unsure, each.negative, each.exemplar, each.whose, each.standing, each.tense)
    return (each.start, each.end, each.code, *colouring)


class _Filing:
    """One coding file on its way into a project, inside one action: what it names is looked up once there."""

    def __init__(self, project: Project, coding: CodingFile, name: Names | None) -> None:
        self._project = project
        self._coding = coding
        self._name = name
        self._document = cache(project.documents.get)
        self._body = cache(project.documents.body)
        self._code = cache(project.codes.get)
        self._coder = project.coders.get(coding.coder).id
        self.document = self._document(coding.document)
        number = project.coders.round_of(self.document.id, self._coder)
        self._later = (number,) if number > 1 else ()  # tells what is made in a later round from the first round's

    def segments(self) -> list[NewSegment]:
        """The file's passages, found in the text."""
        return [self._segment(entry) for entry in self._coding.segments]

    def store(self, new: list[NewSegment]) -> Filed:
        """Write all of it, inside the action; `new`: the file's passages. Returns what the coder had not yet."""
        filed = Filed(segments=self._project.segments.add_many(new))
        self._tell_of_uncounted(new)
        there = self._claims_there()
        for entry in self._coding.claims:
            self._store_claim(entry, there, filed)
        for entry in self._coding.memos:
            filed.memos += self._store_memo(entry)
        if self._coding.read_all:
            self._project.documents.mark_read(self.document, 0, self.document.length)
        for entry in self._coding.nothing_here:
            with self._at_line(entry):
                self._project.documents.mark_read(self.document, *self._found(self.document, entry), nothing_here=True)
        return filed

    def _tell_of_uncounted(self, new: list[NewSegment]) -> None:
        hearing = Hearing.of(self._project.store, self.document.id)
        for entry, each in zip(self._coding.segments, new, strict=True):
            if notice := hearing.notice(each.start, each.end):
                with self._at_line(entry):
                    self._project.store.announce(notice)

    def _segment(self, entry: Entry) -> NewSegment:
        with self._at_line(entry):
            start, end = self._found(self.document, entry)
            code = self._code(entry.fields.get("code", ""))
        guid = self._guid("segment", code.short, start, end)
        return NewSegment(self.document.id, start, end, code.id, guid=guid, **entry.colouring("segments"))

    def _claims_there(self) -> dict[tuple[object, ...], Claim]:
        """The coder's standing claims in the document, by all that is said of them; the oldest of those alike."""
        own = self._project.claims.find(document=self._coding.document, coder=self._coding.coder)
        return {_claimed(each): each for each in sorted(own, key=lambda each: each.id, reverse=True)}

    def _store_claim(self, entry: Entry, there: dict[tuple[object, ...], Claim], filed: Filed) -> None:
        source, target = entry.fields.get("from", ""), entry.fields.get("to", "")
        direction: Any = entry.fields.get("direction", "raises")
        claims = self._project.claims
        with self._at_line(entry):
            span = self._found(self.document, entry)
            said = {"direction": direction, **entry.colouring("claims")}
            claim = there.get(_said_of(self._code(source).id, self._code(target).id, span, said))
            evidence = claims.evidence(claim) if claim else []
            if claim is None:
                guid = self._guid("claim", source, target, *span)
                claim = claims.add(self.document.id, source, target, span=span, guid=guid, **said)
                if any(_placed(each) == _placed(claim) for each in there.values()):
                    self._tell_beside(claim)
                there[_claimed(claim)] = claim
                filed.claims += 1
        known = {_shown(each) for each in evidence}
        for each in entry.inside:
            filed.evidence += self._store_evidence(claim, each, known)

    def _tell_beside(self, claim: Claim) -> None:
        """That the coder has claimed it of these words before, with other details."""
        for other in self._project.claims.beside(claim):
            if _placed(other) == _placed(claim):
                self._project.store.announce(f"claim {other.id} says the same")

    def _store_evidence(self, claim: Claim, entry: Entry, known: set[tuple[object, ...]]) -> bool:
        """Whether it was new; `known` is what there is for and against the claim."""
        stance: Any = entry.fields.get("stance", "supports")
        with self._at_line(entry):
            where = self._document(entry.fields.get("document", self._coding.document))
            span = self._found(where, entry)
            said = (where.id, *span, stance, self._coder)
            if said in known:
                return False
            known.add(_shown(self._project.claims.add_evidence(claim, where.id, stance, span=span)))
        return True

    def _store_memo(self, entry: Entry) -> bool:
        """Whether it was new."""
        on = entry.fields.get("on", "document")
        kind: Any = entry.fields.get("kind", "analytic")
        text = entry.fields.get("text", "")
        with self._at_line(entry):
            target: dict[str, Any] = {"document": self.document.id} if on == "document" else {"code": self._code(on).id}
            there = self._project.memos.find(**target)
            if (text, kind, self._coder) in {(each.body, each.kind, each.coder) for each in there}:
                return False
            self._project.memos.add(text, kind=kind, **target)
        return True

    def _found(self, document: Document, entry: Entry) -> tuple[int, int]:
        return quote_span(self._body(document), entry.fields.get("quote", ""))

    def _guid(self, *names: object) -> bytes | None:
        """Of a thing of that kind, and what tells it from its like in this coder's coding of the document."""
        if self._name is None:
            return None
        kind, *told = names
        return self._name(kind, self._coding.coder, self._coding.document, *told, *self._later)

    @contextmanager
    def _at_line(self, entry: Entry) -> Iterator[None]:
        """What goes wrong inside, and what is announced, is told with the entry's line."""
        where = f"{self._coding.path.name}:{entry.line}"
        try:
            with self._project.store.telling_at(where):
                yield
        except UserError as error:
            raise InputError(error.what, where=where, remedy=error.remedy) from None


def _claimed(claim: Claim) -> tuple[object, ...]:
    return (
        claim.from_code, claim.to_code, claim.start, claim.end, claim.direction, claim.inferred, claim.prompted,
        claim.unsure, claim.whose, claim.standing, claim.tense,
    )  # fmt: skip


def _placed(claim: Claim) -> tuple[object, ...]:
    return (claim.start, claim.end, claim.direction)


def _shown(evidence: ClaimEvidence) -> tuple[object, ...]:
    return (evidence.document, evidence.start, evidence.end, evidence.stance, evidence.coder)


def _said_of(source: int, target: int, span: tuple[int, int], said: dict[str, Any]) -> tuple[object, ...]:
    """What `_claimed` would be of a claim that is said so in a file."""
    flags = (said.get("inferred", False), said.get("prompted", False))
    words = (said.get(each) for each in ("unsure", "whose", "standing", "tense"))
    return (source, target, *span, said["direction"], *flags, *words)
