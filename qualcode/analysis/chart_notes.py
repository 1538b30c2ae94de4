"""What stands beside and below a chart: case summaries, what fits no theme, and what a column comes to.

Framework analysis asks for a case-summary column, an "other" column and, read down a column, elements, categories and a
typology. They are memos whose first word says which: "Case summary: …" and "Other: …" on a person or case,
"Elements: …", "Categories: …" and "Typology: …" on a theme's code. So each is dated, signed and can be changed.
"""

from collections.abc import Mapping, Sequence

from qualcode.analysis.charts import Charts
from qualcode.model import Memo

BESIDE = ("Case summary", "Other")
"""Columns, from memos on whoever stands in the rows."""

BELOW = ("Elements", "Categories", "Typology")
"""Rows, from memos on the codes of the columns."""

Notes = Mapping[tuple[str, int], str]  # which of them, and id of a person or case or place of a code -> the words


def beside(charts: Charts) -> Notes:
    """The last of each that was written of a person or case."""
    memos = _shared(charts)
    target = "person" if charts.rows.by == "person" else "case"
    return _last(BESIDE, [(number, each.body) for each in memos if (number := getattr(each, target)) is not None])


def below(charts: Charts) -> Notes:
    """The last of each that was written of a theme; codes merged into it are its own."""
    standing = charts.project.codes.standing()
    places = {theme.code.id: theme.first for theme in charts.themes}
    on_codes = [(standing[each.code], each.body) for each in _shared(charts) if each.code is not None]
    return _last(BELOW, [(places[code], body) for code, body in on_codes if code in places])


def _shared(charts: Charts) -> list[Memo]:
    """The memos, the oldest first; private ones belong in nobody's table."""
    return [each for each in charts.project.memos.find() if not each.private]


def _last(names: Sequence[str], written: Sequence[tuple[int, str]]) -> Notes:
    found = {}
    for number, body in written:
        word, colon, rest = body.partition(":")
        for name in names:
            if colon and word.strip().casefold() == name.casefold():
                found[name, number] = rest.strip()
    return found
