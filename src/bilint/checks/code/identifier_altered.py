"""`identifier-altered`: a name that programs know, outside of code, is another in the target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from bilint.checks.base import Context
from bilint.checks.changed import changed, source_parts, target_parts
from bilint.checks.code.commands import commands
from bilint.checks.code.hosts import DOMAINS, HOST, is_sample, made_of_host, stands_elsewhere
from bilint.checks.code.joined import joined
from bilint.checks.code.literals import literals
from bilint.checks.code.masked import (
    LINKS,
    MARKUP,
    Masked,
    decoded,
    label_end,
    masked,
    without_language,
)
from bilint.checks.language.prose import EASTERN
from bilint.checks.tokens.syntax import word_set
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind, TokenKind
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_NEAR = 0.5
"""Likeness from which one name was made of another."""

_LEAST = 0.2
"""The same, where only one of the target is built alike."""

_MOST = 60
"""Names of a segment that are compared with each other."""

_MOST_LOOKED_AT = 400
"""Names of a segment that are looked for in the other one."""

_LONGEST = 200
"""Characters of a name."""

_NOTHING: frozenset[TokenKind] = frozenset()
_HIDDEN = frozenset((TokenKind.CODE, TokenKind.DNL, TokenKind.PLACEHOLDER))
_FILES = (
    "avi bat cfg conf cpp css csv dll doc docx env exe gz htm html ini jar java jpg jpeg js json "
    "jsx less lock log md mp4 pdf php phtml png properties ps1 py rb scss sh sql svg tar toml ts "
    "tsx txt vcl war xls xlsx xml xsd yaml yml zip"
)
# Patterns that begin with a letter of their own are found many times faster than others, and the
# sign alone, which many pages lack, faster still.
_HINTS = tuple(
    (sign, late(pattern))
    for sign, pattern in (
        (b"_", rb"_(?<=[A-Za-z0-9]_)[A-Za-z0-9]"),
        (b"--", rb"--[a-z]"),
        (b"()", rb"\(\)"),
        (b"@", rb"@[A-Za-z]"),
        (b"://", rb"://[A-Za-z0-9]"),
        (b"$", rb"\$[A-Za-z_]"),
        (b"-", rb"-(?<=[A-Z0-9]-)[0-9]{2}"),
        (b" /", rb" /[A-Za-z]"),
        (b":", rb":(?<=[A-Za-z0-9_]:)[A-Za-z0-9_][\w.-]*:[A-Za-z0-9_]"),
        (b".", rf"\.(?:{f'{_FILES} {DOMAINS}'.replace(' ', '|')})(?![\w-])".encode()),
    )
)
_CASES = bytes(
    97 if 97 <= one <= 122 else 65 if 65 <= one <= 90 else 48 if 48 <= one <= 57 else 32
    for one in range(256)
)
_CAMEL = late(b"A(?<=aA)")
_MIXED = late(b"0(?<=[aA]0)0?[aA]")
_WORDS = bytes(
    one if (chr(one).isalnum() and one < 128) or one in b"_-./:@()\\" else 32 for one in range(256)
)
_EDGES = b".:()"

# Each begins with a class of characters and has no part that can match in two ways.
_NAME = late(
    r"(?<![\w/.&$-])(?:"
    r"(?P<url>https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?(?:/[A-Za-z0-9_.~-]+)*)/?"
    r"(?:[?#][^\s\x01<>\"'`]*)?"
    r"|(?P<chain>(?<!:)[A-Za-z][A-Za-z0-9_.-]*(?::[A-Za-z0-9_][A-Za-z0-9_.-]*){2,})"
    r"|(?P<variable>\$[A-Za-z_][A-Za-z0-9_]+)(?![\w$])"
    r"|(?P<constant>[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?![\w-])"
    r"|(?P<snake>[a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?!\w)"
    r"|(?P<option>--[a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?!\w)"
    r"|(?P<call>[A-Za-z_][A-Za-z0-9_]*\(\))"
    r"|(?P<ticket>[A-Z][A-Z0-9]+-\d{2,})(?![\w-])"
    r"|(?P<mail>[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    rf"|(?P<file>[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\.(?:{_FILES.replace(' ', '|')}))"
    r"(?![\w-]|\.\w)"
    rf"|(?P<host>{HOST})(?![\w-]|\.\w)"
    r"|(?P<path>\.{0,2}/[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+)"
    r"|(?P<camel>[a-z]+(?:[A-Z][a-z0-9]+)+)(?!\w)"
    r"|(?P<mixed>[A-Za-z]{1,4}[0-9]{1,2}[A-Za-z]{1,2})(?![\w-])"
    r")"
)
# A name ends where words without blanks begin, unless a mark of its own ties some to it:
# `sort_順序`, `港.json`, `/data/港/`. Such words are of one script; particles are of another.
_EAST = (
    "(?:[\u3400-\u9fff々]{1,8}|[\u30a1-\u30ff]{1,12}|[\uac00-\ud7a3]{1,8}|[\u0e01-\u0e4e]{1,12})"
)
_CHUNK = late(
    rf"(?:{_EAST}(?=_[A-Za-z0-9]|\.(?:{_FILES.replace(' ', '|')})(?![A-Za-z0-9_-])|\(\)))?"
    rf"(?:[^\s\x01\"'“”‘’«»„()\[\]{{}}<>,;*&%…{EASTERN}]|(?<=[_/]){_EAST}(?=[_/.][A-Za-z0-9])"
    rf"|(?<=[A-Za-z0-9])[＠＿－．／](?=[A-Za-z0-9]))*(?:(?<=[_$/]){_EAST})?(?:\(\))?"
)
_HUMP = late(r"(?<=[a-z])[A-Z]")
_NO_TICKET = late(
    r"(?:Q[1-4]|H[12]|FY|UTC|GMT|TOP|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
    r"|COVID)-"
)
"""How quarters, years, hours, ranks and an illness begin: other languages say them otherwise."""

_WORDS_OF_EAST = late(_EAST)
_OPTION_LIKE = late(
    rf"(?<![A-Za-z0-9_-])(?:[—–−]+|-)[ ]?(?![{EASTERN}])[^\W\d_](?:(?![{EASTERN}])[\w-])*"
)
_TRAILING = ".:!?"
_CALLED = {
    "option": "option",
    "file": "file",
    "path": "path",
    "mail": "address",
    "url": "address",
    "variable": "variable",
    "host": "address",
}
_ADDRESS = ("http://", "https://")

_CHAIN = late(r"urn:|.*(?:[0-9_.-]|[a-z][A-Z])")
"""What chains of names look like; others (`hours:minutes:seconds`) may be words."""

_SIGNS = ("chain", "snake", "constant", "call", "variable", "mail", "url")
"""Names whose signs say what they are."""

_JOINTS = {"chain": "_:", "file": "_.", "path": "_.", "host": "."}
_SHORT = 2
"""Letters before a number that are no word."""

_ORDINARY = word_set(
    "backend backup blacklist checkbox checkout dataset dropdown ecommerce email fallback "
    "feedback filename frontend github hostname javascript login logout lookup metadata "
    "onboarding online password plugin runtime setup signup subdomain timestamp typescript "
    "username webhook website whitelist wordpress workflow workspace youtube"
)
"""Words that some write with a capital in the middle."""

_WORD = late(r"(?=[A-Z]{4})[B-DF-HJ-NP-TV-XZ]*[AEIOUY][A-Z]*-\d{1,3}\Z")
"""A ticket whose letters are a word, which some languages write in small ones: `ZENIT-19`."""

_SAMPLE = late(
    r"(?:[a-z0-9.-]*\.)?(?:example(?:\.[a-z]+)*|invalid|test|(?:your-?|my-?)?(?:acme|company|domain"
    r"|organi[sz]ation|site|website)\.(?:com|org|net))\Z",
    re.IGNORECASE,
)
_NEAR_SAMPLE = 20
_SUCH_AS = late(r"(?:such as|for example,?|e\.g\.,?)[ \u00a0][\"'“‘`*_(]*\Z", re.IGNORECASE)
"""What stands before a sample, which each language may write with names of its own."""

_MACHINE = late(
    r"[a-z][A-Z]|\w\(\)|\w\.\w|\w/\w|\w[@＠＿]\w|\$\w|\w-\d|[A-Z]{2}-|[A-Za-z]:\w.*\w:\w"
)


_Place = tuple[str, int, int]
"""What stands at a place of a text, and its characters."""


class _Ours(NamedTuple):
    """Where a name stands in the source, and of which kind it is."""

    prose: Masked
    start: int
    end: int
    kind: str
    light: bool = False

    @property
    def span(self) -> Span:
        return self.prose.span(self.start, self.end)

    def is_light(self, name: str, made: str) -> bool:
        """Whether what a name became hurts nobody: a sample, other capitals, a picture's text."""
        if self.light:
            return True
        if self.kind == "mail":
            host = name.rpartition("@")[2]
            before = self.prose.text[max(0, self.start - _NEAR_SAMPLE) : self.start]
            return _SAMPLE.match(host) is not None or (
                made.rpartition("@")[2] == host and _SUCH_AS.search(before) is not None
            )
        if self.kind == "url":
            site = name.split("/", 3)[2]
            page = name.split("/", 3)[3:]
            return _SAMPLE.match(site) is not None and page == made.split("/", 3)[3:]
        if self.kind != "file":
            return False
        return made.lower() == name.lower() or (
            self.prose.text.count(name) == 1 and self._in_picture()
        )

    def _in_picture(self) -> bool:
        segment = self.prose.segment
        return segment.kind is SegmentKind.ALT_TEXT or any(
            kind is TokenKind.IMAGE and start <= self.span.start < end
            for kind, start, end, _text, _value in segment.tokens
        )


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each name of the source that its translation has not."""
    ours, theirs, both = source_parts(pair), target_parts(pair), changed(pair)
    whole = b"\0".join(ours)
    words = whole.translate(_WORDS)
    index = looked_at = 0
    first, last = 0, len(ours[0]) if ours else 0
    told, end = -1, 0
    for at in _places(whole):
        if at < end:
            continue
        while at >= last:
            index += 1
            first = last + 1
            last = first + len(ours[index])
            looked_at = 0
        looked_at += 1
        if told == index or looked_at > _MOST_LOOKED_AT:
            continue
        start = words.rfind(b" ", max(first, at - _LONGEST), at) + 1 or first
        end = words.find(b" ", at + 1, last)
        if end < 0:
            end = last
        word = whole[start:end].strip(_EDGES)
        if word not in theirs[index] or (
            # What stands in the target may be in the address of a link alone.
            b"]" in whole[end : end + 3] and theirs[index].count(word) < ours[index].count(word)
        ):
            source, target, _likeness = both[index]
            if not _is_hidden(source, source.start + at - first):
                told = index
                yield from _compare(source, target, pair.document.data)
    yield from commands(pair)
    yield from joined(pair)
    yield from literals(pair)


def _places(data: bytes) -> list[int]:
    """Where something stands that may be such a name: too much, but found at once.

    That of code, of addresses and of tags is among it.
    """
    places = [
        match.start() for sign, hint in _HINTS if sign in data for match in hint.finditer(data)
    ]
    cases = data.translate(_CASES)
    for pattern in (_CAMEL, _MIXED):
        places += [match.start() for match in pattern.finditer(cases)]
    places.sort()
    return places


def _is_hidden(segment: Segment, at: int) -> bool:
    """Whether a byte of a segment lies in what is not compared: code, tags, addresses."""
    for kind, start, end, text, _value in segment.tokens:
        if start <= at < end:
            if kind in _HIDDEN or kind in MARKUP:
                return True
            if kind in LINKS:
                return at >= end - len(text[label_end(text) :].encode())
    return False


def _compare(source: Segment, target: Segment, page: bytes) -> Iterator[Observation]:
    prose = masked(source, _HIDDEN, addresses=True)
    there = ""
    lost: dict[str, tuple[str, int, int]] = {}
    for match in islice(_NAME.finditer(prose.text), _MOST_LOOKED_AT):
        name = (match["url"] or match[0]).rstrip(".-")
        if len(name) > _LONGEST or name in lost:
            continue
        if (match["chain"] and not _CHAIN.match(name)) or (match["host"] and is_sample(name)):
            continue
        there = there or _comparable(masked(target, _NOTHING, addresses=True).text)
        if not _stands(name, match.lastgroup, there):
            lost[name] = (match.lastgroup or "", match.start(), match.start() + len(name))
            if len(lost) == _MOST:
                break
    if not lost:
        return
    known = _comparable(source.text)
    translated = masked(target, _HIDDEN, addresses=True)
    kinds = {name: kind for name, (kind, _start, _end) in lost.items()}
    made = _made_of(kinds, translated.text, _candidates(translated, known))
    for name, (kind, start, end) in lost.items():
        light = kind == "host" and not stands_elsewhere(name, page)
        ours = _Ours(prose, start, end, kind, light)
        yield from _observation(name, ours, translated, made.get(name))


def _comparable(text: str) -> str:
    text = decoded(text)
    return text.replace("\\", "") if "\\" in text else text


def _stands(name: str, kind: str | None, there: str) -> bool:
    """Whether a name stands in a text; at the beginning of a sentence with a capital letter."""
    if name in there:
        return True
    if kind == "host":
        return name.lower() in there.lower()
    if kind in ("file", "camel"):
        return name[0].swapcase() + name[1:] in there or (
            # The English plural of a name: `the iLamps`.
            kind == "camel" and name[-1] == "s" != name[-2] and _is_word_of(name[:-1], there)
        )
    if kind == "ticket":
        return (
            _NO_TICKET.match(name) is not None
            or name.replace("-", "") in there
            or name.replace("-", " ") in there
            or (_WORD.match(name) is not None and _is_word_of(name.lower(), there.lower()))
        )
    return kind in ("path", "url") and without_language(name) in without_language(there)


def _candidates(prose: Masked, known: str) -> list[_Place]:
    """What looks like a name for programs in the target, and does not stand in the source."""
    found = []
    for match in _CHUNK.finditer(prose.text):
        text = match[0].rstrip(_TRAILING)
        if "_" in text.strip("_") or _MACHINE.search(text):
            if _is_word_of(_comparable(text), known):
                continue
            found.append((text, match.start(), match.start() + len(text)))
            if len(found) == _MOST:
                break
    return found


def _is_word_of(word: str, text: str) -> bool:
    """Whether a word stands in a text, and not merely within a longer one."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(word, end)
    return False


