"""Whether to use colours, and which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Role(Enum):
    """What a piece of text is for; the value is how a terminal shows it (SGR parameters).

    Only the sixteen colours that every theme defines, so that light and dark ones both work.
    """

    PLAIN = ""
    HEADING = "1"
    DIM = "2"
    ERROR = "1;31"
    WARNING = "33"
    INFO = "36"
    GOOD = "32"
    MARK = "1;4"
    REMOVED = "9;31"
    ADDED = "1;32"


class Style:
    """Puts colours around text, or does not."""

    __slots__ = ("on",)

    def __init__(self, on: bool = False) -> None:
        self.on = on

    def __call__(self, text: str, role: Role) -> str:
        """The text as its role wants it. It must be escaped already."""
        if not self.on or not role.value or not text:
            return text
        return f"\x1b[{role.value}m{text}\x1b[0m"


_OFF = frozenset(("0", "false"))


def wants_colour(option: str, environ: Mapping[str, str], is_tty: bool) -> bool:
    """Whether output is coloured: `option` is `auto`, `always` or `never`.

    What was said on the command line goes before NO_COLOR, that before FORCE_COLOR, and that
    before the terminal. Both variables count when they are not empty; FORCE_COLOR as `0` or
    `false` says no. A terminal that calls itself dumb gets no colours unless they are forced.
    """
    if option == "always":
        return True
    if option == "never":
        return False
    if option != "auto":
        raise ValueError(f"colour is auto, always or never, not {option!r}")
    if environ.get("NO_COLOR"):
        return False
    forced = environ.get("FORCE_COLOR")
    if forced:
        return forced.lower() not in _OFF
    return is_tty and environ.get("TERM") != "dumb"
