"""`CodeEditingScreen`: what one does to a code: say what it means, rename, move, retire, make another.

Whatever changes the codebook is one action, with the same looks as the command line gives it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, get_args

from qualcode.errors import RefusedError
from qualcode.model import AXIAL, KINDS, Code, Valence
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.themes import OKABE_ITO
from qualcode.tui.widgets.picker import CodePicker
from qualcode.visible import counted, visible, visible_line
from qualcode.work import single_codes

_NAMES = ("orange", "sky", "green", "yellow", "blue", "red", "pink")
_COLOURS = dict(zip("1234567", zip(_NAMES, OKABE_ITO, strict=True), strict=True))
_LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"
_TEXTS = {"full": "What it means, in full", "include": "When to use it", "exclude": "When not, and which code instead",
          "example": "An example"}  # fmt: skip
_LINES = {"name": "Name", "brief": "What it means, in a line"}

Edit = Callable[[Code], Awaitable[None]]


class CodeEditingScreen(StudyScreen):
    """A screen in which codes are changed; it has a picker."""

    def change(self, code: Code, **said: Any) -> None:
        """Change fields of a code, in one action, and say what is otherwise now."""
        changes = single_codes.change(self.study.project, code.short, **said)
        if not changes:
            self.messages.say("It is as it was.")
            return
        told = "; ".join(each.what for each in changes)
        if any(each.kind == "redefined" for each in changes):
            now = self.study.project.codes.get(code.id)
            told = f"{told}. Version {now.version}; passages remember the one they were coded under (o lists them)"
        self.messages.say(told)

    async def edit(self, code: Code, field: str) -> None:
        """Ask for one field of a code and write it."""
        if field in _TEXTS:
            await self._edit_text(code, field)
        elif field in _LINES:
            await self._edit_line(code, field)
        else:
            await getattr(self, f"_edit_{field}")(code)

    # -- words ---------------------------------------------------------------------------------------------------------

    async def _edit_text(self, code: Code, part: str) -> None:
        before = getattr(code.definition, part)
        words = await self.ask_text(f"{code.short}: {_TEXTS[part]}", before)
        if words is not None and words.rstrip() != visible(before).rstrip():
            self.change(code, definition=replace(code.definition, **{part: words.strip()}))

    async def _edit_line(self, code: Code, part: str) -> None:
        before = code.name if part == "name" else code.definition.brief
        words = await self.ask_line(f"{code.short}: {_LINES[part]}", before)
        if words is None or words == visible_line(before):
            return
        if part == "name":
            self.change(code, name=words)
        else:
            self.change(code, definition=replace(code.definition, brief=words))

    async def _edit_short(self, code: Code) -> None:
        short = await self.ask_line(f"Another id for {code.short} {code.name} (in margins and tables)", code.short)
        if short and short != code.short:
            single_codes.change(self.study.project, code.short, short)
            self.messages.say(f"{code.short} is {short} now; what was coded with it stays with it.")

    async def _edit_stage(self, code: Code) -> None:
        stage = await self.ask_line(f"Stage of {code.short}: open, axial, selective, or a word of yours", code.stage)
        if stage is not None:
            self.change(code, stage=stage)

    async def _edit_applies_to(self, code: Code) -> None:
        project = self.study.project
        known = {role.short.casefold(): role.short for role in project.roles.all()}
        known |= {wave.name.casefold(): wave.name for wave in project.waves.all() if wave.name != "-"}
        question = f"{code.short} is meant for (nothing = all): {' '.join(known.values())}"
        words = await self.ask_line(question, " ".join(code.applies_to))
        if words is None:
            return
        typed = words.replace(",", " ").split()
        if unknown := [each for each in typed if each.casefold() not in known]:
            raise RefusedError(
                f"there is no role or wave {unknown[0]}", remedy=f"There are {', '.join(known.values())}"
            )
        self.change(code, applies_to=tuple(dict.fromkeys(known[each.casefold()] for each in typed)))

    # -- one of several ------------------------------------------------------------------------------------------------

    async def _edit_kind(self, code: Code) -> None:
        kinds = tuple(dict.fromkeys((*KINDS, *(each.kind for each in self.study.frame.by_id.values()))))
        keys = dict(zip(_LETTERS, kinds, strict=False))
        chosen = await self.ask_key(f"Kind of {code.short}", keys)
        if chosen:
            self.change(code, kind=keys[chosen])

    async def _edit_valence(self, code: Code) -> None:
        keys = {each[0]: each for each in get_args(Valence)}
        chosen = await self.ask_key(f"Which way is good in {code.short}?", keys)
        if chosen:
            self.change(code, valence=keys[chosen])

    async def _edit_colour(self, code: Code) -> None:
        choices = {key: name for key, (name, _) in _COLOURS.items()}
        chosen = await self.ask_key(f"Colour of {code.short}", {**choices, "#": "another", "0": "its branch's"})
        if chosen == "#":
            typed = await self.ask_line("Colour: # and six digits, such as #2E7D32", code.colour)
            if typed is not None:
                self.change(code, colour=typed)
        elif chosen:
            self.change(code, colour="" if chosen == "0" else _COLOURS[chosen][1])

    async def _edit_key(self, code: Code) -> None:
        typed = await self.ask_line(f"Key that codes {code.short} after c (one character; nothing = its id)", code.key)
        if typed is not None:
            self.change(code, key=typed)

    async def _edit_in_vivo(self, code: Code) -> None:
        self.change(code, in_vivo=not code.in_vivo)

    # -- expected arrows -----------------------------------------------------------------------------------------------

    async def _edit_leads_to(self, code: Code) -> None:
        """Codes are taken one after the other: a new one is added, one that is there already is taken away."""
        chosen = [each for each in code.leads_to if each in {other.short for other in self.study.frame.codes}]
        while True:
            title = f"{code.short} leads to: {' '.join(chosen) or 'nothing'}   (Enter adds or takes away, Esc: done)"
            target = await self.pick(title, first=[self.study.project.codes.get(each).id for each in chosen])
            if target is None:
                break
            if target.short in chosen:
                chosen.remove(target.short)
            else:
                chosen.append(target.short)
        self.change(code, leads_to=tuple(chosen))

    async def _edit_axial(self, code: Code) -> None:
        """A slot and the phenomenon; one that is there already is taken away."""
        keys = dict(zip("12345", AXIAL, strict=True))
        slot = await self.ask_key(f"{code.short} is (again: no longer) the", keys)
        phenomenon = await self.pick(f"{code.short} is a {keys[slot]} of") if slot else None
        if slot is None or phenomenon is None:
            return
        place = f"{keys[slot]} of {phenomenon.short}"
        kept = tuple(each for each in code.axial if each != place)
        self.change(code, axial=kept if len(kept) < len(code.axial) else (*kept, place))

    async def pick(self, title: str, first: list[int] | None = None) -> Code | None:
        """A code that is in use; None if it was left."""
        picked = await self.query_one(CodePicker).pick(title, self.study.frame, first=first or [])
        if isinstance(picked, str):
            raise RefusedError(f"there is no code “{picked}” yet", remedy="n makes a new one.")
        return picked

    # -- codes that come, go and move --------------------------------------------------------------------------------

    async def make(self, beside: Code | None, *, inside: bool) -> Code | None:
        """A new code below another, or directly after it; the only one of an empty codebook."""
        where = "" if beside is None else f" {'below' if inside else 'after'} {beside.short} {beside.name}"
        name = await self.ask_line(f"Name of a new code{where}")
        if not name:
            return None
        above = self.study.frame.by_id.get(beside.parent or 0) if beside and not inside else beside
        short = await self.ask_line(f"Its id, short, for margins and tables: “{name}”", self._proposed(above, name))
        if not short:
            return None
        project = self.study.project
        with project.action("add code", code=short):
            made = single_codes.add(project, short, name, above.short if above else None)
            if beside is not None and not inside:
                made = project.codes.move(made, above.short if above else None, beside.position + 1)
        self.messages.say(f"{made.short} {made.name} is new: codebook version {project.codebook_version}.")
        return made

    def _proposed(self, above: Code | None, name: str) -> str:
        """M1 has M1a and M1b: M1c; on top, the first letters of the name's words."""
        taken = {each.short.casefold() for each in self.study.frame.by_id.values()}
        if above is not None:
            ends = "abcdefghijklmnopqrstuvwxyz" if above.short[-1:].isdigit() else "123456789"
            return next((f"{above.short}{end}" for end in ends if f"{above.short}{end}".casefold() not in taken), "")
        letters = "".join(word[0] for word in name.split() if word[0].isalnum())[:4].upper()
        return letters if letters.casefold() not in taken else ""

    def put(self, code: Code, beside: Code, how: str) -> None:
        """Move a code with all below it: "p" below another, "b" before it, "a" after it."""
        project, by_id = self.study.project, self.study.frame.by_id
        if code.id == beside.id:
            raise RefusedError(f"{code.short} cannot stand beside itself")
        if how == "p":
            project.codes.move(code, beside.short)
            self.messages.say(f"{code.short} stands below {beside.short} now.")
            return
        above = by_id.get(beside.parent or 0)
        project.codes.move(code, above.short if above else None, beside.position + (how == "a"))
        self.messages.say(f"{code.short} stands {'before' if how == 'b' else 'after'} {beside.short} now.")

    def retire_or_bring_back(self, code: Code) -> None:
        """Take a code out of use; bring a retired one back; let a merged one stand for itself."""
        codes = self.study.project.codes
        if code.merged_into is not None:
            codes.unmerge(code)
            self.messages.say(f"{code.short} stands for itself again, with all that was coded with it.")
        elif code.status == "retired":
            codes.revive(code)
            self.messages.say(f"{code.short} is in use again.")
        else:
            codes.retire(code)
            below = [each for each in codes.all() if each.parent == code.id]
            rest = f" {counted(len(below), 'code')} below it stay in use." if below else ""
            self.messages.say(f"{code.short} is out of use; what was coded with it stays.{rest} t shows it, u undoes.")
