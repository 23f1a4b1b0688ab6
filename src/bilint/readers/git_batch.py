"""Objects of a repository out of one process of git, asked ahead of its answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from bilint.readers.git_objects import Content, GitError, TooLarge
from bilint.readers.git_process import GitProcess

_RESTARTS = 300
_PIPE_BYTES = 4_096
"""What every system's pipe holds: so many bytes of requests never block the writer."""


class _Request:
    """One object asked for, and its answer once it came."""

    __slots__ = ("content", "done", "kind", "limit", "oid")

    def __init__(self, oid: str, limit: int) -> None:
        self.oid = oid
        self.limit = limit
        self.done = False
        self.kind: str | None = None
        self.content: Content = None


class Batch:
    """`cat-file --batch`, asked ahead of its answers.

    Answers come in the order of the requests, whoever asked; so several readers may take turns.
    """

    def __init__(self, path: str, start: Callable[[], GitProcess], id_digits: int) -> None:
        self._path = path
        self._start = start
        self._window = _PIPE_BYTES // (id_digits + 1)
        self._process: GitProcess | None = None
        self._pending: deque[_Request] = deque()
        self._buffer = b""
        self._at = 0
        self._restarts = 0
        self._answered = 0
        self._failure: GitError | None = None

    def fetch(self, oids: Iterable[str], limit: int) -> Iterator[tuple[str, str | None, Content]]:
        """Objects in the order asked for: id, kind (None when missing) and content."""
        waiting: deque[_Request] = deque()
        supply = iter(oids)
        while True:
            if len(waiting) <= self._window // 2:
                requests = [_Request(oid, limit) for oid in islice(supply, self._window // 2)]
                self._guard(self._send, requests)
                waiting.extend(requests)
            if not waiting:
                return
            request = waiting.popleft()
            while not request.done:
                self._guard(self._receive)
            yield request.oid, request.kind, request.content

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process = None

    def _guard(self, step: Callable[..., None], *args: object) -> None:
        """Once a step has failed, all further ones fail alike: what was asked for is lost."""
        if self._failure is None:
            try:
                step(*args)
            except GitError as error:
                self._failure = error
                self.close()
        if self._failure is not None:
            raise self._failure

    def _send(self, requests: list[_Request]) -> None:
        while len(self._pending) + len(requests) > self._window:
            self._receive()
        if requests:
            self._pending.extend(requests)
            self._write(requests)

    def _write(self, requests: Iterable[_Request]) -> None:
        lines = "".join([request.oid + "\n" for request in requests]).encode("ascii")
        if self._process is None:
            self._process = self._start()
        try:
            self._process.write(lines)
        except BrokenPipeError:
            return  # the end of its output tells which object it could not bear

    def _receive(self) -> None:
        """Take in the answer to the oldest request, whose object may be damaged.

        Where git died of it, or said less than it announced, the object counts as missing and
        those after it are asked for again.
        """
        request = self._pending[0]
        try:
            answer = self._read_line().split(b" ")
            if answer[0] != request.oid.encode("ascii"):
                self._recover()
                return
            if len(answer) == 3:
                self._read_object(request, answer[1].decode("ascii"), int(answer[2]))
        except EOFError:
            self._give_up()
        self._answered += 1
        self._pending.popleft()
        request.done = True
        if self._process is None:
            self._resume()

    def _read_object(self, request: _Request, kind: str, size: int) -> None:
        if size > request.limit:
            request.content = TooLarge(size)
            self._give_up()  # sooner than reading through all of it
        else:
            data = self._read_exactly(size + 1)
            if not data.endswith(b"\n"):
                raise EOFError
            request.content = data[:-1]
        request.kind = kind

    def _recover(self) -> None:
        """The object before this one swallowed the beginning of this answer."""
        if not self._answered:
            raise GitError(f"{self._path}: git answers what it was not asked")
        self._give_up()
        self._resume()

    def _resume(self) -> None:
        """Ask a new process for what the last one left unanswered."""
        self._answered = 0
        if self._pending:
            self._write(self._pending)

    def _give_up(self) -> None:
        """Give the process up; another one is started when there is something to ask."""
        self.close()
        self._buffer, self._at = b"", 0
        self._restarts += 1
        if self._restarts > _RESTARTS:
            raise GitError(f"{self._path}: more than {_RESTARTS} objects cannot be read")

    def _more(self) -> bytes:
        assert self._process is not None  # noqa: S101 - for the type checker
        chunk = self._process.read(renew=True)
        if not chunk:
            raise EOFError
        return chunk

    def _read_line(self) -> bytes:
        end = self._buffer.find(b"\n", self._at)
        while end < 0:
            self._buffer = self._buffer[self._at :] + self._more()
            self._at = 0
            end = self._buffer.find(b"\n")
        line = self._buffer[self._at : end]
        self._at = end + 1
        return line

    def _read_exactly(self, size: int) -> bytes:
        end = self._at + size
        if end <= len(self._buffer):
            data = self._buffer[self._at : end]
            self._at = end
            return data
        parts = [self._buffer[self._at :]]
        missing = end - len(self._buffer)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        last = parts[-1]
        self._buffer, self._at = last, len(last) + missing
        parts[-1] = last[: self._at]
        return b"".join(parts)
