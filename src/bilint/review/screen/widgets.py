"""What the screen is built of: help, an editor, a line that is asked for, the queue."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from bilint.review.screen.keys import HELP
from bilint.review.screen.looks import listed
from bilint.review.session import Session


class Help(ModalScreen[None]):
    """All keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "dismiss", "Close")
    ]
    DEFAULT_CSS = """
    Help { align: center middle; }
    Help > VerticalScroll {
        width: 64; max-width: 100%; height: auto; max-height: 100%; border: round $primary;
        padding: 0 1; background: $surface;
    }
    """

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll():
            yield Static(HELP, markup=False)


class Editor(TextArea):
    """The text of one segment. Enter writes it."""

    class Written(Message):
        """Somebody is done with it."""

        def __init__(self, text: str, *, force: bool) -> None:
            super().__init__()
            self.text, self.force = text, force

    class GivenUp(Message):
        """Somebody wants it as it was."""

    def action_delete_to_start_of_line(self) -> None:
        """Clear all before the cursor, however many lines it is wrapped to."""
        self.delete((0, 0), self.cursor_location)

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "ctrl+f", "escape"):
            event.stop()
            event.prevent_default()
            if event.key == "escape":
                self.post_message(self.GivenUp())
            else:
                self.post_message(self.Written(self.text, force=event.key == "ctrl+f"))


class Ask(Input):
    """One line that is asked for. Escape gives up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", "Give up", show=False)]

    class GivenUp(Message):
        """Nothing is answered."""

    def action_give_up(self) -> None:
        """Close it."""
        self.post_message(self.GivenUp())


class Head(Widget):
    """One line, as wide as there is room for it."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._line: Callable[[int], Text] = lambda _columns: Text()

    def show(self, line: Callable[[int], Text]) -> None:
        """Show another one; `line` makes it for so many columns."""
        self._line = line
        self.refresh()

    def render(self) -> Text:
        """It is made anew whenever the room changes."""
        line = self._line(self.size.width)
        line.no_wrap, line.overflow = True, "crop"
        return line


class Queue(OptionList):
    """The pages of the queue, those to open among them."""

    def fill(self, session: Session) -> None:
        """List all anew."""
        self.clear_options()
        agenda = session.agenda
        for index, item in enumerate(agenda.items):
            here = agenda.is_listed(item)
            self.add_option(Option(self._line(session, index), disabled=not here))

    def list_again(self, session: Session, index: int) -> None:
        """List one anew."""
        if index < self.option_count:
            self.replace_option_prompt_at_index(index, self._line(session, index))

    def _line(self, session: Session, index: int) -> Text:
        items = session.agenda.items
        several = len({one.locale for one in items}) > 1
        item = items[index]
        return listed(item, several=several, closed=item.key in session.closed)
