"""The desk on a full screen, by Textual, which is imported nowhere else.

Nothing that comes out of a page is taken for markup, and no control character of it reaches the
terminal. Colours only underline what signs and words say already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from bilint.model.alignment import SegmentState
from bilint.model.finding import Severity
from bilint.reporters.layout import fit, fit_path
from bilint.reporters.word_diff import Change, word_diff
from bilint.review import showing
from bilint.review.editor import EditorError, edit_page, edit_text
from bilint.review.filtering import FilterError, describe, parse_filter
from bilint.review.session import Session
from bilint.review.suggestions import Origin, Proposal, Suggestions
from bilint.review.tasks import Filter, Task, chosen, leading_numbers
from bilint.review.trial import Trial, edited_text
from bilint.review.values import Did

NARROW = 110
"""Columns below which the queue stays folded until it is asked for."""

_STYLES = {Change.EQUAL: "", Change.REMOVED: "red strike", Change.ADDED: "green bold underline"}
_BRACKETS = {
    Change.EQUAL: ("", ""),
    Change.REMOVED: ("[-", "-]"),
    Change.ADDED: ("{+", "+}"),
}
_SIGNS = {Severity.ERROR: ("x", "bold red"), Severity.WARNING: ("!", "yellow")}
_PAUSE = 0.4
"""Seconds without a key after which an edit is tried."""
_QUEUE = 36
"""Columns of a line of the queue."""
_KEYS = " a accept e edit f fix t take r rework s skip u undo n/p move ? help q quit"

HELP = """\
a  accept: no defect, or still right; it asks why
     `1,3 why` accepts these findings, `0 why` the segment
e  edit here          E  edit in your own editor
f  fix: the safe repairs, or the numbers you give
t  take a suggestion  d  delete what the source dropped
r  rework, with why   s  skip, leave for later
g  assign             c  comment
u  undo
n p  next, previous   N  next page
l  show or fold the queue; Enter there opens a page
/  find               :  filter (family=links state=stale)
up down PgUp PgDn     read on
q  quit; what was done stays done

While editing: Enter writes, Ctrl+F writes although a
token gets lost, Escape gives up.

