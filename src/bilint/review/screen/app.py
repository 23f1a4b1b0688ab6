"""What is done on the screen when a key is struck, and what is shown then."""

from __future__ import annotations

import re
from collections.abc import Callable
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
from bilint.review.screen.looks import headline, table, unchanged, verdict
from bilint.review.screen.typing import InOrder
from bilint.review.screen.widgets import Head, Help, Queue
from bilint.review.session import Session
from bilint.review.suggestions import Origin, Proposal, Suggestions
from bilint.review.tasks import Task
from bilint.review.values import Did

NARROW = 110
"""Columns below which the queue stays folded until it is asked for."""


_PATH = 48
"""Columns of a path in what is said of an action."""
LOW = 12
"""Lines below which keys are told by the help alone, and less is said at once."""


_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]")
"""What would act on the terminal in a text that is edited: controls, and turns of direction."""


class Desk(InOrder[None]):
    """A session on a screen of 80 columns and more."""

    TITLE = "bilint review"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head { height: 1; background: $primary; color: $text; text-style: bold; }
    #main { height: 1fr; }
    #queue { width: 40; border: none; border-right: solid $primary; padding: 0; }
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
        self._tell(f"{showing.greeting(self.session)}.")
        self._go(self.session.agenda.after(0, None))
        self.query_one("#body").focus()

    @property
    def said(self) -> tuple[str, ...]:
        """What was said last."""
        return self.dialog.said

    def _tell(self, *said: str) -> None:
        self.dialog.tell(*said)

    def on_dialog_closed(self) -> None:
        """Back to the task, unless the answer led to another question."""
        if not self.dialog.is_open:
            self.query_one("#body").focus()

    def action_help_quit(self) -> None:
        """What Ctrl+C does: give up what is asked, or tell how to quit."""
        if self.dialog.is_open:
            self.dialog.close()
            self._tell("Nothing is changed.")
        else:
            self._tell("q quits; what was done stays done.")

    def _go(self, at: tuple[int, Task] | None) -> None:
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

    # ---- what a reviewer does ----

    def _after(self, task: Task, did: Did) -> None:
        """Tell what became of it and go on."""
        self._tell(*(showing.shortened(one, task.path, _PATH) for one in did.said))
        self.queue.list_again(self.session, self.place)
        self._go(self.session.agenda.at(self.place, task))

    def _with(self, do: Callable[[Task], None]) -> None:
        if self.current is None:
            self._tell("There is nothing to decide on; p goes back.")
        else:
            do(self.current)

    def action_accept(self) -> None:
        """No defect, or still right."""

        def ask(task: Task) -> None:
            def answer(said: str) -> None:
                try:
                    subjects, reason = answers.subjects_and_reason(task, said)
                except answers.AnswerError as error:
                    self._tell(str(error))
                else:
                    self._after(task, self.session.accept(task, reason, subjects))

            some = " (`1,3 why` takes some)" if len(task.subjects) > 1 else ""
            self.dialog.ask(f"Accept, because{some}:", answer)

        self._with(ask)

    def action_rework(self) -> None:
        """To be done again."""
        self._ask_for("To be done again, because:", self.session.rework)

    def action_skip(self) -> None:
        """Left for later."""
        self._with(lambda task: self._after(task, self.session.skip(task)))

    def action_assign(self) -> None:
        """Somebody else's."""
        self._ask_for("Assign it to:", self.session.assign)

    def action_comment(self) -> None:
        """Words for others."""
        self._ask_for("Comment:", self.session.comment)

    def _ask_for(self, prompt: str, act: Callable[[Task, str], Did]) -> None:
        self._with(
            lambda task: self.dialog.ask(prompt, lambda said: self._after(task, act(task, said)))
        )

    def action_fix(self) -> None:
        """Repairs."""

        def fix(task: Task) -> None:
            known = self.session.fixes(task)
            safe = [one for one in known if one.suggestion is not None and one.suggestion.safe]
            if len(known) <= 1 or len(safe) == len(known):
                self._after(task, self.session.fix(task))
            else:
                self.dialog.ask(
                    "Repair which findings (Enter: the safe ones, or the first):",
                    lambda said: self._after(task, answers.fix(self.session, task, said)),
                )

        self._with(fix)

    def action_take(self) -> None:
        """A suggestion in place of the translation."""

        def take(task: Task) -> None:
            texts = [one.text for one in self.proposals if one.whole]

            def answer(said: str) -> None:
                self._after(task, answers.take(self.session, task, texts, said))

            if not texts:
                self._tell("There is no text to take here.")
            elif len(texts) == 1:
                answer("1")
            else:
                self.dialog.ask(f"Take which suggestion (1-{len(texts)}):", answer)

        self._with(take)

    def action_delete(self) -> None:
        """Out with what the source dropped."""
        self._with(lambda task: self._after(task, answers.delete(self.session, task)))

    def action_edit(self) -> None:
        """Edit in place."""

        def edit(task: Task) -> None:
            if task.unit is None:
                self._tell("There is no segment here to edit; P edits the page.")
                return
            text = answers.own_text(self.session, task)
            if _UNSHOWABLE.search(text):
                self._tell("This text has characters that a line cannot show: E edits it.")
                return
            self.dialog.edit(text, self._attempt, self._write)

        self._with(edit)

    def _attempt(self, text: str) -> str:
        if self.current is None:
            return ""
        if text == answers.own_text(self.session, self.current):
            return unchanged(text)
        return verdict(self.session.preview(self.current, text), text)

    def _write(self, text: str, force: bool) -> None:
        task = self.current
        if task is None:
            return
        if text == answers.own_text(self.session, task):
            self._tell("The text is as it was.")
            return
        did = self.session.edit(task, text, force=force)
        if did.done:
            self.dialog.close()
        self._after(task, did)

    def action_own_editor(self) -> None:
        """Edit somewhere else: the segment, or the page where there is none."""
        self._elsewhere(answers.edit_elsewhere)

    def action_edit_page(self) -> None:
        """Edit the whole page somewhere else."""
        self._elsewhere(answers.edit_page_elsewhere)

    def _elsewhere(self, edit: Callable[[Session, Task], Did]) -> None:
        def act(task: Task) -> None:
            with self.suspend():
                did = edit(self.session, task)
            self._after(task, did)

        self._with(act)

    # ---- going about ----

    def action_next(self) -> None:
        """Without a decision."""
        self._tell()
        if self.current is not None:
            self._go(self.session.agenda.after(self.place, self.current))

    def action_previous(self) -> None:
        """Back."""
        place = len(self.session.agenda.items) - 1 if self.current is None else self.place
        found = self.session.agenda.before(place, self.current)
        self._tell(*("This is the first one.",) if found is None else ())
        if found is not None:
            self._go(found)

    def action_next_page(self) -> None:
        """On with the next page."""
        self._tell()
        self._go(self.session.agenda.after(self.place + 1, None))

    def action_undo(self) -> None:
        """Take the last thing back, and go there."""
        did, step = self.session.undo()
        path = step.path if step is not None else ""
        self._tell(*(showing.shortened(one, path, _PATH) for one in did.said))
        for index, item in enumerate(self.session.agenda.items):
            if step is not None and item.key == step.key:
                self.queue.list_again(self.session, index)
                waiting = self.session.agenda.waiting(item)
                self._go((index, waiting[0]) if waiting else self.session.agenda.after(index, None))
                return

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
            self._tell("There is nothing to go through on that page.")
        self._go(found)

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
        self._tell(found.said)
        if found.at is not None:
            self.queue.fill(self.session)
            self._go(found.at)

    def action_help(self) -> None:
        """All keys."""
        self.push_screen(Help())

    def action_scroll(self, lines: int) -> None:
        """Read on."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=lines, animate=False)
