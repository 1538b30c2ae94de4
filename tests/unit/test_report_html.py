import pytest
from lxml import html

from qualcode.report import write
from qualcode.visible import visible
from tests.unit.report_tables import ALL, HOSTILE, block_matrix, hostile, themes


def page(tmp_path, table):
    return html.fromstring(write(table, tmp_path / "t.html").read_bytes())


def test_every_cell_with_evidence_opens_to_its_quotations(tmp_path):
    table = block_matrix()
    root = page(tmp_path, table)
    opening = {link.getparent().get("id"): link for link in root.xpath("//td/a[@class='open']")}
    for row_number, row in enumerate(table.rows, 1):
        for column_number, column in enumerate(table.columns, 1):
            quotations = table.quotations(row.key, column.key)
            link = opening.pop(f"c{row_number}-{column_number}", None)
            assert (link is not None) == bool(quotations)
            if link is not None:
                (section,) = root.xpath("//section[@id=$id]", id=link.get("href")[1:])
                assert section.xpath(".//blockquote/text()") == [each.words for each in quotations]
                assert [cite.text_content() for cite in section.xpath(".//cite")] == [
                    f"{each.citation} · {each.label}" for each in quotations
                ]
                assert section.xpath("./div/p/text()") == [each.before for each in quotations]
                assert section.xpath("./a/@href") == [f"#c{row_number}-{column_number}"]
    assert not opening


def test_the_opened_cell_says_what_its_number_means(tmp_path):
    root = page(tmp_path, block_matrix())
    section = root.get_element_by_id("q2-3")
    assert section.findtext("h2/bdi") == "M2a Living proof · P3 Hope"
    assert section.find_class("reading")[0].text == "2 of 71 people"
    assert root.get_element_by_id("c2-3").text_content() == "2−"


@pytest.mark.parametrize("table", ALL)
def test_nothing_is_fetched_and_no_script_runs(tmp_path, table):
    root = page(tmp_path, table())
    assert not root.xpath("//script | //link | //img | //iframe | //object | //form | //@onclick | //@src")
    assert all(target.startswith("#") for target in root.xpath("//@href"))
    style = root.findtext("head/style")
    assert "url(" not in style
    assert "@import" not in style
    assert root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0].startswith("default-src 'none'")


def test_hostile_text_is_shown_as_text(tmp_path):
    root = page(tmp_path, hostile())
    assert root.findtext("body/h1") == visible(HOSTILE)
    assert {quote.text for quote in root.iter("blockquote")} == {visible(HOSTILE)}
    raw = (tmp_path / "t.html").read_text("utf-8")
    assert "\x1b" not in raw
    assert "\u202e" not in raw
    assert "<script" not in raw


def test_words_of_any_direction_stay_in_their_place(tmp_path):
    root = page(tmp_path, block_matrix())
    assert root.get("lang") == "en"
    assert {quote.get("dir") for quote in root.iter("blockquote")} == {"auto"}
    assert all(head.find("bdi") is not None for head in root.xpath("//tbody//th"))


def test_heads_name_their_rows_columns_and_bands(tmp_path):
    root = page(tmp_path, block_matrix())
    assert [band.text_content() for band in root.find_class("band") if band.tag == "th"] == [
        "Process outcomes",
        "Downstream outcomes",
    ]
    assert len(root.xpath("//thead//th[@scope='col']")) == 16
    assert len(root.xpath("//tbody//th[@scope='row']")) == 4 + 3


def test_darker_means_more_and_only_columns_of_one_unit_are_compared(tmp_path):
    root = page(tmp_path, block_matrix())
    assert "s5" in root.get_element_by_id("c1-3").get("class").split()
    assert "s1" in root.get_element_by_id("c2-3").get("class").split()
    assert not page(tmp_path, themes()).xpath("//td[contains(@class, ' s')]")