def _observation(
    name: str, ours: _Ours, prose: Masked, nearest: _Place | None
) -> Iterator[Observation]:
    kind, source_span = ours.kind, ours.span
    called = _CALLED.get(kind, "name")
    torn = _torn(name, kind, prose.text)
    recased = _recased(name, prose.text) if kind == "camel" else None
    found = torn or recased or nearest
    if found is None:
        if kind not in ("camel", "call", "host", "path", "mixed") and not _stands(
            name, kind, _comparable(prose.segment.text)
        ):
            sure = kind in ("chain", "constant", "option", "ticket", "mail", "url", "variable")
            yield Observation(
                f"The {called} `{name}` of the source is missing",
                prose.segment.span,
                name,
                source_span,
                severity=Severity.WARNING if sure else Severity.INFO,
                confidence=Confidence.MEDIUM,
            )
        return
    text, start, end = found
    whole = found in (torn, recased) or (
        _parts(kind, name) == _parts(kind, text) and not _goes_on(text, prose.text[end : end + 1])
    )
    capital = name[0].swapcase() + name[1:] == text
    # A translation may spell a name better than its source: `macOs`, `toolTip`.
    spelt = found is recased and found is not None and len(_HUMP.findall(name)) == 1
    dashes = kind == "option" and "--" + text.lstrip("\u2014\u2013\u2212- ") == name
    yield Observation(
        f"Programs know the {called} `{name}` as it is in the source; here it is `{text}`",
        prose.span(start, end),
        name,
        source_span,
        # There may be a page of its own for those who read the translation.
        severity=Severity.INFO
        if capital or spelt or ours.is_light(name, text)
        else Severity.WARNING
        if kind in ("url", "host")
        else None,
        confidence=Confidence.MEDIUM if kind in ("url", "host") else None,
        suggestion=Suggestion(
            name, safe=(found in (torn, recased) and not spelt) or capital or dashes
        )
        if whole and prose.mapped
        else None,
    )


