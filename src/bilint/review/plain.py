"""The desk line by line, in the manner of `git add -p`: for screen readers, dumb terminals, pipes.

Nothing is drawn, nothing moves: a question, a letter, an answer. The end of input is `quit`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from bilint.model.alignment import SegmentState
from bilint.model.record import NamedTuple
from bilint.review import answers, showing
from bilint.review.filtering import describe
from bilint.review.session import Session
from bilint.review.suggestions import Origin, Proposal, Suggestions
from bilint.review.tasks import Task
from bilint.review.values import Did, Item

HELP = """\
a [NUMBERS] [REASON]  accept: no defect, or still right. Alone it asks for the reason.
                      Of several findings, `a 1,3` takes these; `a 0` the segment.
e [TEXT]              edit: put TEXT in place of the translation. Alone it asks for it.
e! [TEXT]             the same, also where a token, a link or code gets lost.
E                     edit in your own editor (VISUAL or EDITOR); outside the text, the page.
P                     edit the whole page in your own editor.
f [NUMBERS]           fix: make the safe repairs, or those of the findings named.
t NUMBER              take a suggestion: put s1, s2, ... in place of the translation.
d                     delete a segment whose source is gone.
r [REASON]            rework: somebody has to translate it again.
s [REASON]            skip: leave it for later.
g [NAME]              assign it to somebody.
c [TEXT]              comment.
u                     undo the last thing done.
n, p                  next, previous, without a decision.
N                     next page.
l                     list the pages of the queue; `l NUMBER` goes to one.
/ [TEXT]              find: only what has TEXT in it; alone, everything again.
: [FILTER]            filter, such as `: family=links severity=error`; alone, everything again.
v                     show this again, with its neighbours.
q                     quit. What was done stays done."""

_PROMPT = "Decide [a,e,E,P,f,t,d,r,s,g,c,u,n,p,N,l,/,:,v,q,?]: "
_LISTED = 20
_PASSED = 2


class Lines(NamedTuple):
    """Where the desk reads and writes. `ask` answers None at the end of input.

    `ask` takes a prompt and a text to begin with, which only a terminal can show.
    """

    ask: Callable[[str, str], str | None]
    say: Callable[[str], None]
    is_terminal: bool = False


class _Quit(Exception):  # noqa: N818
    """The reviewer is done."""


class Plain:
    """A session at a prompt."""

    def __init__(self, session: Session, suggestions: Suggestions, lines: Lines) -> None:
        self.session, self.suggestions, self.lines = session, suggestions, lines
        self._place = 0
        self._proposals: tuple[Proposal, ...] = ()
        self._told: set[int] = set()
        self._shown_page: int | None = None
        self._drafts: dict[frozenset[str], str] = {}

    def run(self) -> None:
        """Go through the queue until it ends, or the input, or the reviewer says so."""
        session = self.session
        self._say_all(self._greeting())
        try:
            at = session.agenda.after(0, None)
            while True:
                if at is None:
                    at = self._at_the_end()
                    continue
                self._tell_passed(at[0])
                self._place, task = at
                self._show(task)
                at = self._answered(task)
        except _Quit:
            pass
        self._say(f"Done: {showing.summary(session)}.")

    def _greeting(self) -> Iterator[str]:
        yield f"{showing.greeting(self.session)}. `l` lists them; ? tells what can be answered."

    def _say(self, text: str) -> None:
        self.lines.say(text)

    def _say_all(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.lines.say(line)

    def _ask(self, prompt: str, prefill: str = "") -> str:
        said = self.lines.ask(prompt, prefill)
        if said is None:
            raise _Quit
        return said

    def _tell_passed(self, place: int) -> None:
        """Pieces of the queue that cannot be opened are told once, where they stand."""
        session = self.session
        if session.agenda.is_filtered:
            return
        items = session.agenda.items
        passed = [
            index
            for index in range(self._place, place)
            if index not in self._told
            and items[index].key not in session.closed
            and not session.agenda.tasks(items[index])
        ]
        self._told.update(passed)
        for index in passed[:_PASSED]:
            said = showing.whole_page(session.agenda.items[index])
            self._say(f"[{index + 1}/{len(session.agenda.items)}] {said}")
        if len(passed) > _PASSED:
            more = len(passed) - _PASSED
            self._say(f"... and {more} more of that kind before this one; `l` lists them")

    def _at_the_end(self) -> tuple[int, Task] | None:
        self._tell_passed(len(self.session.agenda.items))
        self._say("There is nothing left here. u undoes, p goes back, l lists, q quits.")
        return self._command(None, self._ask("At the end [u,p,l,/,:,q,?]: "))

    # ---- showing ----

    def _show(self, task: Task) -> None:
        session = self.session
        self._say("")
        self._say(showing.headline(session, self._place, task))
        if self._shown_page != self._place:
            self._shown_page = self._place
            self._say(f"why: {showing.reasons(session.agenda.items[self._place])}")
        what = "page" if task.whole is not None else "segment"
        self._say(f"{what}: {showing.state_of(task)}")
        for label, said in showing.hints(session, task):
            self._say(f"{label}: {said}" if label else said)
        side, before, after = showing.around(session, task)
        then, now, target = showing.sides(task)
        if then is not None and now is not None and then != now:
            if not showing.is_long(then):
                self._say(f"source then: {showing.text_of(then)}")
            self._say(f"source now:  {showing.marked_change(then, now)}")
        elif then is not None or now is not None:
            label = "gone" if task.state is SegmentState.OBSOLETE else "source"
            self._say(f"{label}: {showing.text_of(now or then or '')}")
        if before:
            self._say(f"{side}before: {before}")
        if task.unit is not None:
            self._say(f"target: {showing.text_of(target) if target is not None else '(none yet)'}")
        if after:
            self._say(f"{side}after:  {after}")
        for number, finding in enumerate(task.findings, 1):
            self._say_all(showing.finding_lines(number, finding, task))
        self._say_all(showing.remarks(session, task))
        proposals = [one for one in self.suggestions.of(task) if one.origin is not Origin.FIX]
        self._proposals = tuple(one for one in proposals if one.whole)
        for name, said in showing.proposal_lines(proposals):
            self._say(f"{name}{'.' if name.startswith('s') else ':'} {said}")

    # ---- answers ----

    def _answered(self, task: Task) -> tuple[int, Task] | None:
        while True:
            answer = self._ask(_PROMPT)
            if not answer.strip():
                continue
            place = self._command(task, answer)
            if place != (-1, task):
                return place

    def _command(self, task: Task | None, answer: str) -> tuple[int, Task] | None:
        """Do what was answered; where to go on. A place of -1 asks again."""
        letter, rest = _split(answer)
        again = None if task is None else (-1, task)
        if letter == "q":
            raise _Quit
        if letter in ("?", "h"):
            self._say(HELP)
            return again
        if letter == "u":
            return self._undo(task)
        if letter == "l":
            return self._list(rest) or again
        if letter in ("/", ":"):
            return self._filter(letter, rest) or again
        if letter == "p":
            place = len(self.session.agenda.items) - 1 if task is None else self._place
            found = self.session.agenda.before(place, task)
            if found is None:
                self._say("This is the first one.")
            return found or again
        if task is None:
            self._say("There is nothing to decide on; p goes back.")
            return None
        if letter == "n":
            return self.session.agenda.after(self._place, task)
        if letter == "N":
            return self.session.agenda.after(self._place + 1, None)
        if letter == "v":
            self._shown_page = None
            return self._place, task
        session, texts = self.session, [one.text for one in self._proposals]
        actions: dict[str, Callable[[Task, str], Did]] = {
            "a": self._accept,
            "e": lambda one, said: self._written(one, said, force=False),
            "e!": lambda one, said: self._written(one, said, force=True),
            "E": lambda one, _said: answers.edit_elsewhere(session, one),
            "P": lambda one, _said: answers.edit_page_elsewhere(session, one),
            "f": lambda one, said: answers.fix(session, one, said),
            "t": lambda one, said: answers.take(session, one, texts, said),
            "d": lambda one, _said: answers.delete(session, one),
            "r": lambda one, said: session.rework(one, said or self._ask("Why: ")),
            "s": session.skip,
            "g": lambda one, said: session.assign(one, said or self._ask("To whom: ")),
            "c": lambda one, said: session.comment(one, said or self._ask("Comment: ")),
        }
        action = actions.get(letter)
        if action is None:
            self._say(f"{showing.text_of(letter)!r} is no answer; ? tells which there are.")
            return again
        did = action(task, rest)
        for line in did.said:
            self._say(showing.text_of(line))
        if letter == "c":
            return again
        at = self.session.agenda.at(self._place, task)
        # What was refused need not be shown again, unless it changed meanwhile.
        return again if not did.done and at == (self._place, task) else at

    def _accept(self, task: Task, said: str) -> Did:
        try:
            subjects, reason = answers.subjects_and_reason(task, said)
        except answers.AnswerError as error:
            return Did(False, (str(error),))
        return self.session.accept(task, reason or self._ask("Why: "), subjects)

    def _written(self, task: Task, said: str, *, force: bool) -> Did:
        if task.unit is None:
            return Did(False, ("There is no segment here to edit; P edits the page.",))
        old = self._drafts.get(task.names) or answers.own_text(self.session, task)
        if not said and "\n" in old and self.lines.is_terminal:
            return answers.edit_elsewhere(self.session, task, force=force)
        text = said or self._ask("Text: ", old)
        if not text.strip() or (task.target is None and not said and text == old):
            return answers.NOTHING
        did = self.session.edit(task, text, force=force)
        self._drafts.pop(task.names, None)
        if not did.done:
            self._drafts[task.names] = text  # nothing that was typed is lost
        return did

    def _undo(self, task: Task | None) -> tuple[int, Task] | None:
        did, step = self.session.undo()
        for line in did.said:
            self._say(showing.text_of(line))
        if step is None:
            return None if task is None else (-1, task)
        for index, item in enumerate(self.session.agenda.items):
            if item.key == step.key:
                waiting = self.session.agenda.waiting(item)
                if waiting:
                    return index, waiting[0]
        return None if task is None else self.session.agenda.at(self._place, task)

    def _list(self, said: str) -> tuple[int, Task] | None:
        items = self.session.agenda.items
        if said.strip().isdecimal():
            place = int(said) - 1
            found = self.session.agenda.after(place, None) if 0 <= place < len(items) else None
            if found is None:
                self._say("There is nothing there.")
            return found
        listed = [index for index, one in enumerate(items) if self.session.agenda.is_listed(one)]
        if not listed:
            self._say(f"There is nothing of that kind: {describe(self.session.agenda.filter)}.")
        here = bisect_left(listed, self._place)
        first = max(0, min(here - _LISTED // 2, len(listed) - _LISTED))
        for index in listed[first : first + _LISTED]:
            self._say(self._listed(index, items[index]))
        if len(listed) > first + _LISTED:
            self._say(f"... and {len(listed) - first - _LISTED} more")
        return None

    def _listed(self, index: int, item: Item) -> str:
        closed = item.key in self.session.closed
        state = "finished" if closed else showing.points_of(item)
        here = ">" if index == self._place else " "
        return showing.text_of(f"{here}{index + 1:4} {item.locale} {item.name}: {state}")

    def _filter(self, letter: str, said: str) -> tuple[int, Task] | None:
        found = (answers.find if letter == "/" else answers.filter_by)(self.session, said)
        self._say(found.said)
        if found.at is not None:
            self._shown_page = None
        return found.at


def _split(answer: str) -> tuple[str, str]:
    """The letter of an answer and what follows it."""
    said = answer.strip()
    if said[:2] == "e!":
        return "e!", said[2:].strip()
    if said[:1] in ("/", ":", "?"):
        return said[:1], said[1:].strip()
    word, _, rest = said.partition(" ")
    if len(word) == 1:
        return word, rest.strip()
    known = _WORDS.get(word.lower())
    if known is not None:
        return known, rest.strip()
    if word[:1] in "afstl" and word[1:].replace(",", "").isdecimal():
        return word[0], said[1:].strip()
    return word, rest.strip()


_WORDS = {
    "accept": "a",
    "edit": "e",
    "fix": "f",
    "take": "t",
    "delete": "d",
    "rework": "r",
    "skip": "s",
    "assign": "g",
    "comment": "c",
    "undo": "u",
    "next": "n",
    "prev": "p",
    "previous": "p",
    "list": "l",
    "find": "/",
    "filter": ":",
    "help": "?",
    "quit": "q",
}
