"""Keys one after the other: each is done with before the next is looked at.

Whoever knows the keys types ahead. Left to itself a key goes to what has the focus when it comes,
which is not yet the line that the key before it has opened, or is still the one that it closed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TypeVar

from textual import events
from textual.app import App

_ROUNDS = 3
"""How often a key may lead to a message that leads to another before the next key."""

Result = TypeVar("Result")


class InOrder(App[Result]):
    """An application that takes one key at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key] = deque()
        self._typing: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Let a key that was typed wait for those before it."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if self._typing is None or self._typing.done():
            self._typing = asyncio.create_task(self._type())

    async def _type(self) -> None:
        while self._typed:
            await super().on_event(self._typed.popleft())
            for _ in range(_ROUNDS):
                await self._settled()

    async def _settled(self) -> None:
        """Wait until all that a key goes through has seen to what it has got so far."""
        for one in (self.focused or self.screen).ancestors_with_self:
            done = asyncio.Event()
            if one.call_later(done.set):
                await done.wait()
