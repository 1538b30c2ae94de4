"""Makes whole studies of any size, for trying things out and for measuring: interviews, people, coders, coding, claims.

All of it is synthetic and the transcripts say so in their first line. The same design and seed give the same texts, the
same people, the same passages and claims, whatever the day (dates of actions differ).

    make(Path("full.qualcode"), S1, seed=1)

The designs have the shape of published studies, never their words or numbers of findings: see `Design`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from qualcode import codebook, project, shipped
from qualcode.codebook import CodebookCode
from qualcode.model import Direction, Document, Part, Segment, SummaryState, Turn
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.project.segments import NewSegment
from qualcode.work import apply_codebook
from qualcode.work.synthetic_talk import BACK_CHANNELS, CLAUSES, QUESTIONS, Line, Voice

NOTICE = "This interview is synthetic: a program put it together, nobody said it."
_FIRST_NAMES = (
    "Ada", "Bram", "Carys", "Dilip", "Edna", "Femi", "Greta", "Hamid", "Iona", "Jonas", "Keziah", "Lorne", "Mabel",
    "Nuno", "Olwen", "Piotr", "Quentin", "Rosa", "Shanti", "Tobias", "Una", "Viktor", "Wanda", "Xenia", "Yusuf",
)  # fmt: skip
_AGES = ("18-29", "30-39", "40-49", "50-59", "60-69")
_DIRECTIONS: tuple[Direction, ...] = ("raises",) * 16 + ("lowers", "no effect", "no effect", "mixed")


@dataclass(frozen=True, slots=True)
class Case:
    """A case: its name, sector, and how many people of each role are interviewed."""

    name: str
    sector: str
    roles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Design:
    """What kind of study is made.

    Attributes:
        title: in a few words.
        cases: with their people.
        waves: names; everybody is interviewed at each, or at "-" once.
        codebooks: shipped ones, by name.
        coders: short names; the first leads every document.
        exchanges: questions an interview has.
        segments: of all coders together, exactly; None = as many as come.
        themes: short codes that are charted: a summary for most people and waves.
    """

    title: str
    cases: tuple[Case, ...]
    waves: tuple[str, ...] = ("-",)
    codebooks: tuple[str, ...] = ("peer_worker_change_model",)
    coders: tuple[str, ...] = ("AK", "JB")
    exchanges: int = 22
    segments: int | None = None
    themes: tuple[str, ...] = ()


def _case(name: str, sector: str, pw: int, su: int, st: int, mg: int) -> Case:
    return Case(name, sector, (("PW", pw), ("SU", su), ("ST", st), ("MG", mg)))


CHANGE_STUDY = Design(
    "71 people in ten initiatives, interviewed once, coded by two",
    (
        _case("A", "NHS", 2, 2, 2, 2), _case("B", "NHS", 2, 2, 2, 1), _case("C", "NHS", 2, 2, 2, 1),
        _case("D", "NHS", 2, 2, 1, 1), _case("E", "voluntary", 3, 2, 2, 2), _case("F", "voluntary", 2, 2, 1, 1),
        _case("G", "voluntary", 2, 2, 1, 1), _case("H", "partnership", 2, 2, 2, 2),
        _case("I", "partnership", 2, 2, 2, 1), _case("J", "partnership", 2, 2, 1, 2),
    ),
)  # fmt: skip
"""The shape of a grounded-theory study of ten peer-worker initiatives; how the 71 are split is ours."""

TWO_WAVES = Design(
    "120 people at three sites, interviewed twice, coded by three",
    (
        Case("North", "statutory", (("SU", 38),)),
        Case("Mill Street", "voluntary", (("SU", 41),)),
        Case("Harbour", "voluntary", (("SU", 41),)),
    ),
    waves=("baseline", "nine months"),
    codebooks=("peer_worker_change_model", "self_care_support"),
    coders=("AK", "JB", "ML"),
    exchanges=92,
    segments=100_000,
    themes=tuple(f"SC{number}" for number in range(1, 13)),
)
"""The shape of a framework study of new referrals to three community initiatives, at baseline and nine months."""

DESIGNS: dict[str, Design] = {"71": CHANGE_STUDY, "240": TWO_WAVES}
"""By the number of interviews."""


def make(path: Path, design: Design, seed: int = 1, announce: Callable[[str], None] = lambda _note: None) -> Path:
    """Make a study as a project file.

    Args:
        path: the project file, not there yet.
        design: what kind of study.
        seed: another one gives other people, other words and other coding.
        announce: told of each step, one line each.

    Returns:
        The path.

    Raises:
        RefusedError: there is a file already.
    """
    frames = [codebook.load(shipped.codebook(name)) for name in design.codebooks]
    tree = _Tree.of([code for frame in frames for code in frame.codes])
    chance = Random(f"{seed} {design.title}")  # noqa: S311 (nothing here is secret)
    with project.new(path, design.coders[0]) as study:
        for frame in frames:
            apply_codebook.apply(study, frame)
        announce(f"codebook: {len(study.codes.all())} codes of {' and '.join(design.codebooks)}")
        with study.action("import synthetic interviews"):
            interviews = [each for case in design.cases for each in _case_interviews(study, design, case, tree, chance)]
        announce(f"interviews: {len(interviews)} (synthetic, and they say so)")
    for coder, picks in zip(design.coders, _all_picks(design, interviews, tree, seed), strict=True):
        with project.open(path, coder) as study:
            _store(study, interviews, picks)
            announce(f"coding by {coder}: {len(picks)} segments, {len(study.claims.find(coder=coder))} claims")
    if design.themes:
        with project.open(path, design.coders[0]) as study, study.action("chart"):
            announce(f"summaries: {_chart(study, design, chance)}")
    return path


# -- interviews ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tree:
    """What the talk follows: each code's parent, the codes that can be talked about, the arrows that are expected."""

    parents: dict[str, str | None]
    mechanisms: tuple[str, ...]
    others: tuple[str, ...]
    arrows: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, codes: list[CodebookCode]) -> "_Tree":
        parents = {code.id: code.parent for code in codes}
        said = {code.id: code.leads_to for code in codes}
        spoken = [code for code in codes if code.id in CLAUSES]
        mechanisms = tuple(code.id for code in spoken if code.kind == "mechanism" and code.parent)
        arrows = {code.id: said[code.id] or said.get(code.parent or "", ()) for code in codes}
        others = tuple(code.id for code in spoken if not arrows[code.id] and code.id[0] not in "MPD")
        return cls(parents, mechanisms, others, {code: ends for code, ends in arrows.items() if ends})

    def near(self, code: str, chance: Random) -> str:
        """A code that might be taken for this one: its parent or one beside it."""
        parent = self.parents[code]
        beside = [each for each, above in self.parents.items() if above == parent and each[0] == code[0]]
        return parent if parent and chance.random() < 0.4 else chance.choice(beside)


