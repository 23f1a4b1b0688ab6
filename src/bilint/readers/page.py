"""A page where it stands: its header, what it says of its own origin, and its content."""

from __future__ import annotations

import re

from bilint.model.config import Limits
from bilint.model.document import FrontMatter
from bilint.model.page import Header, Page, Provenance
from bilint.model.profile import Profile
from bilint.readers.front_matter import read_front_matter
from bilint.readers.markdown import read_document

_SHARE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?)[ \t\u00a0]*%?")
_COUNT = re.compile(r"[0-9]{1,9}")
_NO_ID = frozenset(("", "~", "null", "none", "undefined"))


def read_header(path: str, blob: str, data: bytes, profile: Profile, limits: Limits) -> Header:
    """The front matter of a page and what it says; the body is not looked at."""
    front_matter = read_front_matter(data, limits)
    return Header(path, blob, front_matter, provenance(front_matter, profile))


def read_page(header: Header, data: bytes, profile: Profile, limits: Limits) -> Page:
    """The page of a header with its content; `data` are its bytes."""
    document = read_document(data, profile, limits, header.front_matter)
    return Page(header.path, header.blob, document, header.provenance)


def read_provenance(data: bytes, profile: Profile, limits: Limits) -> Provenance:
    """What any version of a page says of its origin."""
    return provenance(read_front_matter(data, limits), profile)


def page_ids(data: bytes, profile: Profile, limits: Limits) -> tuple[str, ...]:
    """The ids that any version of a page bears."""
    return _ids(read_front_matter(data, limits), profile)


def provenance(front_matter: FrontMatter, profile: Profile) -> Provenance:
    """What front matter says of a page's identity and origin; what cannot be read is None.

    A word count of nothing says nothing: the pipeline writes `0` where it did not count.
    """
    if not front_matter.entries:
        return _NOTHING
    share = _first(front_matter, profile.human_share_keys)
    count = _first(front_matter, profile.word_count_keys)
    return Provenance(
        _ids(front_matter, profile),
        _first(front_matter, profile.pin_keys),
        _first(front_matter, profile.workflow_keys),
        _percent(share) if share else None,
        (int(count) or None) if count and _COUNT.fullmatch(count) else None,
    )


_NOTHING = Provenance()


def _first(front_matter: FrontMatter, keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = front_matter.text(key)
        if value is not None:
            return value
    return None


def _ids(front_matter: FrontMatter, profile: Profile) -> tuple[str, ...]:
    for key in profile.id_keys:
        entry = front_matter.entries.get(key)
        if entry is None:
            continue
        values = entry.value if isinstance(entry.value, list) else [entry.value]
        parts = [part.strip() for one in values if isinstance(one, str) for part in one.split(",")]
        if ids := tuple(dict.fromkeys(part for part in parts if part.lower() not in _NO_ID)):
            return ids
    return ()


def _percent(text: str) -> float | None:
    match = _SHARE.fullmatch(text)
    share = float(match[1].replace(",", ".")) if match else 101.0
    return share if share <= 100.0 else None
