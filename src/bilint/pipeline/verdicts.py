"""What reviewers decided of single segments, brought into the judgement of a page."""

from __future__ import annotations

from bilint.model.alignment import Judgement, Past
from bilint.model.pair import Pair
from bilint.model.record import TYPE_CHECKING
from bilint.pipeline.workspace import Workspace

if TYPE_CHECKING:
    from bilint.answers import Answers
    from bilint.model.decision import Decisions, Place, Standing


class Verdicts:
    """The decisions of a run, found by page; nothing to load where nothing was decided."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._answers: Answers | None = None

    def go_by(self, decisions: Decisions) -> None:
        """Take these for all that was decided from now on."""
        self.workspace.request = self.workspace.request._replace(decisions=decisions)
        self._answers = None

    def judged(self, pair: Pair, judgement: Judgement, *, still_right: bool) -> Judgement:
        """The judgement with what was decided of single segments.

        Either where they were found still right, or where they were written anew or are to be.
        """
        place, answers = self._on(pair)
        if place is None:
            return judgement
        from bilint.answers import REWRITTEN, STILL_RIGHT, with_answers

        verdicts = STILL_RIGHT if still_right else REWRITTEN
        return with_answers(judgement, place, answers, verdicts)

    def past(self, pair: Pair, past: Past) -> Past:
        """The past of a page: what was judged still right was not refreshed in name only."""
        if past.refresh is None:
            return past
        _place, answers = self._on(pair)
        if not answers:
            return past
        from bilint.answers import truly_refreshed

        return truly_refreshed(past, answers)

    def _on(self, pair: Pair) -> tuple[Place | None, tuple[Standing, ...]]:
        """The page, and what was decided of its segments."""
        decisions = self.workspace.request.decisions
        if decisions is None or not decisions.segments:
            return None, ()
        from bilint.answers import Answers

        if self._answers is None:
            self._answers = Answers(decisions.segments)
        place = place_of(pair)
        return place, self._answers.of(place)


def place_of(pair: Pair) -> Place:
    """The page of a pair by all its names, for decisions to find it by."""
    from bilint.model.decision import Place

    ids = pair.target.provenance.ids or (pair.source.provenance.ids if pair.source else ())
    source = pair.source.path if pair.source is not None else None
    return Place(pair.locale, ids[0] if ids else None, source, pair.target.path)
