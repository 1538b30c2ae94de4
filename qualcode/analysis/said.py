"""What an analysis says about itself below its table: whose coding, which part of the study, as of when."""

from datetime import datetime

import numpy as np

from qualcode.analysis.claims import Claims
from qualcode.analysis.counting import Corpus
from qualcode.analysis.speech import Mask
from qualcode.project import Project
from qualcode.project.columns import Array
from qualcode.project.visibility import blind_documents


def layer_notes(corpus: Corpus, coded: Array, doing: str) -> list[str]:
    """Whose coding is counted, and in how many documents there is none, or it is silent while another's is not.

    Args:
        corpus: the project under its scope.
        coded: all coding of the kind that is counted (segments or claims), of all coders.
        doing: what the others did, "made claims".
    """
    coder = corpus.scope.coder
    if coder is None:
        notes = ["Layer: consensus where complete, else each document's lead coder."]
    else:
        notes = [f"Layer: the coding of {corpus.project.coders.get(coder).short}."]
    silent = _silent_documents(corpus, coded)
    if silent:
        notes.append(f"In {_several(silent, 'document')} another coder {doing}, but not the one whose coding counts.")
    hidden = _hidden_documents(corpus)
    uncoded, documents = _uncoded_documents(corpus, hidden), _several(len(corpus.documents), "document")
    if uncoded:
        notes.append(f"{uncoded} of {documents} {'has' if uncoded == 1 else 'have'} no coding in this layer yet.")
    if hidden.any():
        blind = _several(int(np.count_nonzero(hidden)), "document")
        notes.append(f"{blind} not counted: coded blind by somebody else until all have finished.")
    return notes


def _uncoded_documents(corpus: Corpus, hidden: Mask) -> int:
    """How many documents of the scope the layer's coder has not coded, which is not to say that nothing is in them."""
    return int(np.count_nonzero(~(hidden | corpus.coded)[corpus.documents]))


def _silent_documents(corpus: Corpus, coded: Array) -> int:
    document, counted = corpus.whose(coded)
    coders, layer = np.zeros(len(corpus.document_ids), np.bool_), np.zeros(len(corpus.document_ids), np.bool_)
    coders[document] = True
    layer[document[counted]] = True
    return int(np.count_nonzero(coders & ~layer & corpus.in_waves))


def _hidden_documents(corpus: Corpus) -> Mask:
    viewer = corpus.project.store.viewer
    blind = np.isin(corpus.document_ids, blind_documents(corpus.project.store))
    return np.asarray(blind & (corpus.layer != viewer) & corpus.in_waves, dtype=np.bool_)


def claim_notes(claims: Claims) -> list[str]:
    """Which claims were left out, and why."""
    cells = claims.cells
    return [
        *left_out(claims.hoped, "claim is hoped for and does not count", "claims are hoped for and do not count"),
        *left_out(claims.merged, "claim leads from a code to itself since codes were merged, and does not count",
                  "claims lead from a code to itself since codes were merged, and do not count"),
        *left_out(cells.beyond, "claim does not count: a code in it applies to none of its speakers",
                  "claims do not count: a code in them applies to none of their speakers"),
        *unknown_notes(cells.corpus, cells.corpus.tree.marked((*cells.rows, *cells.columns))),
    ]  # fmt: skip


def unborne_note(number: int, thing: str, unit: str) -> list[str]:
    """How many claims or passages no person (or case) stands behind; columns of sources and references have them."""
    by_case = unit == "cases"
    whom, known = ("case", "case is known of who speaks") if by_case else ("person", "participant is known to speak")
    return left_out(
        number,
        f"{thing} counts for no {whom}, but is in sources and references: no {known} in it",
        f"{thing}s count for no {whom}, but are in sources and references: no {known} in them",
    )


def filter_note(corpus: Corpus, *more: str) -> str:
    """Which part of the study is counted."""
    scope = corpus.scope
    named = (("roles", scope.roles), ("waves", scope.waves), ("cases", scope.cases))
    parts = [f"{name} {', '.join(values)}" for name, values in named if values]
    parts += [
        f"{name} {' or '.join(value for other, value in scope.attributes if other == name)}"
        for name in dict.fromkeys(name for name, _ in scope.attributes)
    ]
    if scope.codes:
        parts.append(f"codes {', '.join(scope.codes)}")
    return f"Filter: {'; '.join([*parts, *more]) or 'none'}."


def unknown_notes(corpus: Corpus, codes: Mask) -> list[str]:
    """For each name that codes of the mask apply to and that is no role and no wave: it restricts nothing."""
    by_name: dict[str, list[str]] = {}
    for short, name in corpus.unknown(codes):
        by_name.setdefault(name, []).append(short)
    return [
        f"{', '.join(shorts)} {'applies' if len(shorts) == 1 else 'apply'} to {name}, which is no role or wave here: "
        "not restricted by it."
        for name, shorts in by_name.items()
    ]


def standing_notes(corpus: Corpus) -> list[str]:
    """The codebook's version and the date of the last change in the project."""
    return project_notes(corpus.project)


def project_notes(project: Project) -> list[str]:
    """The same, where nothing but the project is at hand."""
    last = project.history.last_change()
    moment = f"{datetime.fromisoformat(last):%Y-%m-%d %H:%M} UTC" if last else "never"
    return [f"Codebook version {project.codebook_version}.", f"Last change in the project: {moment}."]


def left_out(number: int, one: str, many: str) -> list[str]:
    """A sentence if something was left out, none otherwise."""
    return [f"{number} {one if number == 1 else many}."] if number else []


def _several(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
