"""What may be a name is proposed with its place and reason; what was ignored is not proposed again."""

import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.model import Turn
from qualcode.work import pseudonymise
from qualcode.work.name_patterns import is_nhs_number
from qualcode.work.name_proposals import PROPOSERS, Proposal, candidates, proposals, suggested
from qualcode.work.name_review import Review, scan
from qualcode.work.name_words import found
from tests import ways
from tests.builders import a_study, add_interview, rows_of
from tests.command_line import HOSTILE, Shell

ROOT = Path(__file__).parents[2]


def sorts(text):
    return {text[each.start : each.end]: each.sort for each in found(text)}


@pytest.mark.parametrize(
    ("text", "words", "sort"),
    [
        ("write to m.o-b+x@nhs.net.", "m.o-b+x@nhs.net", "e-mail"),
        ("write to j.o'neil@nhs.net", "j.o'neil@nhs.net", "e-mail"),
        ("it is maureen dot quill at gmail dot com", "maureen dot quill at gmail dot com", "e-mail"),
        ("see https://example.org/a?b=1.", "https://example.org/a?b=1", "web address"),
        ("on www.example.org/x, yes", "www.example.org/x", "web address"),
        ("their site leeds.ac.uk says", "leeds.ac.uk", "web address"),
        ("I am @mau_reen99 there", "@mau_reen99", "handle"),
        ("ring 07700 900123 now", "07700 900123", "phone number"),
        ("ring (020) 7946 0018 now", "(020) 7946 0018", "phone number"),
        ("ring +44 (0)20 7946 0018", "+44 (0)20 7946 0018", "phone number"),
        ("ring +33 1 23 45 67 89", "+33 1 23 45 67 89", "phone number"),
        ("oh double seven oh nine hundred", None, None),
        ("oh seven seven double oh nine oh", "oh seven seven double oh nine oh", "phone number"),
        ("number 943 476 5919", "943 476 5919", "NHS number"),
        ("number 943-476-5918", None, None),
        ("NI AB 12 34 56 C", "AB 12 34 56 C", "National Insurance number"),
        ("NI BG 12 34 56 C", None, None),
        ("at SW1A 1AA there", "SW1A 1AA", "postcode"),
        ("at ls2 9jt there", "ls2 9jt", "postcode"),
        ("on 14/03/1975", "14/03/1975", "date"),
        ("on 1975-03-14", "1975-03-14", "date"),
        ("the 14th of March, 1975", "14th of March, 1975", "date"),
        ("on the third of june nineteen seventy-five", "third of june nineteen seventy-five", "date"),
        ("on March the 3rd", "March the 3rd", "date"),
        ("I was born in nineteen fifty six", "nineteen fifty six", "date"),
        ("2/3 of them, [00:12:34], 3.5, you may 2", None, None),
        ("and mr quibble came", "quibble", "title"),
        ("and Nurse Quibble came", "Quibble", "title"),
        ("my name's quibble", "quibble", "said name"),
        ("my name is not important", None, None),
        ("and then maureen came", "maureen", "given name"),
        ("and SIOBHÁN came", "SIOBHÁN", "given name"),
        ("and Siobhan van der Berg's house", "Siobhan van der Berg", "given name"),
        ("and I will hope for grace in may", None, None),
        ("and I asked Grace", "Grace", "given name"),
        ("Will you come?", None, None),
        ("Will you come? I asked Will.", "Will", "given name"),
    ],
)
def test_a_form_is_found_whole_or_not_at_all(text, words, sort):
    assert sorts(text) == ({} if words is None else {words: sort})


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_a_double_name_is_one_also_with_the_hyphen_that_word_keeps_on_a_line(hyphen):
    assert sorts(f"it was Anne{hyphen}Marie") == {f"Anne{hyphen}Marie": "given name"}


def test_an_nhs_number_checks_itself():
    assert is_nhs_number("943 476 5919")
    assert not is_nhs_number("943 476 5910")
    assert not is_nhs_number("000 000 0000")


