"""`ImportScreen`: transcripts are chosen, looked at, and only then brought in: who will be who is seen before."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Literal

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from qualcode.model import Part
from qualcode.project.cases import NO_WAVE
from qualcode.transcripts.reading import not_there
from qualcode.tui.actions import bindings
from qualcode.tui.beside import beside
from qualcode.tui.columns import Column, of_numbers, of_words
from qualcode.tui.messages import OpenDocument
from qualcode.tui.plan import Coming, PlanRow, counted, labels_of, plan_rows, summary_rows, waves_named, wrapped
from qualcode.tui.screens.applying import ApplyScreen
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.screens.working import WorkingScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.typed_path import is_folder, typed_path
from qualcode.tui.widgets.file_list import FileList
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.sheet import Sheet
from qualcode.visible import visible_line
from qualcode.work import bring_in
from qualcode.work.bring_in import BroughtIn, Candidate, Voice
from qualcode.work.files_meant import find
from qualcode.work.rehearsal import Rehearsal, rehearse

Stage = Literal["choose", "plan", "done"]

_TOLD: dict[Stage, str] = {
    "choose": "Mark files, whole folders, a sheet that says who is who; then look (l).",
    "plan": "So they would come in. Say who is who, then t takes them in.",
    "done": "What came of it. u takes all of it back, Escape brings in more.",
}
_BESIDE_NOTES = 8
"""Cells of a row that are not a note's words: what stands before them, and the edges of the list."""
_OF_STAGE: dict[str, Stage] = {
    **dict.fromkeys(("type_path", "attribute_sheet", "codebooks", "look"), "choose"),
    **dict.fromkeys(("person", "interviewer", "other", "take"), "plan"),
}


