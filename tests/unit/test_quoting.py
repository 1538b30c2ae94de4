"""What a quotation says is what the project holds now, however often it was asked before."""

import qualcode
from tests.studies import codebook, interview, new_study


def test_a_quotation_follows_what_this_and_another_open_project_write(tmp_path):
    with new_study(tmp_path) as project:
        codebook(project)
        project.people.add("Ann")
        document = interview(project, "A1", [("INT", "And then?"), ("R", "We went to Larch.")], {"R": "Ann"})
        segment = project.segments.add("A1", code="P3", quote="went to Larch")

        def quoted():
            [quotation] = project.quotations(project.segments.by_ids([segment.id]))
            return quotation.words, quotation.citation

        assert quoted() == ("went to Larch", "[Ann, line 2]")
        start = project.documents.body(document).index("Larch")
        project.documents.revise(document, [(start, start + 5, "[a ward]")], "a name")
        assert quoted() == ("went to [a ward]", "[Ann, line 2]")
        project.history.undo()
        assert quoted() == ("went to Larch", "[Ann, line 2]")
        with qualcode.open(project.path, "BK") as other:
            other.people.rename(other.people.get("Ann"), "P01")
        assert quoted() == ("went to Larch", "[P01, line 2]")
