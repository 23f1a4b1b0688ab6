"""Check pages: what `bilint explain` shows, and the examples by which every check is tested.

A page stands beside its check (`tokens/dnl_altered.md` beside `tokens/dnl_altered.py`). It has
one `#` heading, the check's id; then a `##` heading for each of `SECTIONS`, in that order; every
further `##` heading is an example, made of prose and of fences whose info string tells their
part:

    md source                       the source page at the pin
    md target it-IT                 its translation; several, of one locale or more, may follow
    md source before                the source at the pin that the target had earlier
    md target it-IT before          the target as it was under that pin
    po ui it-IT                     the product's catalogue of user-interface labels
    po terms it-IT                  the term base of the locale
    toml settings                   settings that checks read: `human_share_floor = 20`
    toml evidence it-IT             what was learnt of the locale: `machine_words = [10, 20]`,
                                    `names."Data Hub" = [40, 1]` (kept, lost),
                                    `terms.segment = {segmento = 41}` (and so `labels`, `repeats`,
                                    `alike`; `[41, "help/a.md:3"]` gives places),
                                    `lengths.paragraph = [0.8, 1.9, 400]`,
                                    `quotes."«»" = 30`
    text files it-IT                other files of the locale, a path a line; without a locale,
                                    of the source

After these words a fence may say `path=help/a.md`, where the page stands (without it, source and
targets stand at one and the same path), and a target `base=absent-commit`, that its pin leads
nowhere for this reason: the source is then the one of today. An example may hold a source alone.
A fence that holds a fence is written with more backticks.

    Apri [!DNL Campagna]. <!-- finds: dnl-altered "Campagna" -->

is a *claim*: on this line, exactly this check speaks, of exactly this subject. A severity may
follow the subject. Several claims may stand on one line, source pages and front matter included:
a claim, with one blank before it, is taken out before the page is read. Whatever is not claimed
must not be found, by any check. The section on precision may end in figures between `FIGURES`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from bilint.model.record import NamedTuple

SECTIONS = (
    "What it finds",
    "Why it matters",
    "What to do",
    "When it stays quiet",
    "Precision",
)

FIGURES = ("<!-- figures -->", "<!-- /figures -->")
"""What stands around measured figures at the end of the section on precision, on lines of their
own: they are written by a tool, and nobody is shown the comments."""

_ROLES = {
    "source": "md",
    "target": "md",
    "ui": "po",
    "terms": "po",
    "settings": "toml",
    "evidence": "toml",
    "files": "text",
}
_WITH_LOCALE = frozenset(("target", "ui", "terms", "evidence"))
_OPTIONS = {"source": ("path",), "target": ("path", "base")}
_FENCE = re.compile(r"(`{3,})([^`]*)")
_CLAIM = re.compile(
    r' ?<!-- finds: ([a-z0-9-]+)(?: "((?:[^"\\]|\\.)*)")?(?: (error|warning|info))? -->'
)


class PageError(ValueError):
    """A check page that does not keep to the format; the message names file and line."""


class Claim(NamedTuple):
    """A finding that an example demands. `line` counts from 1 in the fence."""

    line: int
    check: str
    subject: str
    severity: str | None = None


class Fence(NamedTuple):
    """One fence of an example, its claims taken out. `line` is where it opens in the page."""

    role: str
    locale: str | None
    before: bool
    options: Mapping[str, str]
    text: str
    claims: tuple[Claim, ...]
    line: int


class Example(NamedTuple):
    """One example of a page: its heading and its fences."""

    title: str
    line: int
    fences: tuple[Fence, ...]

    @property
    def claims(self) -> int:
        """How many findings it demands; a good example demands none."""
        return sum(len(fence.claims) for fence in self.fences)


class CheckPage(NamedTuple):
    """A check's page. `text` is the whole of it, `sections` the prose by heading."""

    check: str
    text: str
    sections: Mapping[str, str]
    examples: tuple[Example, ...]


def page_path(family: str, check: str) -> Path:
    """Where the page of a check lies in the installed package."""
    return Path(__file__).parent / family / f"{check.replace('-', '_')}.md"


def page_text(family: str, check: str) -> str:
    """The page of a check as Markdown; raises FileNotFoundError when it was not written."""
    return page_path(family, check).read_text(encoding="utf-8")