def _goes_on(text: str, after: str) -> bool:
    """Whether a part is of a script without blanks: nobody can say where such a name ends."""
    return _WORDS_OF_EAST.search(text) is not None or (
        not text[-1].isalnum() and _WORDS_OF_EAST.match(after) is not None
    )


def _parts(kind: str, text: str) -> int:
    """Of how many parts a path or option is: with another number it is not found whole."""
    if kind in ("path", "url"):
        return text.count("/")
    if kind == "chain":
        return -1 if "/" in text else text.count(":")
    return text.strip("—–−- ").count("-") if kind == "option" else 0


def _torn(name: str, kind: str, text: str) -> _Place | None:
    """Where a name stands with blanks in it."""
    if kind == "mixed":
        pattern = _mixed(name)
    else:
        joints = [one for one in _JOINTS.get(kind, "_") if one in name]
        if not any(f" {one}" in text or f"{one} " in text for one in joints):
            return None
        pattern = re.escape(name)
        for one in joints:
            pattern = pattern.replace(re.escape(one), f"[ ]?{re.escape(one)}[ ]?")
    match = re.search(rf"(?<!\w){pattern}(?!\w)", text, re.ASCII)
    return None if match is None else (match[0], *match.span())


def _mixed(name: str) -> str:
    """Finds a word of letters and digits torn apart: a long word may part from a number anyway."""
    digits = "".join(filter(str.isdigit, name))
    first, _, last = name.partition(digits)
    return f"{first}[ ]?{digits}[ ]{'?' if len(first) <= _SHORT else ''}{last}"


