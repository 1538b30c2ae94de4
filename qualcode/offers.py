"""Which tables and figures can be asked for by name, whichever room makes them: names alone, nothing is loaded."""

from dataclasses import dataclass


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
    "words": Offer(
        "qualcode.analysis.word_tables:words",
        "words people say: how often, by how many, how evenly; or two groups' words compared, with effect sizes",
        "every study",
    ),
    "agreement": Offer(
        "qualcode.agreement.report:agreement",
        "how far coders agree, code by code: kappa, alpha with its interval, F1, prevalence",
        "several coders",
    ),
}
"""Name on the command line -> what stands behind it, in the order of a paper."""

FIGURES: dict[str, Offer] = {
    "change-model": Offer(
        "qualcode.analysis.change_figures:change_model_figure",
        "mechanisms, process outcomes and downstream outcomes, and the arrows between them, from claims",
        "change model",
    ),
    "gioia": Offer(
        "qualcode.analysis.table_figures:gioia_figure",
        "the data structure: concepts drawn together into themes, and these into dimensions",
        "grounded theory",
    ),
    "saturation": Offer(
        "qualcode.analysis.table_figures:saturation_figure",
        "the curve: new codes in each interview, and codes so far",
        "grounded theory",
    ),
    "forest": Offer(
        "qualcode.agreement.figures:forest",
        "agreement by code: alpha with its interval, highest first",
        "several coders",
    ),
    "barcode": Offer(
        "qualcode.agreement.figures:barcode",
        "where each coder gave a code, document by document, a lane a coder",
        "several coders",
    ),
}
"""The same for figures; the functions return a `Figure`."""
