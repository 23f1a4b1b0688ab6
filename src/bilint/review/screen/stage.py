"""What is on the screen, and how one goes about in it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static

from bilint.review import answers, showing
from bilint.review.filtering import describe
from bilint.review.screen.dialog import Dialog
from bilint.review.screen.keys import BINDINGS
from bilint.review.screen.looks import headline, table
from bilint.review.screen.typing import InOrder
from bilint.review.screen.widgets import Head, Help, Queue
from bilint.review.session import Session
from bilint.review.suggestions import Origin, Proposal, Suggestions
from bilint.review.tasks import Task

NARROW = 110
"""Columns below which the queue stays folded until it is asked for."""
LOW = 12
"""Lines below which keys are told by the help alone, and less is said at once."""


class Stage(InOrder[None]):
    """A session as it is shown, and looked through without a decision."""

    TITLE = "bilint review"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head { height: 1; background: $primary; color: $text; text-style: bold; }
    #main { height: 1fr; }
    #queue { width: 40; height: 1fr; border: none; border-right: solid $primary; padding: 0; }
    #body { width: 1fr; padding: 0 1; }
    .asking #said { display: none; }
    .low #keys { display: none; }
    .low #said { max-height: 2; border-top: none; }
    .low #asked { max-height: 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = BINDINGS

    def __init__(self, session: Session, suggestions: Suggestions) -> None:
        super().__init__()
        self.session, self.suggestions = session, suggestions
        self.place = 0
        self.current: Task | None = None
        self.proposals: tuple[Proposal, ...] = ()
        self.queue, self.dialog = Queue(id="queue", markup=False), Dialog()
        self.head = Head(id="head")

    # ---- the screen ----

    def compose(self) -> ComposeResult:
        """What is where."""
        yield self.head
        with Horizontal(id="main"):
            yield self.queue
            with VerticalScroll(id="body"):
                yield Static("", id="text", markup=False)
        yield self.dialog

    def on_mount(self) -> None:
        """Begin at the most urgent piece of work."""
        self.queue.display = self.size.width >= NARROW
        self.queue.fill(self.session)
        self.tell(f"{showing.greeting(self.session)}.")
        self.go(self.session.agenda.after(0, None))
        self.query_one("#body").focus()

    @property
    def said(self) -> tuple[str, ...]:
        """What was said last."""
        return self.dialog.said

    def tell(self, *said: str) -> None:
        """Say something, until the next thing is said."""
        self.dialog.tell(*said)

    def on_dialog_closed(self) -> None:
        """Back to the task, unless the answer led to another question."""
        if not self.dialog.is_open:
            self.query_one("#body").focus()

    def action_help_quit(self) -> None:
        """What Ctrl+C does: give up what is asked, or tell how to quit."""
        if self.dialog.is_open:
            self.dialog.close()
            self.tell("Nothing is changed.")
        else:
            self.tell("q quits; what was done stays done.")

    def go(self, at: tuple[int, Task] | None) -> None:
        """Show a task; without one, that the end is reached."""
        if at is None:
            self.current = None
            self.proposals = ()
            self.head.show(lambda _columns: Text("The end of the queue"))
            self.query_one("#text", Static).update(
                Text(
                    f"Nothing is left here: {showing.summary(self.session)}.\n\n"
                    f"Showing {describe(self.session.agenda.filter)}.\n"
                    "u undoes, p goes back, : filters, q quits."
                )
            )
            return
        self.place, self.current = at
        task = self.current
        self.proposals = tuple(
            one for one in self.suggestions.of(task) if one.origin is not Origin.FIX
        )
        self.head.show(lambda columns: headline(self.session, self.place, task, columns))
        shown = table(self.session, self.place, task, self.proposals)
        self.query_one("#text", Static).update(shown)
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)
        self.queue.highlighted = self.place

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self.queue.display = event.size.width >= NARROW
        self.screen.set_class(event.size.height < LOW, "low")

    # ---- going about ----

    def action_next(self) -> None:
        """Without a decision."""
        self.tell()
        if self.current is not None:
            self.go(self.session.agenda.after(self.place, self.current))

    def action_previous(self) -> None:
        """Back."""
        place = len(self.session.agenda.items) - 1 if self.current is None else self.place
        found = self.session.agenda.before(place, self.current)
        self.tell(*("This is the first one.",) if found is None else ())
        if found is not None:
            self.go(found)

    def action_next_page(self) -> None:
        """On with the next page."""
        self.tell()
        self.go(self.session.agenda.after(self.place + 1, None))

    def action_queue(self) -> None:
        """Show it, go to it, or fold it."""
        queue = self.queue
        if queue.display and self.focused is queue:
            queue.display = False
            self.query_one("#body").focus()
        else:
            queue.display = True
            queue.focus()

    def action_body(self) -> None:
        """Back from the queue."""
        self.queue.display = self.size.width >= NARROW
        self.query_one("#body").focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a page."""
        found = self.session.agenda.after(event.option_index, None)
        self.queue.display = self.size.width >= NARROW
        self.query_one("#body").focus()
        if found is None or found[0] != event.option_index:
            self.tell("There is nothing to go through on that page.")
        self.go(found)

    def action_find(self) -> None:
        """Only what holds a text."""
        self.dialog.ask(
            "Find (Enter alone: everything again):",
            lambda said: self._filtered(answers.find(self.session, said)),
            self.session.agenda.filter.text or "",
        )

    def action_filter(self) -> None:
        """Only what is of a kind."""
        known = describe(self.session.agenda.filter._replace(text=None))
        self.dialog.ask(
            "Filter: severity= family= state= status= locale= path= (Enter alone: all):",
            lambda said: self._filtered(answers.filter_by(self.session, said)),
            "" if known == "everything" else known,
        )

    def _filtered(self, found: answers.Filtered) -> None:
        self.tell(found.said)
        if found.at is not None:
            self.queue.fill(self.session)
            self.go(found.at)

    def action_help(self) -> None:
        """All keys."""
        self.push_screen(Help())

    def action_scroll(self, lines: int) -> None:
        """Read on."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=lines, animate=False)
