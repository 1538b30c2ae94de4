"""Finding coded passages takes a few questions to the file, however many passages there are."""

from tests.command_line import a_study
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


def test_the_number_of_questions_does_not_grow_with_the_passages(tmp_path):
    with a_study(tmp_path) as project:
        asked = []
        counts = []
        for place in (2, 4):
            project.segments.add("A-SU1", "M2a", lines=(place, place))
            project.store.connection.set_trace_callback(asked.append)
            assert project.segments.find()
            project.store.connection.set_trace_callback(None)
            counts.append(len(asked))
            asked.clear()
    assert counts[0] == counts[1]
