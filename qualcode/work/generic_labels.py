"""Labels that say what somebody is, or nothing, but not who: the same in every file, and each time another person."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from qualcode.model import Role
from qualcode.project.naming import folded
from qualcode.transcripts import label_words


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


_WORDS = _words("""
participant respondent resp interviewee ie speaker spkr informant narrator person client patient unknown unidentified
answer subject voice male female man woman men women boy girl lady gentleman adult child me them you us we he she they
her him someone somebody user guest host caller member customer consumer resident tenant citizen survivor
carer caregiver caretaker nurse doctor gp physician psychiatrist psychologist therapist counsellor counselor clinician
practitioner professional midwife teacher lecturer tutor student pupil trainer trainee learner apprentice volunteer
staff manager worker colleague employee employer supervisor director leader chair coordinator organiser organizer
officer official administrator assistant advocate adviser advisor mentor mentee peer coach facilitatee provider
parent mother father mum mom dad wife husband spouse partner son daughter brother sister sibling grandmother grandfather
relative friend neighbour neighbor everyone everybody all both several group audience panellist panelist expert
interviewe enquete enquetee repondant repondante participante usager usagere patiente homme femme benevole infirmier
infirmiere soignant soignante aidant aidante moi
befragte befragter proband probandin teilnehmer teilnehmerin klient klientin patientin nutzer nutzerin betreuer
betreuerin mitarbeiter mitarbeiterin ehrenamtliche ehrenamtlicher pfleger pflegerin erzahler erzahlerin frau mann
sprecher sprecherin auskunftsperson versuchsperson ich
entrevistado entrevistada encuestado encuestada usuario usuaria paciente hombre mujer voluntario voluntaria cuidador
cuidadora informante sujeto yo
intervistato intervistata utente uomo donna volontario volontaria paziente
geinterviewde respondente deelnemer deelneemster client vrouw vrijwilliger
intervjuperson deltagare deltager
""")
"""Without accents and hyphens, in lower case, one in number."""
_BESIDE = _words("""
the a an new former young younger old older senior junior lead deputy support service social care key health community
mental case first second third other another same unidentified study research focus group family programme program
project team peer
""")
"""These say nothing of who beside one of the others ("peer support worker"); alone they may be a name."""
_NUMBERED = re.compile(r"(.*?[^\W\d_].*?)[\s_#.-]*([0-9]{1,6})[\s.:]*")
_NO_WORD = re.compile(r"[\W\d_]+")


def names_nobody(label: str, roles: Iterable[Role]) -> bool:
    """Whether a label is a role's, a generic word, or a letter, each perhaps with a number or letter behind."""
    words = [word for word in _NO_WORD.split(_plain(label)) if len(word) > 1]
    if not words or role_of(label, roles) or label_words.is_speaking_word(folded(label)):
        return True
    generic = [word in _WORDS or word.removesuffix("s") in _WORDS for word in words]
    return any(generic) and all(is_one or word in _BESIDE for word, is_one in zip(words, generic, strict=True))


def role_of(label: str, roles: Iterable[Role]) -> Role | None:
    """The role whose short name or name a label is, perhaps in the plural or with a number or letter behind."""
    bare = re.sub(r"(?:[\s_#.-]*\d+[a-z]?|\s+[a-z])?[\s.:]*$", "", _plain(label))
    for role in roles:
        if bare and bare in {each for name in (role.short, role.name) for each in (_plain(name), f"{_plain(name)}s")}:
            return role
    return None


def numbered_on(documents: Iterable[Collection[str]], roles: Iterable[Role]) -> frozenset[str]:
    """The labels whose number is a person's: `SU1` in one document, `SU2` in the next, none in two.

    Where a number comes again in another document (`SU1` in each), it counts within the document, or somebody was
    interviewed twice: nothing tells which, so that none of these labels is anybody's name.

    Args:
        documents: the participants' labels of each.
        roles: the project's.
    """
    roles, held = list(roles), list(documents)
    found = [
        (at, label, *numbered) for at, labels in enumerate(held) for label in labels if (numbered := _number(label))
    ]
    found = [each for each in found if names_nobody(each[1], roles)]
    where: dict[tuple[str, int], set[int]] = {}
    for at, _, stem, number in found:
        where.setdefault((stem, number), set()).add(at)
    again = {stem for (stem, _), places in where.items() if len(places) > 1}
    spread = {stem: {at for at, _, each, _ in found if each == stem} for stem in {each[2] for each in found} - again}
    if not any(len(places) > 1 for places in spread.values()):
        return frozenset()
    return frozenset(label for _, label, stem, _ in found if stem in spread)


def stem_of(label: str) -> str:
    """A label without its number, for comparing."""
    numbered = _number(label)
    return numbered[0] if numbered else _plain(label)


def _number(label: str) -> tuple[str, int] | None:
    match = _NUMBERED.fullmatch(_plain(label))
    return (match[1], int(match[2])) if match else None


@lru_cache(maxsize=256)  # the roles' names are held against every label
def _plain(label: str) -> str:
    """In lower case, without accents and the hyphens inside words."""
    bare = "".join(each for each in unicodedata.normalize("NFD", label) if not unicodedata.combining(each))
    return re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", bare.casefold()).strip()
