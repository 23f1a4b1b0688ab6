"""`code-altered`: inline code of the source was changed, dropped or put in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import changed
from bilint.checks.code.commands import is_command
from bilint.checks.code.masked import (
    Masked,
    decoded,
    masked,
    without_language,
    without_width_marks,
)
from bilint.checks.tokens.syntax import page_tokens
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_ALIKE = 0.5
"""Likeness from which one piece of code was made of another."""

_MOST = 40
"""Pieces of code of a segment that are compared with each other."""

_SHOWN = 60
_CODE = TokenKind.CODE
_HIDDEN = frozenset((_CODE, TokenKind.DNL))
_WORDS = late(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)+[.!?…:]?")
_ENTITY = late(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});")
_LABEL = late(r"[A-Z][a-z]+")
_GAP = late(r"<[^<>]*>|\[[^\[\]]*\]|…|\.\.\.")
_QUOTES = "'\"‘’“”«»„「」"
_QUOTE_ENTITIES = ("&#39;", "&quot;", "&#34;", "&apos;")
_TAG = "code"
_AS_BLANKS = bytes.maketrans(b"\r\n\t", b"   ")
_NO_STARS = str.maketrans("", "", "*\\")
_NOTHING: list[str] = []


class _Page(NamedTuple):
    """What the page as a whole misses, and what its source holds."""

    lost: Counter[str]
    known: frozenset[str]
    both: tuple[Document, Document]

    def is_message(self, code: str) -> bool:
        """Whether code of several words may be a text for people: it is no line of a block."""
        return _WORDS.fullmatch(code) is not None and not is_command(code, *self.both)


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each piece of code that its segment lost, altered or added."""
    if pair.source is None:
        return
    ours, theirs = _by_segment(pair.source.document), _by_segment(pair.document)
    if not ours and not theirs:
        return
    page = None
    for source, target, _likeness in changed(pair):
        before, after = ours.get(source[2], _NOTHING), theirs.get(target[2], _NOTHING)
        if before == after or sorted(before) == sorted(after):
            continue
        if page is None:
            if _same_code(pair.source.document.data, pair.document.data):
                return
            page = _page(pair, (pair.source.document, pair.document))
        yield from _compare(source, target, page)


def _same_code(ours: bytes, theirs: bytes) -> bool:
    """Whether pages have the same between their backticks, roughly: then it only moved about."""
    if ours.count(b"``") != theirs.count(b"``"):
        return False
    parts = [sorted(data.translate(_AS_BLANKS).split(b"`")[1::2]) for data in (ours, theirs)]
    return parts[0] == parts[1]


def _by_segment(document: Document) -> dict[int, list[str]]:
    """The code of each segment that has some, by where the segment starts."""
    found: dict[int, list[str]] = {}
    for segment, token in page_tokens(document, _CODE):
        found.setdefault(segment[2], []).append(token.value)
    return found


def _codes(segment: Segment) -> list[str]:
    return [token.value for token in segment.tokens if token.kind is _CODE]


def _page(pair: AlignedPair, both: tuple[Document, Document]) -> _Page:
    counts = []
    for page in (pair.source, pair.target):
        codes = [] if page is None else page_tokens(page.document, _CODE)
        counts.append(Counter(_key(token.value) for _, token in codes))
    return _Page(counts[0] - counts[1], frozenset(counts[0]), both)


def _key(value: str) -> str:
    """Code as it is compared: neither blanks nor entities nor the language of addresses count."""
    return " ".join(without_language(decoded(without_width_marks(value))).split())


def _compare(source: Segment, target: Segment, page: _Page) -> Iterator[Observation]:
    waiting: dict[str, list[Token]] = {}
    for token in source.tokens:
        if token.kind is _CODE:
            waiting.setdefault(_key(token.value), []).append(token)
    kept = set()
    added: list[Token] = []
    for token in target.tokens:
        if token.kind is not _CODE:
            continue
        key = _key(token.value)
        twins = waiting.get(key)
        if not twins:
            if key not in kept:
                added.append(token)
            continue
        kept.add(key)
        twin = twins.pop(0)
        if token.value != twin.value:
            yield from _dirtied(twin, token)
    lost = [one for key, left in waiting.items() if key not in kept for one in left[:1]]
    if not lost and not added:
        return
    # Where the source forgot to close its code, a translation can only differ.
    if any("`" in token.value for token in lost):
        return
    lost, added = lost[:_MOST], added[:_MOST]
    for joined, parts in _joined(lost, added):
        added.remove(joined)
        lost = [token for token in lost if token not in parts]
        yield _run_together(joined, parts)
    for wanted, found, likeness in _paired(lost, added):
        lost.remove(wanted)
        added.remove(found)
        yield _altered(wanted, found, likeness, page)
    yield from _lost(lost, target, page)
    for token in added:
        key = _key(token.value)
        if key and key not in page.known and not _stands_in(key, decoded(source.text)):
            yield _new(token, source)


def _stands_in(key: str, text: str) -> bool:
    """Whether code stands in a text as words, with marks of emphasis in it or without."""
    if key in text:
        return True
    bare = text.translate(_NO_STARS)
    return key in bare or key in bare.replace("_", "")


