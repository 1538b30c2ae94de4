"""Base forms and rules: 240 interviews, and a million words, parsed with the dictionary and then looked through."""

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import qualcode
from qualcode import cache
from qualcode.analysis import words
from qualcode.language.parsing import KeptTexts
from qualcode.language.pipelines import Choice
from qualcode.language.rule_files import loads
from qualcode.model import Turn
from qualcode.project import Project
from qualcode.work import synthetic
from qualcode.work.parse_texts import choose, parse_texts, texts_of
from qualcode.work.rules import run
from qualcode.work.search import Search, search
from tests.benchmarks.bench import Row, row

RULES = r"""
[hope]
code = "P3"
words = ["hope", "so can i", "light at the end of the tunnel"]
lemma = true
[so-can-i]
code = "M2a"
pattern = [[{LOWER = "so"}, {LOWER = "can"}, {LOWER = "i"}], [{LOWER = "been"}, {LOWER = "there"}]]
[give]
code = "P3"
pattern = [{LEMMA = {IN = ["give", "get"]}}, {OP = "?"}, {LEMMA = "hope"}]
[crisis]
code = "D4"
regex = '\b(crisis (team|house)|wards?)\b'
[start]
code = "C1"
question = "how did"
[peers]
code = "M1"
role = "PW"
"""
LONG = 144
"""Interviews of 7,000 words: a million."""


def rows() -> list[Row]:
    return [*_of_a_study(), *_of_a_million_words()]


def _of_a_million_words() -> list[Row]:
    """Eight short interviews make one of the length of real ones; each such text stands in several documents.

    A text is parsed once; it is read from the cache for every document.
    """
    with TemporaryDirectory() as folder:
        os.environ |= {"QUALCODE_CONFIG": f"{folder}/settings", "QUALCODE_CACHE": f"{folder}/cache"}
        path = Path(folder) / "long.qualcode"
        synthetic.make(path, replace(synthetic.CHANGE_STUDY, segments=0))
        with qualcode.open(path, "AK") as project:
            _lengthen(project)
            pipeline = choose(project, Choice("none"))
            list(parse_texts(project, pipeline))
            kept, file = KeptTexts(pipeline), loads(RULES, "rules.toml")
            texts = [(each.digest, each.body()) for each in texts_of(project)]
            nameless = loads("[any]\ncode = 'P3'\npattern = [{IS_TITLE = true}, {LIKE_NUM = true}]", "rules.toml")
            floor = "reading the parses"

            def read() -> None:
                for digest, _ in texts:
                    text = kept.read(digest)
                    for number in range(len(text)):
                        text.doc(number)

            counted = f"{sum(len(body.split()) for _, body in texts):,} words"
            return [
                row(f"six rules over {counted}", lambda: run(project, file, is_dry=True), floor, read, runs=3),
                row("a pattern that names no word", lambda: run(project, nameless, is_dry=True), floor, read, runs=3),
            ]


def _lengthen(project: Project) -> None:
    short = project.documents.all()
    with project.action("lengthen"):
        for number in range(LONG):
            body, turns = "", list[Turn]()
            for each in short[(number * 8) % 64 :][:8]:
                said = project.documents.turns(each)
                turns += [Turn(t.start + len(body), t.end + len(body), t.speech + len(body), t.speaker) for t in said]
                body += project.documents.body(each)
            asking = dict.fromkeys({turn.speaker for turn in turns if turn.speaker == "INT"}, "interviewer")
            project.documents.add(f"long {number}", body, turns, parts=asking)
        for each in short:
            project.documents.remove(each)


def _of_a_study() -> list[Row]:
    with TemporaryDirectory() as folder:
        os.environ |= {"QUALCODE_CONFIG": f"{folder}/settings", "QUALCODE_CACHE": f"{folder}/cache"}
        path = Path(folder) / "study.qualcode"
        synthetic.make(path, synthetic.TWO_WAVES)
        with qualcode.open(path) as project:
            pipeline = choose(project, Choice("none"))

            def parse_anew() -> None:
                cache.empty()
                list(parse_texts(project, pipeline))

            return [
                row("parse all texts", parse_anew, runs=1),
                row(
                    "hope in whatever form",
                    lambda: search(project, Search("hope", lemma=True)),
                    "the word itself",
                    lambda: search(project, Search("hope", whole=True)),
                ),
                row(
                    "hope within ten words of walk, in whatever form",
                    lambda: search(project, Search("hope walk", "near", lemma=True, within=10)),
                    "the words themselves",
                    lambda: search(project, Search("hope walk", "near", whole=True, within=10)),
                ),
                row("table words", lambda: words(project), "by base form", lambda: words(project, lemma=True)),
            ]