@pytest.fixture
def study(tmp_path):
    with a_study(tmp_path / "study.qualcode") as made:
        add_interview(
            made,
            "B",
            ("INT", "Who helped, Zebulon?"),
            ("Zebulon", "quibblecombe did, mail q@nhs.net. [Dawn] did, [Maureen laughs]. Maureen's garden."),
        )
        person = made.people.add("Zebulon")
        made.attributes.set("person", person.id, [("home town", "Quibblecombe"), ("gender", "woman")])
        yield made


def test_each_proposal_tells_its_place_its_proposer_and_why(study):
    made = {(each.words, each.proposer) for each in proposals(study) if each.document.name == "B"}
    assert made == {
        ("Zebulon", "speaker label"), ("quibblecombe", "attribute"), ("q@nhs.net", "e-mail"), ("Maureen", "given name"),
    }  # fmt: skip
    for each in proposals(study):
        assert study.documents.body(each.document)[each.start : each.end] == each.words
        assert each.why
    mail = next(each for each in proposals(study) if each.proposer == "e-mail")
    assert (mail.kind, mail.before.endswith("did, mail "), mail.after.startswith(". [Dawn]")) == ("other", True, True)


def test_candidates_are_grouped_whatever_their_case_with_pseudonyms_that_are_free(study):
    add_interview(study, "C", ("INT", "ZEBULON? And maureen?"))
    found = {each.words: each for each in candidates(study)}
    assert len(found["Zebulon"].places) == 3
    assert found["q@nhs.net"].pseudonym == "[E-mail 1]"
    assert found["Quibblecombe".lower()].kind == "place"
    assert len({each.pseudonym for each in found.values()}) == len(found)


def test_every_name_on_the_list_is_proposed_again_in_any_case_until_it_is_replaced(study):
    study.names.add("Quibble Street", "[Street]", "place")
    add_interview(study, "C", ("INT", "On QUIBBLE  STREET?"), ("Ben", "quibble street, [Street]"))
    again = [each.words for each in proposals(study) if each.proposer == "name list"]
    assert again == ["QUIBBLE  STREET", "quibble street"]
    pseudonymise.replace_listed(study)
    assert [each for each in proposals(study) if each.proposer == "name list"] == []


def test_no_word_of_a_pseudonym_is_proposed(study):
    before = {each.words for each in proposals(study)}
    add_interview(study, "C", ("INT", "And?"), ("Ann", "so I rang [Phone number 1] on [Market Square]"))
    assert {each.words for each in proposals(study)} == before


def test_what_is_ignored_is_not_proposed_again_until_undone(study):
    study.names.ignore("maureen")
    assert "Maureen" not in {each.words for each in proposals(study)}
    study.history.undo()
    assert "Maureen" in {each.words for each in proposals(study)}


def test_an_ignored_word_can_be_accepted_later_and_a_listed_one_not_ignored(study):
    study.names.ignore("Maureen")
    assert study.names.all() == []
    study.names.add("maureen", "[Dawn]")
    assert study.names.ignored() == []
    with pytest.raises(Exception, match=r"\[Dawn\] stands for it"):
        study.names.ignore("Maureen")


def test_a_name_taken_off_the_list_is_proposed_again_be_it_also_a_word(study):
    add_interview(study, "C", ("INT", "I asked Will, as he will."))
    pseudonymise.replace(study, "Will", "[W]", only_capitalised=True)
    add_interview(study, "D", ("INT", "I asked Will, as he will."))
    assert [each.words for each in proposals(study) if each.proposer == "name list"] == ["Will"]
    study.names.remove(study.names.get("Will"))
    assert study.names.ignored() == []
    assert ("Will", "given name") in {(each.words, each.proposer) for each in proposals(study)}


def test_a_pseudonym_that_holds_a_real_name_is_refused(study):
    study.names.add("Maureen", "[Dawn]")
    with pytest.raises(Exception, match="holds this name"):
        study.names.add("Dawn", "[Eve]")
    with pytest.raises(Exception, match="a real name on the list"):
        study.names.add("Zebulon", "[Maureen B]")


