"""On any small study: mentions, splits and lists agree with plain Python, with one another, and with their evidence."""

from contextlib import closing
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from qualcode.analysis import Telling, arrow_list, change_model, claim_list, moderators, paths, threads
from qualcode.analysis.change_models import COLUMNS, ROWS, branches
from qualcode.analysis.counting import Corpus
from qualcode.analysis.mentions import in_same_answer
from qualcode.project.voices import role_at
from tests.plans import built, plans, scopes
from tests.strategies import PROPERTY
from tests.unit.test_counting_properties import UNITS, Plain, template

__all__ = ["template"]  # a fixture of the neighbour's

SOME = settings(PROPERTY, max_examples=8)


class Mentioned(Plain):
    """Both mentioned, by the rules, one thing at a time."""

    def found(self, unit):
        """(who or what, code, id) of each segment that counts."""
        for each in self.project.segments.find():
            if not self.counts_here(each):
                continue
            code = self.standing[each.code]
            _, _, _, borne = self.borne({each.id}, code, code, each.document, each.start, each.end)
            yield from ((one, code, each.id) for one in borne[unit])

    def eligible(self, unit, *branches):
        """The units, coded by the layer, to which some code of each branch applies."""
        shorts = [[code for code in self.standing_codes() if self.within(code.id, short)] for short in branches]
        coded = {(row.document, row.coder) for row in (*self.project.segments.find(), *self.project.claims.find())}
        finished = {(document, coder.id) for document in self.documents for coder in self.project.coders.all()
                    if self.project.coders.round_of(document, coder.id) > 1}  # fmt: skip
        units = set()
        for number, document in self.documents.items():
            if (number, self.layer[number]) not in coded | finished:
                continue
            if self.scope.waves and document.wave not in self.scope.waves:
                continue
            people = {person for person in self.speakers(number, 0, document.length) if self.fits(person, document)}
            met = {
                person for person in people
                if all(any(self.applies([code], role_at(person, document.wave), document.wave) for code in codes)
                       for codes in shorts)
            }  # fmt: skip
            alone = (
                not self.scope.roles
                and not self.scope.cases
                and all(any(self.applies([code], "", document.wave) for code in codes) for codes in shorts)
            )
            if unit == "people":
                units |= {person.id for person in met}
            elif unit == "cases":
                units |= {person.case for person in met} - {None}
            elif met or alone:
                units.add(number)
        return units

    def code(self, short):
        return self.project.codes.get(short).id

    def standing_codes(self):
        return [code for code in self.codes.values() if self.standing[code.id] == code.id]

    def fits(self, person, document):
        in_role = not self.scope.roles or role_at(person, document.wave) in self.scope.roles
        return in_role and (not self.scope.cases or self.cases.get(person.case) in self.scope.cases)


@given(plan=plans(is_claim=False), scope=scopes)
@SOME
def test_every_number_of_mentions_is_what_plain_python_finds_and_so_is_chance(template, plan, scope):
    kinds = {"sources": "mentioned in document", "people": "mentioned by person", "cases": "mentioned in case"}
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        plain = Mentioned(project, scope)
        for unit, evidence in kinds.items():
            table = change_model(project, evidence=evidence, scope=scope)
            found = list(plain.found(unit))
            shown = [column.key for column in table.columns[:-1]]
            for row, column in product([each.key for each in table.rows], shown):
                one, other = ([each for each in found if plain.within(each[1], short)] for short in (row, column))
                eligible = plain.eligible(unit, row, column)
                both = {a[0] for a, b in product(one, other) if a[0] == b[0] and a[1] != b[1]} & eligible
                ids = {each[2] for each in (*one, *other) if each[0] in both}
                assert (table.value(row, column) or 0) == len(both)
                assert table.evidence(row, column).ids == tuple(sorted(ids))
                nested = plain.within(plain.code(row), column) or plain.within(plain.code(column), row)
                if nested or not eligible:
                    assert (row, column) not in table.chance
                else:
                    counts = [len({each[0] for each in some} & eligible) for some in (one, other)]
                    assert table.chance[row, column] == counts[0] * counts[1] / len(eligible)


@given(plan=plans(is_claim=False))
@SOME
def test_codes_said_together_are_in_one_answer_and_those_in_one_documents(template, plan):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        together, answered, mentioned = (
            change_model(project, evidence=evidence, unit="sources")
            for evidence in ("said together", "same answer", "mentioned in document")
        )
        outside = any("no answer" in note for note in answered.notes)
        for cell in product([each.key for each in mentioned.rows], [each.key for each in mentioned.columns]):
            ids = [set(table.evidence(*cell).ids) for table in (together, answered, mentioned)]
            assert (answered.value(*cell) or 0) <= (mentioned.value(*cell) or 0)
            assert ids[1] <= ids[2]
            if not outside and all(_is_in_answers(project, each) for each in ids[0]):
                assert (together.value(*cell) or 0) <= (answered.value(*cell) or 0)


