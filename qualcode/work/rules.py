"""Rules run over a project: what they find is proposed, and a person accepts or rejects it.

    file = read_rules("rules.toml")
    done = run(project, file)

A passage is proposed once. A rule, known by its name or by what it says, proposes nothing where a proposal of its own
lies already, whatever became of that; nor anything that another rule has proposed just so, nor what the acting coder
has coded so. Documents being coded for agreement are passed over.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from qualcode import shipped, spans
from qualcode.errors import UserError
from qualcode.language.parsing import Progress
from qualcode.language.pipelines import Pipeline
from qualcode.language.rule_files import load
from qualcode.language.rules import Rule, RuleFile
from qualcode.model import Document
from qualcode.plain_yaml import Page, Place
from qualcode.project import Project
from qualcode.project.proposals import NewProposal, RuleRun, in_use
from qualcode.project.retrieval import Filter
from qualcode.spans import Span
from qualcode.work.base_forms import StoppedError
from qualcode.work.lens import Lens
from qualcode.work.parse_texts import pipeline_for
from qualcode.work.rule_finders import Finders, Material
from qualcode.work.wanted import Search

EVERYWHERE = Search("")


@dataclass(frozen=True, slots=True)
class Count:
    """What one rule found: passages in all, of these proposed now, proposed before, coded so by the acting coder."""

    rule: str
    code: str
    found: int = 0
    new: int = 0
    before: int = 0
    coded: int = 0


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of rules came to.

    Attributes:
        new: the passages proposed now, by document and place; of a dry run, those that would be.
        counts: a rule each, in the order of the file.
        documents: names of those that were looked through.
        passed_over: names of those that were not, since they are being coded for agreement.
        pipeline: with which texts were parsed; "" if no rule needs that.
        lacking: what is not installed, and the command that installs it; "" if nothing.
        is_whole: whether it was not stopped; one that was proposes nothing.
    """

    new: tuple[NewProposal, ...]
    counts: tuple[Count, ...]
    documents: tuple[str, ...]
    passed_over: tuple[str, ...]
    pipeline: str = ""
    lacking: str = ""
    is_whole: bool = True


def _go_on() -> bool:
    return False


def _quietly(_progress: Progress) -> None:
    """The default for `tell`."""


def read_rules(file: str) -> RuleFile:
    """A file of rules by its path; where there is no such file, one that is shipped, by name.

    Raises:
        InputError: the file cannot be read, or is wrong; all its mistakes are named.
        NotFoundError: it is neither a file nor shipped.
    """
    path = Path(file).expanduser()
    if path.exists() or path.suffix or path.parent != Path():
        return load(path)
    return load(shipped.rules(file))


def check(project: Project, file: RuleFile) -> dict[str, int]:
    """Hold rules against a project: their codes and roles are there, and in use.

    Returns:
        Name of each rule -> id of the code it proposes; of a merged code the one that stands for it.

    Raises:
        InputError: up to 20 at once that are not, each with its rule, line and the nearest name.
    """
    page, codes = Page(file.name), dict[str, int]()
    roles = [each.short for each in project.roles.all()]
    folded = {each.casefold() for each in roles}
    for rule in file.rules:
        place = Place(max(rule.line, 1), 1)
        for role in (*rule.roles, *(rule.sought if rule.kind == "role" else ())):
            if role.casefold() not in folded:
                near = get_close_matches(role, roles, n=1)
                remedy = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(roles)}."
                page.wrong(place, f"[{rule.name}] there is no role {role}", remedy)
        try:
            codes[rule.name] = in_use(project.store, rule.code)
        except UserError as error:
            page.wrong(place, f"[{rule.name}] {error.what}", error.remedy)
    page.stop_if_wrong()
    return codes


def run(
    project: Project,
    file: RuleFile,
    wanted: Search = EVERYWHERE,
    *,
    is_dry: bool = False,
    tell: Callable[[Progress], None] = _quietly,
    should_stop: Callable[[], bool] = _go_on,
) -> Ran:
    """Let rules propose passages, in one action.

    Args:
        project: acts as its coder.
        file: the rules.
        wanted: where they look: documents, people, speakers, cases, roles, waves.
        is_dry: propose nothing, and tell what would be.
        tell: told how far the parsing is, where rules need the texts parsed.
        should_stop: asked now and then; once it says so, nothing is proposed.

    Raises:
        InputError: a code or role of a rule is not there, a pattern is none or takes too long.
        NotFoundError: a document, person, ... is named that is not there.
        RefusedError: a rule needs a model and there is none; a text was corrected meanwhile.
    """
    codes = check(project, file)
    lens = Lens(project, wanted)
    hidden = project.proposals.passed_over()
    documents = [each for each in lens.documents if each not in hidden]
    pipeline = pipeline_for(project) if any(map(needs_parsing, file.rules)) else None
    counts = _Counting(project, file, codes, pipeline)
    passed_over = tuple(each.name for each in lens.documents if each in hidden)
    names, told, lacking = tuple(each.name for each in documents), "", ""
    if pipeline:
        told, lacking = pipeline.told, pipeline.lacking
    try:
        found = _found(project, file, lens, documents, pipeline, tell, should_stop)
    except StoppedError:
        return Ran((), (), names, passed_over, told, lacking, is_whole=False)
    if is_dry:
        new = counts.new(found)
    else:
        new = []

        def fresh() -> Sequence[NewProposal]:
            new[:] = counts.new(found)
            return new

        project.proposals.add_many(fresh)
    return Ran(tuple(new), counts.counts, names, passed_over, told, lacking)