def test_one_more_proposer_is_a_function(study):
    def guessing(project):
        document = project.documents.get("B")
        yield Proposal(document, 0, 3, "INT", "other", "guess", "for fun", "", "")

    assert "guess" in {each.proposer for each in proposals(study, (*PROPOSERS, guessing))}


def test_the_whole_list_is_replaced_longer_names_first_and_undone_at_once(study):
    add_interview(study, "C", ("INT", "Maureen Quill?"), ("Zebulon", "Maureen quill, maureen, Will will."))
    for name, pseudonym in (("Maureen", "[M]"), ("Maureen Quill", "[M Q]"), ("Zebulon", "[Z]")):
        study.names.add(name, pseudonym)
    pseudonymise.replace(study, "Will", "[W]", only_capitalised=True)
    before = rows_of(study)
    done = pseudonymise.replace_listed(study)
    text = study.documents.body(study.documents.get("C"))
    assert text == "INT: [M Q]?\n[Z]: [M Q], [M], [W] will.\n"
    assert sum(done.places.values()) == 8
    assert pseudonymise.replace_listed(study).revisions == ()
    study.history.undo()
    assert rows_of(study) == before


def test_a_shorter_name_gets_the_pseudonym_of_the_fuller_one(study):
    study.names.add("Maureen Quill", "[Person 1]")
    assert suggested(study, "Maureen") == ("[Person 1]", "person")
    assert suggested(study, "a@nhs.net") == ("[E-mail 1]", "other")


def test_from_the_command_line(study, tmp_path, monkeypatch):
    add_interview(study, "H", ("INT", f"{HOSTILE}Maureen{HOSTILE}"))
    study.close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    assert "\x1b" not in shell.done("names", "propose", "--places")
    assert "anonymised" not in shell("names", "propose").output
    made = shell.json("names", "accept", "Maureen", "q@nhs.net")
    assert [each["pseudonym"] for each in made] == ["[Person 1]", "[E-mail 1]"]
    shell.done("names", "ignore", "Zebulon")
    assert "Zebulon" not in {each["words"] for each in shell.json("names", "propose")}
    assert [each["name"] for each in shell.json("names", "list", "--ignored")] == ["Zebulon"]
    dry = shell.json("names", "replace", "--all", "--dry-run")
    assert (len(dry["names"]), dry["replaced"]) == (2, False)
    shell.done("names", "replace", "--all", typed="y\n")
    assert "Maureen" not in shell.done("show", "H")
    shell.refused("names", "replace", "--all", "Maureen")
    shell.refused("names", "replace")


def test_the_page_on_what_is_missed_is_what_is_measured():
    done = subprocess.run([sys.executable, str(ROOT / "docs" / "names.py"), "--check"], check=False)
    assert done.returncode == 0, "run: python docs/names.py"
    assert "anonymised" not in (ROOT / "docs" / "names.md").read_text(encoding="utf-8")


def test_a_capital_in_the_midst_of_a_sentence_tells_a_name_unless_it_is_written_small_elsewhere(study):
    add_interview(
        study, "C", ("INT", "Ujwala? And Hospital."), ("Ben", "I saw Ujwala Rao at Hospital. The hospital, I said.")
    )
    words = {each.words for each in proposals(study) if each.proposer == "capital"}
    assert words == {"Ujwala Rao"}


def test_a_name_with_and_without_its_accent_is_one_to_decide_and_one_on_the_list(tmp_path):
    with ways.new(tmp_path / "s.qualcode", "AK") as project:
        add_interview(project, "A", ("INT", "Who?"), ("Ben", "I asked Siobh\u00e1n. And Siobhan said to Siobhan no."))
        found = scan(project)
        (candidate,) = [each for each in found.candidates if "iobh" in each.words]
        assert (candidate.words, len(candidate.places)) == ("Siobhan", 3)
        project.names.add("Siobh\u00e1n", "[Dawn]")
        for review in (Review(found), Review(scan(project))):
            (entry,) = [each for each in review.entries(project) if "iobh" in each.words]
            assert (entry.words, entry.state, len(entry.places)) == ("Siobh\u00e1n", "listed", 3)


# -- pseudonyms that were put in -------------------------------------------------------------------------------------