@dataclass(slots=True)
class _Interview:
    """A transcript in the making, and where each line stands in it: start, end, end of the answer."""

    label: str
    body: str = f"{NOTICE}\n"
    turns: list[Turn] = field(default_factory=list)
    lines: list[tuple[int, int, int, Line]] = field(default_factory=list)
    document: Document | None = None

    def say(self, label: str, words: str) -> int:
        """Add a turn; where its words begin."""
        start = len(self.body)
        self.body += f"{label}: {words}\n"
        speech = start + len(label) + 2
        self.turns.append(Turn(start, len(self.body), speech, label))
        return speech

    def answer(self, lines: list[Line]) -> None:
        """Add a turn of the person interviewed."""
        place = self.say(self.label, " ".join(line.words for line in lines))
        end = len(self.body) - 1
        for line in lines:
            self.lines.append((place, place + len(line.words), end, line))
            place += len(line.words) + 1


def _case_interviews(study: Project, design: Design, case: Case, tree: _Tree, chance: Random) -> Iterator[_Interview]:
    made = study.cases.ensure(case.name)
    study.attributes.set("case", made.id, [("sector", case.sector)])
    for role, number in case.roles:
        for place in range(1, number + 1):
            name = f"{case.name}-{role}{place}"
            person = study.people.add(name, case=case.name, roles={NO_WAVE: role})
            study.attributes.set("person", person.id, [("age band", chance.choice(_AGES))])
            voice = Voice("I" if role == "SU" else chance.choice(_FIRST_NAMES), chance.choice(_FIRST_NAMES))
            favourites = tuple(chance.sample(tree.mechanisms, 4))
            for wave in design.waves:
                interview = _talk(name, voice, favourites, design.exchanges, tree, chance)
                title = name if wave == NO_WAVE else f"{name} {wave}"
                interview.document = _stored(study, title, interview, person.id, wave, chance)
                yield interview


def _stored(study: Project, title: str, interview: _Interview, person: int, wave: str, chance: Random) -> Document:
    parts: dict[str, Part] = {"INT": "interviewer"}
    document = study.documents.add(title, interview.body, interview.turns, parts=parts, wave=wave)
    study.documents.set_speaker(document, interview.label, "participant", person)
    study.attributes.set("person", person, [("empowerment score", str(chance.randint(12, 60)))], wave)
    day = f"2023-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    study.attributes.set("document", document.id, [("date", day)])
    return document


def _talk(
    label: str, voice: Voice, favourites: tuple[str, ...], exchanges: int, tree: _Tree, chance: Random
) -> _Interview:
    interview = _Interview(label)
    for _ in range(exchanges):
        interview.say("INT", voice.fill(chance.choice(QUESTIONS), chance))
        lines = [*_story(voice, favourites, tree, chance), *(voice.chat(chance) for _ in range(chance.randrange(3)))]
        split = chance.randrange(1, len(lines)) if len(lines) > 2 and chance.random() < 0.2 else len(lines)
        interview.answer(lines[:split])
        if lines[split:]:
            interview.say("INT", chance.choice(BACK_CHANNELS))
            interview.answer(lines[split:])
    return interview


