"""Analyses: each reads a project and returns a `Table` that knows its evidence, or a `Figure` of such a table.

    table = qualcode.analysis.change_model(project)
    table.value("M2a", "P3"), table.evidence("M2a", "P3"), table.quotations("M2a", "P3")

Names are loaded when first used: asking which tables there are costs nothing. A file has another name than the
function in it, since importing a file would put it in the function's place.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qualcode.offers import FIGURES, TABLES, Offer

if TYPE_CHECKING:
    from qualcode.analysis.arrow_lists import arrow_list
    from qualcode.analysis.arrows import Arrow, arrow
    from qualcode.analysis.change_figures import change_model_figure
    from qualcode.analysis.change_models import change_model
    from qualcode.analysis.chosen_quotes import quotes
    from qualcode.analysis.citing import cited
    from qualcode.analysis.claim_lists import claim_list
    from qualcode.analysis.claims import Telling
    from qualcode.analysis.codebooks import codebook
    from qualcode.analysis.completer_tables import completers
    from qualcode.analysis.cooccurrences import co_occurrence
    from qualcode.analysis.counting import Scope
    from qualcode.analysis.data_structures import gioia
    from qualcode.analysis.frameworks import framework, framework_by_wave
    from qualcode.analysis.matrices import case_ordered, role_ordered, themes_by_group, time_ordered
    from qualcode.analysis.moderator_tables import moderators
    from qualcode.analysis.path_tables import paths
    from qualcode.analysis.realist_tables import cmo
    from qualcode.analysis.samples import sample, sample_by_wave
    from qualcode.analysis.saturations import saturation
    from qualcode.analysis.table_figures import gioia_figure, saturation_figure
    from qualcode.analysis.theme_tables import themes, tree
    from qualcode.analysis.thread_tables import threads
    from qualcode.analysis.word_tables import words

__all__ = [
    "FIGURES",
    "TABLES",
    "Arrow",
    "Offer",
    "Scope",
    "Telling",
    "arrow",
    "arrow_list",
    "case_ordered",
    "change_model",
    "change_model_figure",
    "cited",
    "claim_list",
    "cmo",
    "co_occurrence",
    "codebook",
    "completers",
    "framework",
    "framework_by_wave",
    "gioia",
    "gioia_figure",
    "moderators",
    "paths",
    "quotes",
    "role_ordered",
    "sample",
    "sample_by_wave",
    "saturation",
    "saturation_figure",
    "themes",
    "themes_by_group",
    "threads",
    "time_ordered",
    "tree",
    "words",
]

_OFFERED = (offer.home.partition(":") for offer in (*TABLES.values(), *FIGURES.values()))
_HOMES = {
    **{function: module for module, _, function in _OFFERED if module.startswith("qualcode.analysis.")},
    "Arrow": "qualcode.analysis.arrows",
    "Scope": "qualcode.analysis.counting",
    "Telling": "qualcode.analysis.claims",
    "arrow": "qualcode.analysis.arrows",
    "cited": "qualcode.analysis.citing",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'qualcode.analysis' has no attribute {name!r}")
