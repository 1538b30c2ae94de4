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
    from qualcode.analysis.arrow_lists import arrow_list
    from qualcode.analysis.arrows import Arrow, arrow
    from qualcode.analysis.change_models import change_model
    from qualcode.analysis.claim_lists import claim_list
    from qualcode.analysis.counting import Scope
    from qualcode.analysis.moderator_tables import moderators
    from qualcode.analysis.path_tables import paths
    from qualcode.analysis.realist_tables import cmo
    from qualcode.analysis.samples import sample
    from qualcode.analysis.thread_tables import threads

__all__ = [
    "TABLES",
    "Arrow",
    "Offer",
    "Scope",
    "arrow",
    "arrow_list",
    "change_model",
    "claim_list",
    "cmo",
    "moderators",
    "paths",
    "sample",
    "threads",
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
    "change-model": Offer(
        "qualcode.analysis.change_models:change_model",
        "what leads to what: mechanisms, rival explanations and outcomes by outcomes, from claims",
        "change model",
    ),
    "arrows": Offer(
        "qualcode.analysis.arrow_lists:arrow_list",
        "the change model as a long table: each arrow with who claims it, which way, and pinned quotes",
        "change model",
    ),
    "claims": Offer(
        "qualcode.analysis.claim_lists:claim_list",
        "every claim: from, to, direction, who, how they know, and what supports or contradicts it",
        "change model",
    ),
    "paths": Offer(
        "qualcode.analysis.path_tables:paths",
        "mechanism to process outcome to downstream outcome: who claims each arrow, and how few carry it",
        "change model",
    ),
    "threads": Offer(
        "qualcode.analysis.thread_tables:threads",
        "who tells a whole path, in one telling or across waves",
        "change model",
    ),
    "cmo": Offer(
        "qualcode.analysis.realist_tables:cmo",
        "context + mechanism to outcome: claims with the contexts of the same answer",
        "realist evaluation",
    ),
    "moderators": Offer(
        "qualcode.analysis.moderator_tables:moderators",
        "what moderators are said to do, by role, and rivals beside what they compete with",
        "change model",
    ),
}
"""Name on the command line -> what stands behind it, in the order of a paper."""

_HOMES = {
    "Arrow": "qualcode.analysis.arrows",
    "Scope": "qualcode.analysis.counting",
    "arrow": "qualcode.analysis.arrows",
    "arrow_list": "qualcode.analysis.arrow_lists",
    "claim_list": "qualcode.analysis.claim_lists",
    "change_model": "qualcode.analysis.change_models",
    "cmo": "qualcode.analysis.realist_tables",
    "moderators": "qualcode.analysis.moderator_tables",
    "paths": "qualcode.analysis.path_tables",
    "threads": "qualcode.analysis.thread_tables",
    "sample": "qualcode.analysis.samples",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'qualcode.analysis' has no attribute {name!r}")
