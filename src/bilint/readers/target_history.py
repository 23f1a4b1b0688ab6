"""What the history of a translated page says of its pins and its human share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial

from bilint.model.history import PastVersion, Version
from bilint.model.page import Provenance
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple
from bilint.readers.git import Repository

MAX_VERSIONS = 100
"""How many versions of a page are looked at, newest first; older ones count as not there."""

MAX_SHARES = 3
"""Among how many hand-offs, newest first, a change of the human share is looked for; one that
happened before is old news."""

_READ_AHEAD = 2
_SHORTEST_PIN = 7


class TargetHistory:
    """The past of the pages below `root` in `commit`, out of one log that is read on first use.

    `read_provenance` reads what a version's front matter says; values that are plainly written
    are taken without it, for it parses YAML. Blobs are read newest first and no further than a
    question needs. In a shallow clone the oldest version known stands for all that lie beyond.
    """

    def __init__(
        self,
        repository: Repository,
        commit: str,
        root: str,
        profile: Profile,
        read_provenance: Callable[[bytes], Provenance],
    ) -> None:
        self._repository = repository
        self._commit = commit
        self._root = root
        self._profile = profile
        self._reader = _PastReader(profile, read_provenance)
        self._versions: Mapping[str, tuple[Version, ...]] | None = None
        self._pasts: dict[str, _Past] = {}

    def at(self, commit: str) -> TargetHistory:
        """The past as seen from another commit. What was read of versions is shared."""
        other = copy(self)
        other._commit = commit
        other._versions = None
        return other

    def versions(self, path: str) -> tuple[Version, ...]:
        """The committed versions of a page, newest first, `MAX_VERSIONS` at most."""
        if self._versions is None:
            self._versions = self._repository.versions(
                self._commit,
                self._root,
                message_pin=self._profile.message_pin,
                robot_message=self._profile.robot_message,
            )
        return self._versions.get(path, ())[:MAX_VERSIONS]

    def message_pin(self, path: str) -> str | None:
        """The source commit that the newest commit message of the page names, if one does."""
        return _message_pin(self.versions(path))

    def at_pin(self, path: str, pin: str) -> Version | None:
        """The version in which the present pin first appeared.

        That is the oldest of the unbroken run of newest versions that bear `pin`, in their front
        matter or, where that has none, by commit message. None when the newest one does not.
        """
        first = None
        for version, their in self._pins(path):
            if their is None or not _is_same(their, pin):
                break
            first = version
        return first

    def issued(self, path: str, pin: str) -> Version | None:
        """The version in which the present pin first appeared, or was last issued anew.

        What the pipeline wrote later under the same pin, by a script or by a hand-off that names
        its source commit, is a translation of that same source and answers nothing that came
        after it.
        """
        first = self.at_pin(path, pin)
        if first is None:
            return None
        return next(one for one in self.versions(path) if one == first or _is_issue(one))

    def before_pin(self, path: str, pin: str) -> PastVersion | None:
        """The version that the pin before the present one came with, or was last issued with.

        What people edited under that pin later may have answered the source already, and then was
        stamped: it is no version to compare with. None where no pin came before.
        """
        issued, earlier = None, ""
        for version, their in self._pins(path):
            if issued is None:
                if their is None:
                    return None
                if _is_same(their, pin):
                    continue
                earlier = their
            elif their is None or not _is_same(their, earlier):
                break
            issued = version
            if _is_issue(version):
                break
        if issued is None:
            return None
        self._read((issued.blob,))
        past = self._pasts[issued.blob]
        return PastVersion(issued.commit, issued.blob, past.pin or earlier, past.share)

    def last_share_change(self, path: str, current_share: float) -> PastVersion | None:
        """The newest version that says another human share than `current_share`, in percent.

        Versions that say none are passed over. A script's commit that names no source commit
        nearly always leaves the share alone: such versions are read only just before a change.
        """
        versions = self.versions(path)
        agreeing = 0
        for version, past in self._with_past(_tellers(versions)[:MAX_SHARES]):
            at = versions.index(version)
            if _says(current_share, past):
                agreeing = at + 1
                continue
            for one, their in self._with_past(versions[agreeing : at + 1]):
                if not _says(current_share, their):
                    pin = their.pin or _message_pin(versions[versions.index(one) :])
                    return PastVersion(one.commit, one.blob, pin, their.share)
        return None

    def human_version(self, path: str) -> PastVersion | None:
        """The newest version that people translated wholly, by its own human share."""
        for version, past in self._with_past(_tellers(self.versions(path))):
            if past.share is not None and past.share >= 100:
                pin = past.pin or version.message_pin
                return PastVersion(version.commit, version.blob, pin, past.share)
        return None

    def learn(self, path: str, blob: str, pin: str | None, share: float | None) -> None:
        """Take what the caller has read of the newest version, so that it is not read again.

        A script that came after the newest hand-off left pin and share as they were.
        """
        versions = self.versions(path)
        if versions and versions[0].blob == blob:
            self._pasts.setdefault(_tellers(versions)[0].blob, _Past(pin, share))

    def warm(self, pages: Iterable[tuple[str, str | None, float | None]]) -> None:
        """Read at once what the questions on many pages will need.

        For each page its path, the pin that `at_pin` and `before_pin` will be asked with, and
        the share for `last_share_change`; None where that is not going to be asked.
        """
        pages = list(pages)
        self._read_on(
            (_tellers(self.versions(path)), partial(_bears, pin))
            for path, pin, _ in pages
            if pin is not None
        )
        self._read_on(
            (_tellers(self.versions(path))[:MAX_SHARES], partial(_says, share))
            for path, _, share in pages
            if share is not None
        )

    def _read_on(self, lines: Iterable[tuple[Sequence[Version], Callable[[_Past], bool]]]) -> None:
        """Read versions of many pages, newest first, each as long as its question is open."""
        lines = list(lines)
        for at in range(MAX_VERSIONS):
            lines = [line for line in lines if at < len(line[0])]
            if not lines:
                return
            self._read(versions[at].blob for versions, _ in lines)
            lines = [line for line in lines if line[1](self._pasts[line[0][at].blob])]

    def _pins(self, path: str) -> Iterator[tuple[Version, str | None]]:
        """The versions and their pins; a script's commit bears the pin that it found there."""
        versions = self.versions(path)
        tellers = _tellers(versions)
        at = 0
        for version, past in self._with_past(tellers):
            place = versions.index(version, at)
            pin = past.pin or (_message_pin(versions[place:]) if past.readable else None)
            for one in versions[at : place + 1]:
                yield one, pin
            at = place + 1

    def _with_past(self, versions: Sequence[Version]) -> Iterator[tuple[Version, _Past]]:
        for at, version in enumerate(versions):
            if version.blob not in self._pasts:
                self._read(one.blob for one in versions[at : at + _READ_AHEAD])
            yield version, self._pasts[version.blob]

    def _read(self, blobs: Iterable[str]) -> None:
        unread = [blob for blob in dict.fromkeys(blobs) if blob not in self._pasts]
        # The version before the present pin is soon asked for again, for its text.
        for blob, content in self._repository.read(unread, keep=True):
            self._pasts[blob] = (
                self._reader.read(content) if isinstance(content, bytes) else _UNREADABLE
            )


