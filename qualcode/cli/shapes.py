"""What `--json` prints: stable keys, ids included. docs/json.md tells them to users; a new key may come, none goes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.model import (
    Action,
    Claim,
    ClaimEvidence,
    Code,
    Document,
    KnownName,
    Memo,
    Milestone,
    Person,
    Proposal,
    Quotation,
    Segment,
    Summary,
)

if TYPE_CHECKING:
    from qualcode.analysis.milestones import Cause, Difference, Moved
    from qualcode.project import Project

Shape = dict[str, Any]


def people_of(project: "Project", document: Document, known: Mapping[int, Person]) -> list[tuple[str, Person, str]]:
    """(label, person, role at the document's wave) for everybody named in a document."""
    from qualcode.project.voices import role_at

    named = [
        (each.label, known[each.person]) for each in project.documents.speakers(document) if each.person is not None
    ]
    return [(label, person, role_at(person, document.wave)) for label, person in named]


def document_shape(document: Document, lead: str, people: Sequence[tuple[str, Person, str]]) -> Shape:
    """A document; `length` in code points."""
    return {
        "id": document.id,
        "guid": document.guid.hex(),
        "name": document.name,
        "wave": document.wave,
        "version": document.version,
        "length": document.length,
        "lead": lead,
        "people": [{"name": person.name, "role": role, "speaker": label} for label, person, role in people],
    }


def name_shape(known: KnownName) -> Shape:
    """An entry of the name list."""
    return {
        "id": known.id,
        "guid": known.guid.hex(),
        "name": known.name,
        "kind": known.kind,
        "pseudonym": known.pseudonym,
    }


def segment_shape(segment: Segment, quotation: Quotation, coder: str) -> Shape:
    """A coded passage with its words."""
    return {
        "id": segment.id,
        "guid": segment.guid.hex(),
        "code": quotation.label,
        "coder": coder,
        "round": segment.round,
        **_passage(quotation),
        "unsure": segment.unsure,
        "negative": segment.negative,
        "exemplar": segment.exemplar,
        **_colouring(segment),
    }


def segments_shape(project: "Project", segments: Sequence[Segment]) -> list[Shape]:
    """Coded passages, in the order given."""
    coders = {coder.id: coder.short for coder in project.coders.all()}
    read = project.quotations(segments)
    return [
        segment_shape(segment, quotation, coders[segment.coder])
        for segment, quotation in zip(segments, read, strict=True)
    ]


def claim_shape(claim: Claim, quotation: Quotation, shorts: Mapping[int, str], coder: str) -> Shape:
    """A claim with its words; its evidence is added by the caller."""
    return {
        "id": claim.id,
        "guid": claim.guid.hex(),
        "from": shorts[claim.from_code],
        "to": shorts[claim.to_code],
        "direction": claim.direction,
        "inferred": claim.inferred,
        "prompted": claim.prompted,
        "coder": coder,
        "round": claim.round,
        **_passage(quotation),
        "unsure": claim.unsure,
        **_colouring(claim),
    }


def evidence_shape(evidence: ClaimEvidence, document: str, words: str, coder: str) -> Shape:
    """A passage that supports, qualifies or contradicts a claim."""
    return {
        "id": evidence.id,
        "stance": evidence.stance,
        "document": document,
        "start": evidence.start,
        "end": evidence.end,
        "words": words,
        "coder": coder,
    }


def hit_shape(quotation: Quotation, around: tuple[str, str]) -> Shape:
    """A place that a search found, with the words before and after it."""
    return _passage(quotation) | {"before": around[0], "after": around[1]}


def proposals_shape(project: "Project", proposals: Sequence[Proposal]) -> list[Shape]:
    """What rules propose, in the order given."""
    shorts = {code.id: code.short for code in project.codes.all(retired=True)}
    read = project.quotations([each.hit for each in proposals])
    return [
        {
            "id": each.id,
            "guid": each.guid.hex(),
            "state": each.state,
            "code": shorts[each.code],
            "rule": each.rule,
            "file": each.file,
            "pipeline": each.pipeline,
            **_passage(quotation),
        }
        for each, quotation in zip(proposals, read, strict=True)
    ]


def _passage(quotation: Quotation) -> Shape:
    return {
        "document": quotation.document,
        "start": quotation.start,
        "end": quotation.end,
        "lines": list(quotation.lines),
        "answer": quotation.answer,
        "speaker": quotation.speaker,
        "interviewer": quotation.is_asked,
        "citation": quotation.citation,
        "question": quotation.before,
        "words": quotation.words,
    }


def _colouring(passage: Segment | Claim) -> Shape:
    return {"whose": passage.whose, "standing": passage.standing, "tense": passage.tense}


def codes_shape(project: "Project", codes: Iterable[Code]) -> Shape:
    """Codes, and the codebook version that they stand in."""
    shorts = {code.id: code.short for code in project.codes.all(retired=True)}
    return {"codebook_version": project.codebook_version, "codes": [code_shape(code, shorts) for code in codes]}


def code_shape(code: Code, shorts: Mapping[int, str]) -> Shape:
    """A code with its definition in force."""
    return {
        "id": code.id,
        "guid": code.guid.hex(),
        "code": code.short,
        "name": code.name,
        "parent": shorts.get(code.parent) if code.parent else None,
        "kind": code.kind,
        "valence": code.valence,
        "applies_to": list(code.applies_to),
        "leads_to": list(code.leads_to),
        "axial": list(code.axial),
        "status": code.status,
        "merged_into": shorts.get(code.merged_into) if code.merged_into else None,
        "colour": code.colour,
        "key": code.key,
        "stage": code.stage,
        "in_vivo": code.in_vivo,
        "version": code.version,
        "brief": code.definition.brief,
        "definition": code.definition.full,
        "include": code.definition.include,
        "exclude": code.definition.exclude,
        "example": code.definition.example,
    }


def memo_shape(memo: Memo, coder: str, on: Shape | None) -> Shape:
    """A memo; `on` is null for a memo on the project as a whole."""
    return {
        "id": memo.id,
        "guid": memo.guid.hex(),
        "coder": coder,
        "at": memo.at.isoformat(),
        "kind": memo.kind,
        "private": memo.private,
        "on": on,
        "words": memo.body,
    }


def summary_shape(summary: Summary, who: str, code: str, coder: str, stale: tuple[int, int]) -> Shape:
    """A chart cell as one coder wrote it; `stale` are the segments changed and those added since."""
    return {
        "id": summary.id,
        "guid": summary.guid.hex(),
        "person": who if summary.person is not None else None,
        "case": who if summary.case is not None else None,
        "code": code,
        "wave": summary.wave,
        "coder": coder,
        "state": summary.state,
        "words": summary.body,
        "segments": list(summary.segments),
        "changed": stale[0],
        "added": stale[1],
    }


def action_shape(action: Action) -> Shape:
    """One user action as the log keeps it."""
    return {
        "id": action.id,
        "guid": action.guid.hex(),
        "coder": action.coder,
        "at": action.at.isoformat(),
        "verb": action.verb,
        "arguments": action.arguments,
        "reverses": action.reverses,
        "undone": action.undone,
    }


def milestone_shape(milestone: Milestone) -> Shape:
    """A named point in the history."""
    return {
        "id": milestone.id,
        "guid": milestone.guid.hex(),
        "name": milestone.name,
        "coder": milestone.coder,
        "at": milestone.at.isoformat(),
        "action": milestone.action,
    }


def difference_shape(found: "Difference") -> Shape:
    """Which numbers moved between two points, and why; `until` is null for now."""
    return {
        "since": milestone_shape(found.since),
        "until": milestone_shape(found.until) if found.until else None,
        "actions": _causes_shape(found.actions),
        "project": {name: [found.then[name], now] for name, now in found.now.items()},
        "documents": list(found.documents),
        "codes": [{"id": each.id[0], **_moved_shape(each)} for each in found.codes],
        "arrows": [{"ids": list(each.id), **_moved_shape(each)} for each in found.arrows],
        "notes": list(found.notes),
    }


def _moved_shape(moved: "Moved") -> Shape:
    return {
        "name": moved.name,
        "happened": list(moved.happened),
        "then": dict(moved.then) if moved.then else None,
        "now": dict(moved.now) if moved.now else None,
        "because": _causes_shape(moved.because),
    }


def _causes_shape(causes: "Iterable[Cause]") -> list[Shape]:
    return [{"verb": each.verb, "coder": each.coder, "count": each.count} for each in causes]
