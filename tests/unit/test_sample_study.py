"""The sample study is what its pages say, and its table can be derived again without qualcode."""

import re
from functools import cache

import openpyxl
import pytest
import yaml

import qualcode
from qualcode import shipped
from qualcode.analysis import TABLES, change_model
from qualcode.work.coding_file import read_coding
from tests.command_line import Shell
from tests.shared_phrases import shared_openings, shared_phrases

FILES = shipped.folder("sample_transcripts")
CODINGS = sorted([*FILES.glob("coding/**/*.yaml"), *FILES.glob("answers/*.yaml")])

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built

SHARED: dict[str, str] = {}
"""Six words that two interviewees have in common, and why they may."""

OPENINGS = {
    "there was one post": "two people in one interview: the one takes up the other's words",
    "i was going to": "the same two; plain English",
    "i didn't know that": "the same two; plain English",
    "i don't know i": "plain English",
    "i don't think so": "plain English",
    "i don't think there": "plain English",
    "i was on the": "plain English",
    "i went in the": "plain English",
    "it's not your fault": "plain English",
}
"""Four words with which turns of two interviewees begin, and why they may."""


@pytest.fixture(scope="module")
def study(sample_study):
    with qualcode.open(sample_study) as project:
        yield project


@pytest.fixture
def shell(sample_study, tmp_path, monkeypatch):
    (tmp_path / "study.qualcode").write_bytes(sample_study.read_bytes())
    return Shell(tmp_path, monkeypatch)


def test_the_project_is_sound(study):
    assert study.check() == []


def readme() -> str:
    return " ".join((FILES / "README.md").read_text(encoding="utf-8").split())


def coded(step: str, coder: str) -> set[str]:
    return {path.stem for path in (FILES / "coding" / step / coder).glob("*.yaml")}


def test_the_readme_counts_what_is_there(study):
    documents = study.documents.all()
    joint = [each for each in documents if sum(one.person is not None for one in study.documents.speakers(each)) > 1]
    second = [document for document in documents if document.wave == "2"]
    assert (len(joint), len(second)) == (1, 4)
    assert f"{len(documents)} interviews with {len(study.people.all())} people" in readme()
    assert f"{len(study.coders.finished())} finished rounds" in readme()
    assert f"{len(study.summaries.find())} summaries" in readme()
    for coder in ("AK", "JB", "consensus"):
        passages = sum(len(study.segments.of(document, coder)) for document in documents)
        claims = len(study.claims.find(coder=coder))
        assert f"{coder} has {passages:,} passages and {claims} claims" in readme()


def test_who_coded_what_is_as_the_readme_says(study):
    names = {document.name for document in study.documents.all()}
    for coder in ("AK", "JB"):
        assert coded("round1", coder) == {"A-PW1", "A-SU1_wave1", "D-PW1", "H-ST1", "J-SU1"}
        assert coded("round2", coder) == names - {"B-SU1"}
    settled = {document.name for document in study.documents.all() if study.segments.of(document, "consensus")}
    assert names - settled == {"B-ST1", "F-SU1", "B-SU1"}
    assert f"settled {len(settled)} interviews" in readme()


# -- three cells by hand ---------------------------------------------------------------------------------------------


def people_by_hand(source: str, target: str) -> set[str]:
    """Who claims that source, or a code below it, leads to target: from the YAML files and the face sheet alone."""
    found = set()
    for path in counted_files():
        coding = loaded(path)
        for claim in coding.get("claims") or []:
            is_meant = claim["from"] in below(source) and claim["to"] in below(target)
            if is_meant and claim.get("tense") != "hoped for":
                found |= speakers(coding["document"], claim["quote"])
    return found


@cache
def loaded(path):
    return yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 (the safe loader, in C where there is one)


def counted_files():
    """The consensus where there is one, else the lead coder's (AK is first of all documents)."""
    settled = {path.name: path for path in (FILES / "coding" / "consensus").glob("*.yaml")}
    return ({path.name: path for path in (FILES / "coding" / "round2" / "AK").glob("*.yaml")} | settled).values()


def below(code: str) -> set[str]:
    """A code's id and those of its children, which begin with it and a letter: M2, M2a."""
    book = loaded(FILES / "codebook_version_2.yaml")
    ids = set(re.findall(r"'id': '(\w+)'", str(book)))
    assert code in ids
    return {each for each in ids if re.fullmatch(rf"{code}[a-z]?", each)}


def speakers(document: str, quote: str) -> set[str]:
    rows = openpyxl.load_workbook(FILES / "face_sheet.xlsx").active.iter_rows(values_only=True)
    people = {row[1]: row[3] for row in rows if row[0] == document and row[2] == "participant"}
    if len(people) == 1:
        return set(people.values())
    text = (FILES / "interviews" / f"{document}.md").read_text(encoding="utf-8")
    return {person for label, person in people.items() if any(touches(words, quote) for words in said_by(text, label))}


def said_by(text: str, label: str) -> list[str]:
    parts = re.split(r"^\*\*(\w+)\*\*  \d+:\d\d$", text, flags=re.MULTILINE)
    return [" ".join(words.split()) for name, words in zip(parts[1::2], parts[2::2], strict=True) if name == label]


