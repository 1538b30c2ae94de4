"""Text versions, their turns and the files they were read from: written once, never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import count, pairwise, repeat, starmap

from qualcode import spans
from qualcode.errors import RefusedError
from qualcode.model import Turn
from qualcode.project.actions import Store
from qualcode.project.guids import new_guid
from qualcode.project.write_once import digest_of


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text came from: the file's bytes are kept so that nothing is lost by reading it.

    `folder` is the name of the one it lay in, without the way to it, by which two files of one name are told apart.
    """

    name: str
    format: str
    encoding: str
    data: bytes
    folder: str = ""


def body_of(store: Store, text: int) -> str:
    """The words of a text version."""
    return str(store.value("SELECT body FROM text WHERE id = ?", (text,)))


def body_apart(store: Store, text: int) -> str:
    """The words with a sign in place of the line break before who speaks next: no name goes from one into the other."""
    body, turns = body_of(store, text), turns_of(store, text)
    nexts = [each.start for last, each in pairwise(turns) if last.speaker != each.speaker]
    breaks = [start - 1 for start in nexts if body[start - 1] == "\n"]
    return "\0".join(body[start + 1 : end] for start, end in pairwise([-1, *breaks, len(body)]))


def as_said(store: Store, document: int, but: str) -> str:
    """What was said before a document was revised for one reason, and whatever other revisions wrote; in lines.

    Args:
        store: the open project.
        document: id.
        but: the reason of the revisions whose words are left out.
    """
    first, *later = store.rows(
        "SELECT id, body, edits, reason FROM text WHERE document = ? ORDER BY version", (document,)
    )
    labels = {turn.speaker for turn in turns_of(store, first[0])}
    brought = [
        body[edit.start : edit.end]
        for _, body, edits, reason in later
        if reason != but
        for edit in spans.inverse(spans.load_edits(edits))  # where the new words stand in the new text
    ]
    return "\n".join([first[1], *sorted(labels), *brought])


def turns_of(store: Store, text: int) -> tuple[Turn, ...]:
    """The turns of a text version, in order."""
    rows = store.rows("SELECT start, end, speech, speaker FROM turn WHERE text = ? ORDER BY number", (text,))
    return tuple(starmap(Turn, rows))


def cues_of(store: Store, text: int) -> list[tuple[int, int]]:
    """(position, milliseconds) of the time stamps of a text version."""
    return store.rows("SELECT position, milliseconds FROM cue WHERE text = ? ORDER BY position", (text,))


def keep_original(store: Store, source: Source) -> int:
    """Id of a file's row among the originals, written if these bytes are not there under that name."""
    digest = sha256(source.data).digest()
    found = store.value("SELECT id FROM original WHERE sha256 = ? AND name = ?", (digest, source.name))
    if found is not None:
        return int(found)
    made = store.connection.execute(
        "INSERT INTO original(guid, name, format, sha256, bytes, folder) VALUES (?, ?, ?, ?, ?, ?)",
        (new_guid(), source.name, source.format, digest, source.data, source.folder),
    )
    return int(made.lastrowid or 0)


def write_text(
    store: Store,
    document: int,
    version: int,
    body: str,
    turns: Sequence[Turn],
    original: int | None,
    encoding: str,
    edits: str = "[]",
    reason: str = "",
    cues: Iterable[tuple[int, int]] = (),
) -> int:
    """Write a text version with its turns and time stamps, inside an action; returns its id."""
    columns = list(zip(*turns, strict=True)) or [()]  # whole columns: a fifth of the time of row by row
    rows = list(zip(count(1), *columns, strict=False))
    stamps = sorted(dict(cues).items())
    digest = digest_of((document, version, original, edits), rows, stamps)
    made = store.connection.execute(
        "INSERT INTO text(guid, document, version, original, encoding, body, length, sha256, edits, reason, digest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (new_guid(), document, version, original, encoding, body, len(body), _digest(body), edits, reason, digest),
    )
    text = int(made.lastrowid or 0)
    store.insert("INSERT INTO turn", list(zip(repeat(text), count(1), *columns, strict=False)))
    store.connection.executemany("INSERT INTO cue VALUES (?, ?, ?)", ((text, *stamp) for stamp in stamps))
    return text


def _digest(body: str) -> bytes:
    """The text's SHA-256, over its UTF-8 bytes."""
    return sha256(body.encode()).digest()


def check_turns(body: str, turns: Sequence[Turn]) -> None:
    """Refuse turns that do not fit a text, or overlap."""
    reached, length = 0, len(body)
    for start, end, speech, _ in turns:
        if not reached <= start <= speech <= end <= length or start == end:
            raise RefusedError(f"the turns do not fit the text (at {start} to {end} of {length})")
        reached = end
