"""What a search looks for, and where; and what it found."""

from dataclasses import dataclass
from typing import Literal

from qualcode.model import Document, Hit

How = Literal["phrase", "any", "near", "regex"]
HOWS: tuple[How, ...] = ("phrase", "any", "near", "regex")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and where; all named fields must hold, as in `Filter`.

    Attributes:
        words: what is looked for.
        how: "phrase" = these words one after the other, "any" = any of them, "near" = all of them near one another,
            "regex" = a regular expression of Python. For "near" words in quotes are one thing: '"peer worker" hope'.
        whole: only as whole words: "hope" then does not find "hopeful".
        lemma: the words whatever their form: "cope" finds "coping"; always whole words, and no pattern.
        within: of "near": the last word at most so many words after the first, in whatever order; 0 = all in one
            answer, where each of them is a place of its own.
        documents, people, cases, roles, waves: as in `Filter`.
        speakers: labels; only in turns of one of these.
        codes: only where one of these is coded (each with all below it), by one of `coders` if any are named.
        coders: short names.
        uncoded: only where nothing is coded yet, by any of `coders` if any are named.
        said: only what participants say, not the interviewer's words.
    """

    words: str
    how: How = "phrase"
    whole: bool = False
    documents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    uncoded: bool = False
    said: bool = False
    lemma: bool = False
    within: int = 0
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        hits: the places, in order of document and place.
        documents: those that were looked through.
        taken: of a search for base forms, the words with those that they were taken with: ("coping", ("cope",)).
        pipeline: with which these were made; "" of another search.
        lacking: what is not installed, and the command that installs it; "" if nothing.
    """

    hits: tuple[Hit, ...]
    documents: tuple[Document, ...]
    taken: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pipeline: str = ""
    lacking: str = ""

    @property
    def counts(self) -> dict[int, int]:
        """Id of each document looked through -> how many places."""
        counts = dict.fromkeys((each.id for each in self.documents), 0)
        for hit in self.hits:
            counts[hit.document] += 1
        return counts