Esc or ? closes this."""


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


class Desk(App[None]):
    """A session on a screen of 80 columns and more."""

    TITLE = "bilint review"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #head { height: 1; background: $primary; color: $text; text-style: bold; }
    #main { height: 1fr; }
    #queue { width: 40; border: none; border-right: solid $primary; padding: 0; }
    #body { width: 1fr; padding: 0 1; }
    #said { height: auto; max-height: 4; padding: 0 1; border-top: solid $primary; }
    #asked { height: auto; padding: 0 1; display: none; }
    #ask { display: none; border: none; height: 1; padding: 0 1; background: $surface; }
    #edit { display: none; height: auto; max-height: 7; min-height: 2; border: none; }
    #keys { height: 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "accept", "Accept"),
        Binding("e", "edit", "Edit"),
        Binding("E", "own_editor", "Editor"),
        Binding("f", "fix", "Fix"),
        Binding("t", "take", "Take"),
        Binding("d", "delete", "Delete"),
        Binding("r", "rework", "Rework"),
        Binding("s", "skip", "Skip"),
        Binding("g", "assign", "Assign"),
        Binding("c", "comment", "Comment"),
        Binding("u", "undo", "Undo"),
        Binding("n", "next", "Next"),
        Binding("p", "previous", "Previous"),
        Binding("N", "next_page", "Next page"),
        Binding("l", "queue", "Queue"),
        Binding("slash", "find", "Find"),
        Binding("colon", "filter", "Filter"),
        Binding("question_mark", "help", "Help"),
        Binding("q", "quit", "Quit"),
        Binding("escape", "body", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
    ]

    def __init__(self, session: Session, suggestions: Suggestions) -> None:
        super().__init__()
        self.session, self.suggestions = session, suggestions
        self.place = 0
        self.current: Task | None = None
        self.proposals: tuple[Proposal, ...] = ()
        self.said: tuple[str, ...] = ()
        self._answer: Callable[[str], None] | None = None
        self._pause: Timer | None = None

    # ---- the screen ----

    def compose(self) -> ComposeResult:
        """What is where."""
        yield Static("", id="head", markup=False)
        with Horizontal(id="main"):
            yield OptionList(id="queue", markup=False)
            with VerticalScroll(id="body"):
                yield Static("", id="text", markup=False)
        yield Static("", id="said", markup=False)
        yield Static("", id="asked", markup=False)
        yield Ask(id="ask", select_on_focus=False)
        yield Editor(id="edit", soft_wrap=True, show_line_numbers=False)
        yield Static(_KEYS, id="keys", markup=False)

    def on_mount(self) -> None:
        """Begin at the most urgent piece of work."""
        queue = self.query_one("#queue", OptionList)
        queue.display = self.size.width >= NARROW
        self._fill_queue()
        self._tell(f"{showing.greeting(self.session)}.")
        self._go(self.session.agenda.after(0, None))
        self.query_one("#body").focus()

    def _fill_queue(self) -> None:
        queue = self.query_one("#queue", OptionList)
        queue.clear_options()
        for index, item in enumerate(self.session.agenda.items):
            here = self.session.agenda.can_open(item) and self.session.agenda.is_listed(item)
            queue.add_option(Option(self._listed(index), disabled=not here))

    def _listed(self, index: int) -> Text:
        """Two lines: the score and the page, and the gravest reason."""
        item = self.session.agenda.items[index]
        closed = item.key in self.session.closed
        several = len({one.locale for one in self.session.agenda.items}) > 1
        score = item.queued.score if item.queued is not None else 0
        start = f"{'done' if closed else score:>4} {f'{item.locale} ' if several else ''}"
        text = Text(start)
        name = fit_path(showing.text_of(item.name), _QUEUE - len(start))
        text.append(name, "strike" if closed else "bold")
        reasons = item.queued.reasons if item.queued is not None else ()
        for one in reasons[:1]:
            text.append(f"\n     {fit(showing.text_of(one.text), _QUEUE - 5)}", "dim")
        return text

    def _tell(self, *said: str) -> None:
        self.said = tuple(map(showing.text_of, said))
        self.query_one("#said", Static).update(Text("\n".join(self.said)))

    def _go(self, at: tuple[int, Task] | None) -> None:
        """Show a task; without one, that the end is reached."""
        if at is None:
            self.current = None
            self.proposals = ()
            self.query_one("#head", Static).update(Text("The end of the queue"))
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
        self.query_one("#head", Static).update(self._headline(task))
        self.query_one("#text", Static).update(self._table(task))
        self.query_one("#body", VerticalScroll).scroll_home(animate=False)
        self.query_one("#queue", OptionList).highlighted = self.place

    def _headline(self, task: Task) -> Text:
        session = self.session
        left = len(session.agenda.waiting(session.agenda.items[self.place]))
        end = f":{task.line}  {left} left"
        start = f"{self.place + 1}/{len(session.agenda.items)} {task.locale} "
        status = session.standing(task).status
        end += "" if status == "open" else f"  {status}"
        room = max(self.size.width - len(start) - len(end) - 1, 10)
        return Text(start + fit_path(showing.text_of(task.path), room) + end, no_wrap=True)

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self.query_one("#queue").display = event.size.width >= NARROW
        if self.current is not None:
            self.query_one("#head", Static).update(self._headline(self.current))

    def _table(self, task: Task) -> Table:
        """All that is said of a task, label by label."""
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(width=6, no_wrap=True, style="dim")
        table.add_column(ratio=1, overflow="fold")
        for label, text in self._rows(task):
            table.add_row(label, text)
        return table

    def _rows(self, task: Task) -> Iterator[tuple[Text, Text]]:
        session = self.session
        page = session.page(task)
        unit = task.unit
        yield Text("is"), Text(showing.state_of(task), "bold")
        then, now, target = showing.sides(task)
        if then is not None and now is not None and then != now:
            yield Text("then"), Text(showing.text_of(then))
            yield Text("now"), marked(then, now)
        elif then is not None or now is not None:
            label = "source" if task.state is not SegmentState.OBSOLETE else "gone"
            yield Text(label), Text(showing.text_of(now or then or ""))
        here = task.target is not None or unit is None
        around = showing.neighbours if here else showing.source_neighbours
        before, after = around(page, task)
        if before:
            yield Text("  ^"), Text(before, "dim")
        if unit is not None:
            text = Text("(none yet)", "italic") if target is None else self._target(task, target)
            yield Text(task.locale, "bold"), text
        if after:
            yield Text("  v"), Text(after, "dim")
        for number, finding in enumerate(task.findings, 1):
            sign, style = _SIGNS.get(finding.severity, ("i", "cyan"))
            first, *rest = showing.finding_lines(number, finding, task)
            said = Text(first.partition(". ")[2], style)
            for line in rest:
                said.append(f"\n{line.strip()}", "not bold default")
            yield Text(f"{sign} {number}", style), said
        for line in showing.remarks(session, task):
            yield Text("said"), Text(line)
        for name, words in showing.proposal_lines(self.proposals):
            yield Text(name, "cyan"), Text(words)
        yield Text("why", "dim"), Text(showing.reasons(session.agenda.items[self.place]), "dim")

    def _target(self, task: Task, target: str) -> Text:
        """The translation, with what was found in it underlined."""
        text = Text(showing.text_of(target), "bold" if not task.findings else "")
        for finding in task.findings:
            found = showing.text_of(finding.text)
            at = text.plain.find(found) if found else -1
            if at >= 0 and len(found) < len(text.plain):
                text.stylize("bold underline", at, at + len(found))
        return text

    # ---- asking ----

    def _ask(self, prompt: str, answer: Callable[[str], None], text: str = "") -> None:
        """Ask for a line; `answer` gets it."""
        self._answer = answer
        asked = self.query_one("#asked", Static)
        asked.update(Text(prompt, "bold"))
        asked.display = True
        line = self.query_one("#ask", Ask)
        line.value = text
        line.display = True
        line.focus()

    def _close(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        for name in ("#asked", "#ask", "#edit"):
            self.query_one(name).display = False
        self.query_one("#body").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """An answer has come."""
        answer, self._answer = self._answer, None
        self._close()
        if answer is not None:
            answer(event.value)

    def on_ask_given_up(self) -> None:
        """No answer is to be had."""
        self._answer = None
        self._close()

    # ---- what a reviewer does ----

    def _after(self, task: Task, did: Did) -> None:
        """Tell what became of it and go on."""
        self._tell(*did.said)
        self._list_again(self.place)
        self._go(self.session.agenda.at(self.place, task))

    def _list_again(self, index: int) -> None:
        queue = self.query_one("#queue", OptionList)
        if index < queue.option_count:
            queue.replace_option_prompt_at_index(index, self._listed(index))

    def _with(self, do: Callable[[Task], None]) -> None:
        if self.current is None:
            self._tell("There is nothing to decide on; p goes back.")
        else:
            do(self.current)

    def action_accept(self) -> None:
        """No defect, or still right."""

        def ask(task: Task) -> None:
            def answer(said: str) -> None:
                numbers, reason = leading_numbers(said)
                subjects = None if numbers is None else chosen(task, numbers)
                if numbers is not None and subjects is None:
                    self._tell("There is no such number here; 0 is the segment, if it asks.")
                    return
                self._after(task, self.session.accept(task, reason, subjects))

            some = " (`1,3 why` takes some)" if len(task.subjects) > 1 else ""
            self._ask(f"Accept, because{some}:", answer)

        self._with(ask)

    def action_rework(self) -> None:
        """To be done again."""
        self._with(
            lambda task: self._ask(
                "To be done again, because:",
                lambda said: self._after(task, self.session.rework(task, said)),
            )
        )

    def action_skip(self) -> None:
        """Left for later."""
        self._with(lambda task: self._after(task, self.session.skip(task)))

    def action_assign(self) -> None:
        """Somebody else's."""
        self._with(
            lambda task: self._ask(
                "Assign it to:", lambda said: self._after(task, self.session.assign(task, said))
            )
        )

    def action_comment(self) -> None:
        """Words for others."""
        self._with(
            lambda task: self._ask(
                "Comment:", lambda said: self._after(task, self.session.comment(task, said))
            )
        )

    def action_fix(self) -> None:
        """Repairs."""

        def fix(task: Task) -> None:
            known = self.session.fixes(task)
            safe = [one for one in known if one.suggestion is not None and one.suggestion.safe]
            if len(known) <= 1 or len(safe) == len(known):
                self._after(task, self.session.fix(task))
                return

            def answer(said: str) -> None:
                numbers, _rest = leading_numbers(said)
                wanted = [
                    one
                    for number, one in enumerate(task.findings, 1)
                    if numbers is not None and number in numbers
                ]
                if said.strip() and not wanted:
                    self._tell("There is no such finding here.")
                    return
                self._after(task, self.session.fix(task, wanted or None))

            self._ask("Repair which findings (Enter: the safe ones, or the first):", answer)

        self._with(fix)

    def action_take(self) -> None:
        """A suggestion in place of the translation."""

        def take(task: Task) -> None:
            texts = self._to_take()
            if not texts:
                self._tell("There is no text to take here.")
            elif len(texts) == 1:
                self._after(task, self.session.edit(task, texts[0]))
            else:
                self._ask(f"Take which suggestion (1-{len(texts)}):", answer)

        def answer(said: str) -> None:
            number = said.strip().removeprefix("s") or "1"
            task, texts = self.current, self._to_take()
            if task is None or not number.isdecimal() or not 1 <= int(number) <= len(texts):
                self._tell("There is no such suggestion here.")
                return
            self._after(task, self.session.edit(task, texts[int(number) - 1]))

        self._with(take)

    def _to_take(self) -> list[str]:
        """The suggestions that have a number."""
        return [one.text for one in self.proposals if one.whole]

    def action_delete(self) -> None:
        """Out with what the source dropped."""

        def delete(task: Task) -> None:
            if task.state is not SegmentState.OBSOLETE:
                self._tell("Only a segment whose source is gone is deleted here.")
            else:
                self._after(task, self.session.remove(task))

        self._with(delete)

    # ---- editing ----

    def action_edit(self) -> None:
        """Edit in place."""

        def edit(task: Task) -> None:
            if task.unit is None:
                self._tell("There is no segment here to edit; E edits the page.")
                return
            text = edited_text(task.target) if task.target is not None else ""
            if any(one < " " or "\x7f" <= one <= "\x9f" for one in text):
                self._tell("This text has characters that a line cannot show: E edits it.")
                return
            editor = self.query_one("#edit", Editor)
            editor.load_text(text)
            editor.move_cursor(editor.document.end)
            editor.display = True
            self._live("Enter writes, Escape gives up.")
            editor.focus()

        self._with(edit)

    def _live(self, said: str) -> None:
        asked = self.query_one("#asked", Static)
        asked.update(Text(showing.text_of(said), "bold"))
        asked.display = True

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Try the text as soon as somebody pauses."""
        if not event.text_area.display:
            return
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(_PAUSE, self._try)

    def _try(self) -> None:
        editor = self.query_one("#edit", Editor)
        task = self.current
        if task is None or not editor.display:
            return
        self._live(verdict(self.session.preview(task, editor.text), editor.text))

    def on_editor_written(self, event: Editor.Written) -> None:
        """Write it; what is refused stays to be edited on."""
        task = self.current
        if task is None:
            return
        did = self.session.edit(task, event.text, force=event.force)
        if did.done:
            self._close()
            self._after(task, did)
        else:
            self._tell(*did.said)
            self._go(self.session.agenda.at(self.place, task))
            self.query_one("#edit", Editor).focus()

    def on_editor_given_up(self) -> None:
        """Leave it as it was."""
        self._close()
        self._tell("Nothing is changed.")

    def action_own_editor(self) -> None:
        """Edit somewhere else: the segment, or the page where there is none."""

        def edit(task: Task) -> None:
            try:
                with self.suspend():
                    did = self._edited_elsewhere(task)
            except EditorError as error:
                self._tell(str(error))
                return
            if did is None:
                self._tell("Nothing is changed.")
            else:
                self._after(task, did)

        self._with(edit)

    def _edited_elsewhere(self, task: Task) -> Did | None:
        if task.unit is None:
            data = edit_page(self.session.page(task).data)
            return None if data is None else self.session.edit_page(task, data)
        old = edited_text(task.target) if task.target is not None else ""
        text = edit_text(old, showing.notes(task))
        return None if text is None or text == old else self.session.edit(task, text)

    # ---- going about ----

    def action_next(self) -> None:
        """Without a decision."""
        if self.current is not None:
            self._go(self.session.agenda.after(self.place, self.current))

    def action_previous(self) -> None:
        """Back."""
        place = len(self.session.agenda.items) - 1 if self.current is None else self.place
        found = self.session.agenda.before(place, self.current)
        if found is None:
            self._tell("This is the first one.")
        else:
            self._go(found)

    def action_next_page(self) -> None:
        """On with the next page."""
        self._go(self.session.agenda.after(self.place + 1, None))

    def action_undo(self) -> None:
        """Take the last thing back, and go there."""
        did, key = self.session.undo()
        self._tell(*did.said)
        for index, item in enumerate(self.session.agenda.items):
            if item.key == key:
                self._list_again(index)
                waiting = self.session.agenda.waiting(item)
                self._go((index, waiting[0]) if waiting else self.session.agenda.after(index, None))
                return

    def action_queue(self) -> None:
        """Show it, go to it, or fold it."""
        queue = self.query_one("#queue", OptionList)
        if queue.display and self.focused is queue:
            queue.display = False
            self.query_one("#body").focus()
        else:
            queue.display = True
            queue.focus()

    def action_body(self) -> None:
        """Back from the queue."""
        self.query_one("#queue").display = self.size.width >= NARROW
        self.query_one("#body").focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a page."""
        found = self.session.agenda.after(event.option_index, None)
        queue = self.query_one("#queue", OptionList)
        queue.display = self.size.width >= NARROW
        self.query_one("#body").focus()
        if found is None or found[0] != event.option_index:
            self._tell("There is nothing to go through on that page.")
        self._go(found)

    def action_find(self) -> None:
        """Only what holds a text."""
        before = self.session.agenda.filter
        self._ask(
            "Find (Enter alone: everything again):",
            lambda said: self._filtered(before._replace(text=said.strip() or None)),
            before.text or "",
        )

    def action_filter(self) -> None:
        """Only what is of a kind."""
        before = self.session.agenda.filter

        def answer(said: str) -> None:
            try:
                self._filtered(parse_filter(said)._replace(text=before.text))
            except FilterError as error:
                self._tell(str(error))

        known = describe(before._replace(text=None))
        self._ask(
            "Filter: severity= family= state= status= locale= path= (Enter alone: all):",
            answer,
            "" if known == "everything" else known,
        )

    def _filtered(self, wanted: Filter) -> None:
        before, self.session.agenda.filter = self.session.agenda.filter, wanted
        found = self.session.agenda.after(0, None)
        if found is None:
            self.session.agenda.filter = before
            self._tell(f"There is nothing of that kind: {describe(wanted)}.")
            return
        self._fill_queue()
        self._tell(f"Showing {describe(wanted)}.")
        self._go(found)

    def action_help(self) -> None:
        """All keys."""
        self.push_screen(Help())

    def action_scroll(self, lines: int) -> None:
        """Read on."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=lines, animate=False)


def marked(then: str, now: str) -> Text:
    """The source now with what changed marked, by signs and by the look of the words."""
    text = Text()
    for change, part in word_diff(then, now):
        said = showing.text_of(part)
        bare = said.rstrip(" ")
        before, after = _BRACKETS[change]
        text.append(before, "dim")
        text.append(bare, _STYLES[change])
        text.append(after, "dim")
        text.append(said[len(bare) :] or (" " if change is Change.REMOVED else ""))
    return text


def verdict(trial: Trial, text: str) -> str:
    """What an edit would do, in a line."""
    hidden = showing.hidden_in(text)
    end = f" Hidden in it: {hidden}." if hidden else ""
    if trial.objection is not None:
        force = " Ctrl+F writes it all the same." if trial.lost else ""
        return f"Not so: {trial.objection}.{force}{end}"
    parts = []
    if trial.gone:
        parts.append(f"no longer found: {', '.join(sorted({one.check for one in trial.gone}))}")
    if trial.new:
        parts.append(f"new: {', '.join(sorted({one.check for one in trial.new}))}")
    return f"Enter writes it{'; ' if parts else ''}{'; '.join(parts)}.{end}"
