"""How names, their places, and what replacing them will change are told. No Textual in here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.segment import Segment as Piece
from rich.text import Text

from qualcode.model import KnownName
from qualcode.project.naming import folded
from qualcode.report.widths import cell_width, padded, shortened
from qualcode.tui.retrieved import Listing
from qualcode.tui.themes import Ink
from qualcode.visible import counted, visible_line
from qualcode.work.name_proposals import Proposal
from qualcode.work.name_review import STATES, Entry, Place
from qualcode.work.pseudonymise import ListReplaced

_SIGNS: Mapping[str, str] = {"open": "?", "listed": "→", "replaced": "✓", "stays": "·"}
_SHOWN = 40
"""So many names are listed before all are replaced."""


@dataclass(frozen=True, slots=True)
class Shown:
    """By what the names are narrowed down; "" = not by this."""

    state: str = ""
    source: str = ""
    kind: str = ""
    words: str = ""

    def has(self, entry: Entry) -> bool:
        """Whether a name is to be shown."""
        return (
            self.state in ("", STATES[entry.state])
            and (not self.source or any(self.source in each for each in entry.sources))
            and self.kind in ("", entry.kind)
            and folded(self.words) in entry.key
        )

    @property
    def told(self) -> str:
        """In words."""
        return " · ".join(filter(None, (self.state, self.source, self.kind, self.words)))


def by_state(entries: Sequence[Entry]) -> Listing[Entry]:
    """Under what was decided of them, with their numbers; the entries come in that order."""
    rows: list[int | str] = []
    place = 0
    for state, some in groupby(entries, key=lambda each: each.state):
        count = len(list(some))
        rows += [f"{STATES[state].capitalize()}   {count:,}", *range(place, place + count)]
        place += count
    return Listing(entries, rows)


def name_row(entry: Entry, width: int, ink: Ink) -> list[Piece]:
    """What was decided, the name, how often it stands, what stands for it, and who proposes it."""
    room = max(8, min(20, width // 3))
    pseudonym = visible_line(entry.pseudonym) if entry.state != "stays" else ""
    left = max(0, width - 2 * room - 9)
    style = "quiet" if entry.state in ("replaced", "stays") else "text"
    return [
        Piece(f"{_SIGNS[entry.state]} ", ink.style("good" if entry.state == "replaced" else "accent")),
        Piece(padded(shortened(visible_line(entry.words), room), room), ink.style(style)),
        Piece(f"{len(entry.places):>5,} ", ink.style("quiet")),
        Piece(padded(shortened(pseudonym, room), room), ink.style("label" if entry.state == "listed" else style)),
        Piece(f" {shortened(visible_line(', '.join(entry.sources)), left)}" if left > 6 else "", ink.style("quiet")),
    ]


def in_full(entry: Entry, ink: Ink) -> Text:
    """What is known of a name; its places are told apart."""
    text = Text()
    text.append(visible_line(entry.words), ink.words("head"))
    if entry.state != "stays":
        text.append(f" → {visible_line(entry.pseudonym)}", ink.words("label"))
    text.append(f"   {entry.kind}, {STATES[entry.state]}\n", ink.words("text"))
    documents = len({each.document.id for each in entry.places})
    text.append(f"{counted(len(entry.places), 'place')} in {counted(documents, 'document')}", ink.words("text"))
    text.append(f"   by: {visible_line(', '.join(entry.sources))}", ink.words("quiet"))
    why = next((each.why for each in entry.places if isinstance(each, Proposal)), "")
    text.append(f"\n{visible_line(why)}" if why else "", ink.words("quiet"))
    small = sum(each.words == each.words.lower() for each in entry.places)
    if small and entry.words != entry.words.lower():
        text.append(f"\n{small} written small: perhaps a word and no name", ink.words("warn"))
    return text


def place_row(place: Place, width: int, ink: Ink) -> list[Piece]:
    """A place with its document and what stands around it."""
    room = max(8, min(20, width // 4))
    name = padded(shortened(visible_line(place.document.name), room), room)
    before, words, after = map(visible_line, (place.before, place.words, place.after))
    room = max(6, (width - cell_width(name) - cell_width(words) - 3) // 2)
    return [
        Piece(f" {name} ", ink.style("quiet")),
        Piece(shortened(before[::-1], room)[::-1], ink.style("asked")),
        Piece(words, ink.style("text", "hit")),
        Piece(after, ink.style("asked")),
    ]


def statement(known: Sequence[KnownName], foreseen: ListReplaced, one_for_two: Sequence[str]) -> list[tuple[str, str]]:
    """What will change where all names of the list are replaced: (words, ink), a newline by itself."""
    places, end = sum(foreseen.places.values()), ("\n", "text")
    documents = counted(len(foreseen.revisions), "document")
    kept, lost = sum(each.carried for each in foreseen.revisions), sum(len(each.lost) for each in foreseen.revisions)
    told = [("Replace all accepted names now", "head"), end, end]
    told += [(f"{counted(places, 'place')} in {documents}, as one action", "label"), end]
    told += [(f"coded passages, claims and marks that stay on their words: {kept:,}", "text"), end]
    for mixed in one_for_two:
        told += [(mixed, "warn"), end]
    if lost:
        told += [(f"{counted(lost, 'passage')} cannot be carried along", "warn"), end]
    told += [end]
    said = [each for each in known if foreseen.places.get(each.id)]
    for each in said[:_SHOWN]:
        told += [(f"  {each.name} → ", "asked"), (each.pseudonym, "label")]
        told += [(f"   {foreseen.places[each.id]:,}", "quiet"), end]
    if len(said) > _SHOWN:
        told += [(f"  and {len(said) - _SHOWN} more", "quiet"), end]
    left = "What nobody found stays as it is. Earlier versions of the texts and the original files keep the names until"
    return [*told, end, (f"{left} qualcode seal takes them out.", "quiet")]
