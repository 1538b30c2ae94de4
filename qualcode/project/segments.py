"""Segments: coded passages, made, changed and removed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Code, Document, Segment, Standing, Tense, Whose
from qualcode.project import places, rounds
from qualcode.project.actions import Store
from qualcode.project.applying import misapplied
from qualcode.project.asking import notice, speakers_in, told_of_several
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.guids import new_guids
from qualcode.project.retrieval import Filter, Retrieval
from qualcode.project.visibility import coding_seen
from qualcode.project.wording import must_be_words

_COLUMNS = """segment.id, segment.guid, segment.document, segment.text, segment.start, segment.end, segment.code,
    segment.definition, segment.coder, segment.round, segment.unsure, segment.negative, segment.exemplar, segment.whose,
    segment.standing, segment.tense"""
# OR ROLLBACK: an action is whole or not at all anyhow, and SQLite then keeps no journal for each row (`schema.table`).
_INSERT = """INSERT OR ROLLBACK INTO segment(guid, document, text, start, end, code, definition, coder, round,
    unsure, negative, exemplar, whose, standing, tense)"""
_CHANGEABLE = ("unsure", "negative", "exemplar", "whose", "standing", "tense")


@dataclass(frozen=True, slots=True)
class NewSegment:
    """A passage to be coded: document's id, half-open code points of its current text, code's id.

    `text` is the version that the positions were read from, where it may have been revised since; None = the current.
    """

    document: int
    start: int
    end: int
    code: int
    unsure: str | None = None
    negative: bool = False
    exemplar: bool = False
    whose: Whose | None = None
    standing: Standing | None = None
    tense: Tense | None = None
    guid: bytes | None = None
    text: int | None = None


class Segments:
    """The project's coded passages; `project.segments`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # -- making ------------------------------------------------------------------------------------------------------

    def add(
        self,
        document: str | int | Document,
        code: str | int | Code,
        *,
        span: tuple[int, int] | None = None,
        lines: tuple[int, int] | None = None,
        answers: tuple[int, int] | None = None,
        quote: str | None = None,
        **colouring: Any,
    ) -> Segment:
        """Code one passage; where the acting coder has coded the very same passage so, that segment is returned.

        One whose words are the interviewer's alone or nobody's, or of others than the code is meant for, is told to
        `announce`; and so is an answer in which more than one speaks.

        Args:
            document: name or id, or the document itself.
            code: short name or id, or the code itself.
            span: half-open code points of the current text,
            lines: or the first and last citable line,
            answers: or the first and last answer (¶),
            quote: or its words: exactly one of the four.
            colouring: unsure, negative, exemplar, whose, standing, tense (see `model.Segment`).

        Raises:
            NotFoundError: no such document, code, line, answer or words.
            AmbiguousError: the words stand in several places.
            RefusedError: the code is retired or merged, the span does not fit, or there is no such word for whose,
                standing or tense.
        """
        with self._store.transaction():  # the text in which the place is looked up is the text that is coded
            found = Documents(self._store).get(document)
            start, end = self.place(found, span=span, lines=lines, answers=answers, quote=quote)
            new = NewSegment(found.id, start, end, Codes(self._store).get(code).id, **colouring)
            self.add_many([new])
            made = self._made(
                "document = ? AND start = ? AND end = ? AND code = ? AND coder = ? AND until IS NULL",
                (new.document, new.start, new.end, new.code, self._store.viewer),
            )[0]
        self._tell_if_uncounted(made)
        if answers is not None:
            documents = Documents(self._store)
            heard = speakers_in(documents.turns(found), documents.interviewers(found), start, end)
            if told := told_of_several(heard):
                self._store.announce(f"passage {made.id}: {told}")
        return made

    def _tell_if_uncounted(self, segment: Segment) -> None:
        if told := notice(self._store, segment.document, segment.start, segment.end):
            self._store.announce(f"passage {segment.id}: {told}")
        for told, _ in misapplied(self._store, [segment]):
            self._store.announce(f"passage {segment.id}: {told}")

    def place(
        self,
        document: Document,
        *,
        span: tuple[int, int] | None = None,
        lines: tuple[int, int] | None = None,
        answers: tuple[int, int] | None = None,
        quote: str | None = None,
    ) -> tuple[int, int]:
        """Half-open code points of a passage pointed at by span, lines, answers or words (exactly one of the four)."""
        documents = Documents(self._store)
        if [span, lines, answers, quote].count(None) != 3:
            raise RefusedError("say where in exactly one way: span, lines, answers or quote")
        if span is not None:
            return span
        if lines is not None:
            return places.lines_span(documents.body(document), documents.turns(document), *lines)
        if answers is not None:
            return places.answers_span(documents.answers(document), *answers)
        return places.quote_span(documents.body(document), quote or "")

    def add_many(self, new: Sequence[NewSegment]) -> int:
        """Code many passages in one action; those this coder has coded so already are left as they are.

        Returns:
            How many were new.

        Raises:
            RefusedError: a code is retired or merged, or a span does not fit its text; nothing is written.
        """
        with self._store.action("add segments", count=len(new), **_shared(new)) as action:
            rows = self._rows_for(new, action.coder)
            rows.sort(key=itemgetter(slice(1, 6)))
            coded = {document for document in {row[1] for row in rows} if self._has_coded(action.coder, document)}
            fresh = [row for row in rows if row[1] not in coded or not self._is_coded(row[1], *row[3:6], action.coder)]
            once = [row for row, before in zip(fresh, [(), *fresh], strict=False) if row[1:6] != before[1:6]]
            self._store.insert(_INSERT, once)
        return len(once)

    def _has_coded(self, coder: int, document: int) -> bool:
        sql = "SELECT 1 FROM segment WHERE document = ? AND coder = ? AND until IS NULL LIMIT 1"
        return self._store.row(sql, (document, coder)) is not None

    def _is_coded(self, *place_code_coder: int) -> bool:
        sql = (
            "SELECT 1 FROM segment WHERE document = ? AND start = ? AND end = ? AND code = ? AND coder = ? "
            "AND until IS NULL"
        )
        return self._store.connection.execute(sql, place_code_coder).fetchone() is not None

    def _rows_for(self, new: Sequence[NewSegment], coder: int) -> list[tuple[Any, ...]]:
        documents = {each.document for each in new}
        texts = {number: self._text_of(number) for number in documents}
        rounds = {number: Coders(self._store).round_of(number, coder) for number in documents}
        definitions = {code: self._definition_for(code) for code in {each.code for each in new}}
        for whose, standing, tense in {(each.whose, each.standing, each.tense) for each in new}:
            must_be_words(whose=whose, standing=standing, tense=tense)
        rows = []
        for each, guid in zip(new, new_guids(len(new)), strict=True):
            text, length = texts[each.document]
            if each.text not in (None, text):
                raise RefusedError("the text was corrected since you opened it", remedy="Look at it again, then code.")
            if not 0 <= each.start < each.end <= length:
                raise RefusedError(
                    f"a passage from {each.start} to {each.end} does not fit a text of {length} characters"
                )
            rows.append(
                (
                    each.guid or guid, each.document, text, each.start, each.end, each.code, definitions[each.code],
                    coder, rounds[each.document], each.unsure, int(each.negative), int(each.exemplar), each.whose,
                    each.standing, each.tense,
                )
            )  # fmt: skip
        return rows

    def _text_of(self, document: int) -> tuple[int, int]:
        row = self._store.row(
            "SELECT text.id, text.length FROM document JOIN text ON text.id = document.text WHERE document.id = ?",
            (document,),
        )
        if row is None:
            raise NotFoundError(f"there is no document with id {document}")
        return row[0], row[1]

    def _definition_for(self, code: int) -> int:
        found = Codes(self._store).get(code)
        if found.status == "retired":
            standing = Codes(self._store).standing()[code]
            advice = f"Use {Codes(self._store).get(standing).short}." if standing != code else ""
            raise RefusedError(f"{found.short} {found.name} is no longer in use", remedy=advice)
        return Codes(self._store).definition_id(code)

    # -- changing ----------------------------------------------------------------------------------------------------

    def change(self, segment: Segment, **colouring: Any) -> Segment:
        """Change unsure, negative, exemplar, whose, standing or tense of one's own segment.

        Raises:
            RefusedError: it is another coder's, no longer stands, or there is no such word.
        """
        if unknown := set(colouring) - set(_CHANGEABLE):
            raise TypeError(f"a segment has no {', '.join(sorted(unknown))} to change")
        must_be_words(**colouring)
        if not colouring:
            return self.get(segment.id)
        return self._rewrite("change segment", segment, **colouring)

    def recode(self, segment: Segment, code: str) -> Segment:
        """Give one's own segment another code."""
        with self._store.transaction():
            found = Codes(self._store).get(code)
            definition = self._definition_for(found.id)
            return self._rewrite("recode segment", segment, code=found.id, definition=definition)

    def move(self, segment: Segment, start: int, end: int) -> Segment:
        """Move the edges of one's own segment.

        Raises:
            RefusedError: the passage does not fit, or the text was corrected since the segment was read.
        """
        with self._store.transaction():
            text, length = self._text_of(segment.document)
            if text != segment.text:
                raise RefusedError("the text was corrected meanwhile", remedy="Look at the passage again.")
            if not 0 <= start < end <= length:
                raise RefusedError(f"a passage from {start} to {end} does not fit a text of {length} characters")
            return self._rewrite("move segment", segment, start=start, end=end)

    def _rewrite(self, verb: str, segment: Segment, **changes: Any) -> Segment:
        """Change the row as it is now: `segment` may have been read before another program changed it."""
        with self._store.action(verb, segment=segment.id, **_shared([segment])) as action:
            old = self.get(segment.id)
            made = self.get(rounds.change(self._store, "segment", old.id, action.coder, changes))
            if set(changes) - set(_CHANGEABLE):
                self._must_stand_once(made)
            return made

    def _must_stand_once(self, segment: Segment) -> None:
        """A passage that was moved or recoded is not to be coded twice so by one coder."""
        twin = self._store.value(
            "SELECT id FROM segment WHERE document = ? AND start = ? AND end = ? AND code = ? AND coder = ? "
            "AND until IS NULL AND id <> ?",
            (segment.document, segment.start, segment.end, segment.code, segment.coder, segment.id),
        )
        if twin is not None:
            raise RefusedError(
                f"you have coded these words so already: passage {twin}",
                remedy=f"Take one of the two away: qualcode uncode {segment.id}",
            )

    def remove(self, segments: Iterable[Segment]) -> None:
        """Take away one's own segments, in one action, with one's own memos on them.

        Raises:
            RefusedError: one is another coder's, no longer stands, or somebody else has built on it.
        """
        chosen = list(segments)
        with self._store.action("remove segments", count=len(chosen), **_shared(chosen)) as action:
            for each in chosen:
                rounds.remove(self._store, "segment", self.get(each.id).id, action.coder)

    # -- finding -----------------------------------------------------------------------------------------------------

    def get(self, segment: int) -> Segment:
        """The segment of that id (NotFoundError otherwise, or where it may not be seen)."""
        found = self.by_ids([segment])
        if not found:
            raise NotFoundError(f"there is no segment {segment}", remedy="List them: qualcode segments --ids")
        return found[0]

    def by_ids(self, ids: Iterable[int]) -> list[Segment]:
        """The segments of these ids that may be seen, in order of document and place."""
        wanted = list(ids)
        found: list[Segment] = []
        for first in range(0, len(wanted), 500):
            marks = ", ".join("?" * len(wanted[first : first + 500]))
            found += self._made(f"segment.id IN ({marks})", wanted[first : first + 500])
        return sorted(found, key=lambda each: (each.document, each.start, each.end, each.id))

    def _made(self, condition: str, parameters: Sequence[Any] = ()) -> list[Segment]:
        rows = self._store.rows(
            f"SELECT {_COLUMNS} FROM segment WHERE {condition} AND {coding_seen(self._store, 'segment')} "
            "ORDER BY document, start, end, code, coder",
            parameters,
        )
        return [Segment(*(*row[:11], bool(row[11]), bool(row[12]), *row[13:])) for row in rows]

    def of(self, document: Document, coder: str | None = None) -> list[Segment]:
        """The standing segments of one document, by place; of one coder if named."""
        chosen = Coders(self._store).get(coder).id if coder else None
        return self._made("document = ? AND until IS NULL AND (? IS NULL OR coder = ?)", (document.id, chosen, chosen))

    def in_round(self, document: Document, coder: str, number: int) -> list[Segment]:
        """A coder's segments of a document as they stood in a round."""
        return self._made(
            f"document = ? AND coder = ? AND {rounds.IN_ROUND}",
            (document.id, Coders(self._store).get(coder).id, number, number),
        )

    def count(self) -> int:
        """How many segments stand and may be seen."""
        return int(
            self._store.value(
                f"SELECT count(*) FROM segment WHERE until IS NULL AND {coding_seen(self._store, 'segment')}"
            )
        )

    def find(self, wanted: Filter | None = None) -> list[Segment]:
        """The standing segments that fit, by document and place.

        Raises:
            NotFoundError: the filter names a code, coder, person, ... that is not there.
        """
        return Retrieval(self._store, wanted or Filter()).among(self._made)


def _shared(passages: Sequence[NewSegment | Segment]) -> dict[str, int]:
    """The document and the code that all of them have, for the log, so that what was done can be told by name."""
    found = {"document": {each.document for each in passages}, "code": {each.code for each in passages}}
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}
