"""The codebook as a table: each code in the form of MacQueen et al. 1998."""

from qualcode.analysis import crossings, said
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.crossings import Crossing, crossing
from qualcode.analysis.groups import everybody
from qualcode.analysis.outlines import code_head, depths, outline
from qualcode.analysis.theme_tables import own_denominators, own_note, unit_head
from qualcode.errors import InputError
from qualcode.model import Code
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table

_COLUMNS = {
    "kind": "Kind",
    "brief": "Brief definition",
    "full": "Full definition",
    "include": "Include",
    "exclude": "Exclude",
    "example": "Example",
    "applies_to": "Applies to",
}
_USE: tuple[Unit, ...] = ("people", "sources", "references")


def codebook(project: Project, *, use: bool = False, levels: int | None = None, scope: Scope | None = None) -> Table:
    """The codebook: each code with kind, brief and full definition, when to use it and when not, example, applies to.

    Columns in which no code says anything are left out, and told.

    Args:
        project: the study.
        use: also how many people, sources and references each code has.
        levels: how many levels of codes, from the top; None = all.
        scope: which codes; with `use`, also which part of the study, and whose coding.

    Raises:
        NotFoundError: the scope names something that is not there.
        InputError: the scope names a part of the study, and use is not asked for.
    """
    corpus = Corpus(project, scope)
    part = corpus.scope
    if not use and (part.roles or part.waves or part.cases or part.attributes):
        raise InputError(
            "a codebook is the same for every part of the study",
            remedy="Ask for the use of codes too, or leave out roles, waves, cases and attributes.",
        )
    branches = outline(corpus, levels)
    made = crossing(corpus, branches, everybody(corpus), "people")
    counted = [made.in_unit(unit) for unit in _USE] if use else []
    words = {key: [_words(branch.code, key) for branch in branches] for key in _COLUMNS}
    said_of = [key for key in _COLUMNS if any(words[key])]
    heads = (*(Heading(key, _COLUMNS[key]) for key in said_of), *map(unit_head, counted))
    rows = tuple(
        Heading(branch.code.short, code_head(branch), depth=depth)
        for branch, depth in zip(branches, depths(branches), strict=True)
    )
    values = [
        [*(words[key][row] for key in said_of), *(int(each.counts[row, -1]) for each in counted)]
        for row in range(len(branches))
    ]
    places = {row.key: place for place, row in enumerate(rows)}
    by_unit = {each.cells.unit: each for each in counted}

    def opens(row: str, column: str) -> Evidence:
        return by_unit[column].evidence(places[row], -1) if column in by_unit else NOTHING

    own = own_denominators(counted)
    notes = (*own_note(own), *_notes(made, said_of, use=use))
    title = f"Codebook, version {project.codebook_version}"
    return Table("codebook", title, "Code", rows, heads, values, notes, {}, opens, made.read, own)


def _words(code: Code, key: str) -> str | None:
    if key == "kind":
        return code.kind
    if key == "applies_to":
        return ", ".join(code.applies_to) or None
    return str(getattr(code.definition, key)) or None


def _notes(made: Crossing, said_of: list[str], *, use: bool) -> tuple[str, ...]:
    corpus = made.corpus
    silent = [_COLUMNS[key].lower() for key in _COLUMNS if key not in said_of]
    retired = sum(branch.code.status == "retired" for branch in corpus.tree.branches)
    merged = len(corpus.project.codes.all(retired=True)) - len(corpus.tree)
    return (
        *([f"No code has: {', '.join(silent)}."] if silent and made.branches else []),
        *said.left_out(retired, "code is no longer in use and not listed", "codes are no longer in use and not listed"),
        *said.left_out(merged, "code was merged into another and is not listed",
                       "codes were merged into others and are not listed"),
        *(crossings.notes(made) if use else (said.filter_note(corpus), *said.standing_notes(corpus)[1:])),
    )  # fmt: skip
