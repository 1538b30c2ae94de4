"""Every user action of the workbench, once: keys, palette, help and footer are made from this table.

An action belongs to a *place*: what has the focus when it works. A place is a class (a screen or a widget) that has a
method `action_NAME` for each of its actions. Capital letters lead to places; small letters work on the words.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from textual.binding import Binding
from textual.keys import format_key

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
        also: other words by which people look for it in the palette.
        is_first: it works in sheets, questions and the palette, too: its keys come before those of all else.
    """

    name: str
    text: str
    keys: str
    vim: str = ""
    hint: str = ""
    also: str = ""
    is_first: bool = False


ACTIONS: Mapping[str, Mapping[str, tuple[Action, ...]]] = {
    "everywhere": {
        "Places": (
            Action("documents", "Go to the list of documents", "D,f2", hint="Documents"),
            Action("codes", "Go to the codebook (in a text: B shows it beside the words, f3 goes there)", "f3"),
            Action("tables", "Go to the tables: matrices, themes, change model", "T,f5", hint="Tables",
                   also="results figures graphs charts"),
            Action("agreement", "Go to agreement: how far coders agree, and where they differ", "J",
                   also="kappa alpha reliability intercoder"),
            Action("hub_at_hand", "The code at hand in the middle of its arrows", "at"),
            Action("people", "Go to people and cases", "P,f4", also="participants demographics attributes roles"),
            Action("passages", "Go to the coded passages, to compare them side by side", "V",
                   also="segments quotations retrieve"),
            Action("search_all", "Search in all documents: asks for the words", "S", also="find words"),
            Action("memo_book", "Go to all memos", "M", also="notes"),
            Action("claims", "Go to the claims", "L"),
            Action("history", "Go to the history: who did what, and when", "H", also="log audit trail"),
            Action("proposals", "Go to what rules propose: accept, reject, run rules", "Y", also="autocode automatic"),
            Action("names", "Go to the names: what may be one, and replacing them in all documents", "f12,ampersand",
                   also="pseudonyms anonymise"),
            Action("ledger", "Go to the ledger of quotes: whose, and where used", "quotation_mark", also="quotations"),
            Action("import_files", "Bring transcripts or a codebook into the project", "I,f6",
                   also="add upload docx files"),
            Action("open_project", "Open another project", "O,f7", also="new encrypted file"),
            Action("go_back", "Go back to where you were", "backspace,escape,alt+left", vim="backspace,escape,ctrl+o"),
            Action("go_forward", "Go forward again", "equals_sign,alt+right"),
        ),
        "Program": (
            Action("help", "Show all keys of this place", "question_mark,f1", hint="Help"),
            Action("command_palette", "Find an action of this place, or of another, by its name", "ctrl+p,colon"),
            Action("undo", "Undo your last action", "u,ctrl+z", also="back revert"),
            Action("redo", "Redo what you undid", "ctrl+y,U", vim="ctrl+r,U", also="again"),
            Action("theme", "Next theme: light, dark, high contrast, colour-blind safe", "f9", also="colours dark"),
            Action("keymap", "Change between the standard and the vim-like keys", "f10"),
            Action("copying", "Let words of this project go to the clipboard, or no longer", "f11"),
            Action("leave", "Leave the program (everything is saved already)", "Q", also="quit exit close"),
            Action("leave_anywhere", "Leave the program, also from sheets and questions", "ctrl+q", is_first=True,
                   also="quit exit close"),
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
            Action("sentence_back", "To the sentence before, but those of who asks", "left_parenthesis"),
            Action("sentence_on", "To the next sentence, but those of who asks", "right_parenthesis"),
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
            Action("select", "Begin or end a selection here; moving widens it", "v"),
            Action("select_sentence", "Select the sentence; again: the next one too", "s"),
            Action("select_answer", "Select the whole answer; again: the next one too", "a"),
            Action("select_turn", "Select the whole turn", "t"),
            Action("other_end", "Go on at the other end of the selection", "o"),
            Action("extend_left", "Widen by one character back", "shift+left"),
            Action("extend_right", "Widen by one character on", "shift+right"),
            Action("extend_up", "Widen by one line up", "shift+up"),
            Action("extend_down", "Widen by one line down", "shift+down"),
            Action("extend_word_left", "Widen by one word back", "ctrl+shift+left"),
            Action("extend_word_right", "Widen by one word on", "ctrl+shift+right"),
            Action("drop", "Drop the selection, then what was found", "escape"),
        ),
        "Look": (
            Action("margin", "Margin: nothing, short codes, full names", "f8,vertical_line"),
            Action("next_passage_here", "Next coded passage at the cursor", "tab"),
        ),
    },
    "coding": {
        "Code": (
            Action("code", "Code the selection, else the sentence, by a code's own key", "c", hint="Code"),
            Action("pick", "Code the selection, else the sentence: search for the code", "enter", hint="Find code"),
            Action("code_answer", "Code the whole answer", "C"),
            Action("repeat", "Code with the last code again", "full_stop", hint="Again"),
            *(Action(f"recent({n})", f"Code with recent code {n}", str(n)) for n in range(1, 10)),
            Action("in_vivo", "Make a code of the selected words themselves", "i"),
            Action("uncode", "Take a code off the passage at the cursor", "x", also="remove delete"),
            Action("recode", "Give the passage at the cursor another code", "r"),
            Action("edges", "Move the edges of the passage at the cursor", "E"),
            Action("unsure", "Mark the passage unsure, with a few words", "tilde,exclamation_mark"),
            Action("negative", "Mark the passage as a negative case", "minus"),
            Action("exemplar", "Pin the passage as an exemplar", "asterisk"),
            Action("claim", "This leads to that: write down a claim", "greater_than_sign", hint="Leads to",
                   also="arrow cause link relation"),
            Action("memo", "Write a memo on the passage, or on the document", "m", hint="Memo", also="note annotation"),
            Action("memos", "Show the memos of this document", "M"),
            Action("evidence", "The words support, qualify or contradict a claim", "less_than_sign"),
            Action("definition", "Show what the code at the cursor means", "K"),
        ),
        "Go": (
            Action("same_code", "All passages of the code at the cursor, side by side", "V"),
            Action("next_thing", "Next ... uncoded answer, question, unsure, memo, same code elsewhere; again: answer",
                   "right_square_bracket", hint="Next …"),
            Action("previous_thing", "The ... before", "left_square_bracket"),
            Action("search", "Search in this document", "slash", hint="Search"),
            Action("next_hit", "Next place found", "n"),
            Action("previous_hit", "Place found before", "N"),
        ),
        "Read": (
            Action("nothing_here", "Read, and nothing here unless it is coded: to the next", "z", hint="Nothing here"),
            Action("finish", "Look over what is left, and finish this document", "F", also="done complete round"),
            Action("correct", "Correct the words or the speaker of this turn", "e"),
            Action("pseudonym", "Replace a name everywhere", "R", also="pseudonym anonymise"),
            Action("copy", "Copy the selected words with their citation", "y,ctrl+c"),
            Action("codebook", "Show or hide the codebook beside the text", "B"),
            Action("whose", "Show the coding of: me, all who may be seen, the layer that counts", "A"),
            Action("waves", "Show the other wave of this person beside", "W"),
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
    "start": {
        "Begin": (
            Action("new", "Make a new project", "n", hint="New"),
            Action("new_encrypted", "Make a new project under a passphrase", "e", hint="Encrypted",
                   also="password encrypt"),
            Action("open_path", "Open a project by its path", "o", hint="By path"),
            Action("sample", "Make the sample study", "s", hint="Sample study"),
            Action("leave_start", "Back to the open project", "escape"),
        ),
    },
    "documents": {
        "List": (
            Action("filter", "Show only documents that have what is typed", "slash,f", hint="Filter"),
            Action("which", "Show all, the unfinished, the finished", "t", hint="Unfinished"),
            Action("show_all", "Show all again", "escape"),
            Action("sort", "Sort by the next column", "s", hint="Sort"),
            Action("turn_round", "Sort backwards, or no longer", "b"),
        ),
        "Document": (
            Action("rename", "Give the document another name", "r", hint="Rename"),
            Action("wave", "Put the document into a wave", "w"),
            Action("case", "Put a document in which nobody speaks under a case", "c"),
            Action("assign", "Ask coders to code the document, or all listed, blind or not", "a", also="second coder"),
            Action("remove", "Take the document and its coding out of the project", "x,delete"),
        ),
    },
    "people": {
        "List": (
            Action("filter", "Show only people who have what is typed", "slash,f", hint="Filter"),
            Action("show_all", "Show everybody again; else go back", "escape"),
            Action("sort", "Sort by the next column", "s", hint="Sort"),
            Action("turn_round", "Sort backwards, or no longer", "b"),
            Action("columns_left", "The attributes to the left", "left", vim="left,h"),
            Action("columns_right", "The attributes to the right", "right", vim="right,l"),
            Action("other_side", "From the people to the cases, or back", "tab,shift+tab", hint="Cases"),
        ),
        "Person or case": (
            Action("rename", "Give the person, or the case, another name", "r", hint="Rename"),
            Action("attribute", "Say what is known of the person, or of the case", "a", hint="Attribute"),
            Action("role", "Say what role the person has, perhaps at one wave", "o", hint="Role"),
            Action("case", "Say which case the person belongs to", "c", hint="Case"),
            Action("merge", "Make one person of two: this one is really another", "m", also="same"),
            Action("inside", "Say which case the case is inside", "i"),
            Action("remove", "Take away a person on whom nothing rests", "x,delete"),
        ),
    },
    "importing": {
        "Choose": (
            Action("type_path", "Type a path or a pattern", "slash", hint="Path"),
            Action("attribute_sheet", "A sheet says who is who: at the cursor, else the only one here; again: none",
                   "s", hint="Sheet"),
            Action("wave", "Say the wave of all these files", "w"),
            Action("case", "Say the case of all these files", "c"),
            Action("encoding", "Say the encoding of all these text files, where it is not found out rightly", "e"),
            Action("look", "Look how the marked files would come in", "l", hint="Look"),
            Action("codebooks", "Apply a codebook instead", "b", hint="Codebooks"),
        ),
        "Before they come in": (
            Action("take", "Take them in", "t", hint="Take in"),
            Action("person", "Say who the speaker is, in this file", "n", hint="Name"),
            Action("interviewer", "The speaker asks, in all these files", "i", hint="Asks"),
            Action("other", "The speaker is neither asked nor asking, in all these files", "o", hint="Other"),
            Action("step_back", "Stop what is being done; else one step back", "escape", hint="Back"),
        ),
    },
    "files": {
        "Files": (
            Action("mark", "Mark the file, or all files in the folder, or no longer", "space", hint="Mark"),
            Action("mark_all", "Mark all transcripts of this folder; again: none", "a", hint="All"),
            Action("outside", "To the folder outside", "left", vim="left,h"),
        ),
    },
    "applying": {
        "Codebook": (
            Action("apply", "Apply the codebook", "t", hint="Apply"),
            Action("retire_missing", "Retire the codes that it leaves out; again: keep them", "m", hint="Retire"),
            Action("type_codebook", "Type the path of a codebook", "slash", hint="Path"),
            Action("step_back", "One step back", "escape", hint="Back"),
        ),
    },
    "list": {
        "Move": (
            Action("up", "One row up", "up,k"),
            Action("down", "One row down", "down,j"),
            Action("page_up", "One page up", "pageup"),
            Action("page_down", "One page down", "pagedown"),
            Action("top", "To the first row", "home,g"),
            Action("bottom", "To the last row", "end,G"),
            Action("choose", "Open", "enter", hint="Open"),
        ),
    },
    "codebook": {
        "Tree": (
            Action("fold", "Fold the code; again: to the one above", "left,h"),
            Action("unfold", "Unfold the code; again: to the first below, or to what is said of it", "right,l"),
            Action("fold_all", "Only the codes on top", "minus"),
            Action("unfold_all", "Every code", "plus"),
            Action("filter", "Show only codes that have what is typed", "slash,f", hint="Filter"),
            Action("show_all", "Show all codes again; put no code elsewhere; else go back", "escape"),
            Action("retired", "Show the codes out of use, too; or no longer", "t"),
            Action("whose", "Count the passages of: me, everybody, the layer that counts", "A"),
            Action("other_side", "From the tree to what is said of the code, and back", "tab,shift+tab"),
        ),
        "Code": (
            Action("new", "A new code after this one", "n", hint="New"),
            Action("new_inside", "A new code below this one", "i"),
            Action("rename", "Give the code another name", "r"),
            Action("renumber", "Give the code another id", "number_sign"),
            Action("arrows", "Say what the code is expected to lead to", "greater_than_sign"),
            Action("axial", "Say of what the code is a condition, context, strategy or consequence", "less_than_sign"),
            Action("retire", "Take the code out of use; a retired or merged one: back", "d,delete"),
            Action("merge", "Merge the code with another", "m", hint="Merge", also="join combine"),
            Action("split", "Split the code by its passages, card by card", "s", hint="Split"),
            Action("passages", "Read the passages of the code", "c"),
            Action("older", "What was coded before the definition in force", "o"),
        ),
        "Move": (
            Action("cut", "Take hold of the code, to put it elsewhere", "x", hint="Move"),
            Action("put('p')", "Put it below the code at the cursor", "p"),
            Action("put('b')", "Put it before the code at the cursor", "b"),
            Action("put('a')", "Put it after the code at the cursor", "a"),
            Action("shift(-1)", "One place up among the codes beside it", "shift+up,ctrl+up"),
            Action("shift(1)", "One place down among the codes beside it", "shift+down,ctrl+down"),
        ),
        "Write": (
            Action("apply", "Apply a codebook file, its differences first", "y"),
            Action("export", "Write the codebook to a file", "e", also="export print yaml save"),
        ),
    },
    "merging": {
        "Merge": (
            Action("turn_round", "The other code stays", "tab,shift+tab", hint="Other way round"),
            Action("merge", "Merge: the code that stays stands for both", "m", hint="Merge"),
            Action("scroll(-3)", "Scroll both definitions up", "comma,ctrl+up"),
            Action("scroll(3)", "Scroll both definitions down", "full_stop,ctrl+down", hint="Scroll"),
        ),
    },
    "splitting": {
        "Card": (
            Action("throw('a')", "Put the card on pile a", "a", hint="Pile a (b, c, d)"),
            Action("throw('b')", "Put the card on pile b", "b"),
            Action("throw('c')", "Put the card on pile c", "c"),
            Action("throw('d')", "Put the card on pile d", "d"),
            Action("throw('')", "Let the passage stay with the code", "s,space", hint="Stay"),
            Action("take_off", "The card is not decided after all", "x"),
            Action("card(-1)", "The card before", "left,h", hint="Before"),
            Action("card(1)", "The next card", "right,l", hint="Next"),
            Action("scroll(-1)", "Scroll a long card up", "up,k"),
            Action("scroll(1)", "Scroll a long card down", "down,j"),
            Action("place", "Go to the passage in its transcript", "o"),
            Action("definition", "Show what the code means now", "K"),
        ),
        "Split": (Action("split", "Name the piles, write the boundary, and split", "enter", hint="Name the piles"),),
    },
    "before": {
        "Coded before": (
            Action("keep", "Your passages in this document were looked at again, and stay", "y", hint="Right as it is"),
            Action("all", "All documents you coded before; again: those with passages of the code", "w", hint="All"),
        ),
    },
    "marking": {
        "Mark": (
            Action("mark", "Mark this row, or no longer; on to the next", "space", hint="Mark"),
            Action("mark_all", "Mark all rows, or none", "a"),
        ),
    },
    "passages": {
        "Compare": (
            Action("narrow", "Narrow down: code, person, role, site, wave, coder, words …", "f", hint="Filter"),
            Action("group", "Group by person, role, site, wave, code, coder, or old beside new", "b", hint="Group"),
            Action("unfold", "More of the text around the passage, or less", "v"),
            Action("code_on", "Code on: read these passages as one document", "R", hint="Code on"),
        ),
        "Code (what is marked, else this passage)": (
            Action("code", "Give it another code too", "c"),
            Action("recode", "Give it another code instead", "r"),
            Action("uncode", "Take it away", "x"),
            Action("unsure", "Mark as unsure, with a few words; or no longer", "tilde,exclamation_mark"),
            Action("negative", "Mark as a negative case, or no longer", "minus"),
            Action("exemplar", "Pin as an exemplar, or no longer", "asterisk"),
            Action("claim", "This leads to that: write down a claim on this passage", "greater_than_sign"),
            Action("evidence", "This supports, qualifies or contradicts a claim", "less_than_sign"),
            Action("memo", "Write a memo on this passage", "m"),
            Action("definition", "Show what its code means", "K"),
        ),
    },
    "claim_list": {
        "Claims": (
            Action("by_role", "Split by role of who says so; again: by document", "r", hint="Role"),
            Action("own", "Only what people say of their own experience, or all", "o", hint="Own only"),
            Action("change", "Change what you said: direction, whose, standing, tense", "e", hint="Change"),
            Action("add_to_claim", "Words elsewhere support, qualify or contradict it", "plus"),
            Action("remove_evidence", "Take evidence of yours away", "backslash"),
        ),
    },
    "searching": {
        "Search": (
            Action("words", "Look for other words", "S,slash", hint="Words"),
            Action("narrow", "Narrow down: who, where, code, not coded yet; whole words; pattern", "f", hint="Filter"),
            Action("code", "Code what is marked, else this place: words, sentence or answer", "c", hint="Code"),
        ),
    },
    "proposals": {
        "Decide (what is marked, else this)": (
            Action("accept", "Accept: it is your coding from now on", "y", hint="Accept"),
            Action("reject", "Reject: no rule proposes it again", "n", hint="Reject"),
            Action("edges", "Move the edges of the proposal", "e", hint="Edges"),
            Action("recode", "Let it stand for another code", "r", hint="Code"),
            Action("withdraw", "Take it away as if it had never been made; a rule may propose it again", "w"),
        ),
        "List": (
            Action("narrow", "Narrow down: rule, code, document; open, accepted, rejected", "f", hint="Filter"),
            Action("group", "Group by document, rule, code", "b"),
            Action("unfold", "More of the text around, or less", "v"),
            Action("definition", "Show what its code means", "K"),
            Action("run", "Run a file of rules, and propose what is new", "R", hint="Run rules"),
        ),
    },
    "memo_book": {
        "Memos": (
            Action("narrow", "Narrow down: type, coder, code, document, words", "f", hint="Filter"),
            Action("new", "Write a memo on a code, a document, or the project", "n", hint="New"),
            Action("edit", "Change the words of your memo", "e", hint="Edit"),
            Action("kind", "Another type for your memo", "t"),
            Action("private", "Let nobody else see your memo, or all", "p"),
            Action("remove", "Take your memos away: those marked, else this", "x"),
            Action("book", "Write all memos into a Word document", "w", hint="Write", also="print docx export"),
        ),
    },
    "names": {
        "Name": (
            Action("accept", "It is a name: accept it, or all that is marked, with what is shown to stand for it", "y",
                   hint="Accept"),
            Action("ignore", "It is no name, or all that is marked is none: it stays", "n", hint="No name"),
            Action("edit", "Type what stands for it", "e", hint="Pseudonym"),
            Action("same", "The same person, or place, as another accepted name", "p", hint="Same as"),
            Action("kind", "Say what it is the name of: person, place, organisation", "o"),
            Action("reopen", "Take it off the list: to be decided again", "x,delete"),
            Action("next_open", "Leave it for later: to the next that is to be decided", "s,right_square_bracket",
                   hint="Skip"),
            Action("replace_all", "Replace all accepted names now, in all documents", "R", hint="Replace all"),
        ),
        "Look": (
            Action("other_side", "From the names to the places, and back", "tab,shift+tab", hint="Places"),
            Action("narrow", "Show only: what was decided, who proposes it, kind, words", "f", hint="Filter"),
            Action("recognise", "Ask the entity recogniser, too; the first time it takes minutes", "r",
                   hint="Recogniser"),
            Action("look", "Look for names again", "l"),
            Action("stop", "Stop looking; else go back", "escape"),
        ),
    },
    "log": {
        "History": (
            Action("narrow", "Narrow down: coder, document, code, milestones", "f", hint="Filter"),
            Action("tag", "Name this moment: a milestone", "t", hint="Milestone"),
            Action("moved", "Which numbers moved since the milestone, or between two marked", "d", hint="Moved"),
        ),
    },
    "code_on": {
        "Go": (Action("source", "To these words in their transcript", "ctrl+g,S", hint="Transcript"),),
    },
    "grid": {
        "Move": (
            Action("up", "One row up", "up,k"),
            Action("down", "One row down", "down,j"),
            Action("left", "One column to the left", "left", vim="h,left"),
            Action("right", "One column to the right", "right", vim="l,right"),
            Action("page_up", "One page up", "pageup"),
            Action("page_down", "One page down", "pagedown,space"),
            Action("line_start", "To the first column", "home"),
            Action("line_end", "To the last column", "end"),
            Action("top", "To the first row", "g,ctrl+home"),
            Action("bottom", "To the last row", "G,ctrl+end"),
            Action("choose", "Open the cell: the passages it rests on", "enter", hint="Open"),
        ),
        "Rows": (
            Action("fold", "Fold away what is below the row, or show it", "z"),
            Action("fold_all", "Fold away everything below, or show it", "Z"),
        ),
    },
    "table": {
        "What is counted": (
            Action("turn('unit')", "Next unit: people, sources, cases, references", "t", hint="Unit"),
            Action("turn('evidence')", "Next evidence: claims, said together, mentioned", "i", hint="Evidence"),
            Action("turn('own')", "Only own experience, or all", "o", hint="Own only"),
            Action("turn('role')", "Next role, or all", "r", hint="Role"),
            Action("turn('wave')", "Next wave, or all", "w", hint="Wave"),
            Action("turn('case')", "Next case, or all", "c"),
            Action("turn('layer')", "Next layer: whose coding counts", "y"),
            Action("turn('tense')", "Next tense: happened, hoped for, any", "n"),
            Action("turn('within')", "Next frame of co-occurrence: answer, document, overlap", "v"),
            Action("say('attributes')", "Count only where an attribute has a value", "slash,f", hint="Filter"),
            Action("say('codes')", "Show only some codes", "p"),
        ),
        "How it is laid out": (
            Action("turn('split')", "Rows split by role, wave, case", "s"),
            Action("turn('by')", "Groups by role, wave, case, person", "b"),
            Action("turn('show')", "What cells show", "d"),
            Action("turn('levels')", "How many levels of codes", "L"),
            Action("say('sort')", "Sort the rows by an attribute, or a code's strength", "S"),
            Action("usual", "All options as usual again", "0"),
        ),
        "Look": (
            Action("hub", "The row's code in the middle of its arrows", "h,H", vim="H", hint="Hub"),
            Action("notes", "What was counted, and what was left out", "x", hint="Notes"),
            Action("stop", "Stop counting; else go back", "escape"),
        ),
        "Write": (
            Action("export", "Write exactly what is shown to a file", "e", hint="Export",
                   also="export print word docx excel csv save"),
            Action("figure", "Draw its figure to a file", "E", hint="Draw", also="graph picture chart svg"),
            Action("cite", "Cite passages for publication (person and role, nobody marked quote = no), or as the team",
                   "C", also="consent permission anonymous"),
        ),
    },
    "gallery": {
        "Tables and figures": (
            Action("filter", "Show only tables and figures that have what is typed", "slash,f", hint="Find"),
            Action("show_all", "Show all again; else go back", "escape"),
            Action("pack", "Write the results pack: all tables and figures in one paper, Word or Excel", "w",
                   also="article publication export print docx"),
            Action("export", "Write it to a file: the table, the figure, or the pack of all of them", "e",
                   hint="Export", also="export print word docx excel csv save"),
            Action("cite", "Cite passages for publication (person and role, nobody marked quote = no), or as the team",
                   "C", also="consent permission anonymous"),
        ),
    },
    "agreement": {
        "What is compared": (
            Action("turn", "Next unit: answer, turn, sentence, word, character, paragraph, document, match", "t",
                   hint="Unit"),
            Action("narrow", "Compare only: coders, a round, a role, documents, an attribute, codes", "f",
                   hint="Filter"),
            Action("usual", "Everything as usual again", "0"),
        ),
        "Look": (
            Action("sort", "Sort by alpha, by what is undecided, by the codebook", "s", hint="Sort"),
            Action("every", "All disagreements, of every code", "d", hint="All differences"),
            Action("notes", "What was compared, how, and what weakens the numbers", "x", hint="Notes"),
            Action("stop", "Stop counting; else go back", "escape"),
        ),
        "Write": (
            Action("minutes", "Write the minutes of the meeting", "m", hint="Minutes", also="print word docx"),
            Action("report", "Write everything into one document: design, numbers, differences", "w",
                   also="print word docx paper"),
            Action("export", "Write the table with all that is shown to a file", "e", also="export print"),
        ),
    },
    "disagreements": {
        "Decide": (
            Action("side(1)", "As the first coder has it, also where that is nothing", "1", hint="As first"),
            Action("side(2)", "As the second coder has it, also where that is nothing", "2", hint="As second"),
            *(Action(f"side({n})", f"As coder {n} has it", str(n)) for n in range(3, 10)),
            Action("both", "All that anybody gave stands", "b,plus", hint="Both"),
            Action("neither", "Nothing of it stands", "n,minus", hint="Neither"),
            Action("recode", "Another code is right; of a claim, another direction or end", "r", hint="Recode"),
            Action("carry_in", "Complete the consensus where nothing is to be decided", "C"),
        ),
        "Go": (
            Action("next_open", "To the next that is undecided", "right_square_bracket", hint="Next"),
            Action("previous_open", "To the undecided one before", "left_square_bracket"),
            Action("other_side", "From the list to the words (tab), and back (shift+tab)", "tab,shift+tab,apostrophe"),
        ),
        "Rule": (
            Action("rule", "Open the definition to add the rule; then passages coded before it", "d", hint="Rule"),
            Action("older", "What was coded before the definition in force", "o"),
            Action("definition", "Show what the code means", "K"),
        ),
        "List": (
            Action("which", "Show all, the undecided, the decided", "t", hint="Which"),
            Action("edges", "Show what differs in its edges alone, too; or no longer", "e", hint="Edges"),
            Action("kind", "Show passages, claims, or both", "c"),
            Action("narrow", "Show one code or one document only", "f"),
            Action("minutes", "Write the minutes of the meeting", "m", hint="Minutes"),
        ),
    },
    "hub": {
        "Move": (
            Action("up", "To the arrow above", "up,k"),
            Action("down", "To the arrow below", "down,j"),
            Action("left", "To what leads to the code", "left", vim="h,left"),
            Action("right", "To what the code leads to", "right", vim="l,right"),
        ),
        "Arrow": (
            Action("choose", "Open the claims of the arrow", "enter", hint="Claims"),
            Action("centre", "Put the other end into the middle", "h,H,space", vim="H,space", hint="To the middle"),
            Action("levels", "With the codes below others, or without", "L", hint="All levels"),
            Action("before", "The code that was in the middle before; else go back", "escape"),
        ),
    },
    "chart": {
        "Chart": (
            Action("next_open", "To the next cell with something to chart, or stale", "right_square_bracket,n",
                   hint="Next open"),
            Action("previous_open", "To the one before", "left_square_bracket,N"),
            Action("read_down", "Read down the column: elements, categories, typology", "v", hint="Read down"),
            Action("beside('Case summary')", "Write the case summary of the row", "m", hint="Case summary"),
            Action("beside('Other')", "Write what fits no theme, of the row", "M"),
            Action("across", "Write what changed across the waves, of the row and theme", "W"),
            Action("check", "You have read it as second analyst, and agree", "a", hint="Check"),
            Action("state('not asked')", "It was not asked", "minus"),
            Action("state('nothing said')", "It was asked, and nothing said", "z"),
            Action("remove", "Take your summary away", "delete"),
        ),
    },
    "charting": {
        "Write": (
            Action("keep", "Keep the summary", "ctrl+s,f2", hint="Keep"),
            Action("draft", "Keep it as a draft", "ctrl+d", hint="Draft"),
            Action("other_side", "To the passages, or to the words", "tab,shift+tab", hint="Other side"),
            Action("next_open", "Keep nothing, and go to the next open cell", "ctrl+n", hint="Next open"),
            Action("leave", "Leave the cell", "escape", hint="Leave"),
        ),
    },
    "resting": {
        "Passages": (
            Action("tick", "The summary rests on the passage, or no longer", "enter,x", hint="Rests on it"),
            Action("open", "Open the passage in its document", "o", hint="Document"),
            Action("quote", "Put the words of the passage into the summary", "i", hint="Into it"),
        ),
    },
    "reading_down": {
        "Below the column": (
            Action("write('Elements')", "Write the elements of the column", "e", hint="Elements"),
            Action("write('Categories')", "Write its categories", "c", hint="Categories"),
            Action("write('Typology')", "Write its typology", "t", hint="Typology"),
        ),
    },
}  # fmt: skip
"""place -> heading in the help -> actions."""

LEADS: Mapping[str, tuple[str, str]] = {
    "coding": ("in a text", "documents"),
    "documents": ("among the documents", "documents"),
    "people": ("among the people", "people"),
    "importing": ("where transcripts come in", "import_files"),
    "codebook": ("in the codebook", "codes"),
    "passages": ("among the passages", "passages"),
    "claim_list": ("among the claims", "claims"),
    "searching": ("in the search", "search_all"),
    "memo_book": ("among the memos", "memo_book"),
    "names": ("among the names", "names"),
    "proposals": ("among the proposals", "proposals"),
    "log": ("in the history", "history"),
    "gallery": ("among the tables and figures", "tables"),
    "table": ("in a table", "tables"),
    "chart": ("in the framework chart", "tables"),
    "agreement": ("in agreement", "agreement"),
    "disagreements": ("among the disagreements", "agreement"),
}
"""place -> where that is, and the action of everywhere that leads there or nearer, for the palette."""

COMMANDS: Mapping[str, tuple[str, str]] = {
    "transcript": ("Write a transcript with its coding, or a blank one", "print word docx export"),
    "backup": ("Make a whole, checked copy of the project", "backup save"),
    "restore": ("Bring a backup back", "restore"),
    "encrypt": ("Encrypt this project, or give it another passphrase", "password"),
    "decrypt": ("Take the encryption off this project", "decrypt password"),
    "forget": ("Erase a document or a person for good", "forget consent withdraw delete"),
    "seal": ("Take the real names out for good", "anonymise pseudonyms seal"),
    "load": ("Take in coding files: what somebody else has coded", "merge load import combine"),
    "doctor": ("Look at this installation: what is missing", "doctor version pipeline"),
}
"""What only the command line does: command -> what it does, and other words by which people look for it."""


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
            priority=is_first or each.is_first,
        )
        for each in actions_of(place)
    ]


