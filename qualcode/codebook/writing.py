"""A codebook written as YAML for people."""

from textwrap import indent

from qualcode.codebook.frames import PROSE, Codebook, CodebookCode
from qualcode.model import KINDS, Kind
from qualcode.plain_yaml import write


def dump(codebook: Codebook) -> str:
    """Write a codebook as YAML for people: children inside their parents, long texts folded.

    `loads(dump(codebook), "") == codebook` for any codebook that `loads` could have returned. The same codebook
    is always the same text.

    Raises:
        ValueError: a code's parent is not in the codebook.
    """
    ids = {code.id for code in codebook.codes}
    if lost := [code.id for code in codebook.codes if code.parent is not None and code.parent not in ids]:
        raise ValueError(f"codes whose parent is not in the codebook: {', '.join(lost)}")
    own_kinds = tuple(dict.fromkeys(code.kind for code in codebook.codes if code.kind not in KINDS))
    head: dict[str, object] = {
        "codebook": codebook.name,
        "title": codebook.title,
        "provenance": codebook.provenance,
        "kinds": own_kinds,
    }
    children: dict[str | None, list[CodebookCode]] = {}
    for code in codebook.codes:
        children.setdefault(code.parent, []).append(code)
    top = [indent(write([_code_fields(code, None, children)]), "  ") for code in children.get(None, [])]
    return write(_stated(head)) + ("codes:\n" + "\n".join(top) if top else "codes: []\n")


def _code_fields(
    code: CodebookCode, parent_kind: Kind | None, children: dict[str | None, list[CodebookCode]]
) -> dict[str, object]:
    inherited = parent_kind or "code"
    listed: dict[str, object] = {
        "id": code.id,
        "name": code.name,
        "kind": "" if code.kind == inherited else code.kind,
        **{label: getattr(code.definition, name) for label, name in PROSE.items()},
        "valence": "" if code.valence == "neutral" else code.valence,
        "leads_to": code.leads_to,
        "axial": code.axial,
        "applies_to": code.applies_to,
        "colour": code.colour,
        "key": code.key,
        "stage": code.stage,
        "in_vivo": "yes" if code.in_vivo else "",
        "codes": [_code_fields(child, code.kind, children) for child in children.get(code.id, [])],
    }
    return _stated(listed)


def _stated(listed: dict[str, object]) -> dict[str, object]:
    return {label: value for label, value in listed.items() if value}
