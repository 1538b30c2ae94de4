"""Analyses: each reads a project and returns a `Table` that knows its evidence, or a `Figure` that shows one.

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
    from qualcode.analysis.change_figures import change_model_figure
    from qualcode.analysis.change_models import change_model
    from qualcode.analysis.chosen_quotes import quotes
    from qualcode.analysis.citing import cited
    from qualcode.analysis.codebooks import codebook
    from qualcode.analysis.completer_tables import completers
    from qualcode.analysis.cooccurrences import co_occurrence
    from qualcode.analysis.counting import Scope
    from qualcode.analysis.data_structures import gioia
    from qualcode.analysis.frameworks import framework, framework_by_wave
    from qualcode.analysis.matrices import case_ordered, role_ordered, themes_by_group, time_ordered
    from qualcode.analysis.samples import sample, sample_by_wave
    from qualcode.analysis.saturations import saturation
    from qualcode.analysis.theme_tables import themes, tree

__all__ = [
    "FIGURES",
    "TABLES",
    "Arrow",
    "Offer",
    "Scope",
    "arrow",
    "case_ordered",
    "change_model",
    "change_model_figure",
    "cited",
    "co_occurrence",
    "codebook",
    "completers",
    "framework",
    "framework_by_wave",
    "gioia",
    "quotes",
    "role_ordered",
    "sample",
    "sample_by_wave",
    "saturation",
    "themes",
    "themes_by_group",
    "time_ordered",
    "tree",
]


@dataclass(frozen=True, slots=True)
class Offer:
    """A table or figure that can be asked for by name.

    Attributes:
        home: "module:function"; the function takes a project and keyword options, and returns a `Table` or a
            `Figure`.
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
    "quotes": Offer("qualcode.analysis.chosen_quotes:quotes", "pinned quotes by code, with citations", "every study"),
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

FIGURES: dict[str, Offer] = {
    "change-model": Offer(
        "qualcode.analysis.change_figures:change_model_figure",
        "mechanisms, process outcomes and downstream outcomes, and the arrows between them, from claims",
        "change model",
    ),
}
"""The same for figures; the functions return a `Figure`."""

_HOMES = {
    "Arrow": "qualcode.analysis.arrows",
    "Scope": "qualcode.analysis.counting",
    "arrow": "qualcode.analysis.arrows",
    "change_model": "qualcode.analysis.change_models",
    "change_model_figure": "qualcode.analysis.change_figures",
    "cited": "qualcode.analysis.citing",
    "quotes": "qualcode.analysis.chosen_quotes",
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
    "co_occurrence": "qualcode.analysis.cooccurrences",
    "framework": "qualcode.analysis.frameworks",
    "framework_by_wave": "qualcode.analysis.frameworks",
    "gioia": "qualcode.analysis.data_structures",
    "saturation": "qualcode.analysis.saturations",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'qualcode.analysis' has no attribute {name!r}")
