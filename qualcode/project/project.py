"""`Project`: one study in one file; the door that Python, the command line and the workbench use alike."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from qualcode.errors import QualcodeError
from qualcode.model import Claim, ClaimEvidence, Hit, Quotation, Segment
from qualcode.project.actions import OpenAction, Store
from qualcode.project.cases import Attributes, Cases, People, Waves
from qualcode.project.citations import TEAM, Citations, Style
from qualcode.project.claims import Claims
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.consensus import Consensus
from qualcode.project.decisions import Decisions
from qualcode.project.documents import Documents
from qualcode.project.engine import is_in_place, key_at
from qualcode.project.file import make_file, open_file, place_of
from qualcode.project.history import History
from qualcode.project.keys import ProjectKey
from qualcode.project.known_names import KnownNames
from qualcode.project.lately import Lately
from qualcode.project.milestones import Milestones
from qualcode.project.notes import Memos, Summaries
from qualcode.project.progress import Progress
from qualcode.project.proposals import Proposals
from qualcode.project.quotations import Quoting
from qualcode.project.quotes import Quotes
from qualcode.project.roles import Roles
from qualcode.project.segments import Segments

if TYPE_CHECKING:
    from sqlite3 import Connection

    from qualcode.project.care import Problem
    from qualcode.project.columns import Columns
    from qualcode.project.erase import Export, Forgotten
    from qualcode.project.forgetting import Foreseen


class Project:
    """One study. Use it as a context manager, or `close` it.

    Attributes:
        path: the project file.
        citations: how passages are cited; `cited` gives the same study with others.
        documents, people, cases, roles, waves, attributes, codes, segments, claims, quotes, memos, summaries, coders,
            decisions, consensus, history, lately, milestones, names, progress, proposals:
            what the study holds; each has its own methods.
    """

    def __init__(self, path: Path, store: Store, citations: Citations = TEAM) -> None:
        self.path = path
        self.store = store
        self.citations = citations
        self.documents = Documents(store)
        self.people = People(store)
        self.cases = Cases(store)
        self.roles = Roles(store)
        self.waves = Waves(store)
        self.attributes = Attributes(store)
        self.codes = Codes(store)
        self.segments = Segments(store)
        self.claims = Claims(store)
        self.quotes = Quotes(store)
        self.memos = Memos(store)
        self.summaries = Summaries(store)
        self.coders = Coders(store)
        self.decisions = Decisions(store)
        self.consensus = Consensus(store)
        self.history = History(store)
        self.lately = Lately(store)
        self.milestones = Milestones(store)
        self.names = KnownNames(store)
        self.progress = Progress(store)
        self.proposals = Proposals(store)
        self._quoting = Quoting(store, self.citations)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Project {self.path.name}, coder {self.store.coder_short or 'nobody'}>"

    def close(self) -> None:
        """Let go of the file. Nothing waits to be saved: every action was written when it was done."""
        try:
            self._keep_replaced()
        finally:
            self.store.connection.close()

    def _keep_replaced(self) -> None:
        if is_in_place(self.store.connection) or self.store.kept:
            return
        from qualcode.project.backups import keep_replaced

        try:
            kept = keep_replaced(self.store)
        except QualcodeError as trouble:
            self.store.announce(f"Another file was put in this one's place; what was done here is lost: {trouble}")
            return
        if kept:
            self.store.announce(f"Another file was put in this one's place; what was done here is kept: {kept}")

    @property
    def coder(self) -> str | None:
        """Short name of the one who acts, or None for reading only."""
        return self.store.coder_short

    @cached_property
    def warning(self) -> str:
        """What the user should know about where the file stands (a network drive, a synced folder); "" if nothing."""
        return place_of(self.path).warning

    @property
    def is_encrypted(self) -> bool:
        """Whether the file is encrypted."""
        return key_at(self.store.connection) is not None

    def action(self, verb: str, **arguments: object) -> AbstractContextManager[OpenAction]:
        """Make one user action of everything written inside: it happens wholly or not at all, and undoes as one."""
        return self.store.action(verb, **arguments)

    def columns(self) -> "Columns":
        """The project as numpy arrays, as it stands now."""
        from qualcode.project.columns import Columns

        return Columns(self.store)

    def quotations(self, passages: Sequence[Segment | Claim | ClaimEvidence | Hit]) -> tuple[Quotation, ...]:
        """Passages ready to be read: words, speaker, question before, citation; in the order given."""
        return self._quoting.of(passages)

    def cited(self, style: Style, small_cell: int = 5) -> "Project":
        """The same open study, its passages cited for the team or for publication: closing one closes both.

        Args:
            style: "team", or "publication": `[person, role]`, and nothing of whoever is marked `quote` = `no`.
            small_cell: for publication, how many people must share case and role for the case to be told.

        Raises:
            ValueError: `small_cell` is below 1.
        """
        if small_cell < 1:
            raise ValueError("a cell has at least one person")
        return Project(self.path, self.store, Citations(style, small_cell))

    def check(self) -> "list[Problem]":
        """Everything the file promises, looked at; an empty list means that the project is sound."""
        from qualcode.project.care import check

        return check(self.store)

    def backup(self, folder: Path | None = None) -> Path:
        """Make a backup now, beside the project or in a folder; returns it (see `backups.backup`)."""
        from qualcode.project.backups import backup

        return backup(self.store, self.path, folder)

    def foresee_forgetting(self, *, document: str | int | None = None, person: str | None = None) -> "Foreseen":
        """What `forget` would erase of a document or a person (exactly one, by name); nothing is written."""
        from qualcode.project import erase, gone

        if (document is None) == (person is None):
            raise TypeError("one document or one person is forgotten")
        if document is not None:
            return erase.foresee_document(self.store, gone.document_meant(self.store, document))
        return erase.foresee_person(self.store, gone.person_meant(self.store, person or ""))

    def forget(self, *, document: str | int | None = None, person: str | None = None) -> "Forgotten":
        """Erase a document or a person (exactly one, by name) for good: irreversible (see `erase`).

        Who or what was removed before, and is kept in the log alone, is found by name too.
        """
        from qualcode.project import erase, gone

        if (document is None) == (person is None):
            raise TypeError("one document or one person is forgotten")
        if document is not None:
            return erase.forget_document(self.store, gone.document_meant(self.store, document))
        return erase.forget_person(self.store, gone.person_meant(self.store, person or ""))

    def forget_what_is_gone(self) -> "Forgotten":
        """Erase what was removed, renamed or written otherwise before, by anybody: irreversible (see `erase`)."""
        from qualcode.project import erase

        return erase.forget_what_is_gone(self.store)

    def foresee_what_is_gone(self) -> "Foreseen":
        """What `forget_what_is_gone` would erase, as far as it is counted; nothing is written."""
        from qualcode.project import erase

        return erase.foresee_what_is_gone(self.store)

    def record_export(self, path: str | Path, documents: Iterable[int] = ()) -> None:
        """Keep in mind that a file with participants' words was written, for `forget` to name (no ids = of all).

        A project that cannot be written cannot remember it, which is announced.
        """
        from qualcode.project.erase import record_export

        if self.store.is_read_only:
            self.store.announce(f"The project cannot be written, so that forget cannot name it later: {path}")
            return
        record_export(self.store, Path(path), documents)

    def has_written(self, path: str | Path) -> bool:
        """Whether the project remembers that a file of that name was written from it."""
        from qualcode.project.erase import has_written

        return has_written(self.store, Path(path))

    def exports(self) -> "list[Export]":
        """The files with participants' words that were written from here, as far as `record_export` knows them."""
        from qualcode.project.erase import exports

        return exports(self.store)

    @property
    def codebook_version(self) -> int:
        """Rises by one with each action that adds, redefines, merges or retires codes; 0 before there is a code."""
        return self.store.codebook_version()


