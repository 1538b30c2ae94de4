"""One document with its coding, taken out of a project to be printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from qualcode.coded_transcript import CodedTranscript, Passage
from qualcode.errors import RefusedError
from qualcode.lines import line_of, line_starts
from qualcode.model import Claim, Code, Coder, Document, Person, Segment
from qualcode.project import Project
from qualcode.project.citations import CONSENT, Publication
from qualcode.project.consent_words import Mark
from qualcode.project.consents import Consents
from qualcode.project.visibility import blind_documents
from qualcode.project.voices import role_at
from qualcode.work.remarks import remarks, without_doubts


def coded_transcript(project: Project, name: str, coder: str | None = None) -> CodedTranscript:
    """A document with the passages and claims of one coder.

    Args:
        project: an open project.
        name: the document's.
        coder: whose coding, by short name; None = the consensus if complete, else the document's lead coder.

    Raises:
        NotFoundError: no such document or coder.
        RefusedError: that coding is hidden, since others still code the document blind; or the project is cited for
            publication, and somebody in the document may not be quoted.
    """
    document = project.documents.get(name)
    chosen = project.coders.get(project.coders.layer(coder)[document.id])
    _refuse_hidden(project, document, chosen)
    segments = project.segments.of(document, chosen.short)
    claims = project.claims.find(document=document.name, coder=chosen.short)
    if project.citations.style != "team":
        segments, claims = [without_doubts(each) for each in segments], [without_doubts(each) for each in claims]
    passages = sorted(
        _passages(project, segments, claims, chosen.short), key=lambda each: (each.start, each.end, each.label)
    )
    notes = [
        _whose(project, document, chosen, is_asked_for=coder is not None),
        f"{_several(len(segments), 'coded passage')}, {_several(len(claims), 'claim')}.",
        f"Codebook version {project.codebook_version}.",
        *_as_of(project),
    ]
    return _transcript(project, document, notes, passages)


def blank_transcript(project: Project, name: str) -> CodedTranscript:
    """A document without coding, to be coded on paper (NotFoundError where there is none of that name)."""
    return _transcript(project, project.documents.get(name), [], [])


def consented(project: Project, mark: Mark, *, to_all: bool = False) -> tuple[list[Document], list[Document]]:
    """The documents that may go into an archive or to others, and those that may not.

    Args:
        project: the study.
        mark: "archive" or "share".
        to_all: all may, whatever is marked.
    """
    consents = Consents(project.store)
    given = {each.id for each in project.documents if to_all or consents.gives(mark, each)}
    return (
        [each for each in project.documents if each.id in given],
        [each for each in project.documents if each.id not in given],
    )


def refuse_unconsented(project: Project, document: Document, mark: Mark) -> None:
    """Refuse a document in which somebody did not agree to that (RefusedError)."""
    if not Consents(project.store).gives(mark, document):
        raise RefusedError(
            f"{document.name} is left out: not everybody in it is marked {mark} = yes",
            remedy=f"{mark} is an attribute (qualcode import --attributes). To write it all the same: --all-consents",
        )


def with_consent(project: Project, transcript: CodedTranscript, document: Document, mark: Mark) -> CodedTranscript:
    """The transcript with a note on what those in it agreed to."""
    if Consents(project.store).gives(mark, document):
        note = f"Everybody in it is marked {mark} = yes."
    else:
        note = f"Warning: not everybody in it is marked {mark} = yes; it was written all the same."
    return replace(transcript, notes=(*transcript.notes, note))


def naming_lines(project: Project, transcript: CodedTranscript) -> list[tuple[int, str]]:
    """Lines of a transcript that hold a name of a person or a document as the project has it, with the name.

    Labels of turns are not looked at: for publication something else stands in their place. The words themselves are
    printed as they were transcribed, a cover page too.
    """
    named = {person.name for person in project.people.all()} | {document.name for document in project.documents}
    known = "|".join(map(re.escape, sorted(named - {""}, key=len, reverse=True)))
    if not known:
        return []
    labels = [range(turn.start, turn.speech) for turn in transcript.turns]
    found = (
        (line_of(transcript.line_starts, match.start()), match.group())
        for match in re.finditer(rf"(?<!\w)(?:{known})(?!\w)", transcript.body)
        if not any(match.start() in label for label in labels)
    )
    return list(dict.fromkeys(found))


def _refuse_hidden(project: Project, document: Document, coder: Coder) -> None:
    if coder.id != project.store.viewer and document.id in blind_documents(project.store):
        raise RefusedError(
            f"{document.name} is being coded blind: the coding of {coder.short} is hidden until all have finished",
            remedy="Print your own coding, or the transcript without codes.",
        )


def _transcript(
    project: Project, document: Document, notes: Sequence[str], passages: Sequence[Passage]
) -> CodedTranscript:
    body = project.documents.body(document)
    title, face_sheet, more = _named(project, document)
    return CodedTranscript(
        title=title,
        face_sheet=face_sheet,
        notes=(
            *notes,
            *more,
            *_refused(project, document),
            f"Text version {document.version}. Line numbers (68 cells a line) and ¶ are those of citations.",
        ),
        body=body,
        turns=project.documents.turns(document),
        interviewers=project.documents.interviewers(document),
        line_starts=line_starts(body),
        answers=project.documents.answers(document),
        passages=tuple(passages),
        called=_called(project, document),
    )


_Head = tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]


def _named(project: Project, document: Document) -> _Head:
    """Title, face sheet and notes on them: for the team in full, for publication by people's numbers and roles."""
    if project.citations.style == "team":
        return document.name, tuple(_face_sheet(project, document)), ()
    publication = Publication(project.store, project.citations.small_cell)
    speakers = project.documents.speakers(document)
    people = list(dict.fromkeys(speaker.person for speaker in speakers if speaker.person is not None))
    if not publication.may_quote(people, document):
        raise RefusedError(
            f"{document.name} is not printed for publication: somebody in it is marked {CONSENT} = no",
            remedy="Print it for the team: leave out --citations publication.",
        )
    described = tuple(("Speaker", publication.described(person, document)) for person in people)
    title = " + ".join(publication.names[person] for person in people)
    notes = ["The words stand as they were transcribed: read them through for names before they are published."]
    alone = publication.singled_out((person, document.id) for person in people)
    if alone:
        notes.append(f"Warning: labels that fit one person of the study only: {'; '.join(alone)}.")
    return title or publication.citation((), document).strip("[]"), described, tuple(notes)


