"""`MessageLine`: one line in which the program answers; it stays until the next answer, so that nothing is missed."""

from rich.text import Text
from textual.widgets import Static

from qualcode.errors import QualcodeError
from qualcode.visible import visible_line


class MessageLine(Static):
    """One line of feedback."""

    DEFAULT_CSS = "MessageLine { height: auto; max-height: 8; }"

    def say(self, words: str) -> None:
        """What was done, or what to know."""
        self._tell(Text(visible_line(words)), is_warning=False)

    def add(self, notice: str) -> None:
        """What to know of what was just done, behind the answer."""
        said = f"{self.content}".rstrip()
        self._tell(Text(f"{said}   {visible_line(notice)}".lstrip()), is_warning=True)

    def warn(self, error: QualcodeError | str) -> None:
        """What did not work, and what to do."""
        words = (
            error
            if isinstance(error, str)
            else " ".join(
                part for part in (f"{error.where}:" if error.where else "", f"{error.what}.", error.remedy) if part
            )
        )
        self._tell(Text(visible_line(words)), is_warning=True)

    def _tell(self, text: Text, *, is_warning: bool) -> None:
        """Where it was one line and is one line, the layout of the screen stays as it is."""
        was_one, is_one = self.size.height == 1, text.cell_len <= self.size.width and "\n" not in text.plain
        self.update(text, layout=not (was_one and is_one))
        self.set_class(is_warning, "-warning")
