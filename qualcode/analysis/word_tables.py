"""Words counted: how often, by how many people, how evenly; and which words one group uses more than another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.comparing import Group, compared
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.listing import Line, listed, resting
from qualcode.analysis.spoken_words import SpokenWords, spoken_words
from qualcode.analysis.word_measures import deviation_of_proportions, log_likelihood, log_ratio
from qualcode.errors import InputError
from qualcode.folding import word_key
from qualcode.language.parsing import Progress
from qualcode.model import Hit, Quotation
from qualcode.project import Project
from qualcode.sentences import VERSION
from qualcode.sweep import Integers, once
from qualcode.table import Evidence, Heading, Table
from qualcode.visible import counted
from qualcode.work.base_forms import BaseForms, base_forms
from qualcode.work.parse_texts import pipeline_for

TOP = 50
_EACH = 10_000


def words(
    project: Project,
    *,
    words: tuple[str, ...] = (),
    compare: tuple[tuple[str, str], ...] = (),
    lemma: bool = False,
    letters: int = 1,
    top: int = TOP,
    scope: Scope | None = None,
) -> Table:
    """Words that participants say: how often, by how many people, how evenly (DP); or two groups' words compared.

    Interviewers' words are not counted, nor those of which nobody known is the speaker.

    Args:
        project: the study.
        words: these words alone, in this order; else the most frequent, or those in which the groups differ most.
        compare: two groups, each a role, wave, case or attribute and its value: their words side by side with G2 and
            log ratio, the strongest difference first.
        lemma: count words under their base form; texts not parsed yet are parsed now.
        letters: only words of at least so many letters.
        top: so many words at most.
        scope: which part of the study; whose coding counts makes no difference.

    Raises:
        NotFoundError: the scope or the comparison names something that is not there.
        InputError: the scope names codes.
        RefusedError: there are not two different groups.
    """
    if scope and scope.codes:
        raise InputError("words are counted whatever is coded", remedy="Leave the codes out.")
    corpus = Corpus(project, scope)
    groups = compared(corpus, compare) if compare else ()
    forms, how = _base_forms(project) if lemma else (None, "")
    spoken = spoken_words(project, corpus, forms)
    within = spoken.within(corpus)
    parts = [_Part.of(group.key, spoken.within(group.corpus), group.corpus, group) for group in groups]
    parts = parts or [_Part.of("", within, corpus, None)]
    chosen = _chosen(within, parts, words, letters, top)
    columns, lines = _columns(parts), [_line(within, parts, number, typed) for number, typed in chosen]
    title = "Words that participants say" + (f": {groups[0].name} and {groups[1].name}" if groups else "")
    made = listed(project, "words", title, "Word", columns, lines, _notes(corpus, within, parts, how, len(chosen)))
    return _readable(made, project, spoken)


def _base_forms(project: Project) -> tuple[BaseForms, str]:
    def tell(progress: Progress) -> None:
        if not progress.done:
            project.store.announce(f"Parsing {counted(progress.of, 'text')}, once.")

    pipeline = pipeline_for(project)
    return base_forms(project, pipeline, tell), pipeline.told


@dataclass(frozen=True)
class _Part:
    """A group of the comparison, or all that is counted.

    Attributes:
        key: before the keys of its columns.
        spoken: what is said in it.
        total: how many words.
        people: how many people were interviewed.
        group: None for all.
    """

    key: str
    spoken: SpokenWords
    total: int
    people: int
    group: Group | None

    @classmethod
    def of(cls, key: str, spoken: SpokenWords, corpus: Corpus, group: Group | None) -> "_Part":
        return cls(key, spoken, int(spoken.counts.sum()), len(once(corpus.visits.person)), group)


def _chosen(
    spoken: SpokenWords, parts: Sequence[_Part], typed: Iterable[str], letters: int, top: int
) -> list[tuple[int, str]]:
    """Numbers of the words shown, -1 for one that nobody says, each with how it is called."""
    numbers = {word: number for number, word in enumerate(spoken.vocabulary)}
    asked = [word_key(word) for word in typed]
    if asked:
        return [(numbers.get(word, -1), word) for word in dict.fromkeys(asked)]
    met = np.flatnonzero(np.sum([part.spoken.counts for part in parts], axis=0))
    long = [number for number in met.tolist() if sum(map(str.isalpha, spoken.vocabulary[number])) >= letters]
    weight = _keyness(parts) if len(parts) == 2 else _frequency(spoken.counts)
    long.sort(key=lambda number: (-weight(number), spoken.vocabulary[number]))
    return [(number, spoken.vocabulary[number]) for number in long[:top]]


def _frequency(counts: Integers) -> Callable[[int], float]:
    return lambda number: float(counts[number])


def _keyness(parts: Sequence[_Part]) -> Callable[[int], float]:
    one, other = parts
    return lambda number: log_likelihood(
        int(one.spoken.counts[number]), one.total, int(other.spoken.counts[number]), other.total
    )


def _columns(parts: Sequence[_Part]) -> list[Heading]:
    columns = []
    for part in parts:
        before, band = (f"{part.key} ", part.group.name) if part.group else ("", "")
        who = (tuple(part.key.split("=", 1)),) if part.group else ()
        named: tuple[tuple[str, str], ...] = tuple((pair[0], pair[1]) for pair in who)
        columns += [
            Heading(f"{before}count", "Words", "words", part.total, band, who=named),
            Heading(f"{before}per 10,000", "Per 10,000", group=band, decimals=1, who=named),
            Heading(f"{before}people", "People", "people", part.people, band, who=named),
        ]
    if len(parts) == 2:
        return [*columns, Heading("G2", "G2", decimals=1), Heading("log ratio", "Log ratio")]
    return [*columns, Heading("DP", "DP")]


def _line(spoken: SpokenWords, parts: Sequence[_Part], number: int, word: str) -> Line:
    cells: dict[str, int | float | str | None] = {}
    evidence: dict[str, Evidence] = {}
    counts = []
    for part in parts:
        before = f"{part.key} " if part.group else ""
        places, people = (part.spoken.places(number), part.spoken.people(number)) if number >= 0 else ((), ())
        cells |= {
            f"{before}count": len(places),
            f"{before}per 10,000": _EACH * len(places) / part.total if part.total else None,
            f"{before}people": len(people),
        }
        evidence |= {f"{before}count": resting("word", places), f"{before}per 10,000": resting("word", places)}
        evidence[f"{before}people"] = resting("person", people)
        counts += [len(places), part.total]
    if len(parts) == 2:
        one, of_one, other, of_other = counts
        cells["G2"] = log_likelihood(one, of_one, other, of_other)
        cells["log ratio"] = log_ratio(one, of_one, other, of_other)
    else:
        cells["DP"] = deviation_of_proportions(*spoken.by_person(number)) if number >= 0 else None
    return Line(Heading(word, word), cells, evidence)


def _readable(table: Table, project: Project, spoken: SpokenWords) -> Table:
    """The table whose counts open to the words where they stand."""
    from dataclasses import replace

    def reads(evidence: Evidence) -> tuple[Quotation, ...]:
        if evidence.kind != "word":
            return ()
        texts = {document.id: document.text for document in project.documents.all()}
        places = map(spoken.hit, evidence.ids)
        return project.quotations([Hit(document, texts[document], start, end) for document, start, end in places])

    return replace(table, reads=reads)


def _notes(corpus: Corpus, spoken: SpokenWords, parts: Sequence[_Part], how: str, shown: int) -> list[str]:
    met = int(np.count_nonzero(spoken.counts))
    count = (
        f"Words of known participants, the interviewers' left out: {int(spoken.counts.sum()):,} words, "
        f"{met:,} different, {shown} shown; case and accents make no difference (rules of words: version {VERSION})."
    )
    notes = [count, said.filter_note(corpus)]
    if how:
        notes.append(f"Counted by base form ({how}); a word made of several, as don't, under the first.")
    if len(parts) == 2:
        notes.append(
            "G2: log-likelihood over four cells (Dunning 1993). Log ratio: 1 = twice as frequent in the first group, "
            "-1 = in the second (Hardie 2014); 0.5 stands for none."
        )
        notes.append("No p is printed: one person's words are not independent of each other. Look at the people.")
    else:
        notes.append(
            "DP (Gries 2008), by person: 0 = everybody says it in proportion to how much they speak, near 1 = few do."
        )
    return [*notes, *said.standing_notes(corpus)[1:]]
