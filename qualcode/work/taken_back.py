"""What would come of something, seen by doing it and taking it back: in one transaction that nobody else sees."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from qualcode.errors import RefusedError
from qualcode.project import Project


class _TakenBackError(Exception):
    """Ends what was only to be seen."""


@contextmanager
def taken_back(project: Project) -> Iterator[None]:
    """A transaction that comes to nothing; nobody need be named, and a new coder is not announced.

    Raises:
        RefusedError: it is begun in the middle of an action.
    """
    store = project.store
    if store.connection.in_transaction:
        raise RefusedError("nothing is rehearsed in the middle of an action")
    with suppress(_TakenBackError), store.transaction():
        coder, announce = store.coder_short, store.announce
        store.coder_short, store.announce = coder or "-", _nobody_listens
        try:
            yield
        finally:
            store.coder_short, store.announce = coder, announce
        raise _TakenBackError


def _nobody_listens(_note: str) -> None:
    """What is announced in a rehearsal has not happened."""
