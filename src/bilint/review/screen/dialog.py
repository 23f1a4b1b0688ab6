"""The foot of the screen: what was said, what is asked, and the text that is edited."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from bilint.review import showing
from bilint.review.screen.keys import ASK_KEYS, EDIT_KEYS, KEYS
from bilint.review.screen.widgets import Ask, Editor

_PAUSE = 0.4
"""Seconds without a key after which an edit is tried."""


class Dialog(Vertical):
    """Tells what became of an action, and asks for what the next one needs."""

    DEFAULT_CSS = """
    Dialog { height: auto; }
    #said { height: auto; max-height: 4; padding: 0 1; border-top: solid $primary; }
    #asked { height: auto; padding: 0 1; display: none; }
    #ask { display: none; border: none; height: 1; padding: 0 1; background: $surface; }
    #edit { display: none; height: auto; max-height: 7; min-height: 2; border: none; }
    #keys { height: 1; color: $text-muted; }
    """

    class Closed(Message):
        """Nothing is asked any more."""

    def __init__(self) -> None:
        super().__init__()
        self.said: tuple[str, ...] = ()
        self._answer: Callable[[str], None] | None = None
        self._try: Callable[[str], str] | None = None
        self._write: Callable[[str, bool], None] | None = None
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        """One below the other."""
        yield Static("", id="said", markup=False)
        yield Static("", id="asked", markup=False)
        yield Ask(id="ask", select_on_focus=False)
        yield Editor(id="edit", soft_wrap=True, show_line_numbers=False)
        yield Static(KEYS, id="keys", markup=False)

    def tell(self, *said: str) -> None:
        """Say something, until the next thing is said."""
        self.said = tuple(map(showing.text_of, said))
        self.remove_class("asking")
        self.query_one("#said", Static).update(Text("\n".join(self.said)))

    def ask(self, prompt: str, answer: Callable[[str], None], text: str = "") -> None:
        """Ask for a line; `answer` gets it."""
        self._answer = answer
        self._prompt(prompt, ASK_KEYS)
        line = self.query_one("#ask", Ask)
        line.value = text
        line.display = True
        line.focus()

    def edit(
        self, text: str, attempt: Callable[[str], str], write: Callable[[str, bool], None]
    ) -> None:
        """Let a text be edited. `attempt` says what it would do; `write` gets it, and by force?"""
        self._try, self._write = attempt, write
        editor = self.query_one("#edit", Editor)
        editor.load_text(text)
        editor.move_cursor(editor.document.end)
        editor.display = True
        self._prompt("Edit the translation:", EDIT_KEYS)
        editor.focus()

    def close(self) -> None:
        """Ask for nothing any more."""
        self._try_no_more()
        for name in ("#asked", "#ask", "#edit"):
            self.query_one(name).display = False
        self.remove_class("asking")
        # At once: what is typed ahead must not go to what is hidden.
        self.screen.set_focus(None)
        self.query_one("#keys", Static).update(KEYS)
        self.post_message(self.Closed())

    @property
    def is_open(self) -> bool:
        """Whether something is asked or edited."""
        return bool(self.query_one("#asked").display)

    def _prompt(self, prompt: str, keys: str) -> None:
        asked = self.query_one("#asked", Static)
        asked.update(Text(prompt, "bold"))
        asked.display = True
        self.set_class(keys == EDIT_KEYS, "asking")
        self.query_one("#keys", Static).update(keys)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """An answer has come."""
        answer, self._answer = self._answer, None
        self.close()
        if answer is not None:
            answer(event.value)

    def on_ask_given_up(self) -> None:
        """No answer is to be had."""
        self._answer = None
        self.close()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Try the text as soon as somebody pauses."""
        if not event.text_area.display:
            return
        self._try_no_more()
        self._pause = self.set_timer(_PAUSE, self._attempt)

    def _try_no_more(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None

    def _attempt(self) -> None:
        editor = self.query_one("#edit", Editor)
        if self._try is None or not editor.display:
            return
        self._prompt(showing.text_of(self._try(editor.text)), EDIT_KEYS)

    def on_editor_written(self, event: Editor.Written) -> None:
        """Write it; what is refused stays to be edited on."""
        # What a trial says of it would take the place of why it was refused.
        self._try_no_more()
        if self._write is not None:
            self._write(event.text, event.force)
        editor = self.query_one("#edit", Editor)
        if editor.display:
            editor.focus()

    def on_editor_given_up(self) -> None:
        """Leave it as it was."""
        self.close()
        self.tell("Nothing is changed.")
