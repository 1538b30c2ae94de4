"""The field's nouns as frozen values.

Positions are Unicode code points, half-open, into one *text version* of a document: `body[start:end]`.
Ids are the project file's own integers; `guid` is the 16-byte identity that survives exchange.

What comes in hundreds for every document (turns, segments, claims) is a named tuple: a quarter of the time of a frozen
dataclass to make.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

Kind = str  # what a code is for; the set is the project's to change
KINDS: tuple[Kind, ...] = (
    "code",
    "theme",
    "context",
    "mechanism",
    "process outcome",
    "downstream outcome",
    "moderator",
    "rival explanation",
    "unintended",
    "implementation",
)

Part = Literal["participant", "interviewer", "other"]  # a speaker's part in a document
Valence = Literal["good", "bad", "less is better", "neutral"]
Direction = Literal["raises", "lowers", "no effect", "mixed"]
Whose = Literal["self", "supported person", "people in general", "team"]
Standing = Literal["lived", "witnessed", "hearsay"]
Tense = Literal["happened", "hoped for"]
Stance = Literal["supports", "qualifies", "contradicts"]
MemoKind = Literal["analytic", "theoretical", "methodological", "reflexive"]
SummaryState = Literal["draft", "charted", "checked", "not asked", "nothing said"]
CoderKind = Literal["person", "consensus", "rules"]
ProposalState = Literal["open", "accepted", "rejected"]
NameKind = Literal["person", "place", "organisation", "other"]


class Turn(NamedTuple):
    """One speaker's uninterrupted speech.

    Attributes:
        start, end: the whole turn, its label included; turns of a text do not overlap.
        speech: where the words begin, after label and time stamp; start <= speech <= end.
        speaker: the label as the transcript has it, without brackets or colon; "" where nobody is named
            (cover page, field notes before the first label).
    """

    start: int
    end: int
    speech: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that participants say from one substantive question to the next.

    Attributes:
        number: from 1, in order of the text; cited as ¶number.
        start, end: from the first participant's words to the last, back-channels between absorbed.
        question: (start, end) of the interviewer's words before it, or None.
    """

    number: int
    start: int
    end: int
    question: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Coder:
    """Somebody who codes, the consensus of those who met, or the rules, which propose and never code."""

    id: int
    guid: bytes
    short: str
    name: str
    kind: CoderKind


@dataclass(frozen=True, slots=True)
class Role:
    """What somebody is in the study: its short name, and what their words count as unless said otherwise."""

    id: int
    short: str
    name: str
    whose: Whose
    standing: Standing


@dataclass(frozen=True, slots=True)
class Wave:
    """A round of interviews; "-" where the study has none."""

    id: int
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared: an initiative, site or trial. Cases nest."""

    id: int
    guid: bytes
    name: str
    kind: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody interviewed. `roles` maps a wave's name to a role's short name."""

    id: int
    guid: bytes
    name: str
    case: int | None
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One transcript as it stands now.

    Attributes:
        text: id of its current text version.
        version: that version's number, from 1.
        length: of the text, in code points.
        lead: the coder whose coding counts where there is no complete consensus.
    """

    id: int
    guid: bytes
    name: str
    text: int
    version: int
    length: int
    wave: str
    case: int | None
    lead: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker's label in one document, the part it plays and, once known, the person."""

    document: int
    label: str
    part: Part
    person: int | None


@dataclass(frozen=True, slots=True)
class Definition:
    """What a code means, in one version (MacQueen et al. 1998: brief, full, when to use, when not, example)."""

    brief: str = ""
    full: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""


AXIAL = ("causal condition", "context", "intervening condition", "strategy", "consequence")
"""What a code can be of a phenomenon: the paradigm of Strauss & Corbin 1990."""


@dataclass(frozen=True, slots=True)
class Code:
    """A member of the coding frame.

    Attributes:
        short: the codebook's own id, shown in margins: "M2a".
        parent: id of the code above, or None.
        applies_to: roles' short names it may be coded for; empty = all.
        leads_to: short codes this one is expected to lead to.
        axial: its places in the paradigm of other codes, each "SLOT of CODE" (see `AXIAL`): "strategy of FACE".
        version: of its definition, from 1.
        status: "live" or "retired".
        merged_into: id of the code that stands for it now, or None.
    """

    id: int
    guid: bytes
    short: str
    name: str
    parent: int | None
    kind: Kind
    valence: Valence
    applies_to: tuple[str, ...]
    leads_to: tuple[str, ...]
    axial: tuple[str, ...]
    colour: str
    key: str
    status: Literal["live", "retired"]
    stage: str
    in_vivo: bool
    merged_into: int | None
    position: int
    version: int
    definition: Definition


class Segment(NamedTuple):
    """A coded passage: `body[start:end]` of a text version, one code, one coder.

    Attributes:
        definition: id of the definition it was made under.
        round: the first round in which it stands.
        unsure: None, or a few words on why (may be "").
        whose, standing, tense: None = the default of the speaker's role.
    """

    id: int
    guid: bytes
    document: int
    text: int
    start: int
    end: int
    code: int
    definition: int
    coder: int
    round: int
    unsure: str | None = None
    negative: bool = False
    exemplar: bool = False
    whose: Whose | None = None
    standing: Standing | None = None
    tense: Tense | None = None


