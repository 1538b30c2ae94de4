"""Which pseudonyms stand in a document because they were put there, so that they are not proposed as names again.

One in brackets, "[Maggie]", is a pseudonym wherever it stands and however it is written. A bare one, "Maggie", may be
what somebody is really called: it is taken for ours only in documents in which nobody said it before names were
replaced. Where somebody did, all its places are proposed, since none can be told from the others.
"""

import re
from array import array

from qualcode.model import Document
from qualcode.project import Project
from qualcode.project.known_names import places_of, stands_in
from qualcode.project.naming import folded
from qualcode.work.pseudonymise import REASON

FREE, IN_PSEUDONYM = 0, 2**32 - 1
"""What `held` says of a character; what is between numbers proposals."""

_BRACKETED = re.compile(r"\[[^\[\]\n]{1,60}\]")


def is_bracketed(words: str) -> bool:
    """Whether words are a pseudonym as one writes it, in brackets: "[Dawn]", "[Hallam Bridge]", "[Phone number 1]"."""
    if not _BRACKETED.fullmatch(words):
        return False
    inside = words[1:-1].split()
    has_capital = [not each[0].isalpha() or each[0].isupper() for each in inside]
    return all(has_capital) or (has_capital[0] and inside[-1].isdigit())


def pseudonyms(project: Project, document: Document) -> list[str]:
    """The pseudonyms on the list that are no name of somebody's in a document, wherever they stand there."""
    listed = {each.pseudonym for each in project.names.all()}
    bare = {each for each in listed if each[0].isalnum() or each[-1].isalnum()}
    said = project.documents.as_said(document, REASON) if bare else ""
    return sorted(listed - {each for each in bare if stands_in(each, said)})


def held(project: Project, document: Document) -> "array[int]":
    """For each character of a document's text whether it stands in a pseudonym."""
    body = project.documents.body(document)
    ours = [match.span() for match in _BRACKETED.finditer(body) if is_bracketed(match.group())]
    ours += [place for each in pseudonyms(project, document) for place in places_of(each, body)]
    places = array("I", [FREE]) * len(body)
    for start, end in ours:
        places[start:end] = array("I", [IN_PSEUDONYM]) * (end - start)
    return places


def beside_pseudonyms(body: str, places: "array[int]", start: int, end: int) -> tuple[int, int]:
    """What is left of a place without the pseudonyms at its ends, "Quill" of "Maggie Quill"; empty if nothing is."""
    while start < end and not _is_letter_beside(body, places, start):
        start += 1
    while start < end and not _is_letter_beside(body, places, end - 1):
        end -= 1
    return start, end


def _is_letter_beside(body: str, places: "array[int]", at: int) -> bool:
    return body[at].isalnum() and places[at] != IN_PSEUDONYM


def bare_pseudonyms(project: Project) -> set[str]:
    """The pseudonyms on the list without their brackets, in whatever case: what a real name may be called, too."""
    return {folded(re.sub(r"^\W+|\W+$", "", each.pseudonym)) for each in project.names.all()}
