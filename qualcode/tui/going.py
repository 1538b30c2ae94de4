"""`Going`: how one comes from one screen of a study to another, and back.

Screens are loaded when they are first gone to: only the list of documents and the text are there from the start.
"""

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any

from textual import on
from textual.screen import Screen

from qualcode.project.retrieval import Filter
from qualcode.tui.actions import ACTIONS
from qualcode.tui.keys_in_order import KeysInOrder
from qualcode.tui.messages import (
    CodeOn,
    Gone,
    OpenCoded,
    OpenDisagreements,
    OpenDocument,
    OpenHub,
    OpenPassages,
    OpenTable,
    ShowDocuments,
)
from qualcode.tui.remembered import Remembered
from qualcode.tui.retrieved import Asked, evidence_asked
from qualcode.tui.screens.documents import DocumentsScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.screens.study_screen import AskingScreen, StudyScreen
from qualcode.tui.study import Place, Study
from qualcode.tui.themes import Ink

_PLACES = {each.name for each in ACTIONS["everywhere"]["Places"]} - {"open_project"}
"""Actions that lead to places of the open study."""


class Going(KeysInOrder):
    """An app whose screens show one study.

    Attributes:
        study: the open study; not there while there is none.
        remembered: where one was in it.
        ink: the styles of the present theme.
    """

    study: Study
    remembered: Remembered
    ink: Ink

    @property
    def reading(self) -> ReadingScreen | None:
        """The topmost screen with an open document, if there is one."""
        return next((each for each in reversed(self.screen_stack) if isinstance(each, ReadingScreen)), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """From the start screen no place of a study can be gone to, and none is offered."""
        here = self.screen if self.screen_stack else None
        if action in _PLACES and isinstance(here, AskingScreen) and not isinstance(here, StudyScreen):
            return False
        return super().check_action(action, parameters)

    @on(OpenDocument)
    def _open(self, message: OpenDocument) -> None:
        """Show a document; the place one comes from is kept, to come back to."""
        if isinstance(self.screen, ReadingScreen):
            self.study.leave(self.screen.place)
        at = self.remembered.offset(message.document) if message.at is None else message.at
        if self._is_there(message.document.id):
            self._go(Place(message.document.id, at))
        elif isinstance(self.screen, StudyScreen):
            self.screen.messages.say(f"{message.document.name} is no longer in the project.")
            self.screen.follow()

    def _is_there(self, document: int) -> bool:
        """Whether a document is still in the project: another program may have removed it."""
        return any(each.id == document for each in self.study.project.documents.all())

    def _go(self, place: Place) -> None:
        """Show a place; over tables and lists of passages it lies on top, so that one comes back to them."""
        self.keep_place()
        document = self.study.project.documents.get(place.document)
        if isinstance(self.screen, ReadingScreen):
            self.screen.open(document, place.offset)
        else:
            if not isinstance(self.screen, DocumentsScreen):
                self.study.leave_screen()
            self.push_screen(ReadingScreen(self.study, self.ink, document, place.offset))
        self.keep_place()

    @on(ShowDocuments)
    async def _show_documents(self, message: ShowDocuments) -> None:
        """The list with the documents of one person."""
        self._leave_all()
        (await self._documents()).show_person(message.person, message.name)

    @on(Gone)
    async def _leave_what_is_gone(self, message: Gone) -> None:
        """Its document is no longer there: back to the list."""
        self.study.leave_all_screens()
        (await self._documents()).messages.say(f"{message.name} is no longer in the project.")

    async def _documents(self) -> DocumentsScreen:
        """The list of documents, and nothing on it. It is made when first seen: a study opens at the text left last."""
        if not any(isinstance(each, DocumentsScreen) for each in self.screen_stack):
            while len(self.screen_stack) > 2:
                self.pop_screen()
            await self.switch_screen(DocumentsScreen(self.study, self.ink))
        while not isinstance(self.screen, DocumentsScreen):
            self.pop_screen()
        return self.screen

    def may_drop(self, screens: Iterable[Screen[Any]], key: str = "") -> bool:
        """Whether no half-written words are lost with some screens; where some would be, they come up, and it is said.

        Args:
            screens: from the top.
            key: a second press of it leaves the words; "" = the one that was pressed.
        """
        for screen in screens:
            if isinstance(screen, AskingScreen) and not screen.may_leave(key or self.key_pressed):
                while self.screen is not screen:
                    self.pop_screen()
                return False
        return True

    def _above(self, kind: type[Screen[Any]]) -> list[Screen[Any]]:
        """The screens above the topmost of a kind, from the top; all, where there is none."""
        return list(takewhile(lambda each: not isinstance(each, kind), reversed(self.screen_stack)))

    def _leave_all(self) -> None:
        """Keep where one is, to come back to it."""
        self.keep_place()
        self.study.leave_all_screens()
        if self.reading is not None:
            self.study.leave(self.reading.place)

    def keep_place(self) -> None:
        """Remember where one is, for the next time."""
        if self.reading is not None:
            self.remembered.keep(self.study.project, self.reading.place)

    async def action_go_back(self) -> None:
        """Back to where one was: another place in a text, or the table or list below this screen."""
        if isinstance(self.screen, ReadingScreen) and (place := self._travelled(self.study.back)) is not None:
            self._go(place)
        elif isinstance(self.screen, ReadingScreen) and len(self.screen_stack) == 2:
            await self._documents()
        elif (
            isinstance(self.screen, StudyScreen)
            and not isinstance(self.screen, DocumentsScreen)
            and self.may_drop([self.screen])
        ):
            self.pop_screen()

    def action_go_forward(self) -> None:
        """Forward again."""
        if isinstance(self.screen, ReadingScreen):
            place = self._travelled(self.study.forward)
            if place is None:
                self.screen.messages.say("There is no place to go forward to.")
            else:
                self._go(place)

    def _travelled(self, step: Callable[[Place | None], Place | None]) -> Place | None:
        """The next place that way whose document is still there."""
        if not isinstance(self.screen, ReadingScreen):
            return None
        place = step(self.screen.place)
        while place is not None and not self._is_there(place.document):
            place = step(None)
        return place

    @on(OpenTable)
    def _open_table(self, message: OpenTable) -> None:
        if message.name == "agreement":
            self.action_agreement()
            return
        from qualcode.tui.screens.charts import ChartScreen
        from qualcode.tui.screens.tables import TableScreen

        is_chart = message.name == "framework"
        screen = (
            ChartScreen(self.study, self.ink)
            if is_chart
            else TableScreen(self.study, self.ink, message.name, message.style)
        )
        self.push_screen(screen)

    @on(OpenHub)
    def _open_hub(self, message: OpenHub) -> None:
        from qualcode.tui.screens.hubs import HubScreen

        self.push_screen(HubScreen(self.study, self.ink, message.code, message.options))

    @on(OpenPassages)
    def _open_passages(self, message: OpenPassages) -> None:
        from qualcode.tui.screens.claims import ClaimsScreen
        from qualcode.tui.screens.passages import PassagesScreen

        asked = evidence_asked(self.study.project, message.evidence)
        if asked is not None:
            kind = ClaimsScreen if asked.kind == "claim" else PassagesScreen
            self.push_screen(kind(self.study, self.ink, message.title, asked))
        elif isinstance(self.screen, StudyScreen):
            self.screen.messages.say("Behind this cell stand no passages.")

    @on(OpenCoded)
    def _open_coded(self, message: OpenCoded) -> None:
        from qualcode.tui.screens.passages import PassagesScreen

        self.push_screen(PassagesScreen(self.study, self.ink, "Passages", Asked(Filter(codes=message.codes))))

    @on(OpenDisagreements)
    def _open_disagreements(self, message: OpenDisagreements) -> None:
        from qualcode.tui.screens.disagreements import DisagreementsScreen

        self.push_screen(DisagreementsScreen(self.study, self.ink, message.title, message.codes, message.round))

    @on(CodeOn)
    def _code_on(self, message: CodeOn) -> None:
        from qualcode.tui.screens.code_on import CodeOnScreen

        self.push_screen(CodeOnScreen(self.study, self.ink, message.title, message.narrowed, message.passages))

    def action_passages(self) -> None:
        """All coded passages, to be narrowed down."""
        from qualcode.tui.screens.passages import PassagesScreen

        self._visit(PassagesScreen, "Passages", Asked())

    def action_search_all(self) -> None:
        """Search in all documents."""
        from qualcode.tui.screens.searching import SearchScreen

        self._visit(SearchScreen)

    def action_memo_book(self) -> None:
        """All memos."""
        from qualcode.tui.screens.memos import MemoBookScreen

        self._visit(MemoBookScreen)

    def action_claims(self) -> None:
        """All claims."""
        from qualcode.tui.screens.claims import ClaimsScreen

        self._visit(ClaimsScreen)

    def action_history(self) -> None:
        """Who did what, and when."""
        from qualcode.tui.screens.history import HistoryScreen

        self._visit(HistoryScreen)

    def action_proposals(self) -> None:
        """What rules propose."""
        from qualcode.tui.screens.proposals import ProposalsScreen

        self._visit(ProposalsScreen)

    def action_names(self) -> None:
        """What may be a name, and the name list."""
        from qualcode.tui.screens.names import NamesScreen

        self._visit(NamesScreen)

    def action_ledger(self) -> None:
        """The quotes chosen for print."""
        from qualcode.tui.screens.ledger import LedgerScreen

        self._visit(LedgerScreen)

    def _visit(self, kind: type[StudyScreen], *arguments: Any) -> None:
        """A place upon what is there; the one that is on top already stays, and of some there is only one at a time."""
        if not isinstance(self.screen, StudyScreen) or type(self.screen) is kind:
            return
        while kind.is_beside_documents and isinstance(self.screen, StudyScreen) and self.screen.is_beside_documents:
            self.pop_screen()
        self.push_screen(kind(self.study, self.ink, *arguments))

    def action_tables(self) -> None:
        """The gallery of tables."""
        from qualcode.tui.screens.gallery import TablesScreen

        self._visit(TablesScreen)

    def action_agreement(self) -> None:
        """How far coders agree, code by code."""
        from qualcode.tui.screens.agreement import AgreementScreen

        self._visit(AgreementScreen)

    def action_codes(self) -> None:
        """The codebook, at the code at hand; the one that is open, if it is."""
        from qualcode.tui.screens.codebook import CodebookScreen

        at = self.screen.code_at_hand if isinstance(self.screen, ReadingScreen) else None
        if any(isinstance(each, CodebookScreen) for each in self.screen_stack):
            if not self.may_drop(self._above(CodebookScreen)):
                return
            while not isinstance(self.screen, CodebookScreen):
                self.pop_screen()
            if at is not None:
                self.screen.go_to(at)
        elif isinstance(self.screen, StudyScreen):
            self.push_screen(CodebookScreen(self.study, self.ink, at))

    def action_hub_at_hand(self) -> None:
        """The code at the cursor of a text, or of the codebook, in the middle of its arrows."""
        from qualcode.tui.screens.codebook import CodebookScreen

        if not isinstance(self.screen, ReadingScreen | CodebookScreen):
            return
        code = self.screen.code_at_hand
        if code is None:
            self.screen.messages.say("There is no code at the cursor.")
        else:
            self.screen.post_message(OpenHub(self.study.frame.by_id[code].short, {}))

    async def action_documents(self) -> None:
        """The list of documents."""
        if hasattr(self, "study") and self.may_drop(self._above(DocumentsScreen)):
            self._leave_all()
            await self._documents()

    def action_people(self) -> None:
        """People and cases."""
        from qualcode.tui.screens.people import PeopleScreen

        self._visit(PeopleScreen)

    def action_import_files(self) -> None:
        """Transcripts and codebooks are brought in."""
        from qualcode.tui.screens.importing import ImportScreen

        self._visit(ImportScreen)
