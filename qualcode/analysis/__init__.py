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
    from qualcode.analysis.codebooks import codebook
    from qualcode.analysis.completer_tables import completers
    from qualcode.analysis.counting import Scope
    from qualcode.analysis.matrices import case_ordered, role_ordered, themes_by_group, time_ordered
    from qualcode.analysis.samples import sample, sample_by_wave
    from qualcode.analysis.theme_tables import themes, tree

__all__ = [
    "TABLES",
    "Arrow",
    "Offer",
    "Scope",
    "arrow",
    "case_ordered",
    "change_model",
    "codebook",
    "completers",
    "role_ordered",
    "sample",
    "sample_by_wave",
    "themes",
    "themes_by_group",
    "time_ordered",
    "tree",
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
    "sample-by-wave": Offer(
        "qualcode.analysis.samples:sample_by_wave", "people and documents by case and wave", "several waves"
    ),
    "completers": Offer(
        "qualcode.analysis.completer_tables:completers",
        "who stayed: people by the pattern of waves at which they were interviewed",
        "several waves",
    ),
    "codebook": Offer(
        "qualcode.analysis.codebooks:codebook",
        "the codebook: definitions, when to use a code and when not, example, applies to",
        "every study",
    ),
    "themes": Offer(
        "qualcode.analysis.theme_tables:themes",
        "themes and sub-themes: definition, people, sources, references, pinned quote",
        "every study",
    ),
    "tree": Offer(
        "qualcode.analysis.theme_tables:tree", "the code tree with its sources and references", "every study"
    ),
    "themes-by-group": Offer(
        "qualcode.analysis.matrices:themes_by_group",
        "themes by case, role, wave or any attribute: n (%)",
        "framework analysis, process evaluation",
    ),
    "role-ordered": Offer(
        "qualcode.analysis.matrices:role_ordered", "role-ordered matrix: roles by themes", "every study"
    ),
    "case-ordered": Offer(
        "qualcode.analysis.matrices:case_ordered",
        "case-ordered meta-matrix: a row a case, a column a theme, sorted by an attribute or a code's strength",
        "comparison of cases",
    ),
    "time-ordered": Offer(
        "qualcode.analysis.matrices:time_ordered",
        "time-ordered matrix: themes by wave, of all and of those interviewed at every wave",
        "several waves",
    ),
    "change-model": Offer(
        "qualcode.analysis.change_models:change_model",
        "what leads to what: mechanisms, rival explanations and outcomes by outcomes, from claims",
        "change model",
    ),
}
"""Name on the command line -> what stands behind it, in the order of a paper."""

_HOMES = {
    "Arrow": "qualcode.analysis.arrows",
    "Scope": "qualcode.analysis.counting",
    "arrow": "qualcode.analysis.arrows",
    "change_model": "qualcode.analysis.change_models",
    "case_ordered": "qualcode.analysis.matrices",
    "codebook": "qualcode.analysis.codebooks",
    "completers": "qualcode.analysis.completer_tables",
    "role_ordered": "qualcode.analysis.matrices",
    "sample": "qualcode.analysis.samples",
    "sample_by_wave": "qualcode.analysis.samples",
    "themes": "qualcode.analysis.theme_tables",
    "themes_by_group": "qualcode.analysis.matrices",
    "time_ordered": "qualcode.analysis.matrices",
    "tree": "qualcode.analysis.theme_tables",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'qualcode.analysis' has no attribute {name!r}")
