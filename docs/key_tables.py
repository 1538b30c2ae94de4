"""Writes the tables of keys into docs/workbench.md, from the table of actions: `python docs/key_tables.py [--check]`.

Each stands between `<!-- keys of PLACE -->` and `<!-- end -->`.
"""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from textual.keys import format_key

from qualcode.tui.actions import ACTIONS, Action, Keymap, keys_of

PAGE = Path(__file__).parent / "workbench.md"
_BLOCK = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def remade(page: str) -> str:
    """The page with its tables as the actions are now."""
    return _BLOCK.sub(lambda match: f"{match[1]}{_table(match[2])}{match[3]}", page)


def places(page: str) -> set[str]:
    """The places whose keys the page has."""
    return {match[2] for match in _BLOCK.finditer(page)}


def _table(place: str) -> str:
    lines = ["| Keys | vim-like | What it does | Name |", "| --- | --- | --- | --- |"]
    for group, actions in ACTIONS[place].items():
        lines.append(f"| | | **{group}** | |")
        lines += [_row(place, action) for action in actions]
    return "\n".join(lines) + "\n"


def _row(place: str, action: Action) -> str:
    standard, vim = (_shown(action, keys) for keys in ("standard", "vim"))
    return f"| {standard} | {'' if vim == standard else vim} | {action.text} | `{place}.{action.name}` |"


def _shown(action: Action, keys: Keymap) -> str:
    return " ".join(f"<kbd>{_escaped(format_key(key))}</kbd>" for key in keys_of(action, keys).split(","))


def _escaped(key: str) -> str:
    return "".join(f"&#{ord(sign)};" if sign in "<>&|`*_[]\\~" else sign for sign in key)


def main() -> int:
    """Write them; with --check say whether they are as they should be."""
    page = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        return int(remade(page) != page)
    PAGE.write_text(remade(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