def _dirtied(wanted: Token, found: Token) -> Iterator[Observation]:
    """What stands in code beside what the source has: entities, marks without width."""
    entities = _entities(found.value) - _entities(wanted.value)
    clean = without_width_marks(found.value)
    if entities:
        entity = next(iter(entities))
        message = f"In code `{entity}` is shown as it is written: `{_short(found.value)}`"
        clean = decoded(clean)
    elif len(clean) < len(found.value) and without_width_marks(wanted.value) == wanted.value:
        message = f"Characters without width were put into the code `{_short(clean)}`"
    else:
        return
    same = decoded(without_width_marks(wanted.value)) == clean
    yield Observation(
        message,
        Span(found.start, found.end),
        _key(wanted.value),
        Span(wanted.start, wanted.end),
        severity=Severity.WARNING,
        suggestion=Suggestion(wanted.text, safe=True) if same else None,
    )


def _entities(value: str) -> Counter[str]:
    return Counter(_ENTITY.findall(value)) if "&" in value else Counter()


def _joined(lost: list[Token], added: list[Token]) -> list[tuple[Token, list[Token]]]:
    """Pieces of code in the target that were several in the source."""
    found = []
    for token in added:
        whole = token.value.replace("`", "").replace(" ", "")
        parts = [one for one in lost if one.value.replace(" ", "") in whole]
        if len(parts) > 1 and sum(len(one.value.replace(" ", "")) for one in parts) == len(whole):
            found.append((token, parts))
            lost = [one for one in lost if one not in parts]
    return found


def _paired(lost: list[Token], added: list[Token]) -> list[tuple[Token, Token, float]]:
    """What was probably made of what, the likest first."""
    if not lost or not added:
        return []
    from bilint.engines.likeness import ratio

    ranked = sorted(
        ((ratio(a.value, b.value), a, b) for a in lost for b in added),
        key=lambda one: (-one[0], one[1].start, one[2].start),
    )
    single = len(lost) == len(added) == 1
    pairs: list[tuple[Token, Token, float]] = []
    for likeness, wanted, found in ranked:
        if likeness < _ALIKE and not single:
            break
        if all(wanted is not pair[0] and found is not pair[1] for pair in pairs):
            pairs.append((wanted, found, likeness))
    return pairs


def _altered(wanted: Token, found: Token, likeness: float, page: _Page) -> Observation:
    severity, confidence = _weight(wanted.value, found.value, page)
    if likeness < _ALIKE and confidence is Confidence.HIGH:
        confidence = Confidence.MEDIUM
    return Observation(
        f"The code `{_short(wanted.value)}` of the source is `{_short(found.value)}` here",
        Span(found.start, found.end),
        _key(wanted.value),
        Span(wanted.start, wanted.end),
        severity=severity,
        confidence=confidence,
        suggestion=Suggestion(wanted.text),
    )


def _weight(wanted: str, found: str, page: _Page) -> tuple[Severity, Confidence]:
    """How grave a change is: a message, a label or a gap to fill in may well be translated."""
    if page.is_message(wanted) or _GAP.sub("", wanted) == _GAP.sub("", found):
        return Severity.INFO, Confidence.LOW
    if _LABEL.fullmatch(wanted):
        return Severity.WARNING, Confidence.MEDIUM
    return Severity.ERROR, Confidence.HIGH


def _run_together(joined: Token, parts: list[Token]) -> Observation:
    names = ", ".join(f"`{_short(one.value)}`" for one in parts[:3])
    return Observation(
        f"Pieces of code ran together, and what stood between them is gone: {names}",
        Span(joined.start, joined.end),
        _key(joined.value),
        Span(parts[0].start, parts[-1].end),
    )


def _lost(lost: list[Token], target: Segment, page: _Page) -> Iterator[Observation]:
    if not lost or any(one.value == _TAG for one in target.tokens):
        return
    prose = masked(target, _HIDDEN)
    codes = " ".join(_key(one) for one in _codes(target))
    text = decoded(target.text)
    for token in lost:
        key = _key(token.value)
        if not key or page.lost[key] <= 0 or key in codes:
            continue
        source_span = Span(token.start, token.end)
        place = _place(prose, token.value)
        if place is not None:
            yield Observation(
                f"`{_short(token.value)}` is no longer marked as code",
                place,
                key,
                source_span,
                severity=Severity.WARNING,
                suggestion=Suggestion(token.text),
            )
        elif key in " ".join(text.split()):
            yield Observation(
                f"`{_short(token.value)}` is no longer marked as code",
                target.span,
                key,
                source_span,
                severity=Severity.WARNING,
            )
        else:
            severity, _ = _weight(token.value, "", page)
            yield Observation(
                f"The code `{_short(token.value)}` of the source is missing",
                target.span,
                key,
                source_span,
                severity=severity,
                confidence=Confidence.MEDIUM,
            )


def _place(prose: Masked, value: str) -> Span | None:
    """Where code stands as plain text, with the quotation marks that took its backticks' place."""
    start = prose.text.find(value)
    if start < 0 or not value.strip():
        return None
    end = start + len(value)
    before, after = prose.text[:start], prose.text[end:]
    for mark in _QUOTE_ENTITIES:
        if before.endswith(mark) and after.startswith(mark):
            return prose.span(start - len(mark), end + len(mark))
    if before and after and before[-1] in _QUOTES and after[0] in _QUOTES:
        return prose.span(start - 1, end + 1)
    return prose.span(start, end)


def _new(token: Token, source: Segment) -> Observation:
    return Observation(
        f"The source has no code `{_short(token.value)}`",
        Span(token.start, token.end),
        _key(token.value),
        source.span,
        severity=Severity.INFO,
        confidence=Confidence.MEDIUM,
    )


def _short(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
