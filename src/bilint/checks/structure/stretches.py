"""Stretches of segments that stand opposite nothing of their own kind."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.structure.absent import say_extra, say_lost
from bilint.checks.structure.anatomy import counted, form, is_body, size
from bilint.checks.structure.comparison import Comparison, groups, subject_of
from bilint.checks.structure.kinds import ITEMS, Change, change_of, quoted
from bilint.checks.structure.markers import count_items, holds_quote_signs, torn_picture
from bilint.model.document import Document, Segment
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_HELD = 0.7
"""Share of the text of several blocks that one block must have to hold them all."""

_GROWN = 1.3
_OFTEN = 3
_HIDDEN = ("&#x200B;", "&#x200b;", "&#8203;", "\u200b")
_SEVERAL = 2
_END = 5
_SENTENCE_END = late(r"[.!?:][)\]*\"'»”]{0,3}(?=\s|\Z)|[。！？：]")
_INCLUDE = late(r"\{\{[^{}]*\}\}")
_ALERT_WORD = late(r"\[!?\w+\]\Z")


def explain(page: Comparison, stretch: list[int]) -> None:
    """Finds out why a stretch of pairs does not stand opposite."""
    lost = [i for i in stretch if page.pairs[i].target is None]
    extra = [i for i in stretch if page.pairs[i].source is None]
    altered = [i for i in stretch if page.pairs[i].source and page.pairs[i].target]
    lost = [i for i in lost if page.has_words(i)]
    if lost and not extra and _merged(page, lost, altered, stretch):
        return
    if extra and not lost and _split(page, extra, altered, stretch):
        return
    if lost and len(lost) == len(extra):
        # What stands opposite is so unlike that it was not matched.
        unlike = list(zip(lost, extra, strict=True))
        if all(_change_at(page, a, b) for a, b in unlike):
            for a, b in unlike:
                _note(page, a, b, sure=False)
            lost, extra = [], []
        else:
            extra = []
    if altered:
        # `[!NOTE]` without its sign of quotation is told with the box that it made; a keyword
        # that is none, in a quotation, is told as such.
        words = [t for i in extra if (t := page.pairs[i].target) and _ALERT_WORD.match(t.text)]
        extra = [i for i in extra if page.pairs[i].target not in words]
        if any(form(one.shape).quote for one in words):
            altered = [i for i in altered if not _lost_keyword(page, i)]
    for i in altered:
        _note(page, i, i)
    for group in groups(lost):
        say_lost(page, group, sure=not extra)
    if not lost:
        for group in groups([i for i in extra if page.has_words(i)]):
            say_extra(page, group)


def _lost_keyword(page: Comparison, index: int) -> bool:
    """Whether a box has become a quotation without a keyword."""
    source, target, _ = page.pairs[index]
    if source is None or target is None:
        return False
    ours, theirs = form(source.shape), form(target.shape)
    return bool(ours.alert) and not theirs.alert and ours.depth == theirs.depth


def _neighbouring(page: Comparison, stretch: list[int]) -> list[int]:
    """The pairs before and after a stretch, where they can be compared."""
    return [
        i
        for i in (stretch[0] - 1, stretch[-1] + 1)
        if 0 <= i < len(page.pairs)
        and (source := page.pairs[i].source)
        and page.pairs[i].target
        and is_body(source)
    ]


def _merged(page: Comparison, gone: list[int], altered: list[int], stretch: list[int]) -> bool:
    """Whether one block holds the text of several of the source."""
    beside = [([i], gone) for i in _neighbouring(page, stretch)]
    for hosts, lost in ((altered, gone), *beside, *_elsewhere(page, gone)):
        own = size(s for i in hosts if (s := page.pairs[i].source))
        grown = size(t for i in hosts if (t := page.pairs[i].target))
        whole = own + size(s for i in lost if (s := page.pairs[i].source))
        if not hosts or grown < _HELD * whole * page.ratio or _lacks_signs(page, hosts, lost):
            continue
        if (
            (grown > _GROWN * own * page.ratio and not _only_items_lost(page, hosts, lost))
            or _taken_up(page, hosts, lost)
            or _as_many_sentences(page, hosts, lost)
            or _as_many_lines(page, hosts, lost)
        ):
            _say_merged(page, hosts, lost)
            return True
    return False


def _elsewhere(page: Comparison, lost: list[int]) -> Iterator[tuple[list[int], list[int]]]:
    """Where else the gap may be that a lost block leaves in a row of blocks of one shape.

    Which of them it is their shapes do not tell. The blocks that may hold the lost one, and which
    it would be then: one of the row that has several lines, or the one before or behind the row.
    """
    source = page.pairs[lost[0]].source
    if len(lost) > 1 or source is None:
        return
    for step in (-1, 1):
        at = lost[0] + step
        while 0 <= at < len(page.pairs) and _has_shape(page, at, source.shape):
            target = page.pairs[at].target
            if at != lost[0] + step and target is not None and "\n" in target.text:
                yield [at], [at - step]
            at += step
        if at != lost[0] + step and 0 <= at < len(page.pairs):
            host, _, _ = page.pairs[at]
            if host is not None and page.pairs[at].target is not None and is_body(host):
                yield [at], [at - step]


def _has_shape(page: Comparison, index: int, shape: str) -> bool:
    source, target, _ = page.pairs[index]
    return source is not None and target is not None and source.shape == shape == target.shape


def _lacks_signs(page: Comparison, hosts: list[int], lost: list[int]) -> bool:
    """Whether a heading or picture is lost, and no text holds the signs of one."""
    names = {form(s.shape).name for i in lost if (s := page.pairs[i].source)}
    texts = [t for i in hosts if (t := page.pairs[i].target)]
    if "heading" in names and not any("#" in one.text for one in texts):
        return True
    return "alt" in names and not any(torn_picture(one) for one in texts)


def _only_items_lost(page: Comparison, hosts: list[int], lost: list[int]) -> bool:
    """Whether list items are lost beside a text that is none: its length alone proves nothing."""
    here = {form(s.shape).name for i in hosts if (s := page.pairs[i].source)}
    gone = {form(s.shape).name for i in lost if (s := page.pairs[i].source)}
    return gone <= ITEMS and here.isdisjoint(ITEMS)


def _as_many_sentences(page: Comparison, hosts: list[int], lost: list[int]) -> bool:
    """Whether a text has the sentences of its own source and of what is lost, and more than own."""
    own = sum(_sentences(s.text) for i in hosts if (s := page.pairs[i].source))
    all_of = own + sum(max(_sentences(s.text), 1) for i in lost if (s := page.pairs[i].source))
    here = sum(_sentences(t.text) for i in hosts if (t := page.pairs[i].target))
    return own > 0 and here >= all_of


def _as_many_lines(page: Comparison, hosts: list[int], lost: list[int]) -> bool:
    """Whether list items have further lines, one for each that is lost."""
    if not all((s := page.pairs[i].source) and form(s.shape).name in ITEMS for i in hosts + lost):
        return False
    own = sum(s.text.count("\n") for i in hosts if (s := page.pairs[i].source))
    here = sum(t.text.count("\n") for i in hosts if (t := page.pairs[i].target))
    return here >= own + len(lost)


def _sentences(text: str) -> int:
    return len(_SENTENCE_END.findall(text))


def _taken_up(page: Comparison, hosts: list[int], lost: list[int]) -> bool:
    """Whether a text has taken the place of a lost one, or holds list items."""
    if any(page.pairs[i].source is None for i in hosts):
        return False
    places = {s.shape for i in lost if (s := page.pairs[i].source)}
    for i in hosts:
        source, target, _ = page.pairs[i]
        if source is None or target is None or source.shape == target.shape:
            continue
        if target.shape in places or count_items(target.text) > len(lost):
            return True
    return False


def _say_merged(page: Comparison, hosts: list[int], lost: list[int]) -> None:
    first = page.pairs[hosts[0]].target
    texts = " \n".join(t.text for i in hosts if (t := page.pairs[i].target))
    sources = [s for i in sorted((*hosts, *lost)) if (s := page.pairs[i].source)]
    if first is None or not sources:
        return
    forms = [form(s.shape) for s in sources]
    span, subject = first.span, subject_of(sources[0].text)
    source_span = Span(sources[0].start, sources[-1].end)
    check, severity = "block-divided", None
    here = form(first.shape)
    if any(one.name in ITEMS for one in forms) and count_items(texts):
        check, severity = "list-damaged", Severity.ERROR
        message = f"{counted(len(lost) + len(hosts), 'list item')} stand here as plain text"
        if first.text.startswith(_HIDDEN):
            message += ": an invisible character stands before each marker"
    elif here.name == "item" and sum(one.name == "item" for one in forms) > 1:
        check = "list-damaged"
        message = f"{counted(len(sources), 'list item')} of the source stand here as one"
    elif any(one.quote for one in forms) and not here.quote and holds_quote_signs(texts):
        check = "quote-altered"
        message = f"{quoted(forms[0])} has become plain text"
    else:
        message = f"{len(sources)} blocks of the source stand here as one"
    page.say(check, Observation(message, span, subject, source_span, severity=severity))


def _split(page: Comparison, extra: list[int], altered: list[int], stretch: list[int]) -> bool:
    """Whether the text of one block of the source stands in several."""
    if all(_includes(page.pairs[i].target) for i in extra):
        return False
    for hosts in (altered, *([i] for i in _neighbouring(page, stretch))):
        own = size(s for i in hosts if (s := page.pairs[i].source))
        here = size(t for i in hosts if (t := page.pairs[i].target))
        whole = here + size(t for i in extra if (t := page.pairs[i].target))
        if not hosts:
            continue
        torn = _torn(page, hosts, extra)
        grown = own * page.ratio > _GROWN * here or torn or _cut(page, hosts, extra)
        if not any(page.has_words(i) for i in extra) or (
            grown and own * page.ratio >= _HELD * whole
        ):
            _say_split(page, hosts, extra, torn=torn)
            return True
    return False


def _includes(segment: Segment | None) -> bool:
    """Whether a block is the name of a text that is put in its place: `{{eol}}`."""
    return segment is not None and _INCLUDE.fullmatch(segment.text.strip()) is not None


def _torn(page: Comparison, hosts: list[int], extra: list[int]) -> bool:
    """Whether a sentence of one block of the source goes on in the next block."""
    parts = [t for i in sorted((*hosts, *extra)) if (t := page.pairs[i].target)]
    source = page.pairs[hosts[0]].source
    if len(hosts) != 1 or source is None or len(parts) != _SEVERAL:
        return False
    first, second = parts
    return (
        first.shape == second.shape == source.shape
        and _SENTENCE_END.search(source.text[-_END:]) is not None
        and _SENTENCE_END.search(second.text[-_END:]) is not None
        and _SENTENCE_END.search(first.text[-_END:]) is None
        and not second.text[:1].isupper()
        and second.text[:1].isalpha()
    )


def _cut(page: Comparison, hosts: list[int], extra: list[int]) -> bool:
    """Whether a text has fewer lines than its source, or another stands in its place."""
    places = {t.shape for i in extra if (t := page.pairs[i].target)}
    for i in hosts:
        source, target, _ = page.pairs[i]
        if source is None or target is None:
            continue
        if source.shape != target.shape and source.shape in places:
            return True
        if source.text.count("\n") > target.text.count("\n"):
            return True
    return False


def _say_split(page: Comparison, hosts: list[int], extra: list[int], *, torn: bool) -> None:
    parts = sorted((*hosts, *extra))
    targets = [t for i in parts if (t := page.pairs[i].target)]
    sources = [s for i in hosts if (s := page.pairs[i].source)]
    deeper = [t for t in targets if form(t.shape).depth > form(sources[0].shape).depth]
    second = deeper[0] if deeper else targets[1]
    source_span = Span(sources[0].start, sources[-1].end)
    if deeper:
        message = "This part of the text stands in a quotation of its own"
        page.say(
            "quote-altered",
            Observation(message, second.span, subject_of(sources[0].text), source_span),
        )
        return
    message = f"The text of one block of the source stands in {len(targets)} from here on"
    if torn:
        message = "A sentence is torn here: it goes on in the next block"
    page.say(
        "block-divided",
        Observation(
            message,
            targets[0].span,
            subject_of(sources[0].text),
            source_span,
            severity=Severity.WARNING if torn else None,
        ),
    )


def _note(page: Comparison, left: int, right: int, *, sure: bool = True) -> None:
    change = _change_at(page, left, right)
    if change is None:
        return
    if not sure:
        change = change._replace(confidence=Confidence.MEDIUM)
    known = page.changed.setdefault(change, [])
    if known and known[-1][-1] == left - 1:
        known[-1].append(right)
    else:
        known.append([right] if left == right else [left, right])


def _change_at(page: Comparison, left: int, right: int) -> Change | None:
    source, target = page.pairs[left].source, page.pairs[right].target
    if source is None or target is None:
        return None
    return change_of(source, target)


def tell_changes(page: Comparison) -> None:
    """Tells of blocks that have become others, those of one change together."""
    for change, places in page.changed.items():
        if len(places) > _OFTEN:
            places = [[i for group in places for i in group]]
        for group in places:
            _tell_change(page, change, group)


def _tell_change(page: Comparison, change: Change, group: list[int]) -> None:
    target = next(t for i in group if (t := page.pairs[i].target))
    source = next(s for i in group if (s := page.pairs[i].source))
    number = sum(page.pairs[i].target is not None for i in group)
    message = change.message
    if number > 1:
        message += f" (and {counted(number - 1, 'more block')})"
    span, source_span = target.span, source.span
    suggestion = None
    if change.check == "heading-altered" and number == 1:
        suggestion = _mended_heading(page, source, target)
        if suggestion is not None:
            span = _signs_of(page.target, target)
    page.say(
        change.check,
        Observation(
            message,
            span,
            subject_of(source.text),
            source_span,
            severity=change.severity,
            confidence=change.confidence,
            suggestion=suggestion,
        ),
    )


def _mended_heading(page: Comparison, source: Segment, target: Segment) -> Suggestion | None:
    ours, theirs = form(source.shape), form(target.shape)
    if ours.name != theirs.name:
        return None
    start, end = _signs_of(page.target, target)
    if page.target.data[start:end] != b"#" * theirs.level:
        return None
    return Suggestion("#" * ours.level)


def _signs_of(document: Document, heading: Segment) -> Span:
    """Where the signs of a heading stand, before its text."""
    before = document.data[document.body_start : heading.start].rstrip(b" \t")
    count = len(before) - len(before.rstrip(b"#"))
    end = document.body_start + len(before)
    return Span(end - count, end)
