"""`ChoosingScreen`: a screen that asks for codes."""

from collections.abc import Sequence

from rich.text import Text

from qualcode.model import Code
from qualcode.tui.meaning import meaning
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.widgets.picker import CodePicker


class ChoosingScreen(StudyScreen):
    """A screen with the picker of codes."""

    async def ask_code(self, title: str, *, first: Sequence[int] | None = None, by_key: bool = False) -> Code | None:
        """A code, made if the letters typed are to be a new one."""
        chosen = await self.query_one(CodePicker).pick(
            title, self.study.frame, first=self.study.recent_codes() if first is None else first, by_key=by_key
        )
        return await self._new_code(chosen) if isinstance(chosen, str) else chosen

    async def _new_code(self, name: str) -> Code | None:
        short = await self.ask_line(f"Short name of the new code “{name}” (in margins and tables)", short_for(name))
        if not short:
            return None
        return self.study.project.codes.add(short, name)

    def explained(self, code: Code) -> Text:
        """A code's meaning, for the picker and K."""
        return meaning(self.study.project, self.study.frame, code, self.ink)


def short_for(name: str) -> str:
    """A proposal for a new code's short name: its words' first letters."""
    return "".join(word[0] for word in name.split() if word[0].isalnum())[:6].upper()