def needs_parsing(rule: Rule) -> bool:
    """Whether a rule looks at parsed texts."""
    return rule.kind in {"words", "pattern"}


Places = Mapping[tuple[int, str], Sequence[Span]]
"""(a document's id, a rule's name) -> what the rule finds there, in order, none overlapping another."""


def _found(
    project: Project,
    file: RuleFile,
    lens: Lens,
    documents: Sequence[Document],
    pipeline: Pipeline | None,
    tell: Callable[[Progress], None],
    should_stop: Callable[[], bool],
) -> list[tuple[Document, Rule, Span]]:
    """All passages that rules find, by document, rule and place."""
    found: list[tuple[Document, Rule, Span]] = []
    with ExitStack() as stack:
        finders = Finders(project, file, pipeline, stack, tell, should_stop)
        digests = project.documents.digests()
        for document in documents:
            if should_stop():
                raise StoppedError
            material = Material(project, document, digests[document.id])
            for rule in file.rules:
                places = lens.through(document, [(*each, "") for each in finders.places(rule, material)])
                covered = sorted({material.extents.around(each[:2], rule.covers) for each in places})
                found += [(document, rule, each) for each in _apart(covered)]
    return found


def _apart(places: Iterable[Span]) -> list[Span]:
    """Passages of which those that overlap are made one: a place over two sentences is in the passage of both."""
    made: list[Span] = []
    for start, end in places:
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


@dataclass(slots=True)
class _Counting:
    """What is new of all that rules found."""

    project: Project
    file: RuleFile
    codes: Mapping[str, int]
    pipeline: Pipeline | None
    counts: tuple[Count, ...] = field(init=False, default=())

    def new(self, found: Sequence[tuple[Document, Rule, Span]]) -> list[NewProposal]:
        """The passages that nobody has decided on or is still to decide on, and that are not coded so."""
        known, coded = _Known(self.project), self._coded()
        runs = {rule.name: self._run(rule) for rule in self.file.rules}
        tally = {rule.name: [0, 0, 0, 0] for rule in self.file.rules}
        new: list[NewProposal] = []
        for document, rule, span in found:
            count, code = tally[rule.name], self.codes[rule.name]
            count[0] += 1
            if known.holds(document.id, span, code, runs[rule.name]):
                count[2] += 1
            elif spans.overlaps(coded.get((document.id, code), ()), span):
                count[3] += 1
            else:
                count[1] += 1
                known.add(document.id, span, code)
                new.append(NewProposal(document.id, document.text, *span, code, runs[rule.name]))
        self.counts = tuple(Count(rule.name, rule.code, *tally[rule.name]) for rule in self.file.rules)
        return sorted(new, key=lambda each: (each.document, each.start, each.end))

    def _run(self, rule: Rule) -> RuleRun:
        parsed = self.pipeline.told if self.pipeline and needs_parsing(rule) else ""
        return RuleRun(rule.name, Path(self.file.name).name, rule.digest, parsed)

    def _coded(self) -> dict[tuple[int, int], list[Span]]:
        """(document, code) -> what the acting coder has coded so, or with a code below it."""
        coder = self.project.coder
        if coder is None or coder.casefold() not in {each.short.casefold() for each in self.project.coders.all()}:
            return {}
        made: dict[tuple[int, int], list[Span]] = {}
        for code in set(self.codes.values()):
            short = self.project.codes.get(code).short
            for each in self.project.segments.find(Filter(codes=(short,), coders=(coder,))):
                made.setdefault((each.document, code), []).append((each.start, each.end))
        return {key: spans.unite(some) for key, some in made.items()}


class _Known:
    """What was proposed before, whatever became of it."""

    def __init__(self, project: Project) -> None:
        standing = project.codes.standing()
        self._exact: set[tuple[int, Span, int]] = set()
        by_rule: dict[tuple[int, str | bytes], list[Span]] = {}
        for each in project.proposals.all():
            span = each.start, each.end
            self._exact.add((each.document, span, standing[each.code]))
            for rule in (each.rule, each.digest):
                by_rule.setdefault((each.document, rule), []).append(span)
        self._by_rule = {key: spans.unite(some) for key, some in by_rule.items()}

    def holds(self, document: int, span: Span, code: int, run: RuleRun) -> bool:
        """Whether a passage was proposed: for this code just so, or about there by this rule."""
        own = (self._by_rule.get((document, rule), ()) for rule in (run.name, run.digest))
        return (document, span, code) in self._exact or any(spans.overlaps(some, span) for some in own)

    def add(self, document: int, span: Span, code: int) -> None:
        """From now on that passage is proposed for that code."""
        self._exact.add((document, span, code))
