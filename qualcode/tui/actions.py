"""Every user action of the workbench, once: keys, palette, help and footer are made from this table.

An action belongs to a *place*: what has the focus when it works. A place is a class (a screen or a widget) that has a
method `action_NAME` for each of its actions. Capital letters lead to places; small letters work on the words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding

Keymap = Literal["standard", "vim"]
KEYMAPS: tuple[Keymap, ...] = ("standard", "vim")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a user can do.

    Attributes:
        name: `action_NAME` of its place does it.
        text: what it does, as palette and help say it.
        keys: Textual's names of keys, by comma; any of them.
        vim: keys in the vim-like keymap, where they differ; "" = as `keys`.
        hint: one or two words for the footer; "" = not shown there.
    """

    name: str
    text: str
    keys: str
    vim: str = ""
    hint: str = ""


ACTIONS: Mapping[str, Mapping[str, tuple[Action, ...]]] = {
    "everywhere": {
        "Places": (
            Action("documents", "Go to the list of documents", "D,f2", hint="Documents"),
            Action("people", "Go to people and cases", "P,f4"),
            Action("import_files", "Bring transcripts or a codebook into the project", "I,f6"),
            Action("open_project", "Open another project", "O,f7"),
            Action("go_back", "Go back to where you were", "backspace,alt+left", vim="backspace,ctrl+o"),
            Action("go_forward", "Go forward again", "=,alt+right"),
        ),
        "Program": (
            Action("help", "Show all keys of this place", "question_mark,f1", hint="Help"),
            Action("command_palette", "Find an action by its name", "ctrl+p,colon", hint="Actions"),
            Action("undo", "Undo your last action", "u,ctrl+z", hint="Undo"),
            Action("redo", "Redo what you undid", "ctrl+y,U", vim="ctrl+r,U"),
            Action("theme", "Next theme: light, dark, high contrast, colour-blind safe", "f9"),
            Action("keymap", "Change between the standard and the vim-like keys", "f10"),
            Action("leave", "Leave the program (everything is saved already)", "Q,ctrl+q"),
        ),
    },
    "reader": {
        "Move": (
            Action("left", "One character back", "left", vim="h,left"),
            Action("right", "One character on", "right", vim="l,right"),
            Action("up", "One line up", "up", vim="k,up"),
            Action("down", "One line down", "down", vim="j,down"),
            Action("word_left", "To the word before", "ctrl+left,b", vim="b,ctrl+left"),
            Action("word_right", "To the next word", "ctrl+right,w", vim="w,ctrl+right"),
            Action("sentence_back", "To the sentence before", "left_parenthesis"),
            Action("sentence_on", "To the next sentence", "right_parenthesis"),
            Action("turn_back", "To the turn before", "left_curly_bracket,ctrl+up"),
            Action("turn_on", "To the next turn", "right_curly_bracket,ctrl+down"),
            Action("line_start", "To the start of the line", "home", vim="0,home"),
            Action("line_end", "To the end of the line", "end", vim="dollar_sign,end"),
            Action("page_up", "One screen up", "pageup", vim="ctrl+b,pageup"),
            Action("page_down", "One screen down", "pagedown,space", vim="ctrl+f,pagedown,space"),
            Action("top", "To the beginning", "ctrl+home,g", vim="g,ctrl+home"),
            Action("bottom", "To the end", "ctrl+end,G", vim="G,ctrl+end"),
        ),
        "Select": (
            Action("select", "Begin or end a selection here; moving widens it", "v", hint="Select"),
            Action("select_sentence", "Select the sentence; again: the next one too", "s", hint="Sentence"),
            Action("select_answer", "Select the whole answer; again: the next one too", "a", hint="Answer"),
            Action("select_turn", "Select the whole turn", "t"),
            Action("other_end", "Go on at the other end of the selection", "o"),
            Action("extend_left", "Widen by one character back", "shift+left"),
            Action("extend_right", "Widen by one character on", "shift+right"),
            Action("extend_up", "Widen by one line up", "shift+up"),
            Action("extend_down", "Widen by one line down", "shift+down"),
            Action("extend_word_left", "Widen by one word back", "ctrl+shift+left"),
            Action("extend_word_right", "Widen by one word on", "ctrl+shift+right"),
            Action("drop", "Drop the selection", "escape"),
        ),
        "Look": (
            Action("margin", "Margin: nothing, short codes, full names", "f8,vertical_line"),
            Action("next_passage_here", "Next coded passage at the cursor", "tab"),
        ),
    },
    "coding": {
        "Code": (
            Action("code", "Code the selection, else the sentence, by a code's own key", "c", hint="Code"),
            Action("pick", "Code the selection, else the sentence: search for the code", "enter", hint="Search code"),
            Action("code_answer", "Code the whole answer", "C"),
            Action("repeat", "Code with the last code again", "full_stop", hint="Again"),
            *(Action(f"recent({n})", f"Code with recent code {n}", str(n)) for n in range(1, 10)),
            Action("in_vivo", "Make a code of the selected words themselves", "i"),
            Action("uncode", "Take a code off the passage at the cursor", "x", hint="Uncode"),
            Action("recode", "Give the passage at the cursor another code", "r"),
            Action("edges", "Move the edges of the passage at the cursor", "E"),
            Action("unsure", "Mark the passage unsure, with a few words", "tilde,exclamation_mark"),
            Action("negative", "Mark the passage as a negative case", "minus"),
            Action("exemplar", "Pin the passage as an exemplar", "asterisk"),
            Action("claim", "This leads to that: write down a claim", "greater_than_sign", hint="Leads to"),
            Action("memo", "Write a memo on the passage, or on the document", "m", hint="Memo"),
            Action("memos", "Show the memos of this document", "M"),
            Action("definition", "Show what the code at the cursor means", "K"),
        ),
        "Go": (
            Action("next_thing", "Next ... uncoded answer, question, unsure, memo, same code elsewhere",
                   "right_square_bracket", hint="Next …"),
            Action("previous_thing", "The ... before", "left_square_bracket"),
            Action("search", "Search in this document", "slash", hint="Find"),
            Action("next_hit", "Next place found", "n"),
            Action("previous_hit", "Place found before", "N"),
        ),
        "Read": (
            Action("nothing_here", "Read, nothing here: on to the next answer", "z", hint="Nothing here"),
            Action("finish", "Look over what is left, and finish this document", "F"),
            Action("correct", "Correct the words or the speaker of this turn", "e"),
            Action("pseudonym", "Replace a name everywhere", "R"),
            Action("copy", "Copy the selected words with their citation", "y,ctrl+c"),
            Action("codebook", "Show or hide the codebook", "B,f3", hint="Codebook"),
            Action("whose", "Show the coding of: me, all who may be seen, the layer that counts", "A"),
            Action("waves", "Show the other wave of this person beside", "W,f5"),
        ),
    },
    "sides": {
        "Two waves": (Action("other_side", "Go to the other wave", "apostrophe,ctrl+w", hint="Other wave"),),
    },
    "turn": {
        "Correct": (
            Action("keep", "Keep it as it stands now", "ctrl+s,f2", hint="Keep"),
            Action("next_speaker", "Somebody else speaks this turn", "tab", hint="Speaker"),
            Action("previous_speaker", "The speaker before", "shift+tab"),
            Action("leave", "Leave it as it was", "escape", hint="Leave"),
        ),
    },
    "replacing": {
        "Pseudonym": (
            Action("all", "Replace the name in all these places", "enter", hint="Replace all"),
            Action("capitalised", "Only where it is written with a capital", "c", hint="Capitalised only"),
            Action("leave", "Leave the name as it is", "escape,q", hint="Leave"),
        ),
    },
    "finishing": {
        "Finish": (
            Action("seal", "Finish this document: your round is sealed", "F", hint="Finish"),
            Action("next_part", "To the next part", "tab", hint="Next part"),
            Action("leave", "Back to the text", "escape,q", hint="Back"),
        ),
    },
    "memos": {
        "Memos": (
            Action("read_on", "Read on in a long memo", "right,l", hint="Read on"),
            Action("read_back", "Read back", "left,h"),
            Action("write", "Write another on the document", "m", hint="New"),
            Action("edit", "Change the words of your memo", "e", hint="Edit"),
            Action("private", "Let nobody else see your memo, or all", "p", hint="Private"),
            Action("remove", "Take your memo away", "x", hint="Remove"),
            Action("leave", "Back to the text", "escape,q", hint="Back"),
        ),
    },
    "list": {
        "Move": (
            Action("up", "One row up", "up,k"),
            Action("down", "One row down", "down,j"),
            Action("page_up", "One page up", "pageup"),
            Action("page_down", "One page down", "pagedown,space"),
            Action("top", "To the first row", "home,g"),
            Action("bottom", "To the last row", "end,G"),
            Action("choose", "Open", "enter", hint="Open"),
        ),
    },
}  # fmt: skip
"""place -> heading in the help -> actions."""


def actions_of(place: str) -> Iterator[Action]:
    """All actions of a place."""
    for group in ACTIONS[place].values():
        yield from group


def bindings(place: str, *, is_first: bool = False) -> list[Binding]:
    """A place's keys in the standard keymap, as Textual wants them; each has the id `PLACE.NAME` for other keymaps.

    `is_first`: they come before those of what has the focus in that place, such as a text that is written.
    """
    return [
        Binding(
            each.keys,
            each.name,
            each.hint or each.text,
            show=bool(each.hint),
            id=f"{place}.{each.name}",
            priority=is_first,
        )
        for each in actions_of(place)
    ]


def keymap(name: Keymap) -> dict[str, str]:
    """Binding's id -> keys, for every action, in one of the shipped keymaps."""
    return {
        f"{place}.{each.name}": (each.vim if name == "vim" else "") or each.keys
        for place in ACTIONS
        for each in actions_of(place)
    }
