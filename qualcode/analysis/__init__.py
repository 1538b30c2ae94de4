"""Analyses: each reads a project and returns a `Table` that knows its evidence.

    table = qualcode.analysis.change_model(project)
    table.value("M2a", "P3"), table.evidence("M2a", "P3"), table.quotations("M2a", "P3")

Names are loaded when first used: asking which tables there are costs nothing. A file has another name than the
function in it, since importing a file would put it in the function's place.
"""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcode.analysis.arrows import Arrow, arrow
    from qualcode.analysis.change_models import change_model
    from qualcode.analysis.cooccurrences import co_occurrence
    from qualcode.analysis.counting import Scope
    from qualcode.analysis.data_structures import gioia
    from qualcode.analysis.frameworks import framework, framework_by_wave
    from qualcode.analysis.samples import sample
    from qualcode.analysis.saturations import saturation

__all__ = [
    "TABLES",
    "Arrow",
    "Offer",
    "Scope",
    "arrow",
    "change_model",
    "co_occurrence",
    "framework",
    "framework_by_wave",
    "gioia",
    "sample",
    "saturation",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """A table that can be asked for by name.

    Attributes:
        home: "module:function"; the function takes a project and keyword options, and returns a `Table`.
        shows: what is in it, in one line.
        need: which kind of study prints it.
    """

    home: str
    shows: str
    need: str


TABLES: dict[str, Offer] = {
    "sample": Offer("qualcode.analysis.samples:sample", "who was interviewed: people by case and role", "every study"),
    "framework": Offer(
        "qualcode.analysis.frameworks:framework",
        "what the analyst wrote of each person or case and theme, and what is still to be charted",
        "framework analysis",
    ),
    "framework-by-wave": Offer(
        "qualcode.analysis.frameworks:framework_by_wave",
        "the same with the waves side by side, and what changed where the analyst wrote it",
        "framework analysis",
    ),
    "change-model": Offer(
        "qualcode.analysis.change_models:change_model",
        "what leads to what: mechanisms, rival explanations and outcomes by outcomes, from claims",
        "change model",
    ),
    "gioia": Offer(
        "qualcode.analysis.data_structures:gioia",
        "1st-order concepts, 2nd-order themes, aggregate dimensions, with people, references and pinned quotes",
        "grounded theory",
    ),
    "co-occurrence": Offer(
        "qualcode.analysis.cooccurrences:co_occurrence",
        "which codes stand together in answers, documents or the same words, with the c-coefficient",
        "every study",
    ),
    "saturation": Offer(
        "qualcode.analysis.saturations:saturation",
        "new codes by interview, and when they stop coming (Guest, Namey & Chen 2020)",
        "grounded theory",
    ),
}
"""Name on the command line -> what stands behind it, in the order of a paper."""

_HOMES = {
    "Arrow": "qualcode.analysis.arrows",
    "Scope": "qualcode.analysis.counting",
    "arrow": "qualcode.analysis.arrows",
    "change_model": "qualcode.analysis.change_models",
    "co_occurrence": "qualcode.analysis.cooccurrences",
    "framework": "qualcode.analysis.frameworks",
    "framework_by_wave": "qualcode.analysis.frameworks",
    "gioia": "qualcode.analysis.data_structures",
    "sample": "qualcode.analysis.samples",
    "saturation": "qualcode.analysis.saturations",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'qualcode.analysis' has no attribute {name!r}")
