"""A filter of passages means what the same scope means in a table: on any small study both name the same passages."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import Scope, change_model, themes
from qualcode.project.retrieval import Filter
from tests.studies import codebook, interview, new_study

PEOPLE = ("Ann", "Bob", "Cy", "Di")
CASES = (("Region", None), ("A", "Region"), ("Ward", "A"), ("Else", None))
some = st.sampled_from
any_case = some([None, *(name for name, _ in CASES)])
gender = some([None, "woman", "man"])
waves = some(["-", "1", "T2"])
said = st.tuples(waves, some(["SU", "MG"]))
person = st.tuples(any_case, st.dictionaries(waves, some(["SU", "MG"]), max_size=2), st.dictionaries(waves, gender))
turns = st.lists(st.tuples(some(["P", "Q", "INT"]), some(["I did.", "so it goes"])), max_size=4)
document = st.tuples(turns, st.dictionaries(some(["P", "Q", ""]), some(PEOPLE)), waves, any_case, gender)
coded = st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(1, 20), some(["M2a", "M2b", "P3"]))
few = {"max_size": 2, "unique": True}
scopes = st.builds(
    Scope,
    st.lists(some(["SU", "su", "MG", ""]), **few).map(tuple),
    st.lists(some(["1", "T2", "t2"]), **few).map(tuple),
    st.lists(some(["Region", "region", "A", "Else"]), **few).map(tuple),
    st.lists(some([("gender", "woman"), ("gender", "man"), ("size", "small")]), **few).map(tuple),
    st.lists(some(["M2", "P3"]), **few).map(tuple),
)


def build(project, people, documents, segments, case_values):
    codebook(project)
    for wave in ("1", "T2"):
        project.waves.ensure(wave)
    for name, parent in CASES:
        project.cases.add(name, parent=project.cases.get(parent).id if parent else None)
    put = project.attributes.set
    put("document", interview(project, "known", [("INT", "Well?")]).id, [("gender", "woman"), ("size", "small")])
    put("document", interview(project, "too", [("INT", "Well?")]).id, [("gender", "man")])
    for name, (case, roles, values) in zip(PEOPLE, people, strict=True):
        made = project.people.add(name, case, roles)
        for wave, value in values.items():
            put("person", made.id, [("gender", value or "")], wave)
    for (name, _), value in zip(CASES, case_values, strict=True):
        put("case", project.cases.get(name).id, [("gender", value or ""), ("size", "small" if value else "")])
    for number, (spoken, who, wave, case, value) in enumerate(documents):
        add_document(project, f"d{number}", spoken, who, wave)
        made = project.documents.get(f"d{number}")
        if case:
            project.documents.place(made, case=project.cases.get(case).id)
        put("document", made.id, [("gender", value or "")])
    for number, start, length, code in segments:
        made = project.documents.get(f"d{number}")
        first = min(start, made.length - 1)
        project.segments.add(made.id, code, span=(first, min(first + length, made.length)))


def add_document(project, name, spoken, who, wave):
    """An interview, or a text without turns that may be somebody's."""
    if spoken:
        labels = {label for label, _ in spoken}
        interview(project, name, spoken, {label: each for label, each in who.items() if label in labels}, wave)
        return
    made = project.documents.add(name, "A letter, nobody is named.", [], wave=wave)
    if "" in who:
        project.documents.set_speaker(made, "", "participant", project.people.get(who[""]).id)


@given(
    people=st.tuples(*[person] * len(PEOPLE)),
    documents=st.tuples(*[document] * 3),
    segments=st.lists(coded, min_size=3, max_size=8),
    case_values=st.tuples(*[gender] * len(CASES)),
    wanted=st.lists(scopes, min_size=3, max_size=6),
)
@settings(max_examples=25, deadline=None)
def test_the_passages_found_are_those_that_the_theme_table_rests_on(people, documents, segments, case_values, wanted):
    with TemporaryDirectory() as folder, new_study(Path(folder)) as project:
        with project.action("build"):
            build(project, people, documents, segments, case_values)
        for scope in wanted:
            table = themes(project, scope=scope)
            rests_on = {each for row in table.rows for each in table.evidence(row.key, "references").ids}
            asked = Filter(
                roles=scope.roles, waves=scope.waves, cases=scope.cases, attributes=scope.attributes, codes=scope.codes
            )
            assert {each.id for each in project.segments.find(asked)} == rests_on, scope


def test_a_scope_is_said_and_split_by_the_names_that_the_project_has(tmp_path):
    with new_study(tmp_path) as project:
        codebook(project)
        for name, role in (("Ann", "SU"), ("Bob", "MG")):
            project.people.add(name, "A", {"-": role})
            interview(project, name, [(name, "I did.")], {name: name}, "T1")
            project.claims.add(name, "M2a", "P3", quote="I did")
        table = change_model(project, split="role", scope=Scope(roles=("su",), waves=("t1",), cases=("a",)))
        assert "Filter: roles SU; waves T1; cases A." in table.notes
        assert {"M2a", "M2a role=SU"} == {row.key for row in table.rows if row.key.startswith("M2a")}
