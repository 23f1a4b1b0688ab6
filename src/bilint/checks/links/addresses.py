"""Addresses of links: what of them a translation leaves alone, and where they lead."""

from __future__ import annotations

from functools import lru_cache

from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.profile import LinkPolicy
from bilint.model.record import NamedTuple

_HOST = late(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//([^/]*)")
_SCHEME = late(r"[A-Za-z][A-Za-z0-9+.-]*:")
_FILE = late(r"[^\s()\[\]]*[\w/]\.(?:md|html?|png|jpe?g|gif|svg|pdf|json|ya?ml|csv|zip|xml|txt)")
_ADDRESS = late(r"(?:[A-Za-z][A-Za-z0-9+.-]+://\S|mailto:|tel:|//?\w|\.{1,2}/|#[\w%])")
_PARAMETERS = late(r"[\w.-]+=[^&=#]*(?:&(?:amp;)?[\w.-]+=[^&=#]*)*")
"""A fragment that is a query: what programs in the browser read."""

_ESCAPED_BYTE = late("%[0-9A-Fa-f]{2}")


class Address(NamedTuple):
    """An address taken apart, without what localization may change.

    `host` is empty for one that leads to a place of the same site, `path` for one that leads to
    a place of the same page.
    """

    host: str
    path: str
    query: str
    fragment: str

    @property
    def page(self) -> Address:
        """The same address without its fragment."""
        return self._replace(fragment="")


class Names(NamedTuple):
    """What sites may call the two languages of a pair, in lower case.

    And what else localization may change: the suffixes of pages and some parameters of a query.
    """

    words: frozenset[str]
    page_suffixes: tuple[str, ...]
    parameters: frozenset[str]


def names_of(locale: str, source_language: str, policy: LinkPolicy) -> Names:
    """The names of the languages of a locale and its source: `it`, `it-it`, `en`, `us`, ..."""
    words = set[str]()
    for tag in (locale, source_language):
        tag = tag.replace("_", "-").lower()
        language, *rest = tag.split("-")
        words |= {tag, tag.replace("-", "_"), language, f"{language}-{language}"}
        words |= {part for part in rest if len(part) in (2, 4)}
        for other in policy.language_names.get(primary_language(tag), ()):
            words |= {other, f"{language}-{other}", f"{language}_{other}"}
    return Names(frozenset(words), policy.page_suffixes, policy.language_parameters)


@lru_cache(maxsize=4_096)
def address_of(text: str, names: Names) -> Address:
    """What of an address a translation leaves alone."""
    text = text.strip().removeprefix("mailto:")
    rest, _, fragment = text.partition("#")
    rest, _, query = rest.partition("?")
    host = ""
    match = _HOST.match(rest) if "//" in rest else None
    if match:
        host, rest = _host(match[1], names), rest[match.end() :]
    rooted = "/" if rest.startswith("/") and not host else ""
    steps = [step for step in rest.split("/") if step not in ("", ".")]
    steps = [_unmarked(step, names) for step in steps if step.lower() not in names.words]
    if steps:
        steps[-1] = _file(steps[-1], names)
    if query:
        query = _query(query, names)
    if "=" in fragment and _PARAMETERS.fullmatch(fragment):
        fragment = _query(fragment, names)
    return Address(host, unquoted(rooted + "/".join(steps)), query, unquoted(fragment))


def _unmarked(step: str, names: Names) -> str:
    """A step without the language at its end: repositories are called `guide.en`."""
    head, dot, tail = step.rpartition(".")
    return head if dot and head and tail.lower() in names.words else step


def _host(host: str, names: Names) -> str:
    host = host.lower().removeprefix("www.")
    first, dot, others = host.partition(".")
    return others if dot and "." in others and first in names.words else host


def _file(name: str, names: Names) -> str:
    """The name of a file without the suffix of a page and the mark of a language."""
    for suffix in names.page_suffixes:
        if name.lower().endswith(suffix):
            name = name[: -len(suffix)]
            break
    stem, dot, suffix = name.rpartition(".")
    if not dot or not stem:
        stem, suffix = name, ""
    for mark in "-_.":
        head, found, tail = stem.rpartition(mark)
        if found and head and tail.lower() in names.words:
            return f"{head}{dot}{suffix}" if suffix else head
    return name


def _query(query: str, names: Names) -> str:
    parts = query.replace("&amp;", "&").split("&")
    told = [part for part in parts if part and part.partition("=")[0] not in names.parameters]
    return "&".join(sorted(told))


@lru_cache(maxsize=4_096)
def unquoted(text: str) -> str:
    """Text with its percent signs read."""
    if "%" not in text or not _ESCAPED_BYTE.search(text):
        return text
    from urllib.parse import unquote

    return unquote(text)


def is_address(text: str) -> bool:
    """Whether a text is meant as an address, and no word in parentheses."""
    return bool(_ADDRESS.match(text) or _FILE.match(text))


def leads_away(text: str) -> bool:
    """Whether an address leads to another site, or is none of a page at all (`mailto:`)."""
    if text.startswith("//") or _SCHEME.match(text) is not None:
        return True
    return "@" in text and "/" not in text and "#" not in text


def file_of(text: str, page: str) -> str | None:
    """The path that a relative address on a page leads to, from the top of the repository.

    An address that begins with `/` does so there. None when it leads out of the repository.
    """
    path = unquoted(text.partition("#")[0].partition("?")[0])
    if not path:
        return page
    steps = [] if path.startswith("/") else page.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            if not steps:
                return None
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
