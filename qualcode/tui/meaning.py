"""What a code means, as it stands beside a list of codes: definition, when to use it, when not, and two examples."""

from rich.text import Text

from qualcode.model import Code
from qualcode.project import Project
from qualcode.tui.desk import Frame
from qualcode.tui.finding_codes import key_of, path
from qualcode.tui.themes import Ink
from qualcode.visible import visible

_EXAMPLES = 2


def meaning(project: Project, frame: Frame, code: Code, ink: Ink) -> Text:
    """Everything one needs to choose a code; the examples are the latest passages that may be seen, exemplars first."""
    branch = frame.branch(code.id)
    text = Text(no_wrap=False)
    text.append("┃ ", ink.code(branch.colour, branch.position))
    text.append(visible(f"{code.short} {code.name}\n"), ink.words("label"))
    about = [path(frame, code), code.kind, f"key {key_of(code)}", code.valence if code.valence != "neutral" else ""]
    text.append(visible(" · ".join(part for part in about if part)) + "\n", ink.words("quiet"))
    definition = code.definition
    for head, words in (
        ("", definition.full or definition.brief),
        ("Include", definition.include),
        ("Exclude", definition.exclude),
        ("Example", definition.example),
        ("Applies to", " ".join(code.applies_to)),
        ("Leads to", " ".join(code.leads_to)),
    ):
        if words:
            text.append("\n")
            text.append(f"{head}  " if head else "", ink.words("head"))
            text.append(visible(words.strip()) + "\n", ink.words("text"))
    for quotation in project.quotations(project.lately.examples(code, _EXAMPLES)):
        text.append("\n“" + visible(quotation.words) + "” ", ink.words("text"))
        text.append(visible(quotation.citation) + "\n", ink.words("quiet"))
    return text
