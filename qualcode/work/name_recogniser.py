"""The entity recogniser as one more proposer of names: it reads the parsed texts, and parses those that are not yet.

candidates(project, (*PROPOSERS, recogniser(pipeline_for(project))))
"""

from collections.abc import Callable, Iterator

from qualcode.language.entities import Recogniser, must_recognise
from qualcode.language.parsing import Progress
from qualcode.language.pipelines import Pipeline
from qualcode.project import Project
from qualcode.work.generic_labels import names_nobody
from qualcode.work.name_proposals import Proposal, Proposer
from qualcode.work.parse_texts import parse_texts
from qualcode.work.pseudonymise import occurrence

RECOGNISER = "entity recogniser"
"""What its proposals name as their proposer."""


def recogniser(pipeline: Pipeline, tell: Callable[[Progress], None] = lambda _progress: None) -> Proposer:
    """What proposes all that a pipeline takes for a name of a person, a place or an organisation.

    Args:
        pipeline: of the project, see `parse_texts.pipeline_for`.
        tell: hears how far the parsing is; what it raises ends the work, and what is parsed is kept.

    Raises:
        MissingExtraError, RefusedError: there is no model, or one without a recogniser; the remedy says what to do.
    """
    must_recognise(pipeline)

    def proposed(project: Project) -> Iterator[Proposal]:
        for progress in parse_texts(project, pipeline):
            tell(progress)
        yield from _recognised(project, pipeline)

    return proposed


def _recognised(project: Project, pipeline: Pipeline) -> Iterator[Proposal]:
    found = Recogniser(pipeline)
    digests, roles = project.documents.digests(), project.roles.all()
    for document in project.documents:
        body, turns = project.documents.body(document), project.documents.turns(document)
        for each in found.entities(digests[document.id], body, turns):
            place = occurrence(document, body, each.start, each.end)
            if not names_nobody(place.words, roles):
                why = f"{pipeline.told} takes it for a name"
                yield Proposal(
                    document, each.start, each.end, place.words, each.kind, RECOGNISER, why, place.before, place.after
                )
