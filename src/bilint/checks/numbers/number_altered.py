"""`number-altered`: where the source has one number, the target has another."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.numbers.clock import Half, broken_times, other_halves
from bilint.checks.numbers.differences import differences
from bilint.checks.numbers.units import other_units
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.record import TYPE_CHECKING
from bilint.model.segment_text import stretch

if TYPE_CHECKING:
    from bilint.checks.numbers.compare import Difference
    from bilint.checks.numbers.values import Number


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each number that stands in another one's place."""
    for difference in differences(pair, context.source_language):
        for version, place in difference.commas:
            yield _with_commas(version, place, difference)
        if difference.missing and difference.extra:
            yield from _altered(difference)
    for half in other_halves(pair):
        yield _other_half(half)
    for time in broken_times(pair):
        yield Observation(
            f"The source has the time `{time.said}`; `{time.found}` is none",
            stretch(time.target, *time.found_at),
            time.said,
            stretch(time.source, *time.said_at),
        )
    for one in other_units(pair):
        yield Observation(
            f"The source has `{one.said.text}`; here stands `{one.found.text}`",
            stretch(one.target, one.found.start, one.found.end),
            one.said.text,
            stretch(one.source, one.said.start, one.said.end),
        )


def _other_half(half: Half) -> Observation:
    return Observation(
        f"The source has `{half.said}`; `{half.found}` is in the other half of the day",
        stretch(half.target, *half.found_at),
        half.said,
        stretch(half.source, *half.said_at),
        confidence=Confidence.MEDIUM,
    )


def _with_commas(version: Number, place: Number, difference: Difference) -> Observation:
    suggestion = Suggestion(version.text, safe=True) if difference.target.mapped else None
    return Observation(
        f"A version keeps its points: `{version.text}`, not `{place.text}`",
        difference.target.span(place.start, place.end),
        version.text,
        difference.source.span(version.start, version.end),
        suggestion=suggestion,
    )


def _altered(difference: Difference) -> Iterator[Observation]:
    missing, extra = difference.missing, difference.extra
    sure = None
    if difference.doubtful or not len(missing) == len(extra) == 1:
        sure = Confidence.MEDIUM
    from bilint.checks.numbers.values import with_scale

    for wanted, found in _paired(missing, extra):
        said, here, same = wanted.text, found.text, _is_but_for_scale(wanted, found)
        if same:
            said = with_scale(wanted, difference.source.text)
            here = with_scale(found, difference.target.text)
        # Of another scale, it is the word beside it that is wrong.
        exact = difference.target.mapped and said.isdigit() and here.isdigit() and not same
        yield Observation(
            f"The source has `{said}`; here stands `{here}`",
            difference.target.span(found.start, found.end),
            wanted.text,
            difference.source.span(wanted.start, wanted.end),
            severity=Severity.WARNING if difference.doubtful else None,
            confidence=sure,
            suggestion=Suggestion(wanted.text) if exact else None,
        )


def _is_but_for_scale(wanted: Number, found: Number) -> bool:
    """Whether two numbers are the same but for noughts, and words or signs that stand for them."""
    from bilint.checks.numbers.values import scaled

    if wanted.text == found.text:
        return True
    return wanted.digits.strip("0") == found.digits.strip("0") and bool(scaled(found))


def _paired(
    missing: tuple[Number, ...], extra: tuple[Number, ...]
) -> Iterator[tuple[Number, Number]]:
    """What probably stands for what: in order where there are as many, else the likest."""
    if len(missing) == len(extra):
        yield from zip(missing, extra, strict=True)
        return
    from bilint.engines.likeness import ratio

    rest = list(missing)
    for found in extra[: len(missing)]:
        wanted = max(rest, key=lambda one: ratio(one.text, found.text))
        rest.remove(wanted)
        yield wanted, found
