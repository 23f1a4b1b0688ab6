"""What was done in a session, newest last, and how each of it is taken back."""

from __future__ import annotations

from bilint.model.decision import Decision, Place
from bilint.model.finding import Finding
from bilint.model.record import NamedTuple
from bilint.pipeline.request import UsageError
from bilint.review.opened import Pages
from bilint.review.values import Did, Key


class Step(NamedTuple):
    """One thing done at a task: decisions with what each superseded, and bytes of its page.

    `line` is 0 where it was about the whole page. `wider` are the findings that the page alone
    does not show, as they were.
    """

    what: str
    locale: str
    path: str
    line: int
    place: Place
    made: tuple[Decision, ...]
    previous: tuple[tuple[Decision, ...], ...]
    wider: tuple[Finding, ...] = ()
    before: bytes | None = None
    after: bytes | None = None

    @property
    def where(self) -> str:
        """The page and the line."""
        return f"{self.path}:{self.line}" if self.line else self.path

    @property
    def key(self) -> Key:
        """The page."""
        return self.locale, self.path


class History:
    """The steps of a session, and how many there were of each kind."""

    def __init__(self, pages: Pages) -> None:
        self.counts: dict[str, int] = {}
        self._pages = pages
        self._steps: list[Step] = []

    def add(self, step: Step) -> None:
        """Remember a thing done."""
        self._steps.append(step)
        self.counts[step.what] = self.counts.get(step.what, 0) + 1

    def went_on(self, key: Key, before: bytes, after: bytes) -> None:
        """The last step on a page wrote these bytes as well."""
        step = self._steps[-1] if self._steps else None
        if step is not None and step.key == key:
            first = step.before if step.before is not None else before
            self._steps[-1] = step._replace(before=first, after=after)

    def undo(self) -> tuple[Did, Step | None]:
        """Take back the last step, and what it was; what could not be undone stays the last.

        Bytes are put back where nobody changed the page since; decisions are superseded.
        """
        if not self._steps:
            return Did(False, ("there is nothing to undo",)), None
        step = self._steps[-1]
        failure = self._put_back(step)
        if failure is not None:
            return Did(False, (f"not undone: {step.what} of {step.where}: {failure}",)), step
        tried = [
            self._pages.ledger.take_back(step.place, decision, before)
            for decision, before in zip(reversed(step.made), reversed(step.previous), strict=True)
        ]
        refusals = tuple(f"not undone: {one}" for one in tried if one is not None)
        self._steps.pop()
        self.counts[step.what] -= 1
        self._pages.ledger.apply()
        self._pages.close()
        said = [f"undone: {step.what} of {step.where}"]
        if step.before is not None:
            said.append(f"{step.path} is as it was")
        return Did(not refusals, (*said, *refusals)), step

    def _put_back(self, step: Step) -> str | None:
        """The bytes of the page as they were; why that could not be."""
        self._pages.close()
        if step.before is None or step.after is None:
            return None
        failure = self._pages.write(step.key, step.after, step.before)
        if failure is not None:
            return failure
        self._pages.put_back(step.key, step.wider)
        try:
            self._pages.desk.lift(*step.key)
        except UsageError as error:
            return str(error)
        return None