class ImportScreen(WorkingScreen, StudyScreen):
    """Bringing transcripts in: choose, look, take."""

    is_beside_documents: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("importing")]

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink)
        self._stage: Stage = "choose"
        study.coming = self._coming = study.coming or Coming(Path.cwd())
        self._candidates: list[Candidate] = []
        self._rows: list[PlanRow] = []
        self._may_take = False
        self._summary = ""
        self._told_row = 0

    def compose(self) -> ComposeResult:
        """Head, what to do, and the list of this stage."""
        yield Static(id="head", markup=False)
        yield Static(id="told", markup=False)
        yield FileList(self.ink, self._coming, id="files")
        yield Sheet(self.ink, id="plan")
        yield from self.foot()

    def on_mount(self) -> None:
        """Show the folder one is in."""
        with self.told():
            self.files.visit(self.files.folder)
        self._enter("choose")
        if self.study.project.store.is_read_only:
            self.messages.warn("This project can only be read here: nothing can be brought in.")

    @property
    def files(self) -> FileList:
        """Folders and files."""
        return self.query_one("#files", FileList)

    @property
    def plan(self) -> Sheet:
        """What would come in, or came in."""
        return self.query_one("#plan", Sheet)

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell()

    # -- stages ------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what belongs to this stage."""
        if self.is_working and (action in _OF_STAGE or action in ("wave", "case", "encoding")):
            return False
        return _OF_STAGE.get(action, self._stage) == self._stage

    def _enter(self, stage: Stage) -> None:
        self._stage = stage
        self.files.display, self.plan.display = stage == "choose", stage != "choose"
        self.set_focus(self.files if stage == "choose" else self.plan)
        self.refresh_bindings()
        self.messages.say("")
        self._tell()

    def _tell(self) -> None:
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append("Bring in", self.ink.style("head"))
        said_so = [f"sheet {self._coming.options.sheet.name}" if self._coming.options.sheet else ""]
        said_so += [f"wave {self._coming.options.wave}" if self._coming.options.wave != NO_WAVE else ""]
        said_so += [f"case {self._coming.options.case}" if self._coming.options.case else ""]
        said_so += [f"encoding {self._coming.options.encoding}" if self._coming.options.encoding else ""]
        if self._stage != "choose":
            said_so.insert(0, self._summary)
        elif marked := len(self.files.marked):
            said_so.insert(0, f"{counted(marked, 'file')} marked")
        if any(said_so):
            line.append(f"   {visible_line(' · '.join(filter(None, said_so)))}", self.ink.style("accent"))
        if self._stage == "choose":
            line.append(f"   {visible_line(str(self.files.folder))}", self.ink.style("asked"))
        self.query_one("#head", Static).update(line)
        self.query_one("#told", Static).update(Text(_TOLD[self._stage], self.ink.style("quiet")))

    def action_step_back(self) -> None:
        """Stop what is being done; else one stage back; else to the documents."""
        if self.is_working:
            self.stop()
        elif self._stage == "choose":
            self.app.pop_screen()
        else:
            self._enter("choose")

    # -- choosing ----------------------------------------------------------------------------------------------------

    @on(FileList.Marked)
    def _other_files(self) -> None:
        self._tell()

    @on(FileList.OtherChosen)
    def _other_chosen(self, event: FileList.OtherChosen) -> None:
        """Of a folder all transcripts are marked, or no longer; a sheet says who is who; a codebook is compared."""
        path = event.entry.path
        if event.entry.kind == "codebook":
            self.app.push_screen(ApplyScreen(self.study, self.ink, path))
        elif event.entry.kind == "sheet":
            self._say_sheet(None if path == self._coming.options.sheet else path)
        elif inside := self.files.marked_in(path):
            self.files.unmark(inside)
            self.messages.say(f"{counted(len(inside), 'file')} in {path.name} no longer marked.")
        else:
            self.work(self._mark_all_in(path))

    async def _mark_all_in(self, folder: Path) -> None:
        """All transcripts of a folder and of those below it."""
        project, sheet = self.study.project, self._coming.options.sheet
        self.messages.say(f"Looking for transcripts in {folder.name} ...")
        found = await self.in_thread(lambda: find([folder], project, sheet))
        self.files.mark(found.files)
        told = [f"{counted(len(found.files), 'file')} in {folder.name} and below marked", *found.notes()]
        self.messages.say(". ".join(told) + ".")

    def action_codebooks(self) -> None:
        """Codebooks: those that come with qualcode, and those of this folder."""
        self.app.push_screen(ApplyScreen(self.study, self.ink, folder=self.files.folder))

    def action_type_path(self) -> None:
        """Type a path or a pattern."""
        self.converse(self._type_path())

    async def _type_path(self) -> None:
        typed = await self.ask_line(
            "Path of a file or folder, or a pattern: interviews/*.docx", f"{self.files.folder}/"
        )
        if not typed:
            return
        path = typed_path(typed, self.files.folder)
        if is_folder(path):
            self.files.visit(path)
            return
        found = find([path], self.study.project, self._coming.options.sheet).files
        if found == [path] and not path.exists():
            raise not_there(path, "file or folder")
        self.files.mark(found)
        self.messages.say(f"{counted(len(found), 'file')} marked: {', '.join(each.name for each in found[:8])}")

    def action_attribute_sheet(self) -> None:
        """The sheet at the cursor, else the only one of this folder, says who people are; again: no longer."""
        entry, chosen, sheets = self.files.entry, self._coming.options.sheet, self.files.sheets
        at_cursor = entry.path if entry is not None and entry.kind == "sheet" else None
        if chosen is not None and at_cursor in (None, chosen):
            self._say_sheet(None)
        elif at_cursor is not None or len(sheets) == 1:
            self._say_sheet(at_cursor or sheets[0])
        elif sheets:
            names = ", ".join(each.name for each in sheets)
            self.messages.warn(f"There are {len(sheets)} sheets in this folder: go to one, then s ({names}).")
        else:
            self.messages.warn("There is no sheet (csv, xlsx) in this folder: a row for each document and person.")

    def _say_sheet(self, sheet: Path | None) -> None:
        self._coming.options = replace(self._coming.options, sheet=sheet)
        self.files.refresh()
        told = f"{sheet.name} says who is who: a row for each document and person." if sheet else "No sheet."
        self.messages.say(told)
        self._tell()

    def action_wave(self) -> None:
        """The wave of all of them, where the sheet does not say."""
        self.converse(self._ask_wave())

    async def _ask_wave(self) -> None:
        named = waves_named(each.name for each in self.files.marked)
        question, proposed = "Wave of all of them, where the sheet does not say", self._coming.options.wave
        if len(named) > 1:
            told = " and ".join((", ".join(named[:-1]), named[-1]))
            question += f" (their names say {told}: mark the files of one wave at a time)"
        elif named and proposed == NO_WAVE:
            proposed = named[0]
        wave = await self.ask_line(question, proposed)
        if wave is not None:
            self._coming.options = replace(self._coming.options, wave=wave or NO_WAVE)
            self._once_more()

    def action_case(self) -> None:
        """The case of all of them, where the sheet does not say."""
        self.converse(self._ask_case())

    async def _ask_case(self) -> None:
        case = await self.ask_line("Case of all of them, where the sheet does not say", self._coming.options.case)
        if case is not None:
            self._coming.options = replace(self._coming.options, case=case)
            self._once_more()

    def action_encoding(self) -> None:
        """The encoding of all text files, where it is not found out rightly."""
        self.converse(self._ask_encoding())

    async def _ask_encoding(self) -> None:
        question = "Encoding of all these text files, for instance cp1252 (none: it is found out)"
        encoding = await self.ask_line(question, self._coming.options.encoding or "")
        if encoding is not None:
            self._coming.options = replace(self._coming.options, encoding=encoding or None)
            self._tell()
            if self._stage == "plan":  # they are read anew
                self.work(self._look(list(self.files.marked)))

    def _once_more(self) -> None:
        """What was said changes what would come in."""
        self._tell()
        if self._stage == "plan":
            self.work(self._foresee())

    # -- looking -----------------------------------------------------------------------------------------------------

    def action_look(self) -> None:
        """Read the marked files, and show how they would come in."""
        entry = self.files.entry
        if not self.files.marked and entry is not None and entry.kind == "transcript":
            self.files.mark([entry.path])
        if not self.files.marked:
            self.messages.warn("Mark some transcripts first: Space marks one, a all of this folder.")
        else:
            self.work(self._look(list(self.files.marked)))

    async def _look(self, paths: Sequence[Path]) -> None:
        names = [path.name for path in paths]
        options = self._coming.options
        self._candidates = await self.in_thread(lambda: bring_in.look(paths, options, self.progress("reading", names)))
        await self._foresee()

    async def _foresee(self) -> None:
        project, options = self.study.project, self._coming.options
        names = [each.path.name for each in self._candidates if each.reading is not None]

        def look() -> Rehearsal:
            with beside(project) as own:
                return rehearse(own, self._candidates, options, self.progress("looking at", names))

        rehearsal = await self.in_thread(look)
        would, coming = rehearsal.would, 0 if rehearsal.faults else len(rehearsal.would.added)
        self._may_take = coming > 0
        failed = f", {len(would.failed)} cannot be used" if would.failed else ""
        known = f", {len(would.known)} here already" if would.known else ""
        self._summary = f"{counted(coming, 'document')} would come in{failed}{known}"
        self._show(plan_rows(self._candidates, rehearsal), "plan")
        self.messages.say("t takes them in." if self._may_take else "Nothing here can be brought in.")

    def _show(self, rows: list[PlanRow], stage: Stage) -> None:
        current = self.plan.current if self._stage == stage else 0
        self._rows = wrapped(rows, self.size.width - _BESIDE_NOTES)
        columns = [
            of_words("file, speaker", (each.name for each in rows), 18, 40),
            of_numbers("turns", (each.turns for each in rows), rank=2),
            of_numbers("words", (each.words for each in rows), rank=1),
            Column("part", 11, 11),
            Column("who, or what to know", 20, 400),
        ]
        if stage == "done":
            columns = [of_words("file, document", (each.name for each in rows), 18, 40), Column("", 20, 400)]
        self._told_row = current
        self.plan.show(columns, len(self._rows), self._cells, current=current)
        self._enter(stage)

    def _cells(self, row: int) -> Sequence[tuple[str, str]]:
        each = self._rows[row]
        if each.is_speaker:
            part = (each.part, "asked" if each.part == "interviewer" else "text")
            return (each.name, "text"), (each.turns, "quiet"), (each.words, "quiet"), part, (each.told, each.ink)
        if each.name:
            return (each.name, "label"), (each.told, each.ink)
        return ((f"  {' ' if each.is_more else '·'} {each.told}", each.ink),)

    @on(Rows.Highlighted, "#plan")
    def _tell_whole(self, event: Rows.Highlighted) -> None:
        """What is cut in the list stands whole below, once one moves there."""
        if event.row == self._told_row or self.is_working:
            return
        self._told_row = event.row
        row = self._rows[event.row] if event.row < len(self._rows) else None
        if row is not None:
            self.messages.say("") if row.is_speaker else self.messages.warn(row.told)

    # -- saying who is who -------------------------------------------------------------------------------------------

    def _speaker(self) -> PlanRow | None:
        row = self._rows[self.plan.current] if self._rows else None
        if row is None or not row.is_speaker or not row.label:
            self.messages.warn("Go to a speaker first.")
            return None
        return row

    def action_person(self) -> None:
        """Say who the speaker is."""
        row = self._speaker()
        if row is not None:
            self.converse(self._name_speaker(row))

    async def _name_speaker(self, row: PlanRow) -> None:
        name = await self.ask_line(f"Who is {row.label} in {row.path.name if row.path else ''}?", row.person)
        if name and row.path is not None:
            self._say([Voice(row.path, row.label, "participant", name)])

    def action_interviewer(self) -> None:
        """The speaker asks, in all these files."""
        self._everywhere("interviewer")

    def action_other(self) -> None:
        """The speaker is neither: nobody's words, in all these files."""
        self._everywhere("other")

    def _everywhere(self, part: Part) -> None:
        row = self._speaker()
        if row is not None:
            paths = labels_of(self._rows, row.label)
            self._say([Voice(path, row.label, part) for path in paths])

    def _say(self, voices: Sequence[Voice]) -> None:
        new = {(each.path, each.label): each for each in (*self._coming.options.voices, *voices)}
        self._coming.options = replace(self._coming.options, voices=tuple(new.values()))
        self.work(self._foresee())

    # -- taking ------------------------------------------------------------------------------------------------------

    @on(Rows.Chosen, "#plan")
    def _choose(self, event: Rows.Chosen) -> None:
        row = self._rows[event.row]
        if row.document is not None:
            with self.told():  # it may have been taken back meanwhile
                self.post_message(OpenDocument(self.study.project.documents.get(row.document.id)))
        elif self._stage == "plan" and row.is_speaker and not self.is_working:
            self.action_person()

    def action_take(self) -> None:
        """Bring them in."""
        if self._may_take:
            self.work(self._take())
        else:
            self.messages.warn("Nothing here can be brought in. Escape goes back to choosing.")

    async def _take(self) -> None:
        project, options = self.study.project, self._coming.options
        names = [each.path.name for each in self._candidates if each.reading is not None]

        def take() -> BroughtIn:
            with beside(project) as own:
                return bring_in.take(own, self._candidates, options, self.progress("bringing in", names))

        brought = await self.in_thread(take)
        self._coming.options = replace(options, voices=())
        self.files.unmark(self.files.marked)
        failed = f", {len(brought.failed)} could not be used" if brought.failed else ""
        self._summary = f"{counted(len(brought.added), 'document')} brought in{failed}"
        self._show(summary_rows(brought), "done")
        self.messages.say("All of it is written. u takes it back.")
