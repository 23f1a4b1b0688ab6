"""The one escaper between text out of repositories and a terminal or a log.

Whatever a page, a path or a message holds is data: it may not move the cursor, change a colour,
turn the direction of a line, hide a character, or speak to the machine that runs a build.
"""

from __future__ import annotations

import re

from bilint.model.pattern import late

# Controls; what has no width or no ink; what turns direction; surrogates; private use. Spelt out
# rather than asked of `unicodedata`, so that every Python shows the same.
_HIDDEN = late(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U0010ffff]"
)

# `##[group]`, `##vso[...]`, `##teamcity[...]`: obeyed by build machines wherever they stand.
_BUILD_COMMAND = late(r"##(?=[A-Za-z]{0,16}\[)")

_NAMED = {"\n": "↵", "\x7f": "␡"}


def visible(text: str) -> str:
    """The text on one line, with everything shown that could act or hide.

    A line end becomes `↵`, another control its picture (`␛`), a byte that was no UTF-8 `<0xE9>`,
    and any other such character its number (`<U+202E>`). Doing it twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return _BUILD_COMMAND.sub(r"#\\#", text) if "##" in text else text
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    return _BUILD_COMMAND.sub(r"#\\#", _HIDDEN.sub(_shown, text))


def inert_line(line: str) -> str:
    """A finished line that no build machine takes for a command of its own."""
    if "##" in line:
        line = _BUILD_COMMAND.sub(r"#\\#", line)
    return "\\" + line if line.lstrip().startswith("::") else line


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character in _NAMED:
        return _NAMED[character]
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if 0xDC80 <= code <= 0xDCFF:
        # How Python keeps a byte of a path or page that is not UTF-8.
        return f"<0x{code - 0xDC00:02X}>"
    return f"<U+{code:04X}>"
