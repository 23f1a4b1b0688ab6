"""Damage to the front matter, and to what it says of the page's origin."""

from __future__ import annotations

from random import Random

from bilint.model.document import Entry
from bilint.model.finding import Family
from bilint.model.text import Span
from bilint.profiles import profile
from evaluation.mutations.base import Damage, Mutation, Place, foreign_word, pick

_PROFILE = profile("experience-league")


def _invariants(place: Place) -> list[Entry]:
    """Plain values that must be those of the source."""
    theirs = place.source.front_matter.entries
    return [
        entry
        for key, entry in place.target.front_matter.entries.items()
        if isinstance(entry.value, str)
        and entry.value.strip()
        and not _PROFILE.may_differ(key)
        and key in theirs
        and theirs[key].value == entry.value
        and "\n" not in place.text(*entry.value_span)
    ]


def _title(place: Place) -> Entry | None:
    entry = place.target.front_matter.entries.get("title")
    if entry is None or not isinstance(entry.value, str) or not entry.value.strip():
        return None
    return None if "\n" in place.text(*entry.value_span) else entry


def value_altered(place: Place, random: Random) -> Damage | None:
    """A value that must not be translated was."""
    entry, word = pick(random, _invariants(place)), foreign_word(place, random)
    if entry is None or word is None:
        return None
    return place.put(*entry.value_span, word)


def value_emptied(place: Place, random: Random) -> Damage | None:
    """A value goes."""
    entry = pick(random, _invariants(place))
    return None if entry is None else place.put(*entry.value_span, "")


def key_dropped(place: Place, random: Random) -> Damage | None:
    """A key goes, value and all."""
    entry = pick(random, _invariants(place))
    if entry is None:
        return None
    end = place.target.data.find(b"\n", entry.value_span.end) + 1
    return place.put(entry.key_span.start, end, "")


def key_translated(place: Place, random: Random) -> Damage | None:
    """`description:` becomes `descrizione:`."""
    entries = place.target.front_matter.entries
    entry = pick(random, [entries[key] for key in ("title", "description") if key in entries])
    if entry is None:
        return None
    word = "titolo" if entry.key == "title" else "descrizione"
    return place.put(*entry.key_span, word)


def quote_unclosed(place: Place, random: Random) -> Damage | None:
    """A value begins with a quote that does not end."""
    entry = _title(place)
    if entry is None:
        return None
    text = entry.value.strip() if isinstance(entry.value, str) else ""
    return _anywhere(place, place.put(*entry.value_span, f"'{text}"))


def colon_unquoted(place: Place, random: Random) -> Damage | None:
    """A colon within a value that is not quoted."""
    entry = _title(place)
    if entry is None or not isinstance(entry.value, str) or " " not in entry.value.strip():
        return None
    first, _, rest = entry.value.strip().partition(" ")
    return _anywhere(place, place.put(*entry.value_span, f"{first}: {rest}"))


def delimiter_lost(place: Place, random: Random) -> Damage | None:
    """The line that ends the front matter goes."""
    span = place.target.front_matter.span
    at = place.target.data.rfind(b"---", span.start + 3, span.end)
    return None if at < 0 else _anywhere(place, place.put(at, at + 3, ""))


def _anywhere(place: Place, damage: Damage | None) -> Damage | None:
    """YAML is broken for whoever reads on, and told where that was noticed."""
    if damage is None:
        return None
    return damage._replace(where=Span(0, place.target.body_start))


def title_null(place: Place, random: Random) -> Damage | None:
    """The title is `null`."""
    entry = _title(place)
    return None if entry is None else place.put(*entry.value_span, "null")


def title_emptied(place: Place, random: Random) -> Damage | None:
    """There is no title."""
    entry = _title(place)
    return None if entry is None else place.put(*entry.value_span, "''")


def title_trailing_blank(place: Place, random: Random) -> Damage | None:
    """The title ends in a blank."""
    entry = _title(place)
    if entry is None or not isinstance(entry.value, str):
        return None
    text = entry.value.strip().replace("'", "’")
    return place.put(*entry.value_span, f"'{text} '")


def title_double_blank(place: Place, random: Random) -> Damage | None:
    """Two blanks stand within the title."""
    entry = _title(place)
    if entry is None or not isinstance(entry.value, str) or " " not in entry.value.strip():
        return None
    text = entry.value.strip().replace("'", "’").replace(" ", "  ", 1)
    return place.put(*entry.value_span, f"'{text}'")


def pin_malformed(place: Place, random: Random) -> Damage | None:
    """The commit of the source is none."""
    entry = place.target.front_matter.entries.get("source-git-commit")
    return None if entry is None else place.put(*entry.value_span, "main-branch")


def front_matter_doubled(place: Place, random: Random) -> Damage | None:
    """The front matter stands twice."""
    start, end = place.target.front_matter.span
    text = place.text(start, end).rstrip()
    if not text.startswith("---") or not text.endswith("---"):
        return None
    at = place.target.body_start
    return place.put(at, at, f"{text}\n\n")


def title_changed(place: Place, random: Random) -> Damage | None:
    """The title says something else than the first heading, as it does in the source."""
    entry = _title(place)
    heading = next((one for one in place.target.segments if one.shape == "h1"), None)
    words = [foreign_word(place, random), foreign_word(place, random)]
    if entry is None or heading is None or None in words or entry.value != heading.text:
        return None
    damage = place.put(*entry.value_span, " & ".join(map(str, words)))
    if damage is None:
        return None
    return damage._replace(where=Span(0, damage.span.end - damage.was.end + heading.end))


_F = Family.FRONT_MATTER
_P = Family.PROVENANCE

MUTATIONS = (
    Mutation("value-altered", _F, value_altered, ("front-matter-value-altered",), (_F,)),
    Mutation("value-emptied", _F, value_emptied, ("front-matter-value-altered",), (_F,)),
    Mutation("key-dropped", _F, key_dropped, ("front-matter-value-altered",), (_F,)),
    Mutation("key-translated", _F, key_translated, ("text-value-missing",), (_F,)),
    Mutation("yaml-quote-unclosed", _F, quote_unclosed, ("front-matter-broken",)),
    Mutation("yaml-colon-unquoted", _F, colon_unquoted, ("front-matter-broken",)),
    Mutation("yaml-delimiter-lost", _F, delimiter_lost, ("front-matter-broken",), (_F,)),
    Mutation("title-null", _F, title_null, ("text-value-missing",), (_F,)),
    Mutation("title-emptied", _F, title_emptied, ("text-value-missing",), (_F,)),
    Mutation("title-trailing-blank", _F, title_trailing_blank, ("title-whitespace",)),
    Mutation("title-double-blank", _F, title_double_blank, ("title-whitespace",)),
    Mutation("pin-malformed", _P, pin_malformed, ("pin-malformed",)),
    Mutation("front-matter-doubled", _F, front_matter_doubled, ("front-matter-doubled",)),
    Mutation("title-changed", _F, title_changed, ("title-unlike-heading",), (_F, Family.LANGUAGE)),
)
