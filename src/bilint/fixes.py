"""Safe edits, applied byte for byte: what is outside the span stays as it was."""

from __future__ import annotations

from bilint.model.document import FrontMatter
from bilint.model.text import Span


def replace(data: bytes, span: Span, text: str) -> bytes:
    """`data` with `text` in place of `span`."""
    return data[: span.start] + text.encode() + data[span.end :]


def set_value(
    data: bytes, front_matter: FrontMatter, keys: tuple[str, ...], value: str
) -> bytes | None:
    """`data` with `value` under the first of `keys` that the front matter has.

    Quotes around the old value stay, and so does a comment behind it. Where no key is there, a
    line for the first one is put before the closing delimiter. None when the page has no front
    matter. Whether YAML agrees is for the caller to see: `value` goes in as it is.
    """
    if front_matter.span.end == front_matter.span.start:
        return None
    for key in keys:
        entry = front_matter.entries.get(key)
        if entry is not None:
            start = entry.value_span.start
            blank = " " if data[start - 1 : start] == b":" else ""
            return replace(data, entry.value_span, blank + value)
    block = data[: front_matter.span.end].rstrip(b"\r\n")
    closing = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
    newline = "\r\n" if block[:closing].endswith(b"\r\n") else block[closing - 1 : closing].decode()
    return replace(data, Span(closing, closing), f"{keys[0]}: {value}{newline}")