def _nobody_listens(_note: str) -> None:
    """The default for `announce`."""


def new(
    path: str | Path,
    coder: str,
    *,
    passphrase: str | ProjectKey | None = None,
    announce: Callable[[str], None] = _nobody_listens,
) -> Project:
    """Make a project file (readable by its owner only) and open it.

    Args:
        path: ends in .qualcode by custom.
        coder: short name of the first coder, "AK".
        passphrase: encrypts the file; without it nobody opens it again. None: it is not encrypted.
        announce: told of what the user should know (a new coder).

    Raises:
        RefusedError: there is a file already, or the passphrase is too short.
        InputError: the folder does not exist or cannot be written.
        NoCoderError: the coder's name is empty.
        MissingExtraError: a passphrase is given, and what encrypts is not installed.
    """
    from qualcode.project.migrations import furnish

    def furnished(connection: "Connection") -> None:
        with Store(connection, coder, announce).action("new project") as action:
            furnish(connection)
            connection.execute("INSERT INTO barrier VALUES (?)", (action.id,))

    place = Path(path)
    key = ProjectKey.new(passphrase) if isinstance(passphrase, str) else passphrase
    make_file(place, furnished, key)
    return open(place, coder, passphrase=key, announce=announce)


def open(  # noqa: A001 (qualcode.open is the public name)
    path: str | Path,
    coder: str | None = None,
    *,
    passphrase: str | ProjectKey | None = None,
    announce: Callable[[str], None] = _nobody_listens,
) -> Project:
    """Open a project file.

    Args:
        path: the file.
        coder: short name of the one who acts; None for reading only. A name the project does not know becomes a new
            coder with their first action.
        passphrase: of an encrypted project. Given once, it holds for this process: for other threads, and for backups.
        announce: told of what the user should know (a new coder, a file that others could read).

    Raises:
        LockedError: it is encrypted, and the passphrase is missing or wrong.
        ProjectFileError: not a project, one of a newer qualcode, or damaged.
        RefusedError: a passphrase is given for a project that is not encrypted.
    """
    place = Path(path)
    return Project(place, Store(open_file(place, passphrase, announce), coder, announce))
