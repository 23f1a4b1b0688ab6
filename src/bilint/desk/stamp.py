"""Recording that a page was brought up to date: a new pin, and no other byte changed."""

from __future__ import annotations

import os
from collections.abc import Iterator

from bilint.checks.engine import describe_error
from bilint.checks.registry import select
from bilint.fixes import set_value
from bilint.model.document import Document, FrontMatter
from bilint.model.page import Header
from bilint.model.pair import Clash, Pair
from bilint.model.record import NamedTuple
from bilint.pipeline.decided import with_decisions
from bilint.pipeline.examine import Examiner
from bilint.pipeline.pairs import pair_some
from bilint.pipeline.request import Request, UsageError
from bilint.pipeline.scope import scope
from bilint.pipeline.workspace import Workspace
from bilint.readers.disk import WriteError, write_atomically
from bilint.readers.front_matter import read_front_matter
from bilint.staleness import may_stamp, outstanding


class Stamped(NamedTuple):
    """What became of one page. `refusals` say why nothing was written, `pin` is the new one.

    `failed` says that Bilint itself failed on the page; `undecided` that among the refusals are
    segments whose translation may still be right, which a person can say.
    """

    locale: str
    path: str
    old_pin: str | None
    pin: str | None
    refusals: tuple[str, ...] = ()
    written: bool = False
    failed: bool = False
    undecided: bool = False


def stamp(request: Request, *, force: bool, dry_run: bool) -> tuple[Stamped, ...]:
    """Stamp the pages that `request` names, each for itself.

    Raises `UsageError` when none of them is a translation.
    """
    with Workspace(with_decisions(request)) as workspace:
        examiner = Examiner(workspace, select(request.settings))
        paired = pair_some(examiner, scope(workspace) or ())
        stamped = tuple(
            one
            for pairing in paired.pairings
            for one in (
                *(
                    try_stamp(examiner, pair, force=force, dry_run=dry_run)
                    for pair in pairing.pairs
                ),
                *(refused for clash in pairing.clashes for refused in _clashing(clash)),
            )
        )
        if not stamped:
            names = ", ".join(request.paths or ())
            raise UsageError(f"{names}: only translations have a pin, and this is the source")
        return stamped


def _clashing(clash: Clash) -> Iterator[Stamped]:
    reason = f"several pages bear the id {clash.identity}, so its source page is not known"
    for header in clash.targets:
        yield _refused(clash.locale, header, (reason,))


def _refused(
    locale: str, header: Header, reasons: tuple[str, ...], *, failed: bool = False
) -> Stamped:
    pin = header.provenance.pin
    return Stamped(locale, header.path, pin, None, reasons, failed=failed)


class _RefusedError(Exception):
    """Why a page cannot be stamped, one reason an argument."""


class _UndecidedError(_RefusedError):
    """The same, where somebody may say that the translation is still right."""


def try_stamp(examiner: Examiner, pair: Pair, *, force: bool, dry_run: bool) -> Stamped:
    """Stamp one page; whatever stands against it is told and not raised."""
    try:
        return _stamp(examiner, pair, force=force, dry_run=dry_run)
    except (_RefusedError, WriteError) as error:
        refused = _refused(pair.locale, pair.target, tuple(map(str, error.args)))
        return refused._replace(undecided=isinstance(error, _UndecidedError))
    except Exception as error:
        reason = describe_error(error)
        return _refused(pair.locale, pair.target, (reason,), failed=True)


def _stamp(examiner: Examiner, pair: Pair, *, force: bool, dry_run: bool) -> Stamped:
    header = pair.target
    old, pin = header.provenance.pin, _new_pin(examiner, pair)
    if not force:
        _insist_on_no_work(examiner, pair)
    if pin == old:
        return Stamped(pair.locale, header.path, old, pin)
    document = examiner.targets[pair.locale].document(header)
    changed = _with_pin(examiner, document, pin)
    if not dry_run:
        top = examiner.workspace.targets[pair.locale].repository.work_tree or ""
        place = os.path.join(top, header.path)  # noqa: PTH118
        write_atomically(place, changed, expected=document.data)
    return Stamped(pair.locale, header.path, old, pin, written=not dry_run)


def _new_pin(examiner: Examiner, pair: Pair) -> str:
    """The last commit that touched the source page; raises where there is none to be had."""
    target = examiner.workspace.targets[pair.locale]
    if target.snapshot.revision is not None or target.repository.work_tree is None:
        raise _RefusedError("only pages of a working tree can be stamped")
    source = examiner.workspace.source
    if source is None:
        raise _RefusedError("there is no source repository to take the commit from")
    if pair.source is None:
        raise _RefusedError("no source page belongs to it")
    path = pair.source.path
    commit = source.snapshot.revision or source.repository.head()
    if commit is None:
        raise _RefusedError("the source repository has no commit yet")
    committed = source.repository.file(commit, path)
    if committed is None or committed.blob != pair.source.blob:
        raise _RefusedError(f"{path} has changes that are not committed")
    pin = source.repository.last_touched(commit, path)
    if pin is None:
        raise _RefusedError(
            f"the source is a shallow clone, and {path} was last touched beyond its end"
            if source.repository.shallow
            else f"no commit touches {path}"
        )
    return pin


def _insist_on_no_work(examiner: Examiner, pair: Pair) -> None:
    judgement = examiner.examine(pair).judgement
    reasons = may_stamp(judgement)
    if reasons and judgement.reason:
        reasons = (*reasons, f"({judgement.reason})")
    if not reasons:
        return
    if any(unit.target is not None for unit in outstanding(judgement)):
        raise _UndecidedError(*reasons)
    raise _RefusedError(*reasons)


def _with_pin(examiner: Examiner, document: Document, pin: str) -> bytes:
    """The page with its new pin; read again, it must say so, and all else as before."""
    unread = [problem for problem in document.problems if problem.code != "suppression"]
    if unread:
        raise _RefusedError(unread[0].message)
    before, keys = document.front_matter, examiner.workspace.profile.pin_keys
    key = next((key for key in keys if key in before.entries), None)
    if key is None and before.problems:
        raise _RefusedError(f"its front matter is broken: {before.problems[0].message}")
    changed = set_value(document.data, before, keys, pin)
    if changed is None:
        raise _RefusedError("the page has no front matter to write into")
    after = read_front_matter(changed, examiner.workspace.settings.limits)
    if _said(after) != ({**_said(before)[0], key or keys[0]: pin}, _said(before)[1]):
        raise _RefusedError("its front matter cannot be written to safely; edit it by hand")
    return changed


def _said(front_matter: FrontMatter) -> tuple[dict[str, object], list[str]]:
    """The values of front matter, and the kinds of its problems."""
    values: dict[str, object] = {key: one.value for key, one in front_matter.entries.items()}
    return values, [problem.code for problem in front_matter.problems]