def _is_issue(version: Version) -> bool:
    """Whether the pipeline wrote it, by a script or by a hand-off that names its source commit."""
    return version.robot or version.message_pin is not None


class _Past(NamedTuple):
    """What one version says; `readable` unless its blob is missing or too large."""

    pin: str | None
    share: float | None
    readable: bool = True


_UNREADABLE = _Past(None, None, False)
_NOTHING = _Past(None, None)
_OPENING = late(rb"(?:\xef\xbb\xbf)?---[ \t]*[\r\n]")
_CLOSING = late(rb"[\r\n]---[ \t]*(?:[\r\n]|\Z)")


class _PastReader:
    """Reads pin and share of a version: by eye where they are plainly written, else by YAML."""

    def __init__(self, profile: Profile, read_provenance: Callable[[bytes], Provenance]) -> None:
        self._read_provenance = read_provenance
        self._pin_keys = tuple(key.encode() for key in profile.pin_keys)
        self._share_keys = tuple(key.encode() for key in profile.human_share_keys)
        keys = (*self._pin_keys, *self._share_keys)
        self._plain = {
            key: re.compile(
                rb"^" + re.escape(key) + rb":[ \t]+([0-9A-Za-z.,%]+)[ \t]*(?:\r?\n(?![ \t])|\r?\Z)",
                re.MULTILINE,
            )
            for key in keys
        }
        self._shares: dict[bytes, float] = {}

    def read(self, data: bytes) -> _Past:
        """What the front matter of a version says."""
        opening = _OPENING.match(data)
        closing = _CLOSING.search(data, opening.end() - 1) if opening else None
        if opening is None or closing is None:
            return _NOTHING
        block = data[opening.end() : closing.start() + 1]
        pin, plain_pin = self._value(block, self._pin_keys)
        share, plain_share = self._value(block, self._share_keys)
        known = share is None or share in self._shares
        if plain_pin and plain_share and known and (pin is None or _HEX.fullmatch(pin)):
            return _Past(
                None if pin is None else pin.decode("ascii"),
                None if share is None else self._shares[share],
            )
        provenance = self._read_provenance(data)
        if plain_share and share is not None and provenance.ht_degree is not None:
            self._shares[share] = provenance.ht_degree
        return _Past(provenance.pin, provenance.ht_degree)

    def _value(self, block: bytes, keys: Sequence[bytes]) -> tuple[bytes | None, bool]:
        """The value of the first key that is there, and whether it is plainly written."""
        for key in keys:
            if block.count(key) == 1:
                found = self._plain[key].search(block)
                return (found[1], True) if found else (None, False)
            if key in block:
                return None, False
        return None, True


_HEX = late(rb"[0-9a-f]{7,64}")


def _bears(pin: str, past: _Past) -> bool:
    return past.pin is not None and _is_same(past.pin, pin)


def _says(share: float, past: _Past) -> bool:
    return past.share in (None, share)


def _tellers(versions: Sequence[Version]) -> Sequence[Version]:
    """The versions that a hand-off made, or a person; and the oldest."""
    oldest = versions[-1:]
    return [
        *(one for one in versions[:-1] if not one.robot or one.message_pin is not None),
        *oldest,
    ]


def _message_pin(versions: Sequence[Version]) -> str | None:
    return next((one.message_pin for one in versions if one.message_pin is not None), None)


def _is_same(one: str, other: str) -> bool:
    """Whether two pins name the same commit, one of them perhaps shortened."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _SHORTEST_PIN and long.startswith(short))
