"""What was done in a session, newest last, and how each of it is taken back."""

from __future__ import annotations

from bilint.model.decision import Decision
from bilint.model.finding import Finding
from bilint.model.record import NamedTuple
from bilint.pipeline.request import UsageError
from bilint.review.ledger import Recorded
from bilint.review.opened import Pages, place_of
from bilint.review.values import Did, Key


class Step(NamedTuple):
    """One thing done: bytes of a page, and decisions with what each superseded."""

    what: str
    locale: str
    path: str
    before: bytes | None
    after: bytes | None
    made: tuple[Decision, ...]
    previous: tuple[tuple[Decision, ...], ...]
    extra: tuple[Finding, ...] = ()

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

    def add(
        self,
        what: str,
        key: Key,
        recorded: Recorded,
        extra: tuple[Finding, ...],
        *,
        before: bytes | None = None,
        after: bytes | None = None,
    ) -> None:
        """Remember a thing done; `extra` are the findings that no page finds by itself."""
        self._steps.append(Step(what, *key, before, after, recorded.made, recorded.previous, extra))
        self.count(what)

    def count(self, what: str) -> None:
        """One more of a kind."""
        self.counts[what] = self.counts.get(what, 0) + 1

    def went_on(self, key: Key, before: bytes, after: bytes) -> None:
        """The last step on a page wrote these bytes as well."""
        step = self._steps[-1] if self._steps else None
        if step is not None and step.key == key:
            first = step.before if step.before is not None else before
            self._steps[-1] = step._replace(before=first, after=after)

    def undo(self) -> tuple[Did, Step | None, bool]:
        """Take back the last step.

        Bytes are put back where nobody changed the page since; decisions are superseded. Answers
        with the step and whether it is gone from the history.
        """
        if not self._steps:
            return Did(False, ("there is nothing to undo",)), None, False
        step = self._steps[-1]
        key = step.key
        said = []
        if step.before is not None and step.after is not None:
            failure = self._pages.write(key, step.after, step.before)
            if failure is not None:
                return Did(False, (f"not undone: {failure}",)), step, False
            said.append(f"{step.path} is as it was")
            self._pages.put_back(key, step.extra)
        self._pages.close()
        try:
            self._pages.desk.lift(*key)
        except UsageError as error:
            return Did(False, (f"not undone: {error}",)), step, False
        ledger, place = self._pages.ledger, place_of(self._pages.desk.open(*key))
        pairs = zip(reversed(step.made), reversed(step.previous), strict=True)
        tried = [ledger.take_back(place, decision, before) for decision, before in pairs]
        refusals = [one for one in tried if one is not None]
        self._steps.pop()
        self.counts[step.what] -= 1
        ledger.apply()
        self._pages.close()
        return Did(not refusals, (*said, f"undone: {step.what}", *refusals)), step, True
