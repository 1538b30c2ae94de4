"""What is said of a code, field by field, as it stands in the form beside the tree. No Textual in here."""

from dataclasses import dataclass

from qualcode.codebook import Codebook, CodebookCode, diff
from qualcode.model import AXIAL, Code, Definition
from qualcode.project import Project
from qualcode.tui.desk import Frame
from qualcode.tui.layout import Layout
from qualcode.visible import counted, visible_line

PROSE = ("brief", "full", "include", "exclude", "example")
"""The parts of a definition."""

_PARTS = (
    ("brief", "brief"), ("full", "definition"), ("include", "include"), ("exclude", "exclude"), ("example", "example"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One thing said of a code.

    Attributes:
        key: what it is; "version 2" is a version of the definition.
        label: what stands before it.
        words: as stored; "" = nothing is said.
        is_fixed: it cannot be changed here, at most opened.
    """

    key: str
    label: str
    words: str
    is_fixed: bool = False


def fields_of(project: Project, frame: Frame, code: Code, used: str) -> list[Field]:
    """All fields of a code; what it means comes first."""
    status = []
    if code.merged_into is not None:
        into = frame.code(code.id)
        status = [
            Field("status", "merged", f"into {into.short} {into.name}; d lets it stand for itself", is_fixed=True)
        ]
    elif code.status == "retired":
        status = [Field("status", "retired", "not in use; d brings it back", is_fixed=True)]
    meant = [Field(part, label, getattr(code.definition, part)) for part, label in _PARTS]
    return [
        Field("name", "name", code.name),
        *status,
        *meant,
        Field("leads_to", "leads to", ", ".join(_named(frame, short) for short in code.leads_to)),
        Field("led_to", "led to by", ", ".join(_leading(frame, code)), is_fixed=True),
        Field("axial", "axial", ", ".join(code.axial)),
        *([Field("paradigm", "paradigm", paradigm, is_fixed=True)] if (paradigm := _paradigm(frame, code)) else []),
        Field("applies_to", "applies to", " ".join(code.applies_to)),
        Field("kind", "kind", code.kind),
        Field("valence", "valence", code.valence),
        Field("stage", "stage", code.stage),
        Field("colour", "colour", code.colour),
        Field("key", "key", code.key),
        Field("in_vivo", "in vivo", "the participants' own words" if code.in_vivo else ""),
        Field("short", "id", code.short),
        Field("passages", "passages", used, is_fixed=True),
        *_versions(project, code),
    ]


def _named(frame: Frame, short: str) -> str:
    code = next((each for each in frame.by_id.values() if each.short == short), None)
    return f"{short} {code.name}" if code else short


def _leading(frame: Frame, code: Code) -> list[str]:
    return [f"{each.short} {each.name}" for each in frame.codes if code.short in each.leads_to]


def _paradigm(frame: Frame, code: Code) -> str:
    """What stands about a phenomenon, slot by slot: "context: OUT; strategy: JOKE, SMILE"."""
    slots = {slot: [each.short for each in frame.codes if f"{slot} of {code.short}" in each.axial] for slot in AXIAL}
    return "; ".join(f"{slot}: {', '.join(shorts)}" for slot, shorts in slots.items() if shorts)


def _versions(project: Project, code: Code) -> list[Field]:
    """The versions of the definition, the one in force first, each with what changed in it."""
    found, before = [], None
    for version, of_codebook, definition in project.codes.history(code):
        what = "first said" if before is None else changed_parts(before, definition) or "as before"
        label = f"v{version}"
        found.append(Field(f"version {version}", label, f"codebook version {of_codebook}: {what}", is_fixed=True))
        before = definition
    return found[::-1]


def changed_parts(before: Definition, after: Definition) -> str:
    """What changed between two versions: "include rewritten, exclude added"."""
    old, new = (Codebook("", codes=(CodebookCode("x", "x", definition=each),)) for each in (before, after))
    return ", ".join(change.what.partition(": ")[2] for change in diff(old, new))


def use(number: int, own: int) -> str:
    """The passages of a code, and how many of them are one's own."""
    return f"{counted(number, 'passage')}, {own} of them yours" if number else "none yet"


# -- drawn -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of the form: the number of its field, the field's label in its first line, and words safe to show."""

    field: int
    label: str
    words: str


def form_lines(fields: list[Field], width: int) -> list[FormLine]:
    """The fields wrapped to a width of words; every field has at least one line."""
    lines: list[FormLine] = []
    for number, field in enumerate(fields):
        layout = Layout(field.words.strip(), max(8, width))
        for row in range(len(layout)):
            words = visible_line(layout.shown(*layout.drawn(row)))
            lines.append(FormLine(number, field.label if row == 0 else "", words))
    return lines
