"""What the demo's report shows, page by page, and what to try next."""

from __future__ import annotations

from textwrap import wrap

from bilint.model.record import NamedTuple


class Stop(NamedTuple):
    """A page of the demo and what is to be seen on it.

    `status` and `checks` say the same in the words of the report, so that a test can hold the
    text against it.
    """

    locale: str
    path: str
    status: str
    checks: tuple[str, ...]
    text: str


TOUR = (
    Stop(
        "it-IT",
        "help/blueprints/activation.md",
        "stale",
        (
            "dnl-altered",
            "title-whitespace",
            "token-glued",
            "uicontrol-dropped",
            "uicontrol-untranslated",
            "untranslated-segment",
        ),
        "The source moved on: one step is new, one item is gone, a sentence and a code block"
        " changed. And the translation has damage of its own: a product name translated, labels"
        " lost or left in English, a note in English.",
    ),
    Stop(
        "it-IT",
        "help/blueprints/messages.md",
        "stale",
        ("ht-degree-dropped", "source-language-sentence"),
        "People had translated 85% of it; then a machine did it again and left a sentence in"
        " English. Of the source only the address of a link changed: no word to translate.",
    ),
    Stop(
        "it-IT",
        "help/blueprints/privacy.md",
        "current",
        ("pin-fake-refresh",),
        "Its pin says that it is up to date. Its history says that nobody touched the sentence"
        " that changed.",
    ),
    Stop(
        "it-IT",
        "help/blueprints/overview.md",
        "cosmetic",
        (),
        "A colon and the width of a picture changed in the source: nothing to do, so it is only"
        " counted.",
    ),
    Stop(
        "ja-JP",
        "help/blueprints/activation.md",
        "current",
        ("front-matter-value-altered",),
        "Translated after the source moved on, so it is up to date; but a value that programs"
        " read was translated, too.",
    ),
    Stop(
        "ja-JP",
        "help/blueprints/messages.md",
        "unknown",
        ("pin-unknown", "token-broken"),
        "Its pin is not in the source: neither fresh nor stale, and not counted as either. What"
        " can be seen without the source is still checked.",
    ),
    Stop(
        "ja-JP",
        "help/TOC.md",
        "unknown",
        ("pin-malformed",),
        "A branch is no pin: it does not say which version was translated.",
    ),
    Stop(
        "ja-JP",
        "help/blueprints/overview.md",
        "cosmetic",
        ("ht-degree-low", "link-relative-missing", "untranslated-segment"),
        "It claims to be translated by people, all of it, and by nobody, 0%. One cell of its"
        " table is in English, and one leads to a page that is not translated.",
    ),
    Stop(
        "ja-JP",
        "help/blueprints/privacy.md",
        "untranslated",
        (),
        "Nobody has translated it yet: its words stand in the queue.",
    ),
)
"""The pages worth looking at."""

NEXT = (
    (
        "bilint status --diff lantern.it-IT/help/blueprints/activation.md",
        "what changed in the source, word by word",
    ),
    ("bilint queue --locale it-IT --budget 20m", "what to do first, and why"),
    ("bilint explain pin-fake-refresh", "what this check is about"),
    (
        "bilint stamp lantern.it-IT/help/blueprints/overview.md",
        "no work is left there: its pin may move",
    ),
)
"""Commands to try in the demo's folder, each with what it shows."""


def what_to_look_at(place: str) -> list[str]:
    """The tour as lines for a terminal of 80 columns; `place` is the demo's folder."""
    lines = ["What to look at:"]
    for stop in TOUR:
        lines.append(f"  {stop.locale} {stop.path}")
        lines += wrap(stop.text, 78, initial_indent="    ", subsequent_indent="    ")
    lines += ["", "Go on with:", f"  cd {place}"]
    for command, why in NEXT:
        lines += [f"  {command}", f"      {why}"]
    return lines
