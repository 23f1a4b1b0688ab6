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

_CLOSED = frozenset(
    "role level audience feature topic topic-tags content-type page-status-flag".split()  # noqa: SIM905
)
"""Keys whose values are those of a list in English, whatever the language of the page."""

_FOREIGN = late(r"[^\W\d_\x00-\x7f]")
_IDS = frozenset(("uuid", "discoiquuid"))
_LONG_ID = late(r"(?=(?:[A-Za-z -]*[0-9]){6})[0-9A-Za-z][0-9A-Za-z -]{28,}[0-9A-Za-z]")
_RIGHT_ID = late(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_HEX = late(r"[0-9A-Fa-f]+")
"""An id without hyphens is one of another kind."""

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
    missing: list[Entry] = []
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
        if before == after or (key in context.profile.id_keys and _shared(before, after)):
            continue
        if there is None:
            missing.append(entry)
        else:
            sure = key in context.profile.id_keys or _is_code(entry.value)
            yield _observation(entry, there, sure, is_id=key in context.profile.id_keys)
    if missing:
        yield _missing(missing)
    for key, entry in target.entries.items():
        if key not in base.entries and not context.profile.may_differ(key):
            yield from _of_its_own(entry, context)


def _of_its_own(entry: Entry, context: Context) -> Iterator[Observation]:
    """What is wrong with a value whose key the source lacks: nothing there can be compared."""
    value = _written(entry.value)
    if entry.key in _IDS or entry.key in context.profile.id_keys:
        if isinstance(entry.value, str) and _is_broken_id(entry.value.strip()):
            whole = "".join(entry.value.split())
            yield Observation(
                f"`{entry.key}` is `{value}`, which is no id",
                entry.value_span,
                entry.key,
                suggestion=Suggestion(whole) if _RIGHT_ID.fullmatch(whole) else None,
            )
    elif (
        entry.key in _CLOSED and context.source_language.startswith("en") and _FOREIGN.search(value)
    ):
        yield Observation(
            f"`{entry.key}` is `{value}`: such values are not translated",
            entry.value_span,
            entry.key,
            confidence=Confidence.MEDIUM,
        )


def _is_broken_id(value: str) -> bool:
    """Whether a value was an id of five groups before blanks or other letters came into it."""
    return (
        _LONG_ID.fullmatch(value) is not None
        and _RIGHT_ID.fullmatch(value) is None
        and _HEX.fullmatch(value) is None
    )


def _is_null_word(value: YamlValue, other: YamlValue) -> bool:
    """Whether a text of the source is `null`, and was taken for a word."""
    return value == "null" and isinstance(other, str) and other.strip().lower() in _NULL_WORDS


def _shared(before: _Plain, after: _Plain) -> bool:
    """Whether two lists of ids have one in common: that is enough to be the same page."""
    ours, theirs = (set(one) if isinstance(one, tuple) else {one} for one in (before, after))
    return after is not None and not ours.isdisjoint(theirs)


def _missing(entries: list[Entry]) -> Observation:
    """One observation for all keys that are missing: they went together."""
    from bilint.checks.front_matter.keys import listed

    first = entries[0]
    keys = [entry.key for entry in entries]
    value = _written(first.value)
    evidence: dict[str, EvidenceValue] = {"source_value": value}
    said = f"is missing; in the source it is `{value}`" if len(keys) == 1 else "are missing"
    return Observation(
        f"{listed(keys)} {said}.",
        Span(0, 0),
        ", ".join(keys),
        first.value_span,
        confidence=Confidence.MEDIUM,
        evidence=evidence if len(keys) == 1 else {"keys": len(keys)},
    )


def _observation(entry: Entry, there: Entry, sure: bool, *, is_id: bool) -> Observation:
    value = _written(entry.value)
    evidence: dict[str, EvidenceValue] = {"source_value": value}
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
