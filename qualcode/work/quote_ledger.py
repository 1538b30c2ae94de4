"""Where a quote is used, as far as the project knows."""

from qualcode.model import Segment
from qualcode.project import Project


def uses(project: Project, segment: Segment) -> list[str]:
    """In which tables a chosen quote stands, and which files written from the project may hold it.

    A file is told where it holds words of the quote's document; what was copied by hand is not known.
    """
    found = []
    if segment.exemplar:
        short = project.codes.get(project.codes.standing()[segment.code]).short
        found.append(f"table quotes: {short}")
    files = (each for each in project.exports() if not each.documents or segment.document in each.documents)
    return found + [f"may be in {each.path} ({each.at[:10]})" for each in files]
