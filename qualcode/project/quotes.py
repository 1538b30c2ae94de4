"""Edited quotes: passages shortened for print, each held against the words it stands for."""

from qualcode.edited_quotes import checked, is_true
from qualcode.errors import RefusedError
from qualcode.model import EditedQuote, Segment
from qualcode.project import rounds, twins
from qualcode.project.actions import Store
from qualcode.project.guids import new_guid
from qualcode.project.segments import Segments
from qualcode.project.visibility import coding_seen

_WORDS = "substr(text.body, segment.start + 1, segment.end - segment.start)"
_JOINED = "FROM quote JOIN segment ON segment.id = quote.segment JOIN text ON text.id = segment.text"


class Quotes:
    """The quotes that analysts have edited; `project.quotes`.

    Nothing is stored of whether an edited quote still fits: it is held against the passage whenever it is read. So a
    corrected word that it cuts out leaves it standing, one that it says leaves the whole passage to be printed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def edit(self, segment: Segment | int, words: str) -> EditedQuote:
        """Say how a passage is printed: shortened, with clarifications (see `qualcode.edited_quotes`).

        Editing is no coding: it may be done to anybody's passage that one may see, and again to a quote edited before.

        Args:
            segment: the passage, or its id.
            words: `[...]` where words are cut, fillers left out, your own words in [square brackets].

        Raises:
            MisquotedError: they are not what the passage says; it names the first word that differs.
            NotFoundError: there is no such segment.
            RefusedError: it no longer stands.
        """
        number = segment if isinstance(segment, int) else segment.id
        with self._store.action("edit quote", segment=number) as action:
            Segments(self._store).get(number)
            rounds.must_stand(self._store, "segment", number)
            said = checked(self._passage(number), words)
            known = self._store.row("SELECT id, words FROM quote WHERE segment = ?", (number,))
            if known is None:
                self._store.connection.execute(
                    "INSERT INTO quote(guid, segment, coder, words) VALUES (?, ?, ?, ?)",
                    (new_guid(), number, action.coder, said),
                )
            elif known[1] != said:
                self._store.connection.execute(
                    "UPDATE quote SET coder = ?, words = ? WHERE id = ?", (action.coder, said, known[0])
                )
        return self.find()[number]

    def print_whole(self, segment: Segment | int) -> None:
        """Take the edited words away, so that the whole passage is printed.

        Raises:
            RefusedError: the quote was not edited.
        """
        number = segment if isinstance(segment, int) else segment.id
        with self._store.action("print quote whole", segment=number):
            Segments(self._store).get(number)
            if not self._store.connection.execute("DELETE FROM quote WHERE segment = ?", (number,)).rowcount:
                raise RefusedError(f"the quote of passage {number} was not edited: it is printed whole")

    def find(self) -> dict[int, EditedQuote]:
        """Every edited quote that may be seen, by its segment's id."""
        seen = coding_seen(self._store, "segment")
        rows = self._store.rows(
            f"SELECT quote.segment, quote.coder, quote.words, {_WORDS} {_JOINED} WHERE {seen} ORDER BY quote.segment"
        )
        return {row[0]: EditedQuote(row[0], row[1], row[2], is_true(row[3], row[2])) for row in rows}

    def _passage(self, segment: int) -> str:
        sql = f"SELECT {_WORDS} FROM segment JOIN text ON text.id = segment.text WHERE segment.id = ?"
        return str(self._store.value(sql, (segment,)))


def forget_untrue(store: Store, document: int, action: int) -> None:
    """Erase the edited quotes of a document that say what its text says no more, and what all said before.

    Only inside the forgetting; the document's segments stand in the new text already.

    Args:
        store: the open project.
        document: its id.
        action: id of the open action, with which the log of these quotes begins anew.
    """
    rows = store.rows(f"SELECT quote.id, quote.words, {_WORDS} {_JOINED} WHERE segment.document = ?", (document,))
    gone = [(row,) for row, words, passage in rows if not is_true(passage, words)]
    store.connection.executemany("DELETE FROM quote WHERE id = ?", gone)
    known = "SELECT DISTINCT segment FROM log_quote WHERE segment IN (SELECT id FROM log_segment WHERE document = ?)"
    for (segment,) in store.rows(known, (document,)):
        twins.begin_anew(store.connection, "quote", "segment", segment, action)
