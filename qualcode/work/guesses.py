"""What is told of people who were called after a label or a file: of many alike in one sentence."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from qualcode.project.naming import folded
from qualcode.visible import visible_line
from qualcode.work.generic_labels import stem_of

IF_NOT, IF_SEVERAL = "If not, ", "If they are several, "
"""With these begins what to do about a guess once it is in the project; before, it is another thing."""
_MANY = 3
"""In so many files of one import one label may well be several people."""


class Guess(NamedTuple):
    """Somebody new who was called after a label or a file: what the label is, where, and who that is taken to be."""

    label: str
    document: str
    person: str
    role: str


class Again(NamedTuple):
    """Somebody who is taken to be the person of that name in another document: which, and what is told of it."""

    elsewhere: str
    told: str


def told_of(guesses: Iterable[Guess]) -> Iterator[str]:
    """What to tell of people who were called after labels or files: of many alike in one sentence."""
    alike: dict[tuple[bool, str, str], list[Guess]] = {}
    for each in guesses:
        is_by_label = folded(each.label) == folded(each.person)
        alike.setdefault((is_by_label, stem_of(each.label), each.role), []).append(each)
    for (is_by_label, _, role), some in alike.items():
        in_role = f", in the role {role}" if role else ""
        if len(some) < _MANY:
            for each in some:
                speaker = f"{each.document}: the speaker {visible_line(each.label)}" if each.label else each.document
                yield f"{speaker} is taken to be a person called {each.person}{in_role}"
            continue
        labels = _shown(list(dict.fromkeys(visible_line(each.label) for each in some if each.label)))
        files = _shown(list(dict.fromkeys(each.document for each in some)))
        if is_by_label:
            yield f"{len(some)} speakers are taken to be people called so{in_role}: {labels} (in {files})"
        else:
            yield (
                f"{labels or 'no label'} in {len(some)} places ({files}) does not say who speaks: each is taken to be "
                f"another person, called after the file{in_role}. If one person speaks in several, say so in a sheet "
                "with the columns file, speaker and person (--attributes), or afterwards: qualcode people merge"
            )


def in_many(warnings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Warnings on documents, (name, what is to be told): what is told of many is told once."""
    documents: dict[str, list[str]] = {}
    for name, warning in warnings:
        documents.setdefault(warning, []).append(name)
    for warning, names in documents.items():
        if len(names) < _MANY:
            yield from (f"{name}: {warning}" for name in names)
        else:
            yield f"{len(names)} documents ({_shown(names)}): {warning}"


def met_again(
    same: Mapping[str, Sequence[Again]], by_label: Mapping[str, Sequence[str]], new: Collection[str]
) -> Iterator[str]:
    """What to tell of people who are taken to be somebody who is there already.

    Args:
        same: person's name -> each time.
        by_label: as `one_in_many` takes it: whom that tells of many is told here only once, if they were there before.
        new: names of the documents of this import.
    """
    for name, times in same.items():
        if len(by_label.get(name, ())) < _MANY:
            yield from (each.told for each in times)
        elif times[0].elsewhere not in new:
            yield times[0].told


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names[:_MANY]) + (", ..." if len(names) > _MANY else "")


def one_in_many(by_label: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What to tell of labels that made one person of the speakers of many files: it changes every number."""
    for name, documents in by_label.items():
        if len(documents) >= _MANY:
            label = visible_line(name)
            yield (
                f"{label} speaks in {len(documents)} of these files ({_shown(documents)}) "
                f"and is counted as ONE person. {IF_SEVERAL}"
                f'take the import back (qualcode undo) and say who is who: --speaker "{label}=NAME" for '
                "the files of each, or a sheet with the columns file, speaker and person (--attributes)"
            )