class Claim(NamedTuple):
    """A passage saying that one thing leads to another."""

    id: int
    guid: bytes
    document: int
    text: int
    start: int
    end: int
    from_code: int
    to_code: int
    coder: int
    round: int
    direction: Direction
    inferred: bool = False
    prompted: bool = False
    unsure: str | None = None
    whose: Whose | None = None
    standing: Standing | None = None
    tense: Tense | None = None


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """Another passage that supports, qualifies or contradicts a claim."""

    id: int
    claim: int
    document: int
    text: int
    start: int
    end: int
    stance: Stance
    coder: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found: `body[start:end]` of a text version, whether or not it is coded.

    Attributes:
        matched: of a search for base forms, what fitted: "form", the word as it was looked for, or "lemma hope", its
            base form; else "".
    """

    document: int
    text: int
    start: int
    end: int
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage that a rule proposes to be coded: `body[start:end]` of a text version. It is no coding.

    Attributes:
        code: id of the code that it is proposed for.
        rule: name of the rule that proposes it.
        file: name of the file that the rule stands in.
        digest: of all that the rule says, SHA-256; another digest under one name is a rule that was changed.
        pipeline: with which the text was parsed, in a few words; "" where the rule needs none.
    """

    id: int
    guid: bytes
    document: int
    text: int
    start: int
    end: int
    code: int
    state: ProposalState
    rule: str
    file: str
    digest: bytes
    pipeline: str

    @property
    def hit(self) -> Hit:
        """Its place."""
        return Hit(self.document, self.text, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Memo:
    """A dated note. At most one target is set; none = on the project as a whole."""

    id: int
    guid: bytes
    coder: int
    at: datetime
    kind: MemoKind
    private: bool
    body: str
    document: int | None = None
    segment: int | None = None
    claim: int | None = None
    code: int | None = None
    case: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A chart cell: the analyst's sentence for one person or case, one code, one wave, with what it rests on."""

    id: int
    guid: bytes
    person: int | None
    case: int | None
    code: int
    wave: str
    coder: int
    body: str
    state: SummaryState
    segments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EditedQuote:
    """A segment's words as an analyst shortened them for print.

    Attributes:
        segment: its id.
        coder: who edited it last.
        words: with `[...]` for a cut and clarifications in square brackets.
        is_true: whether they are still what the passage says; it may have been corrected or moved since.
    """

    segment: int
    coder: int
    words: str
    is_true: bool


@dataclass(frozen=True, slots=True)
class KnownName:
    """A real name that was, or may be, said in a transcript, and what is written in its place.

    Words that were looked at and are to stay as they are have themselves as their pseudonym.
    """

    id: int
    guid: bytes
    name: str
    kind: NameKind
    pseudonym: str

    @property
    def stays(self) -> bool:
        """Whether somebody decided that it is no name to be replaced."""
        return self.pseudonym == self.name


@dataclass(frozen=True, slots=True)
class Action:
    """One user action as the log keeps it. `arguments` name things by id or short code, never by quoted text."""

    id: int
    guid: bytes
    coder: str
    at: datetime
    verb: str
    arguments: dict[str, object]
    reverses: int | None
    undone: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """A named point in the project's history: how it stood once `action` was done.

    Attributes:
        name: "submitted-v1".
        coder: short name of who named it.
        at: when, UTC.
        action: id of the action that named it; all up to it belongs to it.
    """

    id: int
    guid: bytes
    name: str
    coder: str
    at: datetime
    action: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage ready to be read: its words, who said them and where, and the question before it.

    Attributes:
        words: the passage exactly as stored.
        citation: inside the team `[case, role, wave, person, line]`; for publication see `project/citations.py`.
        before: the interviewer's words that it answers, or "".
        label: what it stands for in the table ("M2a", "M2a → P3 raises" or "contradicts"), or "".
        answer: number of the answer it begins in (¶), 0 outside any.
        lines: first and last citable line.
        plain: the words with plain labels of speakers, where those in the transcript hold more than the name (Markdown,
            a time); else "".
        edited: the words as an analyst shortened them for print, where they are what the passage says; else "".
        is_withheld: whether the words may not be printed, for want of consent; something else stands in their place.
        is_asked: all of it is the interviewer's words.
    """

    document: str
    speaker: str
    words: str
    citation: str
    before: str
    label: str
    answer: int
    lines: tuple[int, int]
    start: int
    end: int
    is_asked: bool = False
    plain: str = ""
    edited: str = ""
    is_withheld: bool = False

    @property
    def printed(self) -> str:
        """What is printed as the quote: the edited words, or the whole passage, its speakers' labels plain."""
        return self.edited or self.whole

    @property
    def whole(self) -> str:
        """The whole passage as it is printed, its speakers' labels plain."""
        return self.plain or self.words
