"""Names looked over: what is proposed beside what was decided, each name once, and decisions on many in one action.

    found = scan(project)
    review = Review(found)
    for each in review.entries(project): ...

To find what may be a name takes seconds; to see what is decided of it does not, so that a list of names follows each
decision at once.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qualcode.folding import fold
from qualcode.model import KnownName, NameKind
from qualcode.project import Project
from qualcode.project.known_names import stands_in
from qualcode.project.listed_names import ListedNames
from qualcode.project.naming import folded
from qualcode.work.name_proposals import (
    PROPOSERS,
    Candidate,
    Proposal,
    Proposer,
    candidates,
    free_number,
    suggested,
)
from qualcode.work.pseudonymise import Occurrence, must_be_changeable, numbered_in_texts, occurrences

State = Literal["open", "listed", "replaced", "stays"]
STATES: Mapping[State, str] = {
    "open": "to decide", "listed": "accepted, still standing", "replaced": "replaced, or said nowhere",
    "stays": "no name: stays",
}  # fmt: skip
"""What was decided of a name, in the order in which they are shown, in words."""

Place = Proposal | Occurrence


@dataclass(frozen=True, slots=True)
class Scan:
    """What may be a name in the texts as they stood.

    Attributes:
        candidates: each with its places; most often said first.
        texts: tells texts and documents' names from others.
        numbered: the pseudonyms with a number in them: those that stand for somebody, on the list or not.
        pipeline: whose entity recogniser took part (`Pipeline.told`); "" = none did.
    """

    candidates: tuple[Candidate, ...]
    texts: frozenset[tuple[int, str, bytes]]
    numbered: frozenset[str]
    pipeline: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name with what is known and decided of it.

    Attributes:
        words: as it is written most often, or stands on the list.
        kind: what it is, or would be, the name of.
        pseudonym: what stands for it on the list; of one to be decided what could.
        state: see `STATES`.
        sources: who proposes it.
        places: where it stands; of one to be decided where it is proposed.
    """

    words: str
    kind: NameKind
    pseudonym: str
    state: State
    sources: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def key(self) -> str:
        """What tells it from other names: its words, whatever their case."""
        return folded(self.words)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that is to be put on the list.

    Attributes:
        name: as it is said.
        pseudonym: what is to stand for it; "" = that of a fuller or shorter name, else the next that is free.
        kind: what it is the name of; None = as the list or the name's form says.
        only_capitalised: whether it stays where it is written small: "will" beside "Will".
    """

    name: str
    pseudonym: str = ""
    kind: NameKind | None = None
    only_capitalised: bool = False


def texts_now(project: Project) -> frozenset[tuple[int, str, bytes]]:
    """What `Scan.texts` is compared with: whether a scan is of the texts as they stand."""
    digests = project.documents.digests()
    return frozenset((each.id, each.name, digests[each.id]) for each in project.documents)


def scan(
    project: Project,
    proposers: Sequence[Proposer] = PROPOSERS,
    *,
    pipeline: str = "",
    heed: Callable[[int, int], None] = lambda _done, _of: None,
) -> Scan:
    """Look for names; nothing is written.

    Args:
        project: the study.
        proposers: who looks.
        pipeline: of the entity recogniser among them.
        heed: hears how many of the proposers are done, of how many; what it raises ends the work.
    """
    texts = texts_now(project)
    heeded = [_heeding(each, number, len(proposers), heed) for number, each in enumerate(proposers)]
    return Scan(tuple(candidates(project, heeded)), texts, numbered_in_texts(project), pipeline)


def _heeding(proposer: Proposer, number: int, of: int, heed: Callable[[int, int], None]) -> Proposer:
    def proposed(project: Project) -> Iterator[Proposal]:
        heed(number, of)
        yield from proposer(project)

    return proposed


class Review:
    """A scan beside the name list as it stands.

    Args:
        scan: what was found.
    """

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self._said: dict[str, tuple[Occurrence, ...]] = {}

    def places(self, project: Project, name: str) -> tuple[Occurrence, ...]:
        """Every place where a name stands, in any case, in all documents; looked for once."""
        if name not in self._said:
            self._said[name] = tuple(occurrences(project, name))
        return self._said[name]

    def entries(self, project: Project) -> list[Entry]:
        """Every name that is proposed, was accepted or stays: those to be decided first, the most often said first."""
        listed = {folded(each.name): each for each in project.names.all()}
        staying = {folded(each.name): each for each in project.names.ignored() if folded(each.name) not in listed}
        names = ListedNames(listed.values())
        people = [(_words(each.name), each.pseudonym) for each in listed.values() if each.kind == "person"]
        taken = {each.pseudonym for each in listed.values()}
        meant = {each.pseudonym for each in self.scan.candidates} | self.scan.numbered
        labels = "\n".join(each.label for one in project.documents for each in project.documents.speakers(one))
        made: dict[str, Entry] = {}
        for each in self.scan.candidates:
            key = folded(each.words)
            decided = listed.get(key) or staying.get(key) or names.that_is(each.words)
            entry = Entry(each.words, each.kind, each.pseudonym, "open", each.proposers, each.places)
            if decided is None and "name list" in each.proposers[:1]:  # taken off the list since
                entry = replace(entry, sources=each.proposers[1:] or ("taken off the list",))
            if decided:
                made[folded(decided.name)] = self._decided(project, entry, decided, labels)
                continue
            made[key] = _suggested(entry, people, taken, meant)
            taken.add(made[key].pseudonym)
        for key, known in (listed | staying).items():
            if key not in made:
                made[key] = self._decided(project, Entry(known.name, known.kind, "", "open", (), ()), known, labels)
        order = list(STATES)
        return sorted(made.values(), key=lambda each: (order.index(each.state), -len(each.places), each.key))

    def _decided(self, project: Project, entry: Entry, known: KnownName, labels: str) -> Entry:
        """An entry as the list has it; a name that only labels somebody who speaks, a voice of captions, stands too."""
        places = self.places(project, known.name)
        is_standing = bool(places) or stands_in(known.name, labels)
        state: State = "stays" if known.stays else "listed" if is_standing else "replaced"
        sources = entry.sources or ("name list",)
        return replace(
            entry, words=known.name, kind=known.kind, pseudonym=known.pseudonym, state=state, sources=sources,
            places=places,
        )  # fmt: skip


def _suggested(
    entry: Entry, people: Sequence[tuple[frozenset[str], str]], taken: Collection[str], meant: Collection[str]
) -> Entry:
    """With the pseudonym of a fuller or shorter name on the list, if there is but one; else with one of its own.

    Args:
        entry: a name to be decided.
        people: words of the names of people on the list, with their pseudonyms.
        taken: pseudonyms that stand for other names, or are shown for them.
        meant: those that are to be shown for others.
    """
    words = _words(entry.words)
    theirs = {pseudonym for said, pseudonym in people if entry.kind == "person" and (words <= said or said <= words)}
    if len(theirs) == 1:
        return replace(entry, pseudonym=theirs.pop())
    if entry.pseudonym in taken:
        return replace(entry, pseudonym=free_number(entry.pseudonym, {*taken, *meant}))
    return entry


def _words(name: str) -> frozenset[str]:
    return frozenset(fold(name)[0].split())


# -- deciding --------------------------------------------------------------------------------------------------------


def wanted_of(entries: Sequence[Entry]) -> list[Wanted]:
    """Several names as they are shown; who is called by a fuller name among them gets that one's pseudonym."""
    fullest_first = sorted(entries, key=lambda each: -len(_words(each.words)))
    wanted, fuller = [], list[frozenset[str]]()
    for each in fullest_first:
        words = _words(each.words)
        is_theirs = each.kind == "person" and any(words < other for other in fuller)
        shown = "" if is_theirs or each.state == "stays" else each.pseudonym
        wanted.append(Wanted(each.words, shown, each.kind))
        fuller.append(words)
    return wanted


