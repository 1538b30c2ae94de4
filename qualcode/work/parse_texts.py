"""A project's texts parsed, each once, into the user's cache; and with which pipeline.

    for progress in parse_texts(project, pipeline_for(project)): ...

Which pipeline a project is parsed with stands in the user's settings by the project's path: it is a matter of what is
installed on this computer, and no part of the study.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from qualcode import settings
from qualcode.language.parsing import Progress, Text, parse
from qualcode.language.pipelines import Choice, Pipeline, is_path, resolve
from qualcode.project import Project


def chosen(project: Project) -> Choice:
    """What the user chose for a project; "auto" and English unless said otherwise."""
    return chosen_at(project.path)


def chosen_at(path: Path) -> Choice:
    """What the user chose for the project at a path, which need not be open for it."""
    known = {each: Choice(pipeline, language) for each, pipeline, language in settings.load().pipelines}
    return known.get(str(path.resolve()), Choice())


def choose(project: Project, choice: Choice) -> Pipeline:
    """Remember a choice for a project; returns the pipeline that it comes to.

    Raises:
        NotFoundError, RefusedError: there is no such pipeline; nothing is remembered.
    """
    pipeline = resolve(choice)
    named = str(Path(choice.pipeline).resolve()) if is_path(choice.pipeline) else choice.pipeline
    settings.remember_pipeline(str(project.path.resolve()), named, choice.language)
    return pipeline


def pipeline_for(project: Project) -> Pipeline:
    """The pipeline that a project's texts are parsed with on this computer."""
    return resolve(chosen(project))


def texts_of(project: Project) -> list[Text]:
    """The current texts of a project."""
    digests = project.documents.digests()
    return [
        Text(each.name, digests[each.id], partial(project.documents.body, each)) for each in project.documents.all()
    ]


def parse_texts(project: Project, pipeline: Pipeline) -> Iterator[Progress]:
    """Parse what is not in the cache yet; one may stop after each text (see `language.parsing.parse`)."""
    return parse(texts_of(project), pipeline)
