"""What may be a name in the documents: proposed with its place and the reason, for a person to accept or ignore.

A proposer is a function from a project to proposals; `PROPOSERS` lists them. They find too much, and still they miss
names: docs/names.md has how many, by group of names and by case. What nobody proposed may be a name all the same.
"""

import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.folding import fold
from qualcode.model import Document, NameKind, Role
from qualcode.project import Project
from qualcode.project.cases import Holder
from qualcode.project.known_names import places_of, stands_in
from qualcode.project.naming import folded
from qualcode.transcripts.label_words import asks
from qualcode.work import put_in
from qualcode.work.generic_labels import names_nobody
from qualcode.work.given_names import NAMES, plain
from qualcode.work.name_patterns import PATTERNS
from qualcode.work.name_words import capitals, found, small_words
from qualcode.work.pseudonymise import listed, numbered_in_texts, occurrence, proposal


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place that may tell who somebody is.

    Attributes:
        document: in its present text,
        start, end: where (code points, half-open); equal where it is only a speaker's label, at their first turn.
        words: what stands there.
        kind: what the name list would call it.
        proposer: "given name", "phone number", "speaker label", ...
        why: what was seen, in words.
        before, after: what stands around it on its line.
        also: who else proposes it, or a part of it, without doubles.
    """

    document: Document
    start: int
    end: int
    words: str
    kind: NameKind
    proposer: str
    why: str
    before: str
    after: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """The same words proposed in one or more places: what a person decides on at once.

    Attributes:
        words: as they are written most often.
        kind: what the name list would call them.
        pseudonym: what could stand for them: free, or what the list has.
        proposers: who proposes them, without doubles.
        places: the proposals, by document and place.
    """

    words: str
    kind: NameKind
    pseudonym: str
    proposers: tuple[str, ...]
    places: tuple[Proposal, ...]


Proposer = Callable[[Project], Iterable[Proposal]]


def listed_again(project: Project) -> Iterator[Proposal]:
    """Every name on the list, wherever it stands, whatever its case."""
    names = listed(project)
    for document in project.documents:
        body = project.documents.body(document)
        for each in names.places(project.documents.body_apart(document)):
            yield _at(document, body, each.start, each.end, each.known.kind, "name list", "on the project's name list")


def forms_and_given_names(project: Project) -> Iterator[Proposal]:
    """What the words themselves tell: e-mail, phone, dates; titles, given names."""
    for document in project.documents:
        body = project.documents.body(document)
        for each in found(body):
            yield _at(document, body, each.start, each.end, each.kind, each.sort, each.why)


def capitals_in_sentences(project: Project) -> Iterator[Proposal]:
    """Words with a capital where a sentence does not begin, that are written small in no document: also places."""
    bodies = [(document, project.documents.body(document)) for document in project.documents]
    small = {word for _, body in bodies for word in small_words(body)}
    for document, body in bodies:
        for each in capitals(body, small):
            yield _at(document, body, each.start, each.end, each.kind, each.sort, each.why)


def speaker_labels(project: Project) -> Iterator[Proposal]:
    """What speakers are called, where it is more than "R1" or "Interviewer", wherever it is said."""
    roles = project.roles.all()
    labels: set[str] = set()
    for document in project.documents:
        ours = {folded(each) for each in put_in.pseudonyms(project, document)}
        called = [each.label for each in project.documents.speakers(document) if folded(each.label) not in ours]
        telling = {each for each in called if not put_in.is_bracketed(each) and not _is_nobody(each, roles)}
        labels |= telling
        body = project.documents.body(document)
        unsaid = {each for each in telling if not stands_in(each, body)}
        for turn in project.documents.turns(document):
            if turn.speaker in unsaid:
                yield _label_alone(document, body, turn.start, turn.speaker)
    said = {part for label in labels for part in _parts(label) if not _is_nobody(part, roles)}
    yield from _said(project, dict.fromkeys(said, "person"), "speaker label", "what a speaker is called")


_TELLING: tuple[tuple[re.Pattern[str], NameKind], ...] = (
    (re.compile(r"name|alias|partner|spouse|child|mother|father", re.IGNORECASE), "person"),
    (re.compile(r"address|street|town|city|village|county|postcode|place|country|born", re.IGNORECASE), "place"),
    (re.compile(r"employer|school|hospital|trust|organi[sz]ation|practice|clinic|site", re.IGNORECASE), "organisation"),
    (re.compile(r"mail|phone|mobile|\btel\b|birth|\bdob\b|nhs|insurance|contact|handle", re.IGNORECASE), "other"),
)
"""Names of attributes whose values tell who somebody is, and what they are names of."""


def attribute_values(project: Project) -> Iterator[Proposal]:
    """Names, places and numbers that stand in attributes, and what people and cases are called, wherever it is said."""
    wanted: dict[str, NameKind] = {}
    holders: tuple[Holder, ...] = ("person", "case", "document")
    for attribute in dict.fromkeys(name for holder in holders for name in project.attributes.names(holder)):
        kind = next((kind for telling, kind in _TELLING if telling.search(attribute)), None)
        for _, _, _, value in project.attributes.values(attribute):
            if kind is not None or _has_a_form(value):
                wanted.setdefault(value, kind or "other")
    for name in [each.name for each in project.people.all()]:
        wanted.setdefault(name, "person")
    for name in [each.name for each in project.cases.all()]:
        wanted.setdefault(name, "organisation")
    roles = project.roles.all()
    telling = {
        words: kind
        for words, kind in wanted.items()
        if _is_telling(words) and not put_in.is_bracketed(words) and not _is_nobody(words, roles)
    }
    yield from _said(project, telling, "attribute", "it stands in an attribute, or is what a person or case is called")


PROPOSERS: tuple[Proposer, ...] = (
    listed_again, speaker_labels, attribute_values, forms_and_given_names, capitals_in_sentences,
)  # fmt: skip
"""All that need no model; of two that find the same words the first says what they are. One more is
`name_recogniser.recogniser`."""


def proposals(project: Project, proposers: Iterable[Proposer] = PROPOSERS) -> list[Proposal]:
    """All that is proposed, by document and place, of overlapping places the longer; nothing that is ignored.

    Nothing is written. Pseudonyms that were put in are not proposed again (see `put_in`), what stands beside them is.
    """
    ignored = {each.name.casefold() for each in project.names.ignored()}
    replaced = {each.name.casefold() for each in project.names.all()}
    pseudonyms = put_in.bare_pseudonyms(project)
    kept: list[Proposal] = []
    also: dict[int, dict[str, None]] = {}
    held = {document.id: put_in.held(project, document) for document in project.documents}
    made = [
        left for proposer in proposers for each in proposer(project) for left in _beside_pseudonyms(project, each, held)
    ]
    for each in sorted(made, key=lambda each: each.start - each.end):  # stable: the first proposer's comes first
        words = each.words.casefold()
        if words in ignored and words not in replaced:
            continue
        places = held[each.document.id]
        there = max(places[each.start : each.end], default=put_in.FREE)
        if each.proposer != "name list" and there != put_in.FREE:
            also.setdefault(there, {})[each.proposer] = None
            continue
        number = len(kept) + 1
        places[each.start : each.end] = array("I", [number]) * (each.end - each.start)
        kept.append(each)
        if folded(each.words) in pseudonyms:
            also[number] = {"a pseudonym, too": None}
    told = [replace(each, also=_others(each, also.get(number, ()))) for number, each in enumerate(kept, start=1)]
    order = {document.id: number for number, document in enumerate(project.documents)}
    return sorted(told, key=lambda each: (order[each.document.id], each.start, each.end))


def _beside_pseudonyms(project: Project, proposal: Proposal, held: Mapping[int, "array[int]"]) -> Iterator[Proposal]:
    """A proposal without the pseudonyms at its ends, if anything is left of it."""
    document, places = proposal.document, held[proposal.document.id]
    if proposal.proposer == "name list" or put_in.IN_PSEUDONYM not in places[proposal.start : proposal.end]:
        yield proposal
        return
    body = project.documents.body(document)
    start, end = put_in.beside_pseudonyms(body, places, proposal.start, proposal.end)
    if start < end:
        yield _at(document, body, start, end, proposal.kind, proposal.proposer, proposal.why)


def _others(proposal: Proposal, also: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in also if each != proposal.proposer)


def candidates(project: Project, proposers: Iterable[Proposer] = PROPOSERS) -> list[Candidate]:
    """The proposals by their words, whatever case and accents, each with a free pseudonym; most often said first."""
    groups: dict[str, list[Proposal]] = {}
    for each in proposals(project, proposers):
        groups.setdefault(" ".join(fold(each.words)[0].split()), []).append(each)
    made: list[Candidate] = []
    in_texts = numbered_in_texts(project)
    taken: set[str] = set()
    for places in sorted(groups.values(), key=lambda places: -len(places)):
        written = [each.words for each in places]
        words = max(dict.fromkeys(written), key=lambda each: (written.count(each), each != each.lower()))
        kind = places[0].kind
        pseudonym = _next_free(project, words, kind, places[0].proposer, taken, in_texts)
        sources = dict.fromkeys(source for each in places for source in (each.proposer, *each.also))
        made.append(Candidate(words, kind, pseudonym, tuple(sources), tuple(places)))
    return made


def suggested(project: Project, words: str, in_texts: Collection[str] | None = None) -> tuple[str, NameKind]:
    """A free pseudonym for words, and their kind, by what their form says: ("[E-mail 2]", "other"); see `proposal`."""
    form = next((each for each in found(words) if (each.start, each.end) == (0, len(words))), None)
    kind: NameKind = form.kind if form else "person"
    return proposal(project, words, kind, _noun(form.sort) if form else "", in_texts), kind


def _next_free(
    project: Project, words: str, kind: NameKind, proposer: str, taken: set[str], in_texts: Collection[str]
) -> str:
    """A pseudonym that is free on the list, in the texts and among those made for this list of candidates."""
    made = proposal(project, words, kind, _noun(proposer), in_texts)
    listed = {each.pseudonym for each in project.names.all()}
    if made not in listed:  # else the name is on the list, or a fuller one is
        made = free_number(made, {*listed, *taken, *in_texts})
        taken.add(made)
    return made


def free_number(pseudonym: str, taken: Collection[str]) -> str:
    """The pseudonym with the next number that is free, from its own on: "[Person 4]"; one without number as it is."""
    number = re.fullmatch(r"\[(.+) (\d+)\]", pseudonym)
    if number is None:
        return pseudonym
    noun, count = number[1], int(number[2])
    while (made := f"[{noun} {count}]") in taken:
        count += 1
    return made


_FORMS = {pattern.sort for pattern in PATTERNS}


def _noun(proposer: str) -> str:
    """What stands before the number of a pseudonym: "E-mail" for an e-mail; "" for names of people and places."""
    if proposer not in _FORMS:
        return ""
    return proposer[:1].upper() + proposer[1:]


# -- finding ---------------------------------------------------------------------------------------------------------


def _at(document: Document, body: str, start: int, end: int, kind: NameKind, proposer: str, why: str) -> Proposal:
    place = occurrence(document, body, start, end)
    return Proposal(document, start, end, place.words, kind, proposer, why, place.before, place.after)


def _label_alone(document: Document, body: str, start: int, label: str) -> Proposal:
    place = occurrence(document, body, start, start)
    why = "what a speaker is called; it does not stand in the text"
    return Proposal(document, start, start, label, "person", "speaker label", why, place.before, place.after)


def _said(project: Project, wanted: dict[str, NameKind], proposer: str, why: str) -> Iterator[Proposal]:
    """Wherever one of some words stands, whatever the case."""
    for document in project.documents:
        body, apart = project.documents.body(document), project.documents.body_apart(document)
        for words, kind in sorted(wanted.items()):
            for start, end in places_of(words, apart):
                yield _at(document, body, start, end, kind, proposer, why)


def _is_nobody(label: str, roles: Sequence[Role]) -> bool:
    return names_nobody(label, roles) or asks(folded(label))


def _parts(label: str) -> set[str]:
    """A label, and the words of it that are names by themselves: "Maureen" of "Maureen O'Brien"."""
    words = [each for each in label.split() if plain(each) in NAMES or (len(each) > 3 and each[0].isupper())]
    return {label, *(each.strip(".,:;") for each in words if each.isalpha())}


def _has_a_form(value: str) -> bool:
    return any((each.start, each.end) == (0, len(value)) for each in found(value))


def _is_telling(words: str) -> bool:
    """Whether words can be looked for: three letters and more, or a number of six digits and more."""
    letters, digits = sum(map(str.isalpha, words)), sum(map(str.isdigit, words))
    return digits >= 6 or (letters >= 3 and not digits)