def touches(words: str, quote: str) -> bool:
    quote = " ".join(quote.split())
    return quote in words or (words in quote and len(words) > 0)


@pytest.mark.parametrize(("source", "target"), [("M2a", "P3"), ("M3a", "P5"), ("M2", "P7")])
def test_three_cells_are_derived_again_from_the_files(study, source, target):
    by_hand = people_by_hand(source, target)
    assert len(by_hand) > 2
    assert change_model(study).value(source, target) == len(by_hand)


# -- the consensus ---------------------------------------------------------------------------------------------------


def codings(study):
    """AK's, JB's and the consensus' segments of each interview that was settled."""
    for document in study.documents.all():
        settled = study.segments.of(document, "consensus")
        if settled:
            yield study.segments.of(document, "AK"), study.segments.of(document, "JB"), settled


def meeting(segment, others):
    """Those of others that have its code and touch its words."""
    return [each for each in others if each.code == segment.code and overlap(each, segment)]


def overlap(one, other):
    return one.start < other.end and other.start < one.end


def test_the_consensus_draws_its_edges_by_the_rule_it_states(study):
    checked = 0
    for first, second, settled in codings(study):
        for ak in first:
            matches = meeting(ak, second)
            if len(matches) == 1 and len(meeting(matches[0], first)) == 1:
                jb = matches[0]
                inside = ak.start <= jb.start and jb.end <= ak.end
                start, end = (jb.start, jb.end) if inside else (ak.start, ak.end)
                assert (start, end) in [(each.start, each.end) for each in meeting(ak, settled)]
                checked += 1
    assert checked > 600
    assert "AK's words, unless JB's lie inside them, then JB's" in readme()


def test_what_one_coder_alone_had_is_kept_and_dropped_as_often_as_the_readme_says(study):
    alone = kept = 0
    for first, second, settled in codings(study):
        for own, others in ((first, second), (second, first)):
            mine = [each for each in own if not meeting(each, others)]
            alone += len(mine)
            kept += sum(bool(meeting(each, settled)) for each in mine)
    assert f"of {alone} such passages {kept} were kept and {alone - kept} dropped" in readme()


def test_reasons_of_the_second_meeting_are_as_many_as_the_readme_says():
    memos = [loaded(path)["memos"] for path in (FILES / "coding" / "consensus").glob("*.yaml")]
    reasons = sum(len(each["text"].split(" / ")) for found in memos for each in found)
    assert f"for {reasons} decisions" in readme()


# -- quotes, marks, voices -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CODINGS, ids=lambda path: f"{path.parents[1].name}-{path.parent.name}-{path.stem}")
def test_every_quote_is_found_once(study, path):
    coding = read_coding(path)
    document = study.documents.get(coding.document)
    for entry in (*coding.segments, *coding.claims, *coding.nothing_here):
        start, end = study.segments.place(document, quote=entry.fields["quote"])
        assert start < end
        for each in entry.inside:
            where = study.documents.get(each.fields.get("document", coding.document))
            start, end = study.segments.place(where, quote=each.fields["quote"])
            assert start < end


def alisons_words(study) -> set[str]:
    document = study.documents.get("G-SU1")
    body = study.documents.body(document)
    passages = {body[each.start : each.end] for each in study.segments.of(document)}
    return {" ".join(words.split()[:5]) for words in passages if len(words.split()) >= 5}


def test_what_may_not_be_quoted_is_printed_nowhere_for_publication(study, shell):
    words = alisons_words(study)
    assert len(words) > 30
    for name in TABLES:
        printed = " ".join(shell.done("table", name, "--citations", "publication", "--json").split())
        assert not [each for each in words if each in printed], name
    assert "No passage fits" in shell("segments", "--person", "G-SU1", "--citations", "publication").output


def test_the_team_still_sees_them(shell):
    assert "G-SU1" in shell.done("segments", "--person", "G-SU1")


def test_no_two_interviewees_share_six_words(study):
    assert set(shared_phrases(study)) == set(SHARED)


def test_turns_of_two_interviewees_begin_alike_only_where_anybody_s_would(study):
    assert set(shared_openings(study)) == set(OPENINGS)


def test_no_two_interviews_begin_alike(study):
    beginnings = []
    for document in study.documents.all():
        body = study.documents.body(document)
        people = {each.label for each in study.documents.speakers(document) if each.person}
        first = next(turn for turn in study.documents.turns(document) if turn.speaker in people)
        beginnings.append(body[first.speech : first.end].split(".")[0])
    assert len(set(beginnings)) == len(beginnings)


def test_interviews_are_as_long_as_the_readme_says(study):
    words = sorted(len(study.documents.body(document).split()) for document in study.documents.all())
    assert 2000 <= words[0] <= words[18] <= 3500
    assert 5800 <= words[19] <= words[21] <= 6900
    assert "Nineteen have 2,000 to 3,500 words, three have 5,800 to 6,900." in readme()


def test_every_interview_says_that_it_is_invented(study):
    for document in study.documents.all():
        beginning = study.documents.body(document)[:1500]
        is_captions = list(FILES.glob(f"interviews/{document.name}.[vs]*t"))
        said = is_captions[0].read_text(encoding="utf-8")[:1500] if is_captions else beginning
        assert re.search(r"\binvented\b", said.lower()), document.name