def accept(project: Project, names: Iterable[Wanted]) -> list[KnownName]:
    """Put names on the list, in one action; texts are not touched. What is on it already gets the other pseudonym.

    Raises:
        RefusedError: a name or a pseudonym cannot be one; nothing is written.
    """
    made = []
    in_texts = numbered_in_texts(project)
    with project.action("accept names"):
        for each in names:
            is_said = bool(each.pseudonym and each.kind)
            called, meant = (each.pseudonym, each.kind) if is_said else suggested(project, each.name, in_texts)
            known = project.names.find(each.name)
            if known is None or known.stays:
                known = project.names.add(each.name, each.pseudonym or called, each.kind or meant or "person")
            else:
                must_be_changeable(project, known, each.pseudonym or called)
                known = project.names.change(known, pseudonym=each.pseudonym or called, kind=each.kind)
            if each.only_capitalised:
                project.names.leave_small(known)
            made.append(known)
    return made


def ignore(project: Project, names: Iterable[str]) -> list[KnownName]:
    """Say that words are no names, in one action: they stay, and are not proposed again (see `KnownNames.ignore`)."""
    with project.action("ignore names"):
        return [project.names.ignore(each) for each in names]


def reopen(project: Project, names: Iterable[str]) -> None:
    """Take names off the list, be they accepted or staying, in one action: they are to be decided again."""
    known = [project.names.get(each) for each in names]
    with project.action("remove names", names=[each.id for each in known]):
        for each in known:
            project.names.remove(each)


def are_small_unproposed(places: Iterable[Occurrence], proposed: Iterable[Place]) -> bool:
    """Whether a name also stands without capitals where nobody proposes it: perhaps a word ("will" beside "Will")."""
    seen = {(each.document.id, each.start) for each in proposed}
    return any(each.is_small and (each.document.id, each.start) not in seen for each in places)
