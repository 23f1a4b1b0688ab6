"""What one run is asked to do."""

from __future__ import annotations

from collections.abc import Mapping

from bilint.model.config import Settings
from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bilint.model.decision import Decisions


class UsageError(Exception):
    """The request cannot be carried out as it stands; the message is for the person who asked."""


class Wants(NamedTuple):
    """Which parts of the report are to be computed; pages always are.

    `diffs` are source segments then and now, `texts` all segments of all pages in all three texts.
    `measure` asks what the run is judged by, for a history.
    """

    findings: bool = False
    queue: bool = False
    diffs: bool = False
    measure: bool = False
    texts: bool = False


class Hook(NamedTuple):
    """A run about a change, in the repository whose top is `home`.

    What is staged is read, or, with `before` and `after`, what lies between two revisions.
    `environment` is the hook's own: it holds for this repository and for no other. `whole` asks
    for all pages, not only for those that differ. Without `staged` no hook is waiting: the files
    are read as they are, and what differs from `before` is looked at.
    """

    home: str
    environment: Mapping[str, str]
    before: str | None = None
    after: str | None = None
    whole: bool = False
    staged: bool = True


class Request(NamedTuple):
    """One run. It can be sent to another process.

    `paths` restricts it to pages, by file name or by their path in a repository, and to what
    these need. `history` lets it ask the targets' own past. `source_optional` makes do without
    the source where that is missing. `jobs` is the number of processes, None for as many as the
    work is worth. `decisions` are those to go by, None for those of the store that the settings
    name.
    """

    settings: Settings
    wants: Wants = Wants()
    locales: tuple[str, ...] = ()
    paths: tuple[str, ...] | None = None
    hook: Hook | None = None
    history: bool = True
    source_optional: bool = False
    jobs: int | None = None
    decisions: Decisions | None = None
