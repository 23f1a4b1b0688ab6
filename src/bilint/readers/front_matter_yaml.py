"""What is in a block of front matter: keys, values and their places, out of YAML events.

python-frontmatter drives the reading, over the events of PyYAML's base loader: values stay text,
nothing is ever constructed, and the same events give the places and carry the guards, so that no
depth, alias or length of a page can hurt.

What is wrong is a problem with its place, and what can be read beside it is read. Codes: `yaml`
(a mistake of syntax, or no mapping), `yaml-key` (a key that is no text, or stands twice),
`yaml-tag`, `yaml-alias`, `yaml-depth` and `yaml-events`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import frontmatter
import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from bilint.model.config import Limits
from bilint.model.document import Entry, YamlValue
from bilint.model.pattern import late
from bilint.model.text import Problem, Span

_KEY_LINE = late(r"^(?:[A-Za-z_][\w.-]*|'[^'\r\n]+'|\"[^\"\r\n]+\"):(?=[ \t\r\n]|\Z)", re.MULTILINE)
_UNPRINTABLE = late(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_BLANK = " \t\r\n"
_LONE_CR = late("\r(?!\n)")
_STANDARD_TAG = "tag:yaml.org,2002:"
# Where the extension in C is not built, the pure loader reads the same, only slower.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MAX_MISTAKES = 32

Event = Any
"""An event of PyYAML, whose stubs do not know that every event here has its marks."""


def read_block(
    block: str, start: int, limits: Limits
) -> tuple[dict[str, Entry], tuple[Problem, ...]]:
    """The entries of a block by key, and its problems; the block begins at byte `start`."""
    handler: Any = _Reader(block, start, limits)
    metadata: Any = frontmatter.parse("", handler=handler)[0]
    return metadata, tuple(handler.problems)


class _Stop(Exception):  # noqa: N818
    """A guard bit, or YAML's own parser gave up: what is wrong, and where in the text."""

    def __init__(self, code: str, message: str, at: int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.at = at


def _events(text: str, limits: Limits) -> Iterator[Event]:
    """The events of a YAML text; raises `_Stop` before anything grows beyond the limits."""
    depth = count = 0
    parsed: Iterator[Event] = yaml.parse(text, Loader=_LOADER)
    try:
        for event in parsed:
            count += 1
            anchor = None
            if isinstance(event, ScalarEvent):
                anchor = event.anchor
            elif isinstance(event, CollectionStartEvent):
                anchor = event.anchor
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif isinstance(event, AliasEvent):
                anchor = event.anchor
            if anchor is not None:
                message = f"The anchor or alias `{anchor}` is not followed."
                raise _Stop("yaml-alias", message, event.start_mark.index)
            if depth > limits.yaml_depth:
                message = f"Values are nested deeper than {limits.yaml_depth}."
                raise _Stop("yaml-depth", message, event.start_mark.index)
            if count > limits.yaml_events:
                message = f"There are more than {limits.yaml_events} keys and values."
                raise _Stop("yaml-events", message, event.start_mark.index)
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"This is no valid YAML: {error.problem or error.context}."
        raise _Stop("yaml", message, mark.index if mark else 0) from None


class _Offsets:
    """Turns indexes of characters into bytes of the page; asked in ascending order it is linear."""

    __slots__ = ("_ascii", "_base", "_byte", "_index", "_text")

    def __init__(self, text: str, base: int) -> None:
        self._text, self._base = text, base
        self._ascii = text.isascii()
        self._index = self._byte = 0

    def __call__(self, index: int) -> int:
        if self._ascii:
            return self._base + index
        if index < self._index:
            self._index = self._byte = 0
        self._byte += len(self._text[self._index : index].encode())
        self._index = index
        return self._base + self._byte


class _Reader:
    """The handler by which python-frontmatter reads one block; `problems` grows on the way.

    Positions in here are indexes of characters of the block; `_offset` makes bytes of them.
    """

    def __init__(self, block: str, base: int, limits: Limits) -> None:
        self.problems: list[Problem] = []
        self._offset = _Offsets(block, base)
        self._limits = limits
        self._block = self._without_controls(_LONE_CR.sub("\n", block) if "\r" in block else block)
        self._entries: dict[str, Entry] = {}
        self._twice: set[str] = set()
        self._key: int | None = None  # where the key begins whose value is being read
        self._last = (0, 0)  # where the last entry begins, and where its value ends

    def split(self, _text: str) -> tuple[str, str]:
        """The block, which is delimited already; the body is not python-frontmatter's business."""
        return self._block, ""

    def load(self, _text: str) -> dict[str, Entry]:
        """The entries by key. After a mistake, reading goes on at the next line with a key."""
        position = 0
        for _ in range(_MAX_MISTAKES):
            try:
                self._read(position)
                return self._entries
            except _Stop as stop:
                at = position + stop.at
                self._complain(stop.code, stop.message, at, at)
                position = self._rescue(position, at)
            if position >= len(self._block):
                return self._entries
        message = "There are too many mistakes; what follows is not read."
        self._complain("yaml", message, position, position)
        return self._entries

    def _without_controls(self, block: str) -> str:
        """YAML's reader refuses a whole text for one control character: they become `?`."""
        if block.isascii() and block.replace("\n", "").isprintable():
            return block
        control = _UNPRINTABLE.search(block)
        if control is None:
            return block
        at = control.start()
        self._complain("yaml", f"YAML has no place for U+{ord(control[0]):04X}.", at, at + 1)
        return _UNPRINTABLE.sub("?", block)

    def _read(self, position: int) -> None:
        """Reads the keys from `position` on; raises `_Stop` at the first mistake."""
        self._key = None
        self._last = (position, position)
        events = _events(self._block[position:] if position else self._block, self._limits)
        next(events)
        if isinstance(next(events), StreamEndEvent):
            return
        if not isinstance(next(events), MappingStartEvent):
            raise _Stop("yaml", "The front matter is no list of keys and values.", 0)
        offset = self._offset
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            name, start, end = self._node(event, events, position)
            self._key = start
            if not isinstance(event, ScalarEvent):
                self._complain("yaml-key", "This key is no plain text.", start, end)
            key_span = Span(offset(start), offset(end))
            value, value_start, value_end = self._node(next(events), events, position)
            if isinstance(event, ScalarEvent):
                value_span = Span(offset(value_start), offset(value_end))
                self._add(Entry(str(name), value, key_span, value_span))
            self._last = (start, value_end)
            self._key = None
        next(events)
        if not isinstance(more := next(events), StreamEndEvent):
            raise _Stop("yaml", "A second YAML document begins here.", more.start_mark.index)

    def _node(
        self, event: Event, events: Iterator[Event], position: int
    ) -> tuple[YamlValue, int, int]:
        """The value that begins with `event`, and where it begins and ends without its quotes."""
        start, end = position + event.start_mark.index, position + event.end_mark.index
        tag = getattr(event, "tag", None)
        if tag is not None and not tag.startswith(_STANDARD_TAG):
            self._complain("yaml-tag", f"The tag `{tag}` means nothing here.", start, end)
        value: YamlValue
        if isinstance(event, ScalarEvent):
            value = event.value
            if event.style in ("'", '"'):
                return value, self._block.index(event.style, start) + 1, end - 1
            if not event.style:
                return value, start, end
        else:
            value, end = self._collection(event, events, position)
        return value, start, start + len(self._block[start:end].rstrip(_BLANK))

    def _collection(
        self, event: Event, events: Iterator[Event], position: int
    ) -> tuple[YamlValue, int]:
        """The list or mapping that begins with `event`, and where it ends.

        One that has anything but text for a key, such as `{{name}}`, is the text it is.
        """
        begun = position + event.start_mark.index
        odd = False
        value: YamlValue = []
        frames: list[tuple[bool, list[YamlValue]]] = [(isinstance(event, MappingStartEvent), [])]
        while frames:
            event = next(events)
            if isinstance(event, ScalarEvent):
                frames[-1][1].append(event.value)
            elif isinstance(event, CollectionStartEvent):
                frames.append((isinstance(event, MappingStartEvent), []))
            else:
                is_mapping, items = frames.pop()
                value = items
                if is_mapping:
                    keys = [key for key in items[::2] if isinstance(key, str)]
                    odd = odd or 2 * len(keys) != len(items)
                    value = dict(zip(keys, items[1::2], strict=False))
                if frames:
                    frames[-1][1].append(value)
        end = position + event.end_mark.index
        if odd:
            message = "A key in here is no plain text; the value is taken as written."
            self._complain("yaml-key", message, begun, end)
            value = self._block[begun:end].rstrip(_BLANK)
        return value, end

    def _add(self, entry: Entry) -> None:
        known = self._entries.pop(entry.key, None)
        twice = known is not None and known.key_span != entry.key_span
        if twice and entry.key not in self._twice:
            self._twice.add(entry.key)
            message = f"The key `{entry.key}` stands twice."
            self.problems.append(Problem("yaml-key", message, entry.key_span))
        self._entries[entry.key] = entry

    def _complain(self, code: str, message: str, start: int, end: int) -> None:
        span = Span(self._offset(start), self._offset(end))
        if all(known.span.start != span.start for known in self.problems):
            self.problems.append(Problem(code, message, span))

    def _rescue(self, position: int, at: int) -> int:
        """After a mistake at `at`: keeps the entry at fault as written, and says where to go on.

        YAML looks ahead, so the entry that was being read may be sound and the mistake lie in
        the next; taken as written it is right in both cases.
        """
        block = self._block
        if self._key is not None:
            fault = self._key
        elif "\n" not in block[self._last[1] : at]:
            fault = self._last[0]
        else:
            fault = block.rfind("\n", 0, at) + 1
            if fault > position and _KEY_LINE.match(block, fault):
                return fault
        key = _KEY_LINE.match(block, fault)
        after = key.end() if key else max(fault, position) + 1
        following = _KEY_LINE.search(block, after)
        end = following.start() if following else len(block)
        if key:
            self._add(self._as_written(key, end))
        return end

    def _as_written(self, key: re.Match[str], end: int) -> Entry:
        """The entry of a key line as the text it is, up to `end`."""
        name = key[0][:-1]
        start = key.start()
        if name[0] in "'\"":
            name = name[1:-1]
            start += 1
        raw = self._block[key.end() : end]
        value = raw.strip(_BLANK)
        value_start = key.end() + len(raw) - len(raw.lstrip(_BLANK))
        if len(value) > 1 and value[0] in "'\"" and value[-1] == value[0]:
            value = value[1:-1]
            value_start += 1
        offset = self._offset
        return Entry(
            name,
            value,
            Span(offset(start), offset(start + len(name))),
            Span(offset(value_start), offset(value_start + len(value))),
        )
