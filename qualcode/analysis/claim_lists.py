"""Claims one by one, as an appendix prints them: who says that what leads to what, how they know, and what speaks
against it.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.citing import CASE_COLUMN, called
from qualcode.analysis.claims import Claims, Telling, asked_for, counted_claims
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.listing import Line, listed, resting
from qualcode.model import Claim, Quotation
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.project.columns import STANCES, STANDINGS
from qualcode.table import Evidence, Heading, Mark, Table

_COLUMNS = (
    Heading("from", "From"),
    Heading("to", "To"),
    Heading("direction", "Direction"),
    Heading("words", "Words"),
    Heading("supports", "Supported", "passages"),
    Heading("qualifies", "Qualified", "passages"),
    Heading("contradicts", "Contradicted", "passages"),
    Heading("person", "Who"),
    Heading("role", "Role"),
    Heading("case", CASE_COLUMN),
    Heading("wave", "Wave"),
    Heading("standing", "Standing"),
    Heading("whose", "Whose"),
    Heading("tense", "Tense"),
    Heading("stated", "Stated"),
    Heading("prompted", "Prompted"),
    Heading("citation", "Citation"),
)


def claim_list(
    project: Project,
    *,
    scope: Scope | None = None,
    telling: Telling | None = None,
) -> Table:
    """Every claim of the layer, by document and place, with the passages that support, qualify or contradict it.

    A row is headed by the claim's number, as `qualcode claim list` gives it. Whose change and standing are those of the
    speaker's role where the coder says nothing else; of several speakers the strongest standing.

    Args:
        project: the study.
        scope: which part of the study, and whose coding; codes: claims from or to one of these or those below.
        telling: which claims, by how they are told; unless a tense is asked, also what is hoped for.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    corpus = Corpus(project, scope)
    asked = asked_for(telling, tense="any")
    everything = corpus.tree.branches
    claims = counted_claims(corpus, everything, everything, "people", telling=asked)
    chosen = corpus.tree.marked(corpus.shown(everything))
    kept = claims.cells.passages.counted & (chosen[claims.cells.row] | chosen[claims.cells.column])
    lines = _lines(claims, np.flatnonzero(kept).tolist())
    used = sorted({*claims.cells.row[kept].tolist(), *claims.cells.column[kept].tolist()})
    codes = [everything[number].code for number in used]
    notes = (
        *said.layer_notes(corpus, corpus.columns.claims, "made claims"),
        said.filter_note(corpus, *asked.parts()),
        *([f"Codes: {'; '.join(f'{code.short} {code.name}' for code in codes)}."] if codes else []),
        "Whose change and standing are those of the speaker's role where the coder says nothing else.",
        *said.claim_notes(claims),
        *said.standing_notes(corpus),
    )
    return listed(project, "claims", "Claims: what is said to lead to what", "Claim", _COLUMNS, lines, notes)


def _lines(claims: Claims, kept: list[int]) -> list[Line]:
    corpus = claims.cells.corpus
    ids = claims.cells.ids[0]
    found = {claim.id: claim for claim in corpus.project.claims.by_ids(ids[kept].tolist())}
    read = dict(zip(found, corpus.project.quotations(list(found.values())), strict=True))
    passages, people = _evidence(corpus), _People(claims)

    def place(index: int) -> tuple[object, ...]:
        claim = found[int(ids[index])]
        ends = int(claims.cells.row[index]), int(claims.cells.column[index])
        told = int(claims.direction[index]), int(claims.standing[index]), claim.tense or "", claim.whose or ""
        coder = claim.inferred, claim.prompted
        return read[claim.id].document.casefold(), claim.start, claim.end, *ends, *told, *coder, claim.id

    made = (
        _line(claims, index, found[int(ids[index])], read[int(ids[index])], passages, people)
        for index in sorted(kept, key=place)
    )
    return list(made)


def _line(
    claims: Claims,
    index: int,
    claim: Claim,
    quotation: Quotation,
    passages: dict[tuple[int, str], list[int]],
    people: "_People",
) -> Line:
    branches = claims.cells.corpus.tree.branches
    standing = int(claims.standing[index])
    own = Evidence("claim", (claim.id,))
    backing = {stance: resting("claim evidence", passages.get((claim.id, stance), ())) for stance in STANCES}
    cells: dict[str, int | str | None] = {
        "from": branches[claims.cells.row[index]].code.short,
        "to": branches[claims.cells.column[index]].code.short,
        "direction": claim.direction,
        "words": quotation.whole,
        **{stance: len(found.ids) for stance, found in backing.items()},
        **people.of(index, claim),
        "standing": STANDINGS[standing] if standing < len(STANDINGS) else "",
        "tense": claim.tense or "happened",
        "stated": "inferred" if claim.inferred else "stated",
        "prompted": "prompted" if claim.prompted else "volunteered",
        "citation": quotation.citation,
    }
    marks: dict[str, tuple[Mark, ...]] = {"direction": ("contradicted",)} if claims.contradicted[index] else {}
    return Line(Heading(str(claim.id), str(claim.id)), cells, {"words": own, **backing}, marks)


def _evidence(corpus: Corpus) -> dict[tuple[int, str], list[int]]:
    """By claim and stance: ids of the passages, whoever added them; the same passage of two coders once."""
    rows = corpus.columns.evidence
    read = (rows.claim, rows.stance, rows.document, rows.start, rows.end, rows.id)
    found: dict[tuple[int, str], dict[tuple[int, ...], int]] = defaultdict(dict)
    for claim, stance, *place, number in zip(*(column.tolist() for column in read), strict=True):
        found[claim, STANCES[stance]].setdefault(tuple(place), number)
    return {key: list(numbers.values()) for key, numbers in found.items()}


class _People:
    """Who makes each claim, within the scope."""

    def __init__(self, claims: Claims) -> None:
        self._corpus = corpus = claims.cells.corpus
        self._document = claims.cells.passages.document
        self._who: dict[int, list[int]] = defaultdict(list)
        passages = claims.cells.passages
        for index, person in zip(passages.spoken.tolist(), passages.speaker.tolist(), strict=True):
            if person not in self._who[index]:
                self._who[index].append(person)
        self._by_id = {person.id: person for person in corpus.project.people.all()}
        self._called = called(corpus.project)
        self._cases = {case.id: case.name for case in corpus.project.cases.all()}
        self._roles = {role.short: role for role in corpus.project.roles.all()}

    def of(self, index: int, claim: Claim) -> dict[str, int | str | None]:
        """Who, role, case and wave of a claim, and whose change it tells of."""
        corpus, number = self._corpus, self._document[index]
        known = np.array(self._who.get(index, []), dtype=np.int64)
        people = [self._by_id[each] for each in corpus.person_ids[known].tolist()]
        roles = [(*corpus.roles, "")[role] for role in corpus.role(np.full(len(known), number), known).tolist()]
        cases = [person.case for person in people] or [int(corpus.columns.documents["case"][number])]
        wave = corpus.waves[corpus.wave_of_document[number]]
        return {
            "person": _joined(self._called[person.id] for person in people),
            "role": _joined(roles),
            "case": _joined(self._cases.get(case or 0, "") for case in cases),
            "wave": "" if wave == NO_WAVE else wave,
            "whose": claim.whose or _joined(self._roles[role].whose for role in roles if role),
        }


def _joined(words: Iterable[str]) -> str:
    return " + ".join(dict.fromkeys(word for word in words if word))
