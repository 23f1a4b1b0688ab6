"""JSON as text: values, members and lists, safe for whoever looks at the file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from bilint.model.pattern import late

_T = TypeVar("_T")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

# Left by the encoder, yet able to upset who looks at the file, or no character at all: controls,
# what turns direction, what hides, what ends lines for some readers, lone surrogates.
_RAW = late(
    "[\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def json_member(key: str, value: object) -> str:
    """A member of an object, with a comma behind it."""
    return f"{json_text(key)}:{json_text(value)},\n"


def json_list(key: str, items: Iterable[_T] | None, build: Callable[[_T], object]) -> Iterator[str]:
    """A list as a member of an object, one item to a line; with a comma behind it."""
    if items is None:
        yield json_member(key, None)
        return
    yield f"{json_text(key)}:["
    separator = "\n"
    for item in items:
        yield separator + json_text(build(item))
        separator = ",\n"
    yield "],\n" if separator == "\n" else "\n],\n"


def json_text(value: object) -> str:
    """A value as JSON, safe for whoever looks at the file."""
    text = _encode(value)
    if text.isascii() and "\x7f" not in text:
        return text
    return _RAW.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"