def _recased(name: str, text: str) -> _Place | None:
    """Where a name stands with other capitals, if nobody writes the word so."""
    match = re.search(rf"(?<![\w.-]){name}(?![\w-])", text, re.ASCII | re.IGNORECASE)
    if match is None or name.lower() in _ORDINARY or name[1].isupper():
        return None
    return (match[0], *match.span())


def _made_of(kinds: dict[str, str], text: str, candidates: list[_Place]) -> dict[str, _Place]:
    """What of a text was most probably made of each name; of one place, that of one name alone."""
    options: list[_Place] = []
    if "option" in kinds.values():
        options = [(match[0], *match.span()) for match in _OPTION_LIKE.finditer(text)]
    ranked = sorted(
        (-likeness, number, place, name)
        for number, (name, kind) in enumerate(kinds.items())
        for likeness, place in _near(name, kind, options if kind == "option" else candidates)
    )
    made: dict[str, _Place] = {}
    for _likeness, _number, place, name in ranked:
        if name not in made and place not in made.values():
            made[name] = place
    return made


def _near(name: str, kind: str, candidates: list[_Place]) -> Iterator[tuple[float, _Place]]:
    """What of the target may have been made of a name, and how like it that is."""
    from bilint.engines.likeness import ratio

    least = _NEAR
    candidates = [one for one in candidates if one[0].startswith(_ADDRESS) is (kind == "url")]
    if kind == "variable":
        candidates = [one for one in candidates if one[0].startswith("$")]
    if kind == "host":
        candidates = [one for one in candidates if made_of_host(name, one[0])]
        alike = candidates[:1]
    elif kind == "chain":
        candidates = [one for one in candidates if one[0].count(":") > 1]
        alike = [one for one in candidates if one[0].count(":") == name.count(":")]
    elif kind == "mail":
        alike = candidates = [one for one in candidates if "@" in one[0] or "＠" in one[0]]
    elif kind == "call":
        alike = [one for one in candidates if one[0].endswith("()")]
    else:
        alike = [one for one in candidates if one[0].count("_") == name.count("_")]
    if kind in (*_SIGNS, "host") and len(alike) == 1:
        least = _LEAST
    for one in candidates:
        text = one[0]
        if kind == "ticket" and not text[-1].isdigit():
            continue
        if kind == "option":
            text = "--" + text.lstrip("—–−- ")
        likeness = ratio(name.lower(), text.lower())
        if likeness >= least:
            yield likeness, one
