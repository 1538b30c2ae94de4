"""Studies that are looked at on the screen, each made once and copied for every test that works on it."""

from pathlib import Path

import qualcode
from qualcode.model import Definition
from tests.builders import add_interview

ESCAPES = "\x1b[31mred\x1b[0m \x1b]52;c;aGk=\x07 \x1b]0;title\x07 \x9b2J bell\x07 back\x08\x08 \x7f\x0b\x0c"
DIRECTIONS = "\u202egnihton\u202c \u2066in\u2069 \ufeff \u2028line\u2029"
MARKUP = "[/b] [bold]x[/] [@click=app.quit]click[/] [link=file:///etc] $accent {0} %s"
EMOJI = (
    "\U0001f469\u200d\U0001f469\u200d\U0001f466 \U0001f3f3\ufe0f\u200d\U0001f308"
    " \U0001f44d\U0001f3fd \u263a\ufe0f \U0001f1e9\U0001f1ea e\u0301 \u5e0c\u671b \u05e9\u05dc"
)
HOSTILE = f"{ESCAPES} {DIRECTIONS} {MARKUP} {EMOJI}"
"""All of it in one line: escape sequences, bidirectional controls, markup, wide and joined characters."""

SENTENCES = (
    "I went home and slept.",
    "Then it was Tuesday, and she asked whether I would come along to the group.",
    "I did not want to.",
    "But she had been where I was, and she stood there laughing.",
    "So I went, and I have not missed a week since.",
)


def reading(path: Path) -> None:
    """Two interviews: A-SU1 with 24 answers, more than a screen; B-ST1 with two. Nothing is coded yet."""
    with qualcode.new(path, "AK") as project:
        add_codes(project)
        speeches = [("INT", "How was it for you?"), ("Ann", "Well, if she can do it, so can I, I thought. It helped.")]
        for number in range(1, 24):
            count = number % len(SENTENCES)
            speeches += [("INT", f"And in week {number}?"), ("Ann", " ".join(SENTENCES[count:] + SENTENCES[:count]))]
        add_interview(project, "A-SU1", *speeches)
        add_interview(project, "B-ST1", ("INT", "Whom do you see?"), ("Bo", "Many. Hope is what they bring."))


def add_codes(project: qualcode.project.Project) -> None:
    """Two branches and a code that stands alone; M2a has a definition."""
    project.codes.add("M2", "Role-modelling", colour="#0072B2")
    wording = Definition(
        brief="She did it, so can I", full="The other's life shows that it can be done.", include="laughing, working",
        exclude="mere advice",
    )  # fmt: skip
    project.codes.add("M2a", "Living proof", parent="M2", definition=wording)
    project.codes.add("P3", "Hope", colour="#009E73")
    project.codes.add("X", "Other")


def coded(path: Path) -> None:
    """As `reading`, with passages that overlap, an unsure one, a negative case, an exemplar, a memo and a claim."""
    reading(path)
    with qualcode.open(path, "AK") as project:
        add = project.segments.add
        add("A-SU1", "M2a", answers=(1, 1), exemplar=True)
        add("A-SU1", "P3", quote="so can I, I thought")
        add("A-SU1", "X", answers=(3, 3), unsure="or hope?")
        noted = add("A-SU1", "M2a", answers=(5, 6), negative=True)
        project.memos.add("A turn in her story.", segment=noted.id)
        project.claims.add("A-SU1", "M2a", "P3", answers=(1, 1), direction="raises")
        add("B-ST1", "P3", quote="Hope is what they bring")


def hostile(path: Path) -> None:
    """Documents, codes, people, memos and doubts that hold `HOSTILE`; a line of 14,000 characters; an empty text."""
    with qualcode.new(path, "AK") as project:
        project.codes.add("H", HOSTILE, definition=Definition(brief=HOSTILE, full=HOSTILE, include=HOSTILE))
        project.codes.add("[/b]", MARKUP)
        document = add_interview(
            project,
            f"A {MARKUP} \U0001f44d\U0001f3fd",
            ("INT", HOSTILE),
            ("Ann", HOSTILE),
            ("INT", "?"),
            ("Ann", "x" * 14_000),
        )
        project.documents.add("B empty", "", [])
        segment = project.segments.add(document.id, "H", answers=(1, 1), unsure=HOSTILE)
        project.segments.add(document.id, "[/b]", answers=(1, 2))
        project.memos.add(HOSTILE, segment=segment.id)
        project.claims.add(document.id, "H", "[/b]", answers=(1, 1), direction="mixed", unsure=HOSTILE)
