"""`image-lost`: a picture of the source is gone, or another one is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.links.addresses import Address, Names, address_of, names_of
from bilint.checks.links.pictures import Neighbours, Picture, neighbours, pictures_of, same_pictures
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.text import Span

_MOST = 100
"""Pictures of a page that are told."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each picture or video of base that the target does not show."""
    if pair.source is None:
        return
    if same_pictures(pair.source.document, pair.document):
        return
    before, after = pictures_of(pair.source.document), pictures_of(pair.document)
    names = names_of(pair.locale, context.source_language, context.profile.links)
    # A language has videos of its own, under other names: only their number tells.
    videos = [one for one in before if one.is_video]
    missing = max(0, len(videos) - sum(one.is_video for one in after))
    lost = _missing([p for p in before if not p.is_video], after, names)
    more = _missing([p for p in after if not p.is_video], before, names)
    for picture in lost[:_MOST]:
        where = neighbours(pair, picture.span.start)
        if any(one is not None and one.target is None for one in where):
            continue
        other = _in_its_place(picture, more, where, pair)
        if other is not None:
            more.remove(other)
            yield _altered(picture, other, pair)
        else:
            yield _dropped(picture, where)
    for video in _missing(videos, after, names)[: min(missing, _MOST)]:
        yield _dropped(video, neighbours(pair, video.span.start))


def _missing(wanted: list[Picture], there: list[Picture], names: Names) -> list[Picture]:
    left = Counter(_key(one, names) for one in there)
    lost = []
    for picture in wanted:
        key = _key(picture, names)
        if left[key] > 0:
            left[key] -= 1
        else:
            lost.append(picture)
    return lost


def _key(picture: Picture, names: Names) -> Address:
    return address_of(picture.file, names)._replace(query="", fragment="")


def _in_its_place(
    picture: Picture, others: list[Picture], where: Neighbours, pair: AlignedPair
) -> Picture | None:
    """The picture that stands where the lost one should."""
    from bilint.engines.likeness import ratio

    before, after = where
    start = before.target.start if before is not None and before.target is not None else 0
    end = len(pair.document.data)
    if after is not None and after.target is not None:
        end = after.target.end
    fitting = [one for one in others if start <= one.span.start < end]
    return max(fitting, key=lambda one: ratio(one.file, picture.file), default=None)


def _altered(picture: Picture, other: Picture, pair: AlignedPair) -> Observation:
    text = pair.document.data[other.span.start : other.span.end].decode("utf-8", "replace")
    suggestion = None
    if text.count(other.file) == 1:
        suggestion = Suggestion(text.replace(other.file, picture.file))
    return Observation(
        f"The page shows `{other.file}`, the source `{picture.file}`",
        other.span,
        picture.file,
        picture.span,
        confidence=Confidence.MEDIUM,
        suggestion=suggestion,
    )


def _dropped(picture: Picture, where: Neighbours) -> Observation:
    before, after = where
    at = 0
    if before is not None and before.target is not None:
        at = before.target.end
    elif after is not None and after.target is not None:
        at = after.target.start
    what = "video" if picture.is_video else "picture"
    return Observation(
        f"The {what} `{picture.file}` is gone",
        Span(at, at),
        picture.file,
        picture.span,
    )
