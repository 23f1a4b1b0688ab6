"""`html-altered`: HTML tags that are lost, added, renamed or broken."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from bilint.checks.base import Context
from bilint.checks.changed import at_places, target_data
from bilint.checks.structure.anatomy import gap
from bilint.checks.structure.diagnosis import diagnose, told
from bilint.engines.likeness import SEQUENCE_COST, opcodes
from bilint.model.alignment import AlignedPair
from bilint.model.document import BlockKind, Document, Segment, TokenKind
from bilint.model.finding import Observation, Severity
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import is_as_stored
from bilint.model.text import Span

# Each begins with a sign that is looked for at the speed of memory.
_NAME = late(rb"</?[A-Za-z][A-Za-z0-9-]*")
_TAG = late(rb"<(/?[A-Za-z][A-Za-z0-9-]*)(?=[ \t\r\n/>])([^<>]*)>")
_WITH_ATTRIBUTES = late(rb"<[A-Za-z][^<>=]*=[^<>]*>")
_ESCAPED = late(rb"&lt;(/?[A-Za-z][A-Za-z0-9-]*)[^<>&\n]{0,200}(?:&gt;|>)")
_VARYING = late(rb" (?:alt|href|src|title)=\"[^\"]*\"")
_ATTRIBUTE = late(r"([^\s\"'=<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")
_INLINE = frozenset(
    (
        *("b", "br", "code", "del", "em", "font", "i", "ins", "kbd", "mark"),
        *("s", "small", "span", "strong", "sub", "sup", "u"),
    )
)
_TRANSLATED = frozenset(("alt", "title", "summary", "label", "placeholder", "content", "lang"))
_ADDRESSES = frozenset(("href", "src", "poster", "cite", "data", "action"))
_start = attrgetter("start")
_BACKSLASH = ord("\\")
_EMPTY = late(rb"></(?:b|code|em|font|i|kbd|mark|span|strong|u)>")
_ELEMENT = late(
    r"(?P<tag><(?P<name>b|code|em|font|i|kbd|mark|span|strong|u)(?: [^<>]*)?>)(?P<said>[^<>]*)"
    r"</(?P=name)>"
)
_PLACE = late(r" (?:id|name)=")
"""What a tag has that is led to: it may stand before its words."""

_VOID = frozenset(("br", "hr", "img", "wbr"))
_OFTEN = 3
_SHORT = 6
_CODE = ("code", "/code")
_WHOLE_PAGE = ("page-emptied", "page-truncated", "page-wrong")


class _Tag(NamedTuple):
    """A tag of a page: its name, with `/` where it closes, and what else it says."""

    name: str
    start: int
    end: int
    rest: str


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """HTML tags are missing, added, renamed or broken."""
    yield from told(pair, "html-altered")
    if pair.source is None:
        return
    source, target = pair.source.document, pair.document
    if b"<" not in target.data and b"<" not in source.data:
        return
    yield from _wordless(pair)
    if _look_alike(source, target):
        return
    if any(check in diagnose(pair) for check in _WHOLE_PAGE) or b"\n>>>>>>> " in target.data:
        return
    ours, theirs = _tags(source), _tags(target)
    names, there = [tag.name for tag in ours], [tag.name for tag in theirs]
    if names == there:
        yield from _attributes(ours, theirs)
    elif len(ours) * len(theirs) <= SEQUENCE_COST:
        yield from _differences(pair, ours, theirs)


def _wordless(pair: AlignedPair) -> Iterator[Observation]:
    """Elements within a text that have no words left, though all such of the source have some."""
    data = target_data(pair)
    places = (match.start() for match in _EMPTY.finditer(data))
    for source, target, _likeness in at_places(pair, data, places):
        if not is_as_stored(target):
            continue
        ours: dict[str, list[str]] = {}
        for one in _ELEMENT.finditer(source.text):
            ours.setdefault(one["tag"], []).append(" ".join(one["said"].split()))
        theirs = list(_ELEMENT.finditer(target.text))
        for one in theirs:
            said = ours.get(one["tag"], [])
            if one["said"].strip() or not said or not all(said) or _PLACE.search(one["tag"]):
                continue
            same = [other for other in theirs if other["tag"] == one["tag"]]
            if len(same) != len(said):
                continue
            words = said[same.index(one)]
            first = target.start + len(target.text[: one.start()].encode())
            yield Observation(
                f"`<{one['name']}>` has no words left; in the source `{words}` stands in it",
                Span(first, first + len(one[0].encode())),
                one["name"],
                source.span,
                severity=Severity.WARNING,
            )


def _look_alike(source: Document, target: Document) -> bool:
    """The cheap test: the same tags in the same order, but for addresses and translated texts."""
    ours = _NAME.findall(source.data, source.body_start)
    if ours != _NAME.findall(target.data, target.body_start):
        return False
    theirs = _WITH_ATTRIBUTES.findall(target.data, target.body_start)
    if not theirs and not ours:
        return True
    before = _WITH_ATTRIBUTES.findall(source.data, source.body_start)
    return before == theirs or [_VARYING.sub(b"", one) for one in before] == [
        _VARYING.sub(b"", one) for one in theirs
    ]


def _tags(document: Document) -> list[_Tag]:
    """The tags of a page, without those in code and comments."""
    hidden = [
        (block.start, block.end)
        for block in document.blocks
        if block.kind in (BlockKind.CODE, BlockKind.COMMENT)
    ]
    hidden += [
        (token.start, token.end)
        for segment in document.segments
        for token in segment.tokens
        if token.kind is TokenKind.CODE or token.value == "!--"
    ]
    hidden.sort()
    starts = [start for start, _ in hidden]
    found = []
    in_anchor = False
    for match in _TAG.finditer(document.data, document.body_start):
        if document.data[match.start() - 1] == _BACKSLASH or match[2].endswith(b"\\"):
            continue  # text for the reader, as `\<your name>`
        if match[1].lower() == b"a" and b"href" not in match[2]:
            in_anchor = True  # another way to write `{#id}`
            continue
        if in_anchor and match[1].lower() == b"/a":
            in_anchor = False
            continue
        place = bisect_right(starts, match.start()) - 1
        if place >= 0 and match.start() < hidden[place][1]:
            continue
        name = match[1].decode().lower()
        found.append(_Tag(name, *match.span(), match[2].decode("utf-8", "replace")))
    return found


def _differences(pair: AlignedPair, ours: list[_Tag], theirs: list[_Tag]) -> list[Observation]:
    # What stands in text that is lost, or new, as a whole is gone or come with it.
    lost_text = [s.span for s, t, _ in pair.segments if s is not None and t is None]
    new_text = [t.span for s, t, _ in pair.segments if t is not None and s is None]
    lone = _lone(ours, pair)
    ours = [one for one in ours if one not in lone and not _within(one, lost_text)]
    theirs = [one for one in theirs if not _within(one, new_text)]
    before, after = Counter(tag.name for tag in ours), Counter(tag.name for tag in theirs)
    lost, extra = before - after, after - before
    if not lost and not extra:
        return []
    told_places = [one for several in diagnose(pair).values() for one in several]
    found = list(_escaped(pair, lost))
    for left, right, place in _stretches(pair, ours, theirs):
        for tag, a, b, c, d in opcodes([one.name for one in left], [one.name for one in right]):
            if tag == "equal":
                continue
            gone = [one for one in left[a:b] if _taken(lost, one.name)]
            new = [one for one in right[c:d] if _taken(extra, one.name)]
            if not gone and not new:
                continue
            span, source_span = _places(pair, gone, new, _missed_at(pair, right, c, place))
            if any(_same_place(one, span, source_span) for one in told_places):
                continue
            observation = _observation(gone, new, span, source_span)
            if gone and not new and _emptied(pair, gone):
                message = f"{observation.message}, with the text between them"
                observation = observation._replace(message=message, severity=None)
            found.append(observation)
    if len(found) > _OFTEN:
        first = found[0]
        message = f"{first.message}, and {len(found) - 1} more differences of tags on the page"
        return [first._replace(message=message)]
    return found


def _escaped(pair: AlignedPair, lost: Counter[str]) -> Iterator[Observation]:
    """Lost tags that stand as text in the translation, and not in the source."""
    if pair.source is None or b"&lt;" not in pair.document.data:
        return
    inherited = Counter(_ESCAPED.findall(pair.source.document.data))
    for match in _ESCAPED.finditer(pair.document.data, pair.document.body_start):
        inherited[match[1]] -= 1
        name = match[1].decode().lower()
        if inherited[match[1]] < 0 and lost[name] > 0:
            lost[name] -= 1
            message = f"`<{name}>` of the source is escaped here, and read as text"
            yield Observation(message, Span(*match.span()), name)


def _taken(counts: Counter[str], name: str) -> bool:
    """Whether there is one left to be told of; it is told then."""
    counts[name] -= 1
    return counts[name] >= 0


def _stretches(
    pair: AlignedPair, ours: list[_Tag], theirs: list[_Tag]
) -> Iterator[tuple[list[_Tag], list[_Tag], Span | None]]:
    """Tags of text that stands opposite, where they differ; then all that stand elsewhere.

    With the first goes the place where what stood behind the text is missed.
    """
    left, right = _by_text(ours, pair, 0), _by_text(theirs, pair, 1)
    matched = [i for i, (source, target, _) in enumerate(pair.segments) if source and target]
    for i in matched:
        before, after = left.pop(i, []), right.pop(i, [])
        target = pair.segments[i].target
        if target is not None and [one.name for one in before] != [one.name for one in after]:
            yield before, after, _behind(pair, target)
    rest = ([one for i in sorted(several) for one in several[i]] for several in (left, right))
    yield next(rest), next(rest), None


def _by_text(tags: list[_Tag], pair: AlignedPair, side: int) -> dict[int, list[_Tag]]:
    """Tags by the pair whose text they stand in or behind; -1 where none goes before."""
    places = sorted(
        (segment.start, i)
        for i, segments in enumerate(pair.segments)
        if isinstance(segment := segments[side], Segment)
    )
    found: dict[int, list[_Tag]] = {}
    for tag in tags:
        place = bisect_right(places, (tag.start, len(pair.segments))) - 1
        found.setdefault(places[place][1] if place >= 0 else -1, []).append(tag)
    return found


def _lone(ours: list[_Tag], pair: AlignedPair) -> list[_Tag]:
    """Tags without an end that stand behind text that is lost as a whole: gone with it."""
    if all(source is None or target is not None for source, target, _ in pair.segments):
        return []
    return [
        tag
        for i, tags in _by_text(ours, pair, 0).items()
        if i >= 0 and pair.segments[i].target is None
        for tag in tags
        if tag.name in _VOID
    ]


def _behind(pair: AlignedPair, segment: Segment) -> Span:
    end = gap(pair.document, segment).end
    if end == len(pair.document.data):
        end = len(pair.document.data.rstrip())
    return Span(end, end)


def _missed_at(pair: AlignedPair, tags: list[_Tag], index: int, behind: Span | None) -> Span:
    """Where tags ought to stand: before the next tag that is there, or at the end of the gap."""
    if index < len(tags):
        return Span(tags[index].start, tags[index].start)
    end = len(pair.document.data.rstrip())
    return behind or Span(end, end)


def _within(tag: _Tag, spans: list[Span]) -> bool:
    """Whether a tag stands in such text, or holds it; `spans` are in order."""
    place = bisect_right(spans, tag.start, key=_start)
    if place > 0 and tag.start < spans[place - 1].end:
        return True
    return place < len(spans) and spans[place].start < tag.end


def _places(
    pair: AlignedPair, gone: list[_Tag], new: list[_Tag], place: Span
) -> tuple[Span, Span | None]:
    """Where it is told: at the new tags, or the text that misses some, or else at `place`."""
    source_span = Span(gone[0].start, gone[-1].end) if gone else None
    if new:
        return Span(new[0].start, new[-1].end), source_span
    # A tag that is not there is best shown by the text that it stood in.
    for source, target, _ in pair.segments:
        if (
            source is not None
            and target is not None
            and source_span is not None
            and source.start <= source_span.start < source.end
        ):
            return target.span, source_span
    return place, source_span


def _same_place(one: Observation, span: Span, source_span: Span | None) -> bool:
    """Whether something else was said of a place already."""
    if source_span is not None and one.source_span is not None:
        return _touch(one.source_span, source_span) or _touch(one.span, span)
    return _touch(one.span, span)


def _touch(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _observation(
    gone: list[_Tag], new: list[_Tag], span: Span, source_span: Span | None
) -> Observation:
    if gone and new:
        message = f"{_list(new)} stands here; in the source {_list(gone)}"
    elif gone:
        message = f"{_list(gone)} of the source {'is' if len(gone) == 1 else 'are'} missing"
    else:
        message = f"{_list(new)} {'is' if len(new) == 1 else 'are'} not in the source"
    minor = all(one.name.strip("/") in _INLINE for one in (*gone, *new))
    return Observation(
        message,
        span,
        " ".join(one.name for one in (gone or new))[:60],
        source_span,
        severity=Severity.WARNING if minor else None,
    )


def _emptied(pair: AlignedPair, gone: list[_Tag]) -> bool:
    """Whether the text between two tags that are gone is code, and gone as well."""
    if pair.source is None or len(gone) != len(_CODE) or tuple(one.name for one in gone) != _CODE:
        return False
    lines = pair.source.document.data[gone[0].end : gone[1].start].split(b"\n")
    kept = [one in pair.document.data for line in lines if len(one := line.strip()) > _SHORT]
    return bool(kept) and not any(kept)


def _list(tags: list[_Tag]) -> str:
    several = [f"`<{tag.name}>`" for tag in tags[:4]]
    more = f" and {len(tags) - 4} more" if len(tags) > 4 else ""
    return ", ".join(several) + more


def _attributes(ours: list[_Tag], theirs: list[_Tag]) -> Iterator[Observation]:
    for before, after in zip(ours, theirs, strict=True):
        if before.rest == after.rest:
            continue
        there, here = _read(before.rest), _read(after.rest)
        if there.keys() != here.keys():
            names = sorted(there.keys() ^ here.keys())
            message = f"The attributes of `<{after.name}>` differ: `{'`, `'.join(names[:4])}`"
            if there.keys() < here.keys() and '""' in after.rest.replace(" ", ""):
                message = f"Quotation marks inside a value break this `<{after.name}>`"
            yield _broken(message, before, after)
            continue
        for name, value in there.items():
            if _kept(name) and value != here[name]:
                message = f"`{name}` of `<{after.name}>` is `{here[name]}`; in the source `{value}`"
                yield _broken(message, before, after)
                break


def _broken(message: str, before: _Tag, after: _Tag) -> Observation:
    return Observation(
        message,
        Span(after.start, after.end),
        after.name,
        Span(before.start, before.end),
    )


def _kept(name: str) -> bool:
    return name not in _TRANSLATED and name not in _ADDRESSES and not name.startswith("aria-")


def _read(rest: str) -> dict[str, str]:
    """The attributes of a tag and their values, without their quotes."""
    return {
        match[1].lower(): " ".join((match[2] or "").strip("\"'").split())
        for match in _ATTRIBUTE.finditer(rest)
    }
