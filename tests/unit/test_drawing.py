"""Figures as files: the same bytes each time, text that stays text, pages that hold what is on them."""

import hashlib
import os
import re
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from qualcode.errors import InputError
from qualcode.figure import (
    Band,
    Barcode,
    Curve,
    Edge,
    Figure,
    Forest,
    Line,
    Network,
    Node,
    Part,
    Reach,
    Strip,
    Structure,
)
from qualcode.report.drawing import SUFFIXES, content, unwritable, write_figure
from qualcode.visible import visible_line
from tests.unit.report_tables import HOSTILE, one_cell

TRICKS = [
    "$x_{$",
    r"\frac{a}{b} \N{DASH} \n \l",
    "<b>&lt;</b> &amp;",
    '"] evil [label="',
    HOSTILE,
    "a" * 300,
    "%",
    "{|}",
]


def figure_of(drawing, **more):
    parts = {"title": "A title", "caption": "A caption.", "notes": (), "alternative": "What it shows.", **more}
    return Figure(name="f", table=one_cell(), drawing=drawing, **parts)


def network(nodes=30, edges=60, name="Takes up and stays with support"):
    """Three tiers; links go to the next, over one, and stay within the second."""
    made = tuple(Node(f"N{number}", name, number % 3) for number in range(nodes))
    drawn = {}
    for number in range(edges):
        source, target = number % nodes, (number * 7 + 1 + number // nodes) % nodes
        if source % 3 < target % 3 or source % 3 == target % 3 == 1:
            look = ("lived", "witnessed", "hearsay", "expected")[number % 4]
            count = 0 if look == "expected" else 1 + number % 12
            against = ("none", "some", "all")[number % 3] if count else "none"
            drawn[source, target] = Edge(f"N{source}", f"N{target}", count, look, against)
    band = Band("Rival explanations", tuple(Node(f"RV{number}", name, None) for number in range(3)))
    arrows = (Edge("RV0", "N1", 3, "lived"), Edge("RV0", "N2", 1, "hearsay", "all"))
    return Network("people", ("One", "Two", "Three")[: min(nodes, 3)], made, (*drawn.values(), *arrows[: nodes - 1]),
                   (band,))  # fmt: skip


def curve(words="codes so far"):
    new = (15, 10, 8, 4, 4, 3, 1, 0)
    points = tuple((number + 1, sum(new[: number + 1])) for number in range(len(new)))
    spread = tuple((x, y - 1, y + 1) for x, y in points)
    bars = ("new codes", tuple((number + 1, each) for number, each in enumerate(new)))
    lines = (Line(words, points, spread), Line("SU", points[:3]), Line("nobody", ()))
    return Curve("Interviews", "Codes", lines, bars, ((8, words),))


def structure(words="Living proof"):
    concepts = (Part(words, "n = 3"), Part("“If she can do it”", "n = 14"))
    themes = (Part(words, "n = 20", concepts), Part("", made_of=concepts[:1]), Part("No concept yet"))
    dimensions = (Part(words, "", themes), Part("", made_of=themes[:1]), Part("No theme yet"))
    return Structure(("1st-order concepts", "2nd-order themes", "Aggregate dimensions"), dimensions)


def forest(words="Living proof"):
    rows = (
        Reach(words, 0.9, 0.7, 1.0), Reach("alone", -0.3), Reach(words, 0.4, -0.2, 0.8, words, is_thin=True),
        Reach("not defined", None, remark="undefined"), Reach(words, 0.5, 0.4, 0.6, is_sum=True),
    )  # fmt: skip
    return Forest(words, rows, ((0.667, words),))


def barcode(words="AK"):
    lanes = (((0, 90), (100, 101)), ((50, 120),), None)
    return Barcode((words, "KB", "MM"), (Strip(words, 4000, lanes, ((50, 90),)), Strip("nothing", 0, ((), (), ()), ())))


ALL = {
    "network": network(9, 20), "one": network(1, 0), "curve": curve(), "structure": structure(), "forest": forest(),
    "barcode": barcode(), "rowless": Forest("alpha", ()), "stripless": Barcode((), ()),
}  # fmt: skip


def written():
    """Name and ending of each file -> its bytes: every kind as svg and as dot, where it can be, and one as all."""
    drawn = {name: ALL[name] for name in ("network", "curve", "structure", "forest", "barcode")}
    return {
        f"{name}{suffix}": content(figure_of(drawing), suffix)
        for name, drawing in drawn.items()
        for suffix in SUFFIXES
        if name == "network" or suffix == ".svg" or (suffix, name) == (".dot", "structure")
    }


def test_the_same_figure_gives_the_same_bytes_in_another_process_with_other_settings(tmp_path):
    script = (
        "import hashlib\nfrom tests.unit.test_drawing import written\n"
        "for name, data in written().items(): print(name, hashlib.sha256(data).hexdigest())"
    )
    (tmp_path / "matplotlibrc").write_text(
        "font.size: 30\ntext.usetex: True\nsvg.fonttype: none\npath.sketch: 5, 9, 2\n"
    )
    settings = {"PYTHONHASHSEED": "2", "MATPLOTLIBRC": str(tmp_path), "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], env=os.environ | settings,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    here = {name: hashlib.sha256(data).hexdigest() for name, data in written().items()}
    assert dict(line.split() for line in run.stdout.splitlines()) == here
    assert len(here) == len(SUFFIXES) + 5


@pytest.mark.parametrize("number", [1, 12])
def test_the_head_of_hearsay_is_hollow_with_a_dark_outline_and_that_of_others_is_full(number):
    def heads(look):
        ends = Node("M1", "", 0), Node("P1", "", 1)
        drawing = Network("people", ("One", "Two"), ends, (Edge("M1", "P1", number, look),))
        drawn = etree.fromstring(content(figure_of(drawing), ".svg"))
        paths = list(drawn.iter("{http://www.w3.org/2000/svg}path"))
        triangles = [path for path in paths if len(re.findall("[MLC]", path.get("d", ""))) == 3]
        return {tuple(re.findall("(fill|stroke): (#[0-9a-f]{6})", path.get("style", ""))) for path in triangles}

    hollow = (("fill", "#ffffff"), ("stroke", "#1d2b44"))
    assert hollow in heads("hearsay")
    assert hollow not in heads("lived") | heads("witnessed")


@pytest.mark.parametrize("name", ALL)
def test_no_file_holds_a_date_or_names_the_program(name):
    for suffix in (".svg", ".pdf", ".png"):
        data = content(figure_of(ALL[name]), suffix)
        assert not re.search(rb"Date|dc:date|Creator\b|Software", data.split(b"stream")[0])


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png"])
def test_title_and_words_for_those_who_cannot_see_stand_in_the_file(suffix):
    data = content(figure_of(network(4, 4), title="Change model", alternative="Three columns."), suffix)
    assert b"Change model" in data
    assert b"Three columns." in data


@pytest.mark.parametrize("make", [network, curve, structure, forest, barcode], ids=lambda make: make.__name__)
def test_hostile_words_are_drawn_as_they_are(make):
    for words in ("a" * 300, " ".join(TRICKS)):
        drawing = make(2, 1, words) if make is network else make(words)
        made = figure_of(drawing, title=words, caption=words, alternative=words)
        svg = etree.fromstring(content(made, ".svg"))
        assert not list(svg.iter("{http://www.w3.org/2000/svg}script"))
    assert content(made, ".png").startswith(b"\x89PNG")
    if make is structure:  # the one with the most words; what is said of a text in a pdf is the same for all
        assert content(made, ".pdf").startswith(b"%PDF")


@pytest.mark.parametrize("words", TRICKS)
def test_in_dot_every_text_stays_in_its_quotation_marks(words):
    for drawing in (network(4, 4, words), structure(words)):
        text = content(figure_of(drawing, title=words, caption=words), ".dot").decode()
        assert visible_line(words).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") in text
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", re.sub(r"^// .*$|; // .*$", "", text, flags=re.MULTILINE))
        assert '"' not in bare
        assert set(re.findall(r"[a-z]+", bare)) <= {
            *("digraph", "subgraph", "label", "rankdir", "charset", "fontname", "node", "edge", "shape", "style"),
            *("rank", "penwidth", "color", "arrowhead", "fontcolor"),
        }


def size_in_mm(png):
    width, height = struct.unpack(">II", png[16:24])
    return width / 300 * 25.4, height / 300 * 25.4


def test_thirty_nodes_and_sixty_arrows_fit_a4_on_its_side():
    drawing = network(30, 120)
    assert len(drawing.edges) >= 60
    width, height = size_in_mm(content(figure_of(drawing), ".png"))
    assert width <= 297 - 2 * 19
    assert height <= 210 - 2 * 10


def test_a_hundred_nodes_make_the_page_higher_and_nothing_smaller():
    svg = content(figure_of(network(100, 300)), ".svg").decode()
    width, height = (float(size) / 72 * 25.4 for size in re.findall(r'(?:width|height)="([0-9.]+)pt"', svg)[:2])
    assert width < 260
    assert height > 300


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_at_all_can_be_drawn(suffix):
    assert content(figure_of(Network("people", (), (), ())), suffix)
    assert content(figure_of(replace(structure(), parts=())), suffix)
    if suffix != ".dot":
        assert content(figure_of(Curve("x", "y", ())), suffix)


@pytest.mark.parametrize("highest", [0, 1, 4, 7, 49, 1000, 123456])
def test_a_curve_of_any_height_has_few_ticks(highest):
    from qualcode.report.drawing_curve import _Plot

    ticks = _Plot(Curve("x", "y", (Line("a", ((1, highest),)),))).ticks
    assert 2 <= len(ticks) <= 8
    assert ticks[-1] >= highest
    assert all(tick == int(tick) for tick in ticks)


def test_what_the_font_lacks_is_told():
    assert unwritable(figure_of(network(4, 4, "Vertrauen · доверие · 信頼 $"))) == "信頼"
    assert unwritable(figure_of(structure("Ελπίδα"))) == ""


def test_writing_refuses_other_endings_and_curves_for_graphviz(tmp_path):
    assert write_figure(figure_of(curve()), tmp_path / "a.SVG").read_bytes().startswith(b"<?xml")
    for name, drawing in (("a.gif", network(3, 3)), ("a", network(3, 3)), ("a.dot", curve())):
        with pytest.raises(InputError) as told:
            write_figure(figure_of(drawing), tmp_path / name)
        assert ".svg" in told.value.remedy
    with pytest.raises(InputError):
        write_figure(figure_of(curve()), tmp_path / "no such folder" / "a.svg")


def test_drawing_leaves_the_callers_matplotlib_alone():
    import matplotlib as mpl

    names = sorted(set(mpl.rcParams) - {"backend"})  # reading the backend would choose one
    before = [mpl.rcParams[name] for name in names]
    content(figure_of(network(3, 3)), ".svg")
    assert [mpl.rcParams[name] for name in names] == before
    assert "matplotlib.pyplot" not in sys.modules


def test_a_page_of_three_metres_has_no_more_dots_than_can_be_drawn():
    strips = tuple(Strip(f"interview {number}", 100, (((0, 9),), None), ()) for number in range(500))
    png = content(figure_of(Barcode(("AK", "BL"), strips)), ".png")
    assert max(struct.unpack(">II", png[16:24])) <= 20_000
