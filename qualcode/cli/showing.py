"""`qualcode show`."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, reads, with_json, with_width
from qualcode.cli.printing import indented
from qualcode.errors import InputError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Answer, Document, Segment, Turn
    from qualcode.project import Project


@dataclass(frozen=True, slots=True)
class _Page:
    """One document opened for reading; `first` and `last` are the lines to be shown."""

    document: "Document"
    body: str
    turns: tuple["Turn", ...]
    answers: tuple["Answer", ...]
    segments: list["Segment"]
    starts: Sequence[int]
    first: int
    last: int

    def line(self, number: int) -> tuple[int, int]:
        """Where a line begins and ends."""
        end = self.starts[number] if number < len(self.starts) else len(self.body)
        return self.starts[number - 1], end

    def words(self, number: int) -> str:
        """A line as it is printed."""
        start, end = self.line(number)
        return visible_line(self.body[start:end].rstrip(" \n"))

    @property
    def numbers(self) -> range:
        """The numbers of the lines to be shown."""
        return range(self.first, self.last + 1)


@click.command(
    "show",
    cls=Documented,
    examples=[
        "qualcode show A-SU1_wave1",
        "qualcode show A-SU1_wave1 --lines 30-60",
        "qualcode show A-SU1_wave1 --answers",
    ],
)
@click.argument("document")
@click.option("--lines", "chosen", metavar="FIRST-LAST", help="Only these lines.")
@click.option("--answers", "by_answer", is_flag=True, help="Answer by answer, each with the question before it.")
@click.option("--plain", is_flag=True, help="Numbers and text only, without the codes.")
@click.option("--coded-by", metavar="NAME", help="Only this coder's codes.")
@with_width
@with_json
@reads
def show_command(
    project: "Project",
    document: str,
    chosen: str | None,
    by_answer: bool,
    plain: bool,
    coded_by: str | None,
    as_json: bool,
) -> None:
    """Show a document with its line numbers, its answer numbers (¶) and, on the left, its codes.

    A code stands on the line where its passage begins; a bar follows it down to the passage's last line. The numbers
    are the same on screen, in print and in citations, and qualcode code takes them.
    """
    page = _opened(project, document, chosen, coded_by)
    shorts = _shorts(project)
    if as_json:
        say_json(_shape(project, page))
    elif by_answer:
        say("\n\n".join(_by_answer(page, {} if plain else shorts)))
    else:
        say("\n".join(_by_line(page, {} if plain else shorts)))
    coders = sorted({project.coders.get(each.coder).short for each in page.segments})
    if coders and not plain:
        note(f"{counted(len(page.segments), 'passage')} coded by {', '.join(coders)}")


def _opened(project: "Project", name: str, chosen: str | None, coded_by: str | None) -> _Page:
    from qualcode.lines import line_starts, span_of_lines
    from qualcode.work.pencil import pointed

    document = project.documents.get(name)
    body = project.documents.body(document)
    starts = line_starts(body)
    first, last = 1, len(starts)
    if chosen:
        wanted = pointed(chosen)
        if "lines" not in wanted:
            raise InputError(f"{chosen!r} are not lines", remedy="Write --lines 30-60")
        first, last = wanted["lines"]
        span_of_lines(starts, first, first, body)
        last = min(last, len(starts))
    turns, answers = project.documents.turns(document), project.documents.answers(document)
    segments = project.segments.of(document, coded_by)
    return _Page(document, body, turns, answers, segments, starts, first, last)


def _shorts(project: "Project") -> dict[int, str]:
    """Short names by code, a merged code's being that of the one that stands for it."""
    names = {code.id: code.short for code in project.codes.all(retired=True)}
    return {code: names[standing] for code, standing in project.codes.standing().items()}


def _by_line(page: _Page, shorts: dict[int, str]) -> Iterator[str]:
    from qualcode.lines import line_of, lines_of
    from qualcode.report.numbered import NumberedLine, margins, printed_lines
    from qualcode.report.widths import screen_width

    spans = [
        (*lines_of(page.starts, segment.start, segment.end), shorts[segment.code])
        for segment in (page.segments if shorts else ())
    ]
    beside = margins(spans, len(page.starts))
    begins = {line_of(page.starts, answer.start): answer.number for answer in page.answers}
    lines = [
        NumberedLine(number, begins.get(number, 0), beside[number - 1], page.words(number)) for number in page.numbers
    ]
    return printed_lines(lines, screen_width())


def _by_answer(page: _Page, shorts: dict[int, str]) -> Iterator[str]:
    from qualcode.lines import lines_of

    start, end = page.line(page.first)[0], page.line(page.last)[1]
    for answer in page.answers:
        if answer.end <= start or answer.start >= end:
            continue
        first, last = lines_of(page.starts, answer.start, answer.end)
        codes = (shorts[each.code] for each in _overlapping(page, answer) if shorts)
        speakers = dict.fromkeys(turn.speaker for turn in _spoken(page, answer) if turn.speaker)
        head = [f"¶{answer.number}", f"lines {first}-{last}", " + ".join(speakers), " ".join(dict.fromkeys(codes))]
        lines = [visible_line("  ".join(part for part in head if part))]
        if answer.question:
            question = page.body[slice(*answer.question)].strip()
            lines.append(indented(f"Asked: {question}", "  "))
        lines.append(indented(page.body[answer.start : answer.end]))
        yield "\n".join(lines)


def _overlapping(page: _Page, answer: "Answer") -> list["Segment"]:
    return [each for each in page.segments if each.start < answer.end and each.end > answer.start]


def _spoken(page: _Page, answer: "Answer") -> list["Turn"]:
    return [turn for turn in page.turns if turn.start < answer.end and turn.end > answer.start]


def _shape(project: "Project", page: _Page) -> dict[str, Any]:
    from qualcode.cli.shapes import document_shape, people_of, segment_shape
    from qualcode.lines import answer_of

    coders = {coder.id: coder.short for coder in project.coders.all()}
    known = {person.id: person for person in project.people.all()}
    turn_starts = [turn.start for turn in page.turns]
    lines = []
    for number in page.numbers:
        start, end = page.line(number)
        turn = bisect_right(turn_starts, start)
        words = page.body[start:end].rstrip("\n")
        lines.append({"number": number, "start": start, "words": words, "turn": turn})
    asking = project.documents.interviewers(page.document)
    return {
        "document": document_shape(page.document, coders[page.document.lead], people_of(project, page.document, known)),
        "lines": lines,
        "turns": [
            {
                "number": number,
                "start": turn.start,
                "speech": turn.speech,
                "end": turn.end,
                "speaker": turn.speaker,
                "interviewer": turn.speaker in asking,
                "answer": answer_of(page.answers, turn.speech),
            }
            for number, turn in enumerate(page.turns, start=1)
        ],
        "answers": [
            {
                "number": answer.number,
                "start": answer.start,
                "end": answer.end,
                "question": list(answer.question) if answer.question else None,
            }
            for answer in page.answers
        ],
        "segments": [
            segment_shape(segment, quotation, coders[segment.coder])
            for segment, quotation in zip(page.segments, project.quotations(page.segments), strict=True)
        ],
    }