def _story(voice: Voice, favourites: tuple[str, ...], tree: _Tree, chance: Random) -> list[Line]:
    """What somebody answers: a mechanism and what it did, what that led to later, or what else mattered."""
    sort, direction = chance.random(), chance.choice(_DIRECTIONS)
    if sort < 0.45:
        cause = chance.choice(favourites if chance.random() < 0.8 else tree.mechanisms)
        told = [voice.about(cause, chance)]
        if ends := tree.arrows.get(cause):
            effect = chance.choice(ends)
            joined = chance.random() < 0.35
            told.append(voice.claim(cause, effect, direction, chance) if joined else voice.about(effect, chance))
        return told
    if sort < 0.65:
        effect = chance.choice(tree.arrows[chance.choice(favourites)] if favourites[0] in tree.arrows else ("P3",))
        later = chance.choice(tree.arrows.get(effect, ("D1",)))
        joined = chance.random() < 0.3
        told = [voice.about(effect, chance)]
        return [*told, voice.claim(effect, later, direction, chance) if joined else voice.about(later, chance)]
    if sort < 0.9:
        other = chance.choice(tree.others)
        rival = other.startswith("RV") and chance.random() < 0.5
        return [voice.claim(other, "D1", direction, chance) if rival else voice.about(other, chance)]
    return [voice.about(chance.choice(("P0", "D0")), chance) if sort < 0.93 else voice.chat(chance)]


# -- coding ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pick:
    """A passage that a coder coded: number of the interview, where, with what."""

    interview: int
    start: int
    end: int
    code: str
    unsure: bool
    exemplar: bool


def _all_picks(design: Design, interviews: list[_Interview], tree: _Tree, seed: int) -> list[list[_Pick]]:
    """Each coder's passages; of all together as many as the design wants."""
    picks = [_picks(interviews, tree, Random(f"{seed} {coder}")) for coder in design.coders]  # noqa: S311
    if design.segments is None:
        return picks
    places = [(coder, number) for coder, some in enumerate(picks) for number in range(len(some))]
    kept = set(Random(f"{seed} kept").sample(places, min(design.segments, len(places))))  # noqa: S311
    return [[pick for number, pick in enumerate(some) if (coder, number) in kept] for coder, some in enumerate(picks)]


def _picks(interviews: list[_Interview], tree: _Tree, chance: Random) -> list[_Pick]:
    """What one coder sees: most of what is there, a sixth of it under a code nearby, with edges of their own."""
    found: dict[tuple[int, int, int, str], _Pick] = {}
    pinned: set[str] = set()
    for number, interview in enumerate(interviews):
        for start, end, answer_end, line in interview.lines:
            for code in line.codes:
                if chance.random() < 0.15:
                    continue
                taken = code if chance.random() < 0.84 else tree.near(code, chance)
                edge = chance.random()
                last = answer_end if edge > 0.85 else end
                first = start + line.words.index(" ") + 1 if edge < 0.15 else start
                pins = taken not in pinned and chance.random() < 0.2
                pinned |= {taken} if pins else set()
                found[number, first, last, taken] = _Pick(number, first, last, taken, chance.random() < 0.06, pins)
    return list(found.values())


def _store(study: Project, interviews: list[_Interview], picks: list[_Pick]) -> None:
    codes = {code.short: code.id for code in study.codes.all()}
    documents = [interview.document.id for interview in interviews if interview.document]
    study.segments.add_many(
        [
            NewSegment(
                documents[pick.interview], pick.start, pick.end, codes[pick.code],
                unsure="edges?" if pick.unsure else None, exemplar=pick.exemplar,
            )
            for pick in picks
        ]
    )  # fmt: skip
    coded = {(pick.interview, pick.code, pick.start) for pick in picks}
    with study.action("read, claim and finish"):
        for number, interview in enumerate(interviews):
            if interview.document is None:
                continue
            for start, end, _, line in interview.lines:
                if line.direction and all((number, code, start) in coded for code in line.codes):
                    cause, effect = line.codes
                    study.claims.add(documents[number], cause, effect, direction=line.direction, span=(start, end))
            study.documents.mark_read(interview.document, 0, len(interview.body))
            study.coders.finish(interview.document)


def _chart(study: Project, design: Design, chance: Random) -> int:
    """Summaries of the lead coder: for most people, themes and waves, resting on what was coded there."""
    states: tuple[SummaryState, ...] = ("charted", "charted", "charted", "draft", "checked")
    written = 0
    for document in study.documents:
        person = next(each.person for each in study.documents.speakers(document) if each.person is not None)
        found: dict[int, list[Segment]] = {}
        for segment in study.segments.of(document, design.coders[0]):
            found.setdefault(segment.code, []).append(segment)
        body = study.documents.body(document)
        for theme in design.themes:
            rests = found.get(study.codes.get(theme).id, [])
            if rests and chance.random() < 0.8:
                words = body[rests[0].start : rests[0].end]
                study.summaries.write(
                    f"Says that {words[:1].lower()}{words[1:]}", theme, person=person, wave=document.wave,
                    segments=[segment.id for segment in rests], state=chance.choice(states),
                )  # fmt: skip
                written += 1
    return written
