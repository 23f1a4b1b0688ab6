"""`token-displaced`: a name was torn out of the phrase that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.tokens.behind_stop import behind_stops
from bilint.checks.tokens.click import clicks
from bilint.checks.tokens.syntax import decoded, placed_tokens, plain, word_set
from bilint.checks.tokens.torn_path import torn_paths
from bilint.checks.tokens.torn_verb import torn_verbs
from bilint.checks.tokens.verb_first import verbs_first
from bilint.checks.tokens.word_order import (
    Phrase,
    keeps_capitals,
    keeps_english_order,
    noun_phrase,
    object_keeps_order,
    puts_names_last,
)
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.page import Page
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

# Languages that put what qualifies a noun before it: there, words between a name and the noun
# it qualified in English may be right.
_QUALIFIER_FIRST = word_set(
    "ja ko zh yue tr az kk uz hu fi et eu ka hi bn mr ta te kn ml si mn my ne"
)
_NOUN_FIRST = word_set("de es fr it nl pt")
"""Languages in which a label may be found that stands before what it belongs to."""

# Scripts in which a particle follows a name without a blank.
_PARTICLES = frozenset(("ja", "ko", "zh", "yue"))

_VERB_LAST = frozenset(("ja", "ko"))

_UNPARTED = frozenset(("ja", "zh", "yue"))
"""Languages that set no blanks between words: a token may stand within one."""

_BESIDE = 8
"""Bytes of marks and blanks up to which a token stands right behind a verb."""

_CAPITALISED = r"[A-Z][\w.-]*\w"
# A number before a name belongs to what stands before that: `step 3`, or says how many there are.
_NAME_AT_END = late(rf"(?<![\w.!-])({_CAPITALISED}|[vV][0-9][\w.]*)\Z")
_NAME_AFTER = late(rf"[*_]*[ \u00a0]({_CAPITALISED}|[vV]?[0-9][\w.]*)(?![\w-])")
_COUNTED = late(
    r"[*_]*[ \u00a0][0-9]+[ \u00a0](?!(?:as|does|has|is|its|was|this|versus|\w+ss)\b)[a-z-]+s\b"
)
"""A number behind which the plural stands that it counts, and so no version: `3 times`."""

_LONGEST = 20_000
"""Characters of a segment above which it is no sentence but a heap, and left alone."""

_KINDS = (TokenKind.DNL, TokenKind.UICONTROL)

_MOST = 100
"""Names of a segment above which it is left alone."""

_NEAR = 400
"""Characters after a name that are looked at for its phrase."""

_BLANKS = " \u00a0*_"
_VERSION = late(r"[vV]?[0-9]")
_VERSION_WORD = late(
    r"\b(?:[vw]ers|release|rel)|버전|バージョン|リリース|版|发行|發行", re.IGNORECASE
)
_LINK_END = late(r"\]\([^()\s]*\)")
_TOKEN = late(r"\[!\w+ ([^\[\]]*)\]")
_PAUSE = late(r"[.!?:;,|()<>\[\]\u3001\u3002\uff0c\uff1a\uff1b]")
_WORD = late(r"[^\W_]+")
_PARTICLE = late(r"\s*(?:[\u3041-\u309f]{1,3}|[\u4e00-\u9fff]|[\uac00-\ud7a3])\s*\Z")
_ATTACHED = late(r"[\uac00-\ud7a3]{1,3}\s*\Z")
_MADE_FOR = late(
    r"\s*(?:[用版製上内側社]|向け|専用|対応|における|からの|での|への|との)の?\s*\Z"
    r"|\s*(?:[用版上中内內里端]|旗下|公司)的?\s*\Z"
)
"""What joins a name to the one that it qualifies: `Android 用の`."""

_OPENS = late(r"(?:\A['\">#*+\s-]*|\[|[A-Z0-9]: )[*_]*((?:[A-Z]\w+ )?)[*_]*\Z")


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """What stands where English has it, or where it tears something apart."""
    if pair.source is None:
        return
    language = primary_language(pair.locale)
    torn = list(_torn_words(pair, language)) if language in _UNPARTED else []
    yield from torn
    if language in _VERB_LAST:
        yield from _verbs(pair, language, {one.span.start for one in torn})
    yield from torn_paths(pair)
    names = tuple(_names(pair, pair.source, language))
    yield from names
    if language in _NOUN_FIRST:
        from bilint.checks.tokens.label_order import displaced_labels

        told = {one.span.start for one in names}
        for label in displaced_labels(pair, language):
            if told.isdisjoint(range(*label.span)):
                yield label
    yield from clicks(pair, language)
    alone = []
    if puts_names_last(language):
        from bilint.checks.tokens.left_alone import left_alone

        alone = list(left_alone(pair, language))
        yield from alone
    for token in behind_stops(pair, language):
        if not any(0 <= token.span.start - one.span.end < _BESIDE for one in alone):
            yield token


def _torn_words(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """Words of languages without blanks that a token tears apart."""
    from bilint.checks.tokens.torn_word import torn_words

    return torn_words(pair, "ja" if language == "ja" else "zh")


def _verbs(pair: AlignedPair, language: str, told: set[int]) -> Iterator[Observation]:
    """Verbs that a token tears apart, and those that stand before one and nowhere else."""
    verbs = torn_verbs(pair.document) if language == "ja" else ()
    torn = [one for one in verbs if one.span.start not in told]
    yield from torn
    for verb in verbs_first(pair, language):
        if not any(0 <= one.span.start - verb.span.end < _BESIDE for one in torn):
            yield verb


def _names(pair: AlignedPair, page: Page, language: str) -> Iterator[Observation]:
    """One observation for each name that stands once on both sides and lost its neighbour."""
    kinds = _KINDS if puts_names_last(language) else _KINDS[:1]
    names = {
        segment.start
        for kind in kinds
        for segment, _ in placed_tokens(pair.document, kind)
        if segment
    }
    if not names:
        return
    for segments in pair.segments:
        source, target, _ = segments
        if source is None or target is None or target.start not in names:
            continue
        if source.text == target.text or len(target.text) > _LONGEST:
            continue
        for token, twin in _twins(source, target, kinds):
            if token.kind is TokenKind.UICONTROL and not (
                _word_follows(pair.document, token) and _word_follows(page.document, twin)
            ):
                continue
            here = _Place(pair.document, target, token)
            seen = _judge(here, _Place(page.document, source, twin), language)
            if seen is not None:
                yield seen


class _Sides(NamedTuple):
    """What stands before and after a token in its segment, link destinations blotted out."""

    before: str
    after: str

    @property
    def both(self) -> str:
        """All of the segment but the token."""
        return f"{self.before}\n{self.after}"


class _Place(NamedTuple):
    """A token where it stands."""

    document: Document
    segment: Segment
    token: Token

    def sides(self) -> _Sides:
        """What stands around it."""
        data = self.document.data
        before = data[self.segment.start : self.token.start].decode("utf-8", "replace")
        after = data[self.token.end : self.segment.end].decode("utf-8", "replace")
        return _Sides(_without_destinations(before), _without_destinations(after))


def _word_follows(document: Document, token: Token) -> bool:
    """A quick look that sends most labels away: behind them no word begins."""
    after = document.data[token.end : token.end + 6].lstrip(b"*_")
    return after[:1] in (b" ", b"\xc2") and after[1:2] > b"@"


def _twins(
    source: Segment, target: Segment, kinds: tuple[TokenKind, ...]
) -> Iterator[tuple[Token, Token]]:
    """Names of the target and the same ones of the source, where each is said once."""
    once: dict[str, Token | None] = {}
    for token in source.tokens:
        if token.kind in kinds:
            once[token.value] = None if token.value in once else token
    if not once:
        return
    if len(once) > _MOST:
        return
    found: dict[str, Token | None] = {}
    for token in target.tokens:
        if token.kind in kinds:
            found[token.value] = None if token.value in found else token
    for value, only in found.items():
        twin = once.get(value)
        if only is not None and twin is not None:
            yield only, twin


def _judge(target: _Place, source: _Place, language: str) -> Observation | None:
    then = source.sides()
    start, end = target.token.start, target.token.end
    label = target.token.kind is TokenKind.UICONTROL
    left = None if label else _name_before(then.before)
    beside = _NAME_AFTER.match(then.after)
    right = None if label or _COUNTED.match(then.after) else beside
    phrase = None
    if not beside and puts_names_last(language):
        phrase = noun_phrase(target.token.value, then.before, then.after, language)
    if not (left or beside or phrase):
        return None
    now = target.sides()
    if left and not now.before.rstrip(_BLANKS).endswith(left):
        at = _torn_before(left, then, now, language)
        if at is not None:
            span = Span(start - len(now.before[at:].encode()), end)
            return _torn_from(left, target, source, span)
    if right and not now.after.lstrip(_BLANKS).startswith(right[1]):
        at = _torn_after(right[1], then, now, language)
        if at is not None:
            span = Span(start, end + len(now.after[:at].encode()))
            return _torn_from(right[1], target, source, span)
    if phrase is not None:
        in_order = _keeps_order(target.token, phrase, then, now, language)
    else:
        names_last = beside is not None and puts_names_last(language)
        in_order = names_last and keeps_capitals(then.after, decoded(now.after[:_NEAR]), language)
    if not in_order:
        return None
    inside = plain(target.token.value)
    return Observation(
        f"`{inside}` stands before the words it qualifies, as in English",
        Span(start, end),
        inside,
        Span(source.token.start, source.token.end),
    )


def _torn_from(name: str, target: _Place, source: _Place, span: Span) -> Observation:
    inside = plain(target.token.value)
    pair = f"`{name}` and `{inside}`"
    if span.start == target.token.start:
        pair = f"`{inside}` and `{name}`"
    return Observation(
        f"{pair} belong together; here other words stand between them",
        span,
        inside,
        Span(source.token.start, source.token.end),
        evidence={"name": name},
    )


def _keeps_order(
    token: Token, phrase: Phrase, source: _Sides, target: _Sides, language: str
) -> bool:
    """Whether the words that a name qualifies follow it as in English."""
    near = _Sides(decoded(target.before[-_NEAR:]), decoded(target.after[:_NEAR]))
    label = token.kind is TokenKind.UICONTROL
    if object_keeps_order(phrase, source.before, near, language, label=label):
        return True
    then, now = _OPENS.search(source.before[-60:]), _OPENS.search(target.before[-60:])
    opens = then is not None and now is not None and then[1] == now[1]
    return keeps_english_order(phrase, near.after, language, opens=opens)


def _name_before(text: str) -> str | None:
    """The capitalised word or the version that a text ends with, a blank behind it."""
    text = text[-200:].rstrip("*_")
    if not text.endswith((" ", "\u00a0")):
        return None
    match = _NAME_AT_END.search(text[:-1].rpartition(" ")[2])
    return match[1] if match else None


def _torn_before(name: str, source: _Sides, target: _Sides, language: str) -> int | None:
    """Where a name stands before the token that words part from it; None if none do."""
    if not _once(name, source, target, language):
        return None
    found = _standing(name, language).search(target.before)
    between = target.before[found.end() :] if found else ""
    if found is None or not _torn(between, language):
        return None
    from bilint.checks.tokens.between import is_attribute, qualified_before

    before = target.before[: found.start()]
    if is_attribute(between, before, language):
        return None
    return None if qualified_before(between, before, source, language) else found.start()


def _torn_after(name: str, source: _Sides, target: _Sides, language: str) -> int | None:
    """Where a name ends after the token that words part from it; None if none do."""
    version = _VERSION.match(name)
    if language in _QUALIFIER_FIRST and not version:
        return None
    found = _standing(name, language).search(target.after)
    if found is None or not _once(name, source, target, language):
        return None
    between = target.after[: found.start()]
    if version and _VERSION_WORD.search(between):
        return None
    if not _torn(between, language) or _reordered(between, source.after):
        return None
    from bilint.checks.tokens.between import is_kind, qualified_behind

    if version and is_kind(between, language):
        return None
    quiet = qualified_behind(name, between, source, target, language)
    return None if quiet else found.end()


def _without_destinations(text: str) -> str:
    if "](" not in text:
        return text
    return _LINK_END.sub(lambda match: "]" + "|" * (len(match[0].encode()) - 1), text)


def _standing(name: str, language: str) -> re.Pattern[str]:
    """Finds a name as a word of its own."""
    letters = "A-Za-z0-9" if language in _PARTICLES else r"\w"
    return re.compile(rf"(?<![{letters}.-]){re.escape(name)}(?![{letters}-])")


def _once(name: str, source: _Sides, target: _Sides, language: str) -> bool:
    """Whether a name is said once in both segments, so that there is no doubt which one it is."""
    return (
        len(_standing(name, "").findall(source.both)) == 1
        and len(_standing(name, language).findall(target.both)) == 1
    )


def _torn(between: str, language: str) -> bool:
    """Whether words stand there that part a name from its neighbour, and no new sentence begins."""
    text = _TOKEN.sub(r"\1", decoded(between))
    if not _WORD.search(text) or _PAUSE.search(text):
        return False
    if language not in _PARTICLES:
        return True
    return not (_PARTICLE.match(text) or _ATTACHED.match(text) or _MADE_FOR.match(text))


def _reordered(between: str, after: str) -> bool:
    """Whether the words between are the name's own neighbours in another order."""
    pause = _PAUSE.search(after)
    near = after[: pause.start()] if pause else after
    own = {word.lower().removesuffix("s") for word in _WORD.findall(near)[:4]}
    return all(word.lower().removesuffix("s") in own for word in _WORD.findall(between))
