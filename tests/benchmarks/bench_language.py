"""Base forms: 71 interviews parsed with the dictionary, then looked through; beside each the search for plain words."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import qualcode
from qualcode import cache
from qualcode.analysis import words
from qualcode.language.pipelines import Choice
from qualcode.work import synthetic
from qualcode.work.parse_texts import choose, parse_texts
from qualcode.work.search import Search, search
from tests.benchmarks.bench import Row, row


def rows() -> list[Row]:
    with TemporaryDirectory() as folder:
        os.environ |= {"QUALCODE_CONFIG": f"{folder}/settings", "QUALCODE_CACHE": f"{folder}/cache"}
        path = Path(folder) / "study.qualcode"
        synthetic.make(path, synthetic.CHANGE_STUDY)
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
