"""Undo and redo against a model: snapshots of every logged row, while two coders act in turn on one file."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import qualcode
from qualcode.errors import QualcodeError, RefusedError
from qualcode.model import Definition
from qualcode.project import Project
from qualcode.project.keys import ProjectKey
from tests import ways
from tests.builders import add_interview, rows_of, short_names

coders = st.sampled_from(["AK", "BK"])
names = st.sampled_from(["D1", "D2"])
Rows = dict[str, list[tuple]]


def changed_ids(before: Rows, after: Rows) -> set[tuple[str, int]]:
    """The rows (table, id) in which two states differ."""
    return {(table, row[0]) for table in before for row in set(before[table]) ^ set(after[table])}


class TwoCoders(RuleBasedStateMachine):
    """Each coder keeps a list of what they did: the state before, the state after. The model of undo is that list."""

    passphrase: ProjectKey | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.projects: dict[str, Project] = {}
        self.checked: object = None

    @initialize()
    def a_project(self) -> None:
        path = Path(self.folder.name) / "study.qualcode"
        ak = qualcode.new(path, "AK", passphrase=self.passphrase)
        for short in "ABC":
            ak.codes.add(short, short)
        for name in ("D1", "D2"):
            add_interview(ak, name, ("INT", "one two three"), ("P", "four five six seven 😀 eight"), ("INT", "nine"))
        bk = qualcode.open(path, "BK")
        ak.coders.add("BK")
        ak.store.connection.execute("PRAGMA synchronous = OFF")
        bk.store.connection.execute("PRAGMA synchronous = OFF")
        self.projects = {"AK": ak, "BK": bk}
        self.done: dict[str, list[tuple[Rows, Rows]]] = {"AK": [], "BK": []}
        self.undone: dict[str, list[tuple[Rows, Rows]]] = {"AK": [], "BK": []}
        # what was done before the machine began is not its business: a barrier, as a new project has one
        with ak.store.transaction():
            ak.store.connection.execute("INSERT INTO barrier SELECT max(id) FROM action")

    def teardown(self) -> None:
        for project in self.projects.values():
            project.close()
        self.folder.cleanup()

    def act(self, coder: str, change: Callable[[Project], object]) -> None:
        project = self.projects[coder]
        before, actions = rows_of(project), self.number_of_actions()
        try:
            change(project)
        except QualcodeError:
            assert rows_of(project) == before, "what is refused changes nothing"
            assert self.number_of_actions() == actions, "what is refused is not in the log"
            return
        if self.number_of_actions() > actions:
            self.undone[coder].clear()
        if self.logged_by_last():
            self.done[coder].append((before, rows_of(project)))

    def number_of_actions(self) -> int:
        return self.projects["AK"].store.value("SELECT count(*) FROM action")

    def logged_by_last(self) -> bool:
        """Whether the newest action wrote rows: an action without any is nothing to undo."""
        newest = self.projects["AK"].store.value("SELECT max(id) FROM action")
        from qualcode.project import twins

        known = getattr(self, "last_seen", 0)
        self.last_seen = newest
        return newest != known and bool(twins.touched(self.projects["AK"].store.connection, newest))

    # -- what coders do ----------------------------------------------------------------------------------------------

    @rule(coder=coders, name=names, code=short_names, start=st.integers(0, 40), length=st.integers(1, 20))
    def add_segment(self, coder: str, name: str, code: str, start: int, length: int) -> None:
        self.act(coder, lambda project: project.segments.add(name, code, span=(start, start + length)))

    @rule(coder=coders, which=st.integers(0, 9))
    def remove_segment(self, coder: str, which: int) -> None:
        self.act(coder, lambda project: project.segments.remove(project.segments.find()[which : which + 1]))

    @rule(coder=coders, which=st.integers(0, 5), code=short_names)
    def recode_segment(self, coder: str, which: int, code: str) -> None:
        def recode(project: Project) -> None:
            for segment in project.segments.find()[which : which + 1]:
                project.segments.recode(segment, code)

        self.act(coder, recode)

    @rule(coder=coders, name=names)
    def finish(self, coder: str, name: str) -> None:
        self.act(coder, lambda project: project.coders.finish(project.documents.get(name)))

    @rule(coder=coders, code=short_names, parent=st.none() | short_names)
    def add_code(self, coder: str, code: str, parent: str | None) -> None:
        self.act(coder, lambda project: project.codes.add(code, code, parent=parent))

    @rule(coder=coders, code=short_names, brief=st.sampled_from(["x", "y", "z\0"]))
    def redefine_code(self, coder: str, code: str, brief: str) -> None:
        self.act(
            coder, lambda project: project.codes.redefine(project.codes.get(code), Definition(brief=brief.strip("\0")))
        )

    @rule(coder=coders, code=short_names, into=short_names)
    def merge_codes(self, coder: str, code: str, into: str) -> None:
        self.act(coder, lambda project: project.codes.merge(project.codes.get(code), project.codes.get(into)))

    @rule(coder=coders, code=short_names)
    def unmerge_code(self, coder: str, code: str) -> None:
        self.act(coder, lambda project: project.codes.unmerge(project.codes.get(code)))

    @rule(coder=coders, code=short_names)
    def retire_code(self, coder: str, code: str) -> None:
        self.act(coder, lambda project: project.codes.retire(project.codes.get(code)))

    @rule(coder=coders, code=short_names, parent=st.none() | short_names, position=st.none() | st.integers(0, 2))
    def move_code(self, coder: str, code: str, parent: str | None, position: int | None) -> None:
        self.act(coder, lambda project: project.codes.move(project.codes.get(code), parent, position))

    @rule(coder=coders, name=names, source=short_names, aim=short_names, start=st.integers(0, 40))
    def add_claim(self, coder: str, name: str, source: str, aim: str, start: int) -> None:
        self.act(coder, lambda project: project.claims.add(name, source, aim, span=(start, start + 5)))

    @rule(coder=coders)
    def remove_claim(self, coder: str) -> None:
        self.act(coder, lambda project: [project.claims.remove(each) for each in project.claims.find()[:1]])

    @rule(coder=coders, which=st.integers(0, 3))
    def change_claim(self, coder: str, which: int) -> None:
        def change(project: Project) -> None:
            for claim in project.claims.find()[which : which + 1]:
                project.claims.change(claim, prompted=not claim.prompted)

        self.act(coder, change)

    @rule(coder=coders, which=st.integers(0, 3), name=names, start=st.integers(0, 40))
    def build_on_a_claim(self, coder: str, which: int, name: str, start: int) -> None:
        def build(project: Project) -> None:
            for claim in project.claims.find()[which : which + 1]:
                project.claims.add_evidence(claim, name, "contradicts", span=(start, start + 5))

        self.act(coder, build)

    @rule(coder=coders, which=st.integers(0, 3))
    def build_on_a_segment(self, coder: str, which: int) -> None:
        def build(project: Project) -> None:
            with project.action("a memo and a summary"):
                for segment in project.segments.find()[which : which + 1]:
                    project.memos.add("a thought", segment=segment.id)
                    project.summaries.write("So.", "A", case=project.cases.ensure("C").id, segments=[segment.id])

        self.act(coder, build)

    @rule(coder=coders, name=names)
    def add_memo(self, coder: str, name: str) -> None:
        self.act(coder, lambda project: project.memos.add("a thought", document=project.documents.get(name).id))

    @rule(coder=coders)
    def remove_memo(self, coder: str) -> None:
        self.act(coder, lambda project: [project.memos.remove(each) for each in project.memos.find()[:1]])

    @rule(coder=coders, name=names)
    def remove_document(self, coder: str, name: str) -> None:
        self.act(coder, lambda project: project.documents.remove(project.documents.get(name)))

    @rule(
        coder=coders, name=names, start=st.integers(0, 30), length=st.integers(0, 12), words=st.sampled_from(["", "ß"])
    )
    def revise(self, coder: str, name: str, start: int, length: int, words: str) -> None:
        self.act(
            coder,
            lambda project: project.documents.revise(
                project.documents.get(name), [(start, start + length, words)], "why"
            ),
        )

    @rule(coder=coders, name=names, code=short_names)
    def several_things_at_once(self, coder: str, name: str, code: str) -> None:
        def change(project: Project) -> None:
            with project.action("several things"):
                project.segments.add(name, code, span=(0, 3))
                project.codes.change(project.codes.get(code), colour="red")
                project.memos.add("both", code=project.codes.get(code).id)

        self.act(coder, change)

    # -- undo and redo -----------------------------------------------------------------------------------------------

    @rule(coder=coders)
    def undo(self, coder: str) -> None:
        self.reverse(coder, self.projects[coder].history.undo, self.done[coder], self.undone[coder], forth=False)

    @rule(coder=coders)
    def redo(self, coder: str) -> None:
        self.reverse(coder, self.projects[coder].history.redo, self.undone[coder], self.done[coder], forth=True)

    def reverse(
        self,
        coder: str,
        take: Callable[[], object],
        stack: list[tuple[Rows, Rows]],
        other: list[tuple[Rows, Rows]],
        *,
        forth: bool,
    ) -> None:
        now = rows_of(self.projects[coder])
        refusal = ""
        try:
            take()
        except RefusedError as error:
            refusal = str(error)
        self.logged_by_last()
        if refusal:
            assert rows_of(self.projects[coder]) == now
            if stack:  # though there is something to take back, somebody else's doing is in the way, and it says so
                self.assert_in_the_way(now, stack[-1], refusal, forth=forth)
            return
        assert stack, "there was nothing to take back"
        pair = stack.pop()
        other.append(pair)
        left, wanted = pair if forth else pair[::-1]
        after = rows_of(self.projects[coder])
        assert changed_ids(now, after) <= changed_ids(left, wanted), "only what the action touched is put back"
        for table in after:  # and all of it: as it was before
            touched = {row for name, row in changed_ids(left, wanted) if name == table}
            assert [row for row in after[table] if row[0] in touched] == [
                row for row in wanted[table] if row[0] in touched
            ]
        if now == left:
            assert after == wanted, "with nobody else in between, exactly the state before is back"

    @staticmethod
    def assert_in_the_way(now: Rows, pair: tuple[Rows, Rows], refusal: str, *, forth: bool) -> None:
        assert now != pair[0 if forth else 1], f"nothing was in the way: {refusal}"
        assert any(sign in refusal for sign in ("since", "already", "rests on")), refusal

    @precondition(lambda self: self.projects)
    @invariant()
    def the_project_is_sound(self) -> None:
        stands = rows_of(self.projects["AK"]), self.number_of_actions()
        if stands == self.checked:  # after what was refused all is as it was, and was checked then
            return
        assert self.projects["AK"].check() == []
        for project in self.projects.values():
            list(project.codes.all(retired=True))
            project.quotations(project.segments.find())
        self.checked = stands


TestTwoCoders = TwoCoders.TestCase
TestTwoCoders.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


class EncryptedTwoCoders(TwoCoders):
    """The same in an encrypted file."""

    passphrase = ways.KEY


TestEncryptedTwoCoders = EncryptedTwoCoders.TestCase
TestEncryptedTwoCoders.settings = settings(TestTwoCoders.settings, max_examples=8)
