"""The codebook as the project holds it: a tree of codes whose definitions have versions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from qualcode.errors import InputError, RefusedError, not_found
from qualcode.model import AXIAL, Code, Definition
from qualcode.project import nesting
from qualcode.project.actions import OpenAction, Store
from qualcode.project.guids import new_guid

_LATEST = "definition.version = (SELECT max(version) FROM definition AS d WHERE d.code = code.id)"
_SELECT = f"""SELECT code.id, code.guid, code.short, code.name, code.parent, code.kind, code.valence, code.applies_to,
    code.colour, code.key, code.status, code.stage, code.in_vivo, code.merged_into, code.position, definition.version,
    definition.brief, definition."full", definition.include, definition.exclude, definition.example
    FROM code JOIN definition ON definition.code = code.id AND {_LATEST}"""

_SHORT = re.compile(r"[^\s,\x00-\x1f\x7f-\x9f]{1,40}")  # as in codebook files

_MISREAD = re.compile(r"\?+|#.*|[@¶].*|\d+[-–]\d+")
"""What pencil notes mean otherwise: `?` unsure, `#` a remark, and where something stands."""

_OF_CODES = ("code", "definition", "code_relation")
"""The tables of which a code is put together."""

_LEADS = "leads to"
"""The kind of a relation that is an expected arrow; the others are `model.AXIAL`."""

_PLAIN = ("name", "kind", "valence", "colour", "key", "stage", "in_vivo")


class Codes:
    """The project's codes; `project.codes`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __iter__(self) -> Iterator[Code]:
        return iter(self.all())

    def all(self, *, retired: bool = False) -> list[Code]:
        """The codes in the order of the tree, each before its children; live ones unless `retired`."""
        relations = self._relations()
        found = [_made(row, relations.get(row[0], ())) for row in self._store.rows(_SELECT)]
        children: dict[int | None, list[Code]] = {}
        for code in sorted(found, key=lambda code: (code.position, code.id)):
            children.setdefault(code.parent, []).append(code)
        ordered: list[Code] = []
        waiting = children.get(None, [])[::-1]
        while waiting:
            code = waiting.pop()
            ordered.append(code)
            waiting.extend(reversed(children.get(code.id, [])))
        return ordered if retired else [code for code in ordered if code.status == "live"]

    def edition(self) -> tuple[int, ...]:
        """Another value once a code, its definition or what it leads to is another; it costs next to nothing."""
        newest = ", ".join(f"(SELECT max(seq) FROM log_{table})" for table in _OF_CODES)
        row = self._store.row(f"SELECT {newest}, (SELECT count(*) FROM barrier)")
        return tuple(each or 0 for each in row or ())

    def get(self, code: str | int | Code) -> Code:
        """The code of that short name (in any case) or id, live or retired; of a code, as it is now.

        Raises:
            NotFoundError: there is none; the message gives the nearest.
        """
        code = code.id if isinstance(code, Code) else code
        column = "code.id" if isinstance(code, int) else "code.short"
        row = self._store.row(f"{_SELECT} WHERE {column} = ?", (code,))
        if row is None:
            raise not_found("code", str(code), [each.short for each in self.all()])
        return _made(row, self._relations(row[0]).get(row[0], ()))

    def _relations(self, code: int | None = None) -> dict[int, tuple[tuple[str, str], ...]]:
        """Code's id -> what it is to other codes (kind, short name); of one code, or of all in one query."""
        found: dict[int, tuple[tuple[str, str], ...]] = {}
        for each, kind, short in self._store.rows(
            "SELECT code_relation.code, code_relation.kind, target.short FROM code_relation JOIN code AS target "
            "ON target.id = code_relation.target "
            f"{'' if code is None else 'WHERE code_relation.code = :code'} ORDER BY code_relation.id",
            {} if code is None else {"code": code},
        ):
            found[each] = (*found.get(each, ()), (kind, short))
        return found

    def definition_id(self, code: int) -> int:
        """Id of the definition in force: a segment keeps the one it was made under."""
        return int(self._store.value("SELECT id FROM definition WHERE code = ? ORDER BY version DESC LIMIT 1", (code,)))

    def history(self, code: Code) -> list[tuple[int, int, Definition]]:
        """Every version of a definition: (version, codebook version, definition)."""
        rows = self._store.rows(
            'SELECT version, codebook_version, brief, "full", include, exclude, example FROM definition '
            "WHERE code = ? ORDER BY version",
            (code.id,),
        )
        return [(row[0], row[1], Definition(*row[2:])) for row in rows]

    def standing(self) -> dict[int, int]:
        """Code id -> id of the code that stands for it: itself, or what it was merged into, followed to the end."""
        into = dict(self._store.rows("SELECT id, merged_into FROM code"))

        def last(code: int) -> int:
            while into[code] is not None:
                code = into[code]
            return code

        return {code: last(code) for code in into}

    def standing_for(self, code: Code) -> Code:
        """The code itself, or what it was merged into, followed to the end."""
        standing = self.standing()[code.id]
        return code if standing == code.id else self.get(standing)

    def branch(self, code: Code) -> list[int]:
        """Ids of the code, all below it, and all that were merged into any of these."""
        standing = self.standing()
        parents = dict(self._store.rows("SELECT id, parent FROM code"))

        def within(each: int | None) -> bool:
            while each is not None:
                each = standing[each]
                if each == code.id:
                    return True
                each = parents[each]
            return False

        return sorted(each for each in parents if within(each))

    # -- changing ----------------------------------------------------------------------------------------------------

    def add(
        self,
        short: str,
        name: str,
        *,
        parent: str | None = None,
        definition: Definition | None = None,
        applies_to: Sequence[str] = (),
        guid: bytes | None = None,
        **plain: object,
    ) -> Code:
        """A new code.

        Args:
            short: its short name, unique whatever its case: "M2a"; at most 40 characters, no blanks or commas. Words of
                participants belong in `name`, where they can be taken out when one withdraws.
            name: in full.
            parent: short name of the code above.
            definition: what it means; empty if not yet said.
            applies_to: roles' short names; none = all.
            guid: for shipped codebooks and imports that bring their own.
            plain: kind, valence, colour, key, stage, in_vivo (see `model.Code`).

        Raises:
            RefusedError: the short name is taken, or is none.
        """
        self.must_be_free(short)
        with self._store.action("add code", code=short) as action:
            above = self.get(parent).id if parent else None
            code = self._store.connection.execute(
                "INSERT INTO code(guid, short, name, parent, kind, applies_to, position) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (guid or new_guid(), short, name, above, "code", " ".join(applies_to), self._next_position(above)),
            ).lastrowid
            self._set_plain(int(code or 0), plain)
            self._define(action, int(code or 0), definition or Definition())
        return self.get(short)

    def must_be_free(self, short: str, code: int | None = None) -> None:
        """Refuse what cannot be a short name, or is another code's; `code`: id of the one that may have it.

        Raises:
            RefusedError: the short name is taken, or is none.
        """
        if _MISREAD.fullmatch(short):
            raise RefusedError(
                f"{short} cannot be a code's short name: in pencil notes it is read as a place, a remark or a doubt",
                remedy='Begin it with a letter: "M2a".',
            )
        if not _SHORT.fullmatch(short):
            is_not = f"{short[:60]} is not a short name"
            raise RefusedError(
                is_not if short.strip() else "a code needs a short name, and this one has none",
                remedy='A short name has at most 40 letters, digits and signs, no blanks or commas: "M2a".',
            )
        taken = self._store.value("SELECT id FROM code WHERE short = ?", (short,))
        if taken not in (None, code):
            raise RefusedError(
                f"there is a code {short} already", remedy="Choose another short name, or change that one."
            )

    def _stands_there(self, code: Code, parent: int | None, place: int) -> bool:
        """Whether a code would come to stand where it stands, although positions would be counted otherwise."""
        siblings = self._store.rows("SELECT id, position FROM code WHERE parent IS ? ORDER BY position, id", (parent,))
        before = [each for each, position in siblings if position < place and each != code.id]
        after = [each for each, position in siblings if position >= place and each != code.id]
        return [each for each, _ in siblings] == [*before, code.id, *after]

    def _next_position(self, parent: int | None) -> int:
        return int(self._store.value("SELECT coalesce(max(position), -1) + 1 FROM code WHERE parent IS ?", (parent,)))

    def _set_plain(self, code: int, plain: dict[str, object]) -> None:
        unknown = set(plain) - set(_PLAIN)
        if unknown:
            raise TypeError(f"a code has no {', '.join(sorted(unknown))}")
        for column, value in plain.items():
            self._store.connection.execute(f"UPDATE code SET {column} = ? WHERE id = ?", (value, code))

    def _define(self, action: OpenAction, code: int, definition: Definition) -> None:
        version = 1 + self._store.value("SELECT coalesce(max(version), 0) FROM definition WHERE code = ?", (code,))
        words = (definition.brief, definition.full, definition.include, definition.exclude, definition.example)
        self._store.connection.execute(
            'INSERT INTO definition(guid, code, version, codebook_version, brief, "full", include, exclude, example) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (new_guid(), code, version, self._store.new_codebook_version(action), *words),
        )

    def change(self, code: Code, *, applies_to: Sequence[str] | None = None, **plain: object) -> Code:
        """Change name, kind, valence, colour, key, stage, in_vivo or the roles it applies to: not what it means."""
        with self._store.action("change code", code=code.short):
            self._set_plain(code.id, plain)
            if applies_to is not None:
                joined = " ".join(applies_to)
                self._store.connection.execute("UPDATE code SET applies_to = ? WHERE id = ?", (joined, code.id))
        return self.get(code.id)

    def set_short(self, code: Code, short: str) -> Code:
        """Give a code another short name; what was coded with it stays with it.

        Raises:
            RefusedError: the short name is another code's, or is none.
        """
        with self._store.action("rename code", code=code.short, short=short):
            self.must_be_free(short, code.id)
            self._store.connection.execute("UPDATE code SET short = ? WHERE id = ?", (short, code.id))
        return self.get(code.id)

    def redefine(self, code: Code, definition: Definition) -> Code:
        """Change what a code means: a new version of its definition. Segments keep the one they were made under."""
        if definition == code.definition:
            return code
        with self._store.action("redefine code", code=code.short) as action:
            self._define(action, code.id, definition)
        return self.get(code.id)

    def lead_to(self, code: Code, targets: Sequence[str]) -> None:
        """Say which codes this one is expected to lead to; they replace those said before."""
        with self._store.action("set expected arrows", code=code.short):
            self._relate(code, [(_LEADS, target) for target in targets], "kind = ?")

    def stand(self, code: Code, places: Sequence[str]) -> None:
        """Say what the code is to phenomena, each "SLOT of CODE" as in `model.AXIAL`; they replace those said before.

        Raises:
            InputError: there is no such slot.
            NotFoundError: there is no such code.
        """
        with self._store.action("set axial places", code=code.short):
            self._relate(code, [axial_place(each) for each in places], "kind <> ?")

    def _relate(self, code: Code, relations: Iterable[tuple[str, str]], which: str) -> None:
        run = self._store.connection.execute
        run(f"DELETE FROM code_relation WHERE code = ? AND {which}", (code.id, _LEADS))
        for kind, target in relations:
            run("INSERT INTO code_relation(guid, code, target, kind) VALUES (?, ?, ?, ?)",
                (new_guid(), code.id, self.get(target).id, kind))  # fmt: skip

    def move(self, code: Code, parent: str | None, position: int | None = None) -> Code:
        """Put a code under another (or on top), at a position among its children, the last if not said.

        Raises:
            RefusedError: the new parent is below the code itself.
        """
        above = self.get(parent) if parent else None
        if above and above.id in self.branch(code):
            raise RefusedError(f"{code.short} cannot go under {above.short}, which is below it")
        with self._store.action("move code", code=code.short):
            above_id = above.id if above else None
            place = self._next_position(above_id) if position is None else position
            if self._stands_there(code, above_id, place):
                return self.get(code.id)
            if position is not None:
                self._store.connection.execute(
                    "UPDATE code SET position = position + 1 WHERE parent IS ? AND position >= ?", (above_id, position)
                )
            self._store.connection.execute(
                "UPDATE code SET parent = ?, position = ? WHERE id = ?", (above_id, place, code.id)
            )
            self._must_be_a_tree(code)
        return self.get(code.id)

    def merge(self, code: Code, into: Code) -> Code:
        """Let another code stand for this one from now on. No segment is rewritten, so `unmerge` loses nothing.

        Raises:
            RefusedError: a code cannot be merged with itself, its own branch, or a retired code.
        """
        if into.id in self.branch(code):
            raise RefusedError(f"{code.short} cannot be merged into {into.short}, which stands below it or is it")
        if into.status == "retired" or code.merged_into is not None:
            raise RefusedError(f"{into.short if into.status == 'retired' else code.short} is retired or merged already")
        with self._store.action("merge codes", code=code.short, into=into.short) as action:
            self._store.connection.execute(
                "UPDATE code SET merged_into = ?, status = 'retired' WHERE id = ?", (into.id, code.id)
            )
            self._must_be_a_tree(code)
            self._store.new_codebook_version(action)
        return self.get(code.id)

    def unmerge(self, code: Code) -> Code:
        """Let a merged code stand for itself again."""
        if code.merged_into is None:
            raise RefusedError(f"{code.short} is not merged into another code")
        with self._store.action("unmerge code", code=code.short) as action:
            self._store.connection.execute(
                "UPDATE code SET merged_into = NULL, status = 'live' WHERE id = ?", (code.id,)
            )
            self._must_be_a_tree(code)
            self._store.new_codebook_version(action)
        return self.get(code.id)

    def _must_be_a_tree(self, code: Code) -> None:
        """Merged codes keep their place, so that a circle may show only with them, or only without."""
        if circling(self._store):
            raise RefusedError(
                f"{code.short} would stand below itself, because of codes that are merged",
                remedy="Move or unmerge the codes between first.",
            )

    def retire(self, code: Code) -> Code:
        """Take a code out of use; what was coded with it stays and is counted under its parent."""
        return self._set_status(code, "retired")

    def revive(self, code: Code) -> Code:
        """Bring a retired code back into use."""
        return self._set_status(code, "live")

    def _set_status(self, code: Code, status: str) -> Code:
        if code.merged_into is not None:
            raise RefusedError(f"{code.short} was merged into another code", remedy=f"Unmerge {code.short} first.")
        if code.status == status:
            raise RefusedError(f"{code.short} is {status} already")
        verb = "retire code" if status == "retired" else "revive code"
        with self._store.action(verb, code=code.short) as action:
            self._store.connection.execute("UPDATE code SET status = ? WHERE id = ?", (status, code.id))
            self._store.new_codebook_version(action)
        return self.get(code.id)