def shown(text: str) -> str:
    """A page as a reader sees it: without the comments around its figures."""
    return "".join(line for line in text.splitlines(True) if line.rstrip("\n") not in FIGURES)


def read_page(text: str, name: str) -> CheckPage:
    """Reads a page; raises `PageError`, with `name` and the line, where it is malformed."""
    check = ""
    sections: dict[str, str] = {}
    examples: list[Example] = []
    title, start, prose, fences = "", 0, list[str](), list[Fence]()

    def close() -> None:
        if not title:
            return
        if len(sections) < len(SECTIONS):
            expected = SECTIONS[len(sections)]
            if title != expected:
                raise PageError(f"{name}:{start}: expected the section {expected!r}")
            if fences or not (said := "\n".join(prose).strip()):
                raise PageError(f"{name}:{start}: the section {title!r} is prose and not empty")
            sections[title] = said
            return
        if not fences:
            raise PageError(f"{name}:{start}: the example {title!r} has no fence")
        examples.append(Example(title, start, tuple(fences)))

    lines = text.splitlines()
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        opening = _FENCE.fullmatch(line)
        if opening:
            inside, number = _inside(lines, number, opening[1], name)
            fences.append(_fence(opening[2].split(), inside, number - len(inside) - 1, name))
        elif line.startswith("# "):
            if check:
                raise PageError(f"{name}:{number}: a second title")
            check = line[2:].strip()
        elif line.startswith("## "):
            close()
            title, start, prose, fences = line[3:].strip(), number, [], []
        elif line not in FIGURES:
            prose.append(line)
    close()
    if not check:
        raise PageError(f"{name}:1: no title")
    if len(sections) < len(SECTIONS):
        raise PageError(f"{name}:{number}: missing the section {SECTIONS[len(sections)]!r}")
    return CheckPage(check, text, sections, tuple(examples))


def _inside(lines: list[str], number: int, ticks: str, name: str) -> tuple[list[str], int]:
    opened = number
    inside: list[str] = []
    while number < len(lines):
        line = lines[number]
        number += 1
        if line.startswith(ticks) and not line.strip("`"):
            return inside, number
        inside.append(line)
    raise PageError(f"{name}:{opened}: this fence is never closed")


def _fence(words: list[str], inside: list[str], line: int, name: str) -> Fence:
    role = words[1] if len(words) > 1 else ""
    if _ROLES.get(role) != (words[0] if words else ""):
        raise PageError(f"{name}:{line}: a fence says `md source`, `md target LOCALE` or the like")
    rest = words[2:]
    locale = None
    if role in _WITH_LOCALE:
        if not rest or "=" in rest[0] or rest[0] == "before":
            raise PageError(f"{name}:{line}: the locale is missing")
        locale = rest.pop(0)
    elif role == "files" and rest:
        locale = rest.pop(0)
    before = bool(rest) and rest[0] == "before" and role in _OPTIONS
    options = {}
    for word in rest[before:]:
        key, equals, value = word.partition("=")
        if not equals or not value or key not in _OPTIONS.get(role, ()):
            raise PageError(f"{name}:{line}: {word!r} is not understood here")
        options[key] = value
    text, claims = take_claims("".join(f"{item}\n" for item in inside))
    for claim in claims:
        if before or role not in _OPTIONS:
            raise PageError(f"{name}:{line + claim.line}: nothing is found here: claim elsewhere")
    if "<!-- finds:" in text:
        at = line + 1 + text[: text.index("<!-- finds:")].count("\n")
        raise PageError(f"{name}:{at}: a claim that cannot be read")
    return Fence(role, locale, before, options, text, claims, line)


def take_claims(text: str) -> tuple[str, tuple[Claim, ...]]:
    """The text without its claims, each with one blank before it, and the claims."""
    claims = []
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if "<!-- finds:" not in line:
            continue
        for match in _CLAIM.finditer(line):
            subject = re.sub(r"\\(.)", r"\1", match[2] or "")
            claims.append(Claim(number, match[1], subject, match[3]))
        lines[number - 1] = _CLAIM.sub("", line)
    return "\n".join(lines), tuple(claims)