@given(plan=plans(is_claim=False), scope=scopes)
@SOME
def test_who_has_both_codes_in_one_answer_is_counted_once(template, plan, scope):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        corpus = Corpus(project, scope)
        rows, columns = branches(corpus.tree, ROWS), branches(corpus.tree, COLUMNS)
        for unit in UNITS:
            cells = in_same_answer(corpus, rows, columns, unit)
            standing = list(zip(cells.piece.tolist(), cells.code.tolist(), strict=True))
            borne = list(zip(cells.of.tolist(), cells.bearer.tolist(), strict=True))
            for (i, row), (j, some) in product(enumerate(rows), enumerate([*([each] for each in columns), columns])):
                one = [each for each in standing if row.first <= each[1] < row.last]
                other = [each for each in standing if any(column.first <= each[1] < column.last for column in some)]
                both = {a[0] for a, b in product(one, other) if a[0] == b[0] and a[1] != b[1]}
                assert cells.counts()[i, j] == len({bearer for piece, bearer in borne if piece in both})


def _is_in_answers(project, segment):
    """Whether the whole segment stands in words of one who answers.

    What is shared with another may else stand between answers, or on the label of a question in the midst of one.
    """
    found = project.segments.get(segment)
    document = project.documents.get(found.document)
    asking = project.documents.interviewers(document)
    said = [(turn.speech, turn.end) for turn in project.documents.turns(document) if turn.speaker not in asking]
    answers = [(answer.start, answer.end) for answer in project.documents.answers(document)]
    return all(any(a <= found.start and found.end <= b for a, b in spans) for spans in (said, answers))


@given(plan=plans(), scope=scopes)
@SOME
def test_the_roles_together_are_the_whole_and_none_is_more(template, plan, scope):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        for evidence, unit in product(("claims", "said together", "same answer"), UNITS):
            table = change_model(project, evidence=evidence, unit=unit, scope=scope, split="role")
            parts = {row.key: [] for row in table.rows}
            for row in table.rows:
                if " role=" in row.key:
                    parts[row.key.split(" ")[0]].append(row.key)
            for (row, below), column in product(parts.items(), [each.key for each in table.columns]):
                if not below:
                    continue
                whole, some = table.evidence(row, column).ids, [table.evidence(each, column).ids for each in below]
                assert set().union(*some) <= set(whole)
                if unit == "people":
                    assert set().union(*some) == set(whole)
                    assert (table.value(row, column) or 0) <= sum(table.value(each, column) or 0 for each in below)
                if unit != "references":  # a passage of two speakers may join two others
                    assert all((table.value(each, column) or 0) <= (table.value(row, column) or 0) for each in below)


@given(plan=plans(is_claim=True), scope=scopes)
@SOME
def test_the_lists_say_what_the_matrix_says(template, plan, scope):
    with TemporaryDirectory() as folder, closing(built(template, Path(folder), plan)) as project:
        matrix, arrows = change_model(project, scope=scope), arrow_list(project, scope=scope)
        for row in arrows.rows:
            cell = tuple(row.key.split(" → "))
            assert arrows.value(row.key, "people") == matrix.value(*cell)
            assert arrows.evidence(row.key, "people") == matrix.evidence(*cell)
            if arrows.value(row.key, "people"):  # a claim of nobody known makes a row, and fulfils no expectation
                assert arrows.marks.get((row.key, "people"), ()) == matrix.marks.get(cell, ())
            for column in ("raises", "lowers", "no effect", "mixed", "contradicting"):
                assert arrows.value(row.key, column) == len(arrows.evidence(row.key, column).ids)
        listed = {int(row.key) for row in claim_list(project, scope=scope, telling=Telling(tense="happened")).rows}
        assert {each for row in arrows.rows for each in arrows.evidence(row.key, "people").ids} <= listed


@given(plan=plans(is_claim=True))
@SOME
def test_the_order_in_which_things_came_changes_nothing(template, plan):
    with (
        TemporaryDirectory() as folder,
        closing(built(template, Path(folder), plan)) as one,
        closing(built(template, Path(folder), plan, backwards=True)) as other,
    ):
        for table in (arrow_list, moderators, paths, threads):
            made = table(one), table(other)
            assert made[0].frame.equals(made[1].frame)
            assert made[0].marks == made[1].marks
            assert made[0].notes[:-1] == made[1].notes[:-1]
        lists = [[line[:-1] for line in claim_list(project).values()] for project in (one, other)]
        assert lists[0] == lists[1]
        split = [change_model(project, split="role") for project in (one, other)]
        assert split[0].frame.equals(split[1].frame)