@pytest.mark.parametrize("pseudonym", ["Quenby", "[Quenby]", "[quenby]", "[the Quenby girl]", "Quenby Two", "<Quenby>"])
def test_a_pseudonym_that_was_put_in_is_not_proposed(study, pseudonym):
    add_interview(
        study,
        "C",
        ("INT", "And did Ujwala help?"),
        ("Ujwala", "Yes, I and Ujwala's dog, UJWALA-Marta and so on did."),
    )
    before = {each.words for each in proposals(study) if "ujwala" not in each.words.casefold()}
    pseudonymise.replace(study, "Ujwala", pseudonym)
    assert {each.words for each in proposals(study)} == before | {"Marta"}


def test_a_pseudonym_of_a_speaker_whose_label_stands_in_no_text_is_not_proposed(study):
    body = "so I said to her.\n"
    study.documents.add("V", body, [Turn(0, len(body), 0, "Ujwala")])
    assert "Ujwala" in {each.words for each in proposals(study)}
    pseudonymise.replace(study, "Ujwala", "Quenby")
    assert not {"Ujwala", "Quenby"} & {each.words for each in proposals(study)}


@pytest.mark.parametrize("pseudonym", ["Quenby", "[Quenby]"])
def test_a_real_name_that_is_anothers_pseudonym_is_proposed_and_this_is_told(study, pseudonym):
    add_interview(study, "C", ("INT", "And Ujwala?"), ("P1", "She saw quenby, and Quenby saw her."))
    add_interview(study, "D", ("INT", "And Ujwala?"), ("P1", "I asked Ujwala."))
    pseudonymise.replace(study, "Ujwala", pseudonym)
    study.people.add("Quenby")
    of_them = [each for each in proposals(study) if each.words.casefold() == "quenby"]
    assert {each.document.name for each in of_them} == {"C"}
    assert {"She saw ", "She saw quenby, and "} <= {each.before.removeprefix("P1: ") for each in of_them}
    assert all("a pseudonym, too" in each.also for each in of_them)


def test_a_real_name_that_a_correction_brought_is_proposed_although_it_is_anothers_pseudonym(study):
    add_interview(study, "C", ("INT", "And Ujwala?"), ("P1", "She saw Mumble there, and Ujwala."))
    pseudonymise.replace(study, "Ujwala", "Quenby")
    document = study.documents.get("C")
    start = study.documents.body(document).index("Mumble")
    study.documents.revise(document, [(start, start + 6, "Quenby")], "heard wrongly")
    assert "Quenby" in {each.words for each in proposals(study)}


def test_a_surname_left_beside_a_pseudonym_is_proposed(study):
    add_interview(study, "C", ("INT", "And then?"), ("P1", "So I saw Ujwala Thackthwaite there."))
    pseudonymise.replace(study, "Ujwala", "Quenby")
    assert "Thackthwaite" in {each.words for each in proposals(study)}


def test_what_was_put_in_and_undone_holds_nothing(study):
    add_interview(study, "C", ("INT", "And then?"), ("P1", "So I saw Ujwala there."))
    pseudonymise.replace(study, "Ujwala", "Quenby")
    study.history.undo()
    assert "Ujwala" in {each.words for each in proposals(study)}


def test_no_number_is_given_anew_that_stands_in_a_text_for_somebody_else(tmp_path):
    with ways.new(tmp_path / "s.qualcode", "AK") as project:
        said = "I asked [Person 1], and Ujwala, and Siobhan, of [Place 1] and [Person 3]."
        add_interview(project, "A", ("INT", "Who?"), ("P1", said))
        found = scan(project)
        shown = {each.words: each.pseudonym for each in Review(found).entries(project)}
        assert set(shown.values()) == {"[Person 2]", "[Person 4]"}
        assert suggested(project, "Ujwala") == ("[Person 2]", "person")
        assert pseudonymise.proposal(project, "Ujwala", "place") == "[Place 2]"
        project.names.add("Mo", "[Person 2]")
        assert "[Person 3]" not in {each.pseudonym for each in Review(found).entries(project)}