def _refused(project: Project, document: Document) -> Iterator[str]:
    """What somebody in a document did not agree to, for whoever has it in hand."""
    marks = Consents(project.store).refused(document)
    if marks:
        yield f"Keep it in the team: somebody in it is marked {' and '.join(f'{mark} = no' for mark in marks)}."


def _called(project: Project, document: Document) -> dict[str, str]:
    """What stands for each speaker's label in a transcript for publication."""
    if project.citations.style == "team":
        return {}
    names = Publication(project.store, project.citations.small_cell).names
    called: dict[str, list[str]] = {}
    for each in project.documents.speakers(document):
        name = each.part.capitalize() if each.person is None else names[each.person]
        called.setdefault(each.label, []).append(name)
    return {label: " + ".join(named) for label, named in called.items() if label}


def _face_sheet(project: Project, document: Document) -> Iterator[tuple[str, str]]:
    cases = {case.id: case.name for case in project.cases.all()}
    people = {person.id: person for person in project.people.all()}
    if document.case is not None:
        yield "Case", cases[document.case]
    if document.wave != "-":
        yield "Wave", document.wave
    for speaker in project.documents.speakers(document):
        label = speaker.label or "Speaker"
        if speaker.person is not None:
            yield label, _described(people[speaker.person], cases, document.wave)
        elif speaker.label:
            yield label, speaker.part


def _described(person: Person, cases: dict[int, str], wave: str) -> str:
    parts = [person.name, role_at(person, wave), cases.get(person.case or 0, "")]
    return ", ".join(part for part in parts if part)


def _whose(project: Project, document: Document, coder: Coder, *, is_asked_for: bool) -> str:
    finished = project.coders.round_of(document.id, coder.id) > 1
    why = "chosen for this print" if is_asked_for else "the document's lead coder"
    who = "the consensus" if coder.kind == "consensus" else f"{coder.short}, {why}"
    return f"Coding of {who}; {'finished' if finished else 'not finished'}."


def _as_of(project: Project) -> list[str]:
    last = project.history.last_change()
    return [f"Last change in the project: {datetime.fromisoformat(last):%Y-%m-%d %H:%M} UTC."] if last else []


def _passages(project: Project, segments: Sequence[Segment], claims: Sequence[Claim], coder: str) -> Iterator[Passage]:
    known = {code.id: code for code in project.codes.all(retired=True)}
    codes = {code: known[standing] for code, standing in project.codes.standing().items()}
    for each in segments:
        code = codes[each.code]
        yield Passage(each.start, each.end, code.short, code.name, coder, _colour(code, known), remarks(each))
    for claim in claims:
        first, last = codes[claim.from_code], codes[claim.to_code]
        label, name = f"{first.short} → {last.short} {claim.direction}", f"{first.name} → {last.name}"
        yield Passage(claim.start, claim.end, label, name, coder, _colour(first, known), remarks(claim), is_claim=True)


def _colour(code: Code, known: dict[int, Code]) -> str:
    """A code's own colour, else that of the nearest code above that has one."""
    while not code.colour and code.parent is not None:
        code = known[code.parent]
    return code.colour


def _several(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
