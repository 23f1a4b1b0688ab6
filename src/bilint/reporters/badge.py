"""A locale's badge: a picture for a README, or what shields.io draws one from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from math import floor

from bilint.model.alignment import PageStatus
from bilint.model.finding import Severity
from bilint.model.record import NamedTuple
from bilint.model.trend import LocaleFigures


class Badge(NamedTuple):
    """What a badge says. `colour` is one of `COLOURS`."""

    label: str
    message: str
    colour: str


COLOURS: Mapping[str, str] = {
    "brightgreen": "#1f7a33",
    "green": "#3f7a12",
    "yellowgreen": "#667014",
    "yellow": "#806600",
    "orange": "#b04a0c",
    "red": "#b3261e",
    "lightgrey": "#5f6368",
}
"""The names that shields.io knows, in shades on which white text can be read (4.5:1)."""

_BY_SHARE = (
    (95, "brightgreen"),
    (80, "green"),
    (60, "yellowgreen"),
    (40, "yellow"),
    (20, "orange"),
)
_BY_WORDS = ((0, "brightgreen"), (500, "green"), (2_000, "yellow"), (10_000, "orange"))
_UNKNOWN = (PageStatus.UNKNOWN, PageStatus.UNPINNED, PageStatus.CLASH)
_FINE = (PageStatus.CURRENT, PageStatus.COSMETIC)

# Tenths of a pixel that the printable characters of ASCII take in Verdana at 11 pixels, from the
# blank on. The text is fitted to them, whatever font draws it.
_WIDTHS = (
    35, 44, 51, 92, 70, 105, 86, 30, 43, 43, 55, 92, 35, 40, 35, 38,
    70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 37, 37, 92, 92, 92, 58,
    110, 75, 75, 77, 85, 70, 63, 85, 83, 32, 38, 75, 61, 95, 82, 87,
    66, 87, 76, 70, 69, 81, 75, 109, 75, 69, 75, 43, 38, 43, 92, 59,
    55, 67, 70, 60, 70, 68, 41, 70, 70, 31, 33, 64, 31, 107, 70, 67,
    70, 70, 46, 57, 43, 70, 65, 90, 65, 65, 58, 70, 37, 70, 92,
)  # fmt: skip
_WIDEST = 110
_PADDING = 60


def badge(figures: LocaleFigures, metric: str) -> Badge:
    """The badge of a locale by one of `METRICS`."""
    return METRICS[metric](figures)


def _current(one: LocaleFigures) -> Badge:
    pages = sum(one.pages.values())
    if not pages:
        return Badge(one.locale, "no pages", "lightgrey")
    # What cannot be known is not current.
    share = 100 * sum(one.pages.get(status, 0) for status in _FINE) / pages
    return Badge(one.locale, f"{floor(share)}% current", _by_share(share))


def _words(one: LocaleFigures) -> Badge:
    words = one.words_to_do
    unknown = sum(one.pages.get(status, 0) for status in _UNKNOWN)
    noun = "word" if words == 1 else "words"
    if unknown:
        said = f"{words:,} {noun} to do, {unknown:,} {'page' if unknown == 1 else 'pages'} unknown"
        return Badge(one.locale, said, _by_words(words) if words else "lightgrey")
    return Badge(one.locale, f"{words:,} {noun} to do", _by_words(words))


def _human(one: LocaleFigures) -> Badge:
    if one.human_share is None:
        return Badge(one.locale, "human share unknown", "lightgrey")
    return Badge(one.locale, f"{floor(one.human_share)}% human", _by_share(one.human_share))


def _findings(one: LocaleFigures) -> Badge:
    counts = {
        severity: sum(times for (_, of), times in one.findings.items() if of is severity)
        for severity in (Severity.ERROR, Severity.WARNING)
    }
    said = ", ".join(
        f"{times:,} {severity.value}{'s' * (times != 1)}"
        for severity, times in counts.items()
        if times
    )
    if counts[Severity.ERROR]:
        return Badge(one.locale, said, "red")
    return Badge(one.locale, said or "nothing found", "yellow" if said else "brightgreen")


METRICS: Mapping[str, Callable[[LocaleFigures], Badge]] = {
    "current": _current,
    "words": _words,
    "human": _human,
    "findings": _findings,
}
"""What a badge can tell: pages that are current, words to do, human share, errors and warnings."""


def _by_share(share: float) -> str:
    return next((colour for least, colour in _BY_SHARE if share >= least), "red")


def _by_words(words: int) -> str:
    return next((colour for most, colour in _BY_WORDS if words <= most), "red")


def text_width(text: str) -> int:
    """The width of a text, in tenths of a pixel; other characters count as the widest."""
    return sum(
        _WIDTHS[ord(one) - 32] if 32 <= ord(one) < 32 + len(_WIDTHS) else _WIDEST for one in text
    )


def render_svg(drawn: Badge) -> bytes:
    """The badge as SVG: one file that needs no other, with a title for who cannot see it."""
    left, right = text_width(drawn.label), text_width(drawn.message)
    # Whole pixels, so that the border between the halves is sharp.
    first = -(-(left + 2 * _PADDING) // 10)
    second = -(-(right + 2 * _PADDING) // 10)
    label, message = escape(drawn.label), escape(drawn.message)
    title = f"{label}: {message}"
    whole = first + second
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20"'
        f' viewBox="0 0 {whole} 20" role="img" aria-label="{title}">\n'
        f"<title>{title}</title>\n"
        f'<rect width="{whole}" height="20" rx="3" fill="#444"/>\n'
        f'<path fill="{COLOURS[drawn.colour]}" d="M{first} 0h{second - 3}a3 3 0 0 1 3 3v14'
        f'a3 3 0 0 1-3 3h-{second - 3}z"/>\n'
        '<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11"'
        ' text-anchor="middle" aria-hidden="true">\n'
        f'<text x="{first / 2:g}" y="14" textLength="{left / 10:g}">{label}</text>\n'
        f'<text x="{first + second / 2:g}" y="14" textLength="{right / 10:g}">{message}</text>\n'
        "</g>\n"
        "</svg>\n"
    ).encode()


def render_endpoint(drawn: Badge) -> bytes:
    """What an endpoint badge of shields.io reads."""
    said = {"schemaVersion": 1, "label": drawn.label, "message": drawn.message}
    return (json.dumps({**said, "color": drawn.colour}, ensure_ascii=False) + "\n").encode()
