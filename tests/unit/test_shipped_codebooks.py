"""The codebooks that travel with qualcode: complete, consistent in themselves, honest about where they come from."""

import re
from functools import cache

import pytest

from qualcode import shipped
from qualcode.codebook import Codebook, dump, load, loads

NAMES = (
    "grounded_theory_open",
    "peer_worker_change_model",
    "process_evaluation",
    "self_care_support",
    "self_management_components",
)
MECHANISMS = ("M1", "M1a", "M1b", "M1c", "M1d", "M2", "M2a", "M2b", "M2c", "M2d", "M3", "M3a", "M3b", "M3c")
PROCESS = ("P0", "P1", "P3", "P4", "P5", "P6", "P7", "P8", "P9")
DOWNSTREAM = ("D0", "D1", "D2", "D3", "D4", "D5")
CONDITIONS = ("C", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8")
RIVALS = ("RV", "RV1", "RV2", "RV3", "RV4")
UNINTENDED = ("B1", "X", "X1", "X2", "X3")
OUTCOMES = ("OC", *(f"OC{number}" for number in range(1, 10)))

IDS = {
    "grounded_theory_open": ("CAUSE", "PHENOMENON", "CONTEXT", "INTERVENE", "STRATEGY", "CONSEQUENCE"),
    "peer_worker_change_model": (*MECHANISMS, *PROCESS, *DOWNSTREAM, *CONDITIONS, *RIVALS, *UNINTENDED),
    "process_evaluation": tuple(f"IM{number}" for number in range(1, 13)),
    "self_care_support": tuple(f"SC{number}" for number in range(1, 13)),
    "self_management_components": ("SM", *(f"SM{number}" for number in range(1, 7)), *OUTCOMES),
}
ARROWS = {
    "M1": ("P1", "P5"),
    "M2": ("P3", "P4", "P6", "P7"),
    "M3": ("P5", "P8", "P9"),
    "P1": ("D1",),
    "P5": ("D4",),
    **dict.fromkeys(("P3", "P4", "P6", "P7"), ("D1", "D2", "D3")),
    **dict.fromkeys(("P8", "P9"), ("D4", "D5")),
}
every_codebook = pytest.mark.parametrize("name", NAMES)


@cache
def codebook(name: str) -> Codebook:
    return load(shipped.codebook(name))


def kinds(name: str) -> dict[str, str]:
    return {code.id: code.kind for code in codebook(name).codes}


def valences(name: str, valence: str) -> set[str]:
    return {code.id for code in codebook(name).codes if code.valence == valence}


def test_these_are_the_codebooks_that_travel() -> None:
    assert tuple(shipped.codebook_names()) == NAMES


@every_codebook
def test_a_codebook_is_called_as_its_file_and_holds_its_codes_in_order(name: str) -> None:
    assert codebook(name).name == name
    assert tuple(code.id for code in codebook(name).codes) == IDS[name]


@every_codebook
def test_a_codebook_is_written_as_the_program_writes_it(name: str) -> None:
    text = shipped.codebook(name).read_text(encoding="utf-8")
    comments = "".join(f"{line}\n" for line in text.split("\n") if line.startswith("#"))
    assert comments + dump(codebook(name)) == text
    assert loads(text, name) == codebook(name)


@every_codebook
def test_every_code_has_all_that_macqueen_asks_for(name: str) -> None:
    for code in codebook(name).codes:
        definition = code.definition
        parts = (definition.brief, definition.full, definition.include, definition.exclude, definition.example)
        assert all(parts), code.id
        assert len(definition.brief) <= 90, code.id
        assert len(set(parts)) == 5, code.id


@every_codebook
def test_no_two_codes_are_called_alike(name: str) -> None:
    names = [code.name.casefold() for code in codebook(name).codes]
    briefs = [code.definition.brief.casefold() for code in codebook(name).codes]
    assert len(set(names)) == len(names)
    assert len(set(briefs)) == len(briefs)


@every_codebook
def test_codes_named_in_a_definition_exist_and_none_sends_to_itself(name: str) -> None:
    known = set().union(*IDS.values())
    for code in codebook(name).codes:
        parts = (code.definition.full, code.definition.include, code.definition.exclude)
        assert set(re.findall(r"\b(?:M|P|D|C|RV|B|X|SC|SM|OC|IM)\d+[a-d]?\b", " ".join(parts))) <= known, code.id
        outside = re.sub(r"codebook process_evaluation|in peer_worker_change_model", "", code.definition.exclude)
        assert not re.search(rf"\({code.id}\b", outside), code.id


@every_codebook
def test_a_codebook_says_what_is_the_literatures_what_is_ours_and_that_examples_are_invented(name: str) -> None:
    provenance = codebook(name).provenance
    assert "What is taken from the literature." in provenance
    assert "What is ours." in provenance
    assert "invented" in provenance
    assert "All examples are invented." in shipped.codebook(name).read_text(encoding="utf-8").split("\n")[1]


def test_the_change_model_names_its_paper_its_method_and_the_rule_against_circles() -> None:
    provenance = codebook("peer_worker_change_model").provenance
    assert "Epidemiology and Psychiatric Sciences 24(5):435-445" in provenance
    assert "template analysis, not grounded theory" in provenance
    assert "The rule against circles." in provenance


def test_the_change_models_arrows_are_the_expected_ones_and_no_others() -> None:
    codes = codebook("peer_worker_change_model").codes
    assert {code.id: code.leads_to for code in codes if code.leads_to} == ARROWS


def test_the_change_models_kinds() -> None:
    expected = {
        **dict.fromkeys(MECHANISMS, "mechanism"),
        **dict.fromkeys(PROCESS, "process outcome"),
        **dict.fromkeys(DOWNSTREAM, "downstream outcome"),
        **dict.fromkeys(CONDITIONS, "moderator"),
        **dict.fromkeys(RIVALS, "rival explanation"),
        **dict.fromkeys(UNINTENDED, "unintended"),
        "C1": "context",
    }
    assert kinds("peer_worker_change_model") == expected


def test_outcomes_of_the_change_model_stand_at_the_top_and_the_other_groups_roll_up() -> None:
    parents = {code.id: code.parent for code in codebook("peer_worker_change_model").codes}
    assert {parents[code] for code in (*PROCESS, *DOWNSTREAM, "M1", "M2", "M3", "B1", "C", "RV", "X")} == {None}
    for group, members in (("C", CONDITIONS), ("RV", RIVALS), ("X", UNINTENDED[1:])):
        assert {parents[code] for code in members[1:]} == {group}
    assert [code for code in MECHANISMS if parents[code] != code[:2] and len(code) == 3] == []


def test_in_the_change_model_less_is_better_for_symptoms_and_service_use() -> None:
    assert valences("peer_worker_change_model", "less is better") == {"D3", "D4"}
    assert valences("peer_worker_change_model", "bad") == {"M2d", "P0", "D0", "X", "X1", "X2", "X3"}
    assert valences("peer_worker_change_model", "neutral") == {*CONDITIONS, *RIVALS}


def test_self_care_support_has_moderators_mechanisms_and_outcomes_where_the_frame_says() -> None:
    found = kinds("self_care_support")
    assert {found[f"SC{number}"] for number in range(2, 6)} == {"moderator"}
    assert {found[f"SC{number}"] for number in range(6, 9)} == {"mechanism"}
    assert (found["SC10"], found["SC11"]) == ("process outcome", "downstream outcome")
    assert valences("self_care_support", "less is better") == {"SC11"}


def test_components_are_a_kind_of_their_own_and_three_outcomes_are_better_when_less() -> None:
    found = kinds("self_management_components")
    assert {kind for short, kind in found.items() if short.startswith("SM")} == {"component"}
    assert valences("self_management_components", "less is better") == {"OC1", "OC2", "OC3"}


def test_the_open_start_has_axial_places_and_nothing_else() -> None:
    assert {code.stage for code in codebook("grounded_theory_open").codes} == {"axial"}
