"""`token-broken`: the syntax of a bracketed keyword is damaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from bilint.checks.base import Context
from bilint.checks.tokens.damage import Damage, DamageKind, find_damage
from bilint.checks.tokens.syntax import placed_tokens, plain
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, TokenKind
from bilint.model.finding import Confidence, Observation, Severity, Side, Suggestion
from bilint.model.profile import Profile
from bilint.model.text import Span

_SAYS = {
    DamageKind.SPACED: "Blanks or missing blanks break this token",
    DamageKind.BRACKETS: "The brackets or the exclamation mark of this token are other characters",
    DamageKind.ESCAPED: "A backslash turns this token into plain text",
    DamageKind.UNCLOSED: "This token is not closed",
    DamageKind.EMPTY: "Nothing is left in this token",
    DamageKind.NESTED: "This token holds another one of its own kind",
    DamageKind.KEYWORD: "This keyword does not exist",
    DamageKind.CASE: "The keyword of this token is not in capitals",
    DamageKind.BARE: "A bracket or the exclamation mark of this token is missing",
}
# Mending these changes nothing but the syntax.
_SAFE = (DamageKind.SPACED, DamageKind.BRACKETS, DamageKind.CASE)
# In the source these may be meant: a page that explains the syntax.
_NOT_IN_SOURCE = (DamageKind.ESCAPED, DamageKind.BARE)
_LIKE = 0.75


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """Damaged tokens of the target that the source does not have in the same way."""
    found = find_damage(pair.document, context.profile, thorough=_lacks_tokens(pair))
    if not found:
        return
    if pair.source is None:
        for damage in found:
            yield _observation(pair.document, damage, None, Confidence.MEDIUM)
        return
    source = pair.source.document
    inherited = Counter(
        _key(damage) for damage in find_damage(source, context.profile, thorough=True)
    )
    kinds = {damage.kind for damage in found}
    unknown, unclosed = DamageKind.KEYWORD in kinds, DamageKind.UNCLOSED in kinds
    lost = _lost_keywords(source, pair.document, context.profile) if unknown else []
    insides = _insides(source) if unclosed else []
    for damage in found:
        if inherited[_key(damage)] > 0:
            inherited[_key(damage)] -= 1
            continue
        if damage.kind is DamageKind.UNCLOSED:
            yield _unclosed(pair.document, damage, insides)
            continue
        meant, sure = None, True
        if damage.kind is DamageKind.KEYWORD:
            meant, sure = lost[0] if len(lost) == 1 else None, bool(lost)
        yield _observation(
            pair.document, damage, meant, Confidence.HIGH if sure else Confidence.MEDIUM
        )


def _lacks_tokens(pair: AlignedPair) -> bool:
    """Whether the target has fewer names, labels or alerts than its source, so far as known."""
    if pair.source is None:
        return True
    source, target = pair.source.document, pair.document
    return len(source.tokens) > len(target.tokens) or any(
        len(placed_tokens(source, kind)) > len(placed_tokens(target, kind))
        for kind in (TokenKind.DNL, TokenKind.UICONTROL)
    )


def observe_source(document: Document, profile: Profile) -> Iterator[Observation]:
    """Damaged tokens of the source itself; a keyword that is merely unknown is left alone."""
    for damage in find_damage(document, profile):
        if damage.kind in _NOT_IN_SOURCE:
            continue
        meant = None
        if damage.kind is DamageKind.KEYWORD:
            meant = _nearest(damage.keyword, (*profile.keyword_tokens, *sorted(profile.alerts)))
            if meant is None:
                continue
        yield _observation(document, damage, meant, None, Side.SOURCE)


def _key(damage: Damage) -> tuple[DamageKind, str, bool]:
    """By what a damage of the target is known again in the source. Labels may be translated."""
    return damage.kind, damage.keyword, damage.whole is None


def _observation(
    document: Document,
    damage: Damage,
    meant: str | None,
    confidence: Confidence | None,
    side: Side = Side.TARGET,
) -> Observation:
    found = _text(document, damage.span)
    message = f"{_SAYS[damage.kind]}: `{found}`"
    suggestion = None
    if damage.whole is not None:
        suggestion = Suggestion(damage.whole, damage.kind in _SAFE)
    elif meant is not None:
        suggestion = Suggestion(found.replace(damage.keyword, meant, 1))
        message += f"; `{meant}` was probably meant"
    return Observation(
        message,
        damage.span,
        found,
        side=side,
        severity=Severity.WARNING if _harmless(damage) else None,
        confidence=confidence,
        suggestion=suggestion,
    )


def _harmless(damage: Damage) -> bool:
    """Whether a reader hardly sees it: a token around another one, and no words between."""
    return damage.kind is DamageKind.NESTED and damage.whole is not None


def _unclosed(document: Document, damage: Damage, insides: Iterable[str]) -> Observation:
    """An unclosed token is mended where a name of the source follows its keyword."""
    start, end = damage.span
    follows = document.data[end : end + 1_000].decode("utf-8", "ignore")
    words = follows.lstrip(" ")
    for inside in insides:
        if inside and words.startswith(inside):
            size = len(follows) - len(words) + len(inside.encode())
            span = Span(start, end + size)
            found = _text(document, span)
            return Observation(
                f"{_SAYS[damage.kind]}: `{found}`",
                span,
                found,
                suggestion=Suggestion(f"[!{damage.keyword} {inside}]"),
            )
    return _observation(document, damage, None, None)


def _insides(source: Document) -> list[str]:
    """The names of the source, the longest first."""
    names = {plain(token.value) for _, token in placed_tokens(source, TokenKind.DNL)}
    return sorted(names, key=len, reverse=True)


def _lost_keywords(source: Document, target: Document, profile: Profile) -> list[str]:
    """Keywords that the source has more often than the target."""
    words = (*profile.keyword_tokens, *sorted(profile.alerts))
    return [word for word in words if _count(source.data, word) > _count(target.data, word)]


def _count(data: bytes, word: str) -> int:
    opening = b"[!" + word.encode()
    return data.count(opening + b" ") + data.count(opening + b"]")


def _nearest(word: str, words: Iterable[str]) -> str | None:
    from bilint.engines.likeness import ratio

    likeness, nearest = max((ratio(word.upper(), one), one) for one in words)
    return nearest if likeness >= _LIKE else None


def _text(document: Document, span: Span) -> str:
    return document.data[span.start : span.end].decode("utf-8", "replace")
