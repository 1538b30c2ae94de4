"""Hand-built tables that the tests of the report share."""

from qualcode.model import Quotation
from qualcode.table import NOTHING, Evidence, Heading, Table

HOSTILE = "<script>alert(1)</script> | =cmd() \x1b[31mred\x1b[0m \u202eevil ![x](http://example.org/x.png) \ufffe &amp;"


def quotation(number, words="She had been where I was.", before="What was that like?"):
    return Quotation(
        document="A-SU1",
        speaker="SU",
        words=words,
        citation=f"[A, SU, wave 1, P{number:02d}, l. {number}]",
        before=before,
        label="M2a → P3 raises",
        answer=number,
        lines=(number, number),
        start=0,
        end=len(words),
    )


def block_matrix():
    """Four rows and fifteen columns in two bands; M2a x P3 is contradicted, P3 x P3 itself."""
    rows = (
        Heading("M2", "M2 Role-modelling living well", group="Mechanisms"),
        Heading("M2a", "M2a Living proof", group="Mechanisms", depth=1),
        Heading("RV", "RV Other causes", group="Rival explanations"),
        Heading("P3", "P3 Hope", group="Process outcomes"),
    )
    names = {
        "P0": "No change, or worse, while supported", "P1": "Trust extends to others", "P3": "Hope",
        "P4": "Confidence and empowerment", "P5": "Collaboration with staff", "P6": "Less self-stigma",
        "P7": "Coping copied", "P8": "Takes up and stays with support", "P9": "Community participation",
        "D0": "No later change, or worse", "D1": "Wellbeing and recovery", "D2": "Functioning and quality of life",
        "D3": "Symptoms", "D4": "Service use", "D5": "Social network",
    }  # fmt: skip
    columns = tuple(
        Heading(key, f"{key} {name}", "people", 71, "Process outcomes" if key[0] == "P" else "Downstream outcomes")
        for key, name in names.items()
    )
    counts = {("M2", "P3"): 21, ("M2a", "P3"): 2, ("RV", "D3"): 1, ("P3", "D1"): 9}
    cells = [[counts.get((row.key, column.key), 0) for column in columns] for row in rows]
    evidence = {("M2", "P3"): (1, 2, 3), ("M2a", "P3"): (2, 3), ("RV", "D3"): (7,)}
    return Table(
        name="change-model",
        title="Change-model matrix",
        corner="leads to →",
        rows=rows,
        columns=columns,
        cells=cells,
        notes=("Layer: consensus.", "Codebook version 7."),
        marks={
            ("M2a", "P3"): ("contradicted",),
            ("RV", "D3"): ("hearsay",),
            ("M2", "P4"): ("expected",),
            ("P3", "P3"): ("itself",),
        },
        opens=lambda row, column: Evidence("claim", evidence[row, column]) if (row, column) in evidence else NOTHING,
        reads=lambda found: tuple(quotation(each, words=f"Words of claim {each}.") for each in found.ids),
    )


def themes():
    """Text and numbers of two units; a cell is missing, a float wants three places."""
    rows = (Heading("SC2", "Timing of support", of=40), Heading("SC5", "Medication decisions", depth=1))
    columns = (
        Heading("definition", "Definition"),
        Heading("n", "Said by", unit="people", of=120),
        Heading("refs", "References", unit="references"),
        Heading("kappa", "Kappa", unit="kappa", decimals=3),
    )
    cells = [
        ["When support was offered, and whether it could be used at all", 84, 191, 0.34782608695652173],
        [None, 62, None, float("inf")],
    ]
    return Table("themes", "Themes", "Theme", rows, columns, cells)


def percentages():
    """Counts with their part of the column's, the cell's own and no denominator; nobody asked in one cell."""
    rows = (Heading("M1", "M1 Trust"), Heading("M2", "M2 Role-modelling"))
    columns = (
        Heading("SU", "SU service user", "people", 8, percent=True),
        Heading("PW", "PW peer worker", "people", 0),
    )
    return Table(
        "percentages",
        "Percentages",
        "Code",
        rows,
        columns,
        [[1, 0], [3, None]],
        marks={("M2", "PW"): ("unasked",)},
        of={("M2", "SU"): 4},
    )


def one_cell():
    rows, columns = (Heading("r", "Row"),), (Heading("c", "Column", unit="people"),)
    return Table("one", "One number", "", rows, columns, [[5]])


def no_rows():
    columns = (Heading("c", "Column", unit="people"),)
    return Table("none", "Nothing yet", "Code", (), columns, [])


def hostile():
    """Text that no surface may run, hide behind or fall over, in every place where text can stand."""
    rows = (Heading("=row", HOSTILE, group=HOSTILE),)
    columns = (Heading("+col", HOSTILE, group=HOSTILE), Heading("n", HOSTILE, unit=HOSTILE, of=3, group="b"))
    return Table(
        name=HOSTILE,
        title=HOSTILE,
        corner=HOSTILE,
        rows=rows,
        columns=columns,
        cells=[[HOSTILE, 1]],
        notes=(HOSTILE,),
        opens=lambda _row, _column: Evidence("segment", (1,)),
        reads=lambda _evidence: (quotation(1, words=HOSTILE, before=HOSTILE),),
    )


ALL = (block_matrix, themes, percentages, one_cell, no_rows, hostile)
