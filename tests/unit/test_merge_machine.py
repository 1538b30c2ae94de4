"""The tree of codes against a plain model: merging, unmerging, moving, retiring; branches and who stands for whom."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import qualcode
from qualcode.errors import QualcodeError
from qualcode.model import Code
from qualcode.project.keys import ProjectKey
from tests import ways

SHORTS = "ABCDEFGH"
shorts = st.sampled_from(SHORTS)


@dataclass
class Node:
    """A code as the model has it."""

    parent: str | None
    into: str | None = None
    retired: bool = False


class Tree(RuleBasedStateMachine):
    """`nodes` is the model: short name -> parent, merged into, retired."""

    passphrase: ProjectKey | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.project = qualcode.new(Path(self.folder.name) / "study.qualcode", "AK", passphrase=self.passphrase)
        self.project.store.connection.execute("PRAGMA synchronous = OFF")
        self.nodes: dict[str, Node] = {}

    @initialize(parents=st.lists(st.integers(-1, 6), min_size=len(SHORTS), max_size=len(SHORTS)))
    def plant(self, parents: list[int]) -> None:
        for number, (short, above) in enumerate(zip(SHORTS, parents, strict=True)):
            parent = SHORTS[above] if 0 <= above < number else None
            self.project.codes.add(short, short, parent=parent)
            self.nodes[short] = Node(parent)

    def teardown(self) -> None:
        self.project.close()
        self.folder.cleanup()

    # -- the model ---------------------------------------------------------------------------------------------------

    def stands(self, short: str) -> str:
        while self.nodes[short].into is not None:
            short = self.nodes[short].into
        return short

    def ways_up(self, short: str) -> tuple[list[str], list[str]]:
        """What lies above a code, by parents alone, and by what stands for merged codes; a circle ends both."""
        ways: tuple[list[str], list[str]] = ([], [])
        for way, through_merged in zip(ways, (False, True), strict=True):
            each: str | None = short
            while each is not None and each not in way:
                way.append(each)
                node = self.nodes[each]
                each = node.into if through_merged and node.into else node.parent
            if each is not None:
                way.append("a circle")
        return ways

    def is_a_tree(self) -> bool:
        return not any("a circle" in way for short in self.nodes for way in self.ways_up(short))

    def branch(self, short: str) -> set[str]:
        return {each for each in self.nodes if short in self.ways_up(each)[1] and self.counts(each, short)}

    def counts(self, each: str, short: str) -> bool:
        """A merged code is not in its own branch: another stands for it."""
        way = [step for step in self.ways_up(each)[1] if self.nodes[step].into is None]
        return short in way

    def expect(self, allowed: bool, change: dict[str, Node], act: object) -> None:
        """Do it; it must succeed just when the model allows it, and leaves a tree."""
        before = dict(self.nodes)
        self.nodes |= change
        may = allowed and self.is_a_tree()
        if not may:
            self.nodes = before
        try:
            act()
        except QualcodeError:
            assert not may
        else:
            assert may

    def code(self, short: str) -> Code:
        return self.project.codes.get(short)

    # -- what is done ------------------------------------------------------------------------------------------------

    @rule(short=shorts, into=shorts)
    def merge(self, short: str, into: str) -> None:
        node, target = self.nodes[short], self.nodes[into]
        self.expect(
            not target.retired and node.into is None and into not in self.branch(short),
            {short: Node(node.parent, into, retired=True)},
            lambda: self.project.codes.merge(self.code(short), self.code(into)),
        )

    @rule(short=shorts)
    def unmerge(self, short: str) -> None:
        node = self.nodes[short]
        self.expect(
            node.into is not None, {short: Node(node.parent)}, lambda: self.project.codes.unmerge(self.code(short))
        )

    @rule(short=shorts, parent=st.none() | shorts)
    def move(self, short: str, parent: str | None) -> None:
        node = self.nodes[short]
        self.expect(
            parent is None or parent not in self.branch(short),
            {short: Node(parent, node.into, node.retired)},
            lambda: self.project.codes.move(self.code(short), parent),
        )

    @rule(short=shorts)
    def retire(self, short: str) -> None:
        node = self.nodes[short]
        self.expect(
            not node.retired, {short: Node(node.parent, None, retired=True)},
            lambda: self.project.codes.retire(self.code(short)),
        )  # fmt: skip

    @rule(short=shorts)
    def revive(self, short: str) -> None:
        node = self.nodes[short]
        self.expect(
            node.retired and node.into is None,
            {short: Node(node.parent)},
            lambda: self.project.codes.revive(self.code(short)),
        )

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def the_codes_are_as_the_model_has_them(self) -> None:
        codes = self.project.codes
        everything = codes.all(retired=True)
        ids = {code.id: code.short for code in everything}
        assert sorted(ids.values()) == sorted(self.nodes)
        for code in everything:
            node = self.nodes[code.short]
            held = (ids.get(code.parent), ids.get(code.merged_into), code.status == "retired")
            assert held == (node.parent, node.into, node.retired)
            assert {ids[each] for each in codes.branch(code)} == self.branch(code.short)
        assert {ids[a]: ids[b] for a, b in codes.standing().items()} == {each: self.stands(each) for each in self.nodes}

    @invariant()
    def the_tree_lists_each_code_after_its_parent(self) -> None:
        seen: set[int | None] = {None}
        for code in self.project.codes.all(retired=True):
            assert code.parent in seen
            seen.add(code.id)


TestTree = Tree.TestCase
TestTree.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)


class EncryptedTree(Tree):
    """The same in an encrypted file."""

    passphrase = ways.KEY


TestEncryptedTree = EncryptedTree.TestCase
TestEncryptedTree.settings = settings(TestTree.settings, max_examples=8)