def axial_place(words: str) -> tuple[str, str]:
    """The slot and the short name in words such as "strategy of FACE".

    Raises:
        InputError: there is no such slot.
    """
    slot, _, target = words.rpartition(" of ")
    if slot.strip() not in AXIAL or not target.strip():
        remedy = f"Write {', '.join(AXIAL)}, then of and a code: strategy of FACE"
        raise InputError(f"{words} is no place in a paradigm", remedy=remedy)
    return slot.strip(), target.strip()


def _made(row: tuple[Any, ...], relations: tuple[tuple[str, str], ...]) -> Code:
    applies_to, definition = tuple(row[7].split()), Definition(*row[16:])
    leads_to = tuple(short for kind, short in relations if kind == _LEADS)
    axial = tuple(f"{kind} of {short}" for kind, short in relations if kind != _LEADS)
    values = (*row[:7], applies_to, leads_to, axial, *row[8:12], bool(row[12]), *row[13:16], definition)
    return Code(*values)


def circling(store: Store) -> list[int]:
    """Ids of the codes from which the way up never ends: by parents alone, or by what stands for merged ones."""
    rows = store.rows("SELECT id, parent, merged_into FROM code")
    by_parent = {code: parent for code, parent, _ in rows}
    by_standing = {code: parent if into is None else into for code, parent, into in rows}
    return sorted(set(nesting.endless(by_parent)) | set(nesting.endless(by_standing)))
