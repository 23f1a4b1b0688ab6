"""`front-matter-value-altered`: a value of the front matter that must stay did not."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.front_matter.front_matter_doubled import second_front_matter
from bilint.model.alignment import AlignedPair
from bilint.model.document import Entry, YamlValue
from bilint.model.finding import Confidence, EvidenceValue, Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.text import Span

_SIMPLE_KEY = late(r"[A-Za-z_][A-Za-z0-9_.-]*")
_NULLS = frozenset(("", "~", "null", "none"))
_NULL_WORDS = frozenset(
    "aucun aucune geen ingen ingenting inget intet keine keiner nenhum nenhuma nessuna nessuno"  # noqa: SIM905
    " ninguna ninguno noll nul nula nulla nullo nulo"
    " なし ヌル 値なし 無 空 空值 空白 无 널 없음".split()
)
"""What a machine made of `null`, which says that a key has no value."""

_TRUE = frozenset(("y", "yes", "true", "on"))
_FALSE = frozenset(("n", "no", "false", "off"))
_MIDNIGHT = late(r"(\d{4}-\d{1,2}-\d{1,2})[Tt ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?")
_NUMBER = late(r"[+-]?\d+\.0+")
_ADDRESS = late(r"(?:https?:)?//|/|\.{1,2}/")
_CODE = late(r"[^\s]*[0-9_/.:@#][^\s]*")
_SHOWN = 120

_PLAIN = late(r"[A-Za-z0-9/](?:[\w ./+@-]|,(?=.)|:(?=[^\s:]))*(?<! )")
"""Values that YAML takes as they are, in quotes and without."""

_Plain = str | tuple["_Plain", ...] | None


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A value of the front matter that is no text to translate differs from the source."""
    if pair.source is None:
        return
    base, target = pair.source.document.front_matter, pair.document.front_matter
    if not target.entries or target.problems or base.problems:
        return
    if second_front_matter(pair.document) is not None:
        return
    for key, entry in base.entries.items():
        if context.profile.may_differ(key) or not _SIMPLE_KEY.fullmatch(key):
            other = target.entries.get(key)
            if other is not None and _is_null_word(entry.value, other.value):
                yield _observation(entry, other, sure=True, is_id=False)
            continue
        there = target.entries.get(key)
        if there is not None and there.value == entry.value:
            continue
        locales = _locale_parts(pair.locale, context.source_language)
        before = _plain(entry.value, locales)
        after = None if there is None else _plain(there.value, locales)
        if before != after and not (key in context.profile.id_keys and _shared(before, after)):
            sure = key in context.profile.id_keys or _is_code(entry.value)
            yield _observation(entry, there, sure, is_id=key in context.profile.id_keys)


def _is_null_word(value: YamlValue, other: YamlValue) -> bool:
    """Whether a text of the source is `null`, and was taken for a word."""
    return value == "null" and isinstance(other, str) and other.strip().lower() in _NULL_WORDS


def _shared(before: _Plain, after: _Plain) -> bool:
    """Whether two lists of ids have one in common: that is enough to be the same page."""
    ours, theirs = (set(one) if isinstance(one, tuple) else {one} for one in (before, after))
    return after is not None and not ours.isdisjoint(theirs)


def _observation(entry: Entry, there: Entry | None, sure: bool, *, is_id: bool) -> Observation:
    value = _written(entry.value)
    evidence: dict[str, EvidenceValue] = {"source_value": value}
    if there is None:
        return Observation(
            f"`{entry.key}` is missing; in the source it is `{value}`.",
            Span(0, 0),
            entry.key,
            entry.value_span,
            confidence=Confidence.MEDIUM,
            evidence=evidence,
        )
    return Observation(
        f"`{entry.key}` is `{_written(there.value)}`; in the source it is `{value}`.",
        there.value_span,
        entry.key,
        entry.value_span,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        evidence=evidence,
        suggestion=_suggestion(entry, there, is_id=is_id, sure=sure),
    )


def _suggestion(entry: Entry, there: Entry, *, is_id: bool, sure: bool) -> Suggestion | None:
    """The value of the source where it can be written as it is; what is code stays code.

    An id is left alone: another one may mean that it is another page. So is a list.
    """
    value, span = entry.value, there.value_span
    if is_id or not isinstance(value, str) or not isinstance(there.value, str):
        return None
    if span.end == span.start or not _PLAIN.fullmatch(value):
        return None
    return Suggestion(value, safe=sure)


def _plain(value: YamlValue, locales: frozenset[str]) -> _Plain:
    """A value without what may differ: quotes, case of booleans, order and style of lists."""
    if isinstance(value, dict):
        inner = ((key, _plain(one, locales)) for key, one in value.items())
        items: list[_Plain] = [(key, one) for key, one in inner if one is not None]
        return tuple(sorted(items, key=repr)) or None
    if isinstance(value, list):
        several = [_plain(one, locales) for one in value]
        return _unordered([one for one in several if one is not None])
    text = " ".join(value.split())
    if "," in text and not _ADDRESS.match(text):
        parts = [_scalar(part.strip(), locales) for part in text.strip("[]").split(",")]
        return _unordered([part for part in parts if part is not None])
    return _scalar(text, locales)


def _unordered(parts: list[_Plain]) -> _Plain:
    """A list in no order; a list of one is as good as its only member."""
    if len(parts) == 1:
        return parts[0]
    return tuple(sorted(parts, key=repr)) or None


def _scalar(text: str, locales: frozenset[str]) -> str | None:
    low = text.lower()
    if low in _NULLS:
        return None
    if low in _TRUE:
        return "true"
    if low in _FALSE:
        return "false"
    midnight = _MIDNIGHT.fullmatch(text)
    if midnight:
        return midnight[1]
    if _NUMBER.fullmatch(text):
        return text.partition(".")[0]
    if _ADDRESS.match(text):
        return _without_locale(text, locales)
    return text


def _without_locale(address: str, locales: frozenset[str]) -> str:
    """An address without the language that it leads to, which a localized page rewrites."""
    path, _, query = address.partition("?")
    parts = [part for part in path.split("/") if part.lower() not in locales]
    kept = [one for one in query.split("&") if one and not one.lower().startswith("lang=")]
    return "/".join(parts) + ("?" + "&".join(kept) if kept else "")


def _locale_parts(locale: str, source_language: str) -> frozenset[str]:
    tags = (locale.replace("_", "-").lower(), source_language.replace("_", "-").lower())
    parts = {part for tag in tags for part in (tag, tag.partition("-")[0], tag.replace("-", "_"))}
    return frozenset((*parts, "en-us", "en_us"))


def _is_code(value: YamlValue) -> bool:
    """Whether a value is an id, a number, an address or the like, and not words."""
    return isinstance(value, str) and _CODE.fullmatch(value.strip()) is not None


def _written(value: YamlValue) -> str:
    if isinstance(value, str):
        text = " ".join(value.split())
    elif isinstance(value, list):
        text = "[" + ", ".join(_written(one) for one in value) + "]"
    else:
        text = "{" + ", ".join(f"{key}: {_written(one)}" for key, one in value.items()) + "}"
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