def keys_of(action: Action, name: Keymap) -> str:
    """An action's keys in one of the shipped keymaps."""
    return (action.vim if name == "vim" else "") or action.keys


def keymap(name: Keymap, own: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Binding's id -> keys, for the actions whose keys differ from the bindings'.

    Only those: Textual goes through the whole map at every key, a millisecond for each hundred.

    Args:
        name: of a shipped keymap.
        own: (action, keys) as the user set them; those that mean nothing are left out (see `unknown`). What they take
            from another action of the place, that has no longer; "" = no key is left to it.
    """
    shipped = {
        f"{place}.{each.name}": keys
        for place in ACTIONS
        for each in actions_of(place)
        if (keys := keys_of(each, name)) != each.keys
    }
    changed = shipped | {action: keys for action, keys in own if action in NAMES}
    return changed | {action: ",".join(kept) for action, kept, _ in _robbed(changed, own)}


def by_name(own: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The user's own keys by Textual's names, as they may be typed: `+, f12` -> `plus,f12`; without keys left out."""
    pieces = [(action, [key for key in keys.split(",") if key.strip()]) for action, keys in own]
    named = [(action, Binding.make_bindings(Binding(key, action) for key in keys)) for action, keys in pieces]
    return [(action, keys) for action, found in named if (keys := ",".join(each.key for each in found))]


def taken(name: Keymap, own: Iterable[tuple[str, str]]) -> list[str]:
    """What the user's own keys take from other actions of their places: `x from coding.uncode`."""
    changed = keymap(name) | {action: keys for action, keys in own if action in NAMES}
    return [f"{' '.join(map(format_key, gone))} from {action}" for action, _, gone in _robbed(changed, own)]


def lost(name: Keymap, own: Iterable[tuple[str, str]]) -> list[str]:
    """Which of the user's own keys do nothing, since they belong to what works before all else: `x of coding.code`."""
    given, changed = list(own), keymap(name, own)
    first = {
        key: f"{place}.{each.name}"
        for place in ACTIONS
        for each in actions_of(place)
        if each.is_first
        for key in keys_now(place, each, changed).split(",")
    }
    return [
        f"{format_key(key)} of {action}: it is that of {first[key]}"
        for action, keys in given
        for key in keys.split(",")
        if first.get(key, action) != action
    ]


def _robbed(changed: Mapping[str, str], own: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str], list[str]]]:
    """Actions with a key that one the user has set has too: the keys kept, and those gone.

    Of two that the user has set, the first of the table works.
    """
    owner: dict[tuple[str, str], str] = {}
    for action in sorted((each for each, _ in own if each in NAMES), key=ORDER.__getitem__):
        for key in changed[action].split(","):
            owner.setdefault((action.partition(".")[0], key), action)
    for place in dict.fromkeys(place for place, _ in owner):
        for each in actions_of(place):
            action, keys = f"{place}.{each.name}", keys_now(place, each, changed).split(",")
            gone = [key for key in keys if owner.get((place, key), action) != action]
            if gone:
                yield action, [key for key in keys if key not in gone], gone


def keys_now(place: str, action: Action, changed: Mapping[str, str]) -> str:
    """An action's keys where `keymap` has changed some."""
    return changed.get(f"{place}.{action.name}", action.keys)


ORDER = {name: number for number, name in enumerate(f"{p}.{each.name}" for p in ACTIONS for each in actions_of(p))}
"""Every action, as the settings name it: `coding.code`, with its place in the table above."""

NAMES = frozenset(ORDER)


def unknown(own: Iterable[tuple[str, str]]) -> list[str]:
    """What the user's own keys name that is no action, each with the nearest that is."""
    wrong = [action for action, _ in own if action not in NAMES]
    near = {action: get_close_matches(action, NAMES, n=1) for action in wrong}
    return [f"{action} (did you mean {near[action][0]}?)" if near[action] else action for action in wrong]
