"""What reviewers decided of single segments and of whole pages, and what that leaves to do.

A segment whose source changed since the pin is settled when somebody judged its translation still
right, or wrote it anew, as long as neither text changes. A page that is missing, or whose source
is gone, is settled when somebody said that it may stay so, whatever is written on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from bilint.model.alignment import (
    ChangeClass,
    Judgement,
    PageStatus,
    Past,
    SegmentState,
    Unit,
)
from bilint.model.decision import SEGMENT_MARK, Place, Ruling, Standing, Verdict, nearest
from bilint.model.digests import Digests
from bilint.model.record import NamedTuple
from bilint.model.report import PageKey, PageResult, page_key
from bilint.model.segment_text import count_words, digest

REWRITTEN = frozenset((Verdict.EDITED, Verdict.FIXED, Verdict.REWORK))
"""Verdicts after which the translation is no longer, or not yet, what it was at the pin."""
STILL_RIGHT = frozenset((Verdict.ACCEPTED,))
"""Verdicts that leave it as it was, and right."""


class Asked(NamedTuple):
    """A segment that asks for a decision: it is not as it was at the pin.

    `position` is that of its unit on the page. `fingerprint` names it within page and locale,
    whatever lines move.
    """

    position: int
    unit: Unit
    fingerprint: str
    digests: Digests


def asked(units: Iterable[Unit], locale: str) -> Iterator[Asked]:
    """The segments of a page that a decision can be about.

    They are known by the source as it is now; by the source as it was, where it has gone.
    """
    seen: Counter[str] = Counter()
    for index, unit in enumerate(units):
        source = unit.head or unit.base
        if unit.state is SegmentState.CURRENT or source is None:
            continue
        before = digest(source.text)
        fingerprint = _fingerprint(locale, before, seen[before])
        seen[before] += 1
        after = "" if unit.target is None else digest(unit.target.text)
        yield Asked(index, unit, fingerprint, Digests(before, after))


def _fingerprint(locale: str, source: str, occurrence: int) -> str:
    return SEGMENT_MARK + _hash(locale, source, str(occurrence))


def _hash(*parts: str) -> str:
    import hashlib

    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


_PAGE_MARK = "p"
AS_A_WHOLE = {
    PageStatus.UNTRANSLATED: "page-untranslated",
    PageStatus.ORPHAN: "page-orphan",
    PageStatus.CLASH: "page-clash",
}
"""Pages that are decided about as a whole, and what a decision on one says it is about."""


class AskedPage(NamedTuple):
    """A page that asks for a decision as a whole; `about` stands where others name a check."""

    fingerprint: str
    about: str
    place: Place


def asked_page(page: PageResult) -> AskedPage | None:
    """The question that a page asks as a whole; None where its segments are what there is."""
    about = AS_A_WHOLE.get(page.status)
    if about is None:
        return None
    place = Place(page.locale, page.id, page.source_path, page.path)
    return AskedPage(page_fingerprint(page.locale, about), about, place)


def page_fingerprint(locale: str, about: str) -> str:
    """What a question about a page is called within the page and its locale."""
    return _PAGE_MARK + _hash(locale, about)


def settled_pages(standings: Iterable[Standing], pages: Iterable[PageResult]) -> frozenset[PageKey]:
    """The pages about which, as a whole, nobody has to decide any more."""
    said = [one for one in standings if one.fingerprint.startswith(_PAGE_MARK)]
    return frozenset(page_key(one) for one in pages if said and _is_settled(one, said))


def _is_settled(page: PageResult, said: Iterable[Standing]) -> bool:
    one = asked_page(page)
    if one is None:
        return False
    found = nearest(one.place, [each for each in said if each.fingerprint == one.fingerprint])
    ruling = found.ruling(Digests()) if found is not None else Ruling()
    return ruling.holds is not None and ruling.holds.verdict.settles


class Answers:
    """The standing decisions on segments, found by page."""

    def __init__(self, standings: Iterable[Standing]) -> None:
        self._by_name: dict[tuple[str | None, str], list[Standing]] = {}
        for one in standings:
            for name in _names(one.place):
                self._by_name.setdefault((one.place.locale, name), []).append(one)

    def of(self, place: Place) -> tuple[Standing, ...]:
        """Those that may be about segments of a page."""
        if not self._by_name:
            return ()
        found = {
            id(one): one
            for name in _names(place)
            for one in self._by_name.get((place.locale, name), ())
            if place.nearness(one.place)
        }
        return tuple(found.values())


def _names(place: Place) -> tuple[str, ...]:
    names = (place.id and f"id {place.id}", place.source_path and f"from {place.source_path}")
    return tuple(filter(None, (*names, place.target_path and f"to {place.target_path}")))


def with_answers(
    judgement: Judgement,
    place: Place,
    answers: Collection[Standing],
    verdicts: Collection[Verdict],
) -> Judgement:
    """The judgement of a page when what was decided of its segments is counted in.

    Only decisions of these `verdicts` are looked at, and expired ones are counted with them.
    """
    if not answers or place.locale is None:
        return judgement
    units = list(judgement.units)
    expired = 0
    every = tuple(asked(judgement.units, place.locale))
    here = {one.fingerprint for one in every}
    others = [each for each in answers if each.fingerprint not in here]
    for one in every:
        ruling = _ruling(one, place, answers, others)
        verdict = ruling.holds.verdict if ruling.holds is not None else None
        if verdict is not None and verdict in verdicts:
            units[one.position] = _answered(one.unit, answered=verdict.settles)
        elif ruling.expired is not None and ruling.expired.verdict in verdicts:
            expired += not one.unit.answered
    return judgement._replace(
        units=tuple(units),
        words_to_do=sum(unit.words for unit in units),
        expired=judgement.expired + expired,
    )


def truly_refreshed(past: Past, answers: Iterable[Standing]) -> Past:
    """The past of a page without what only looks like a fake refresh.

    A translation that stayed while its source changed was not forgotten where somebody judged it
    still right, of these very texts, before the pin was advanced.
    """
    refresh = past.refresh
    if refresh is None:
        return past
    judged = {
        one.digests for each in answers for one in each.verdicts if one.verdict in STILL_RIGHT
    }
    left = tuple(
        pair
        for pair in refresh.segments
        if pair.source is None
        or pair.target is None
        or Digests(digest(pair.source.text), digest(pair.target.text)) not in judged
    )
    if len(left) == len(refresh.segments):
        return past
    return past._replace(refresh=refresh._replace(segments=left) if left else None)


def _ruling(
    one: Asked, place: Place, answers: Iterable[Standing], others: Iterable[Standing]
) -> Ruling:
    """What was decided of a segment; where its source changed, its translation remembers.

    `others` are the decisions whose own segment is not there any more.
    """
    same = nearest(place, [each for each in answers if each.fingerprint == one.fingerprint])
    if same is not None:
        return same.ruling(one.digests)
    if not one.digests.target:
        return Ruling()
    for each in others:
        settled = [v for v in each.verdicts if v.verdict.settles]
        if settled and settled[-1].digests.target == one.digests.target:
            return Ruling(expired=settled[-1])
    return Ruling()


def _answered(unit: Unit, *, answered: bool) -> Unit:
    work = unit.state is SegmentState.NEW or unit.change in (ChangeClass.PROSE, ChangeClass.TITLE)
    open_words = work and unit.head is not None and not answered
    words = count_words(unit.head) if open_words and unit.head is not None else 0
    return unit._replace(answered=answered, words=words)
