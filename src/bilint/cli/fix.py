"""`bilint fix`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, outputs, paths_argument, places
from bilint.cli.session import (
    CommandError,
    Output,
    check_places,
    json_line,
    lines,
    output_of,
    places_of,
    refusals,
    settings_of,
    view_of,
    warn,
    write,
)
from bilint.pipeline.request import Request, Wants

if TYPE_CHECKING:
    from bilint.desk.fix import Fixed, FixedPage, Wanted
    from bilint.model.finding import Finding


@click.command("fix", cls=Command)
@paths_argument
@click.option(
    "--check",
    "checks",
    cls=Option,
    metavar="CHECK",
    multiple=True,
    help="Only what this check found; may be repeated.",
)
@click.option(
    "--unsafe",
    cls=Option,
    is_flag=True,
    help="Also repairs that may change what the text says: read each of them.",
)
@click.option(
    "--diff",
    "show_diff",
    cls=Option,
    is_flag=True,
    help="Write no page; print what would change. Exits with 1 when something would.",
)
@click.option(
    "--patch",
    "patch_file",
    cls=Option,
    metavar="FILE",
    help="Write no page; write what would change to FILE, for `git apply`. With `{locale}` in its"
    " name, a file for each locale.",
)
@places
@outputs
def command(
    paths: tuple[str, ...],
    checks: tuple[str, ...],
    unsafe: bool,
    show_diff: bool,
    patch_file: str | None,
    **options: Any,
) -> None:
    """Repair what findings know how to repair.

    With PATHs, only in these pages and folders. Changes the place of each finding and no other
    byte; what would not be found any more is gone, nothing new has come, and the rest of the page
    reads as before, or the repair is not made and the reason is told. Without --diff and --patch,
    exits with 1 when a page could not be written.
    """
    from bilint.cli.stores import going_by_decisions
    from bilint.desk.fix import Wanted

    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    wanted = Wanted(_known(checks), unsafe)
    request = Request(
        settings, Wants(findings=True), where.locales, paths or None, jobs=output.jobs
    )
    dry_run = show_diff or patch_file is not None
    fixed = _run(going_by_decisions(request), wanted, output, dry_run=dry_run)
    if patch_file is not None:
        _write_patches(patch_file, fixed)
    if show_diff:
        write(_diff(fixed, output), output.output)
        for line in _told(fixed, quiet=True, verbose=False, dry_run=True):
            warn(line)
    elif output.output_format == "json":
        write(json_line(_object(fixed)), output.output)
    else:
        quiet, verbose = output.quiet, output.verbose
        write(lines(_told(fixed, quiet=quiet, verbose=verbose, dry_run=dry_run)), output.output)
    sys.exit(_code(fixed, exit_zero=output.exit_zero, show_diff=show_diff))


def _known(checks: tuple[str, ...]) -> frozenset[str] | None:
    from bilint.checks.registry import BY_ID

    unknown = [one for one in checks if one not in BY_ID]
    if unknown:
        from difflib import get_close_matches

        raise CommandError(
            "\n".join(
                f"there is no check {one!r}"
                + "".join(f"; did you mean {near}?" for near in get_close_matches(one, BY_ID, 1))
                for one in unknown
            )
        )
    return frozenset(checks) or None


def _run(request: Request, wanted: Wanted, output: Output, *, dry_run: bool) -> Fixed:
    from bilint.desk.fix import fix

    with refusals():
        if output.quiet or not sys.stderr.isatty():
            return fix(request, wanted, dry_run=dry_run)
        from bilint.reporters.progress import ProgressBar

        with ProgressBar(sys.stderr, "pages") as checked, ProgressBar(sys.stderr, "repairs") as bar:

            def mended(done: int, total: int) -> None:
                checked.clear()
                bar(done, total)

            return fix(request, wanted, dry_run=dry_run, tick=checked, mended=mended)


def _code(fixed: Fixed, *, exit_zero: bool, show_diff: bool) -> int:
    if fixed.report.incidents or any(page.broken for page in fixed.pages):
        return 3
    if exit_zero:
        return 0
    if any(page.failure for page in fixed.pages):
        return 1
    return int(show_diff and any(page.fixed for page in fixed.pages))


# ---- what would change ----


def _diff(fixed: Fixed, output: Output) -> Iterator[bytes]:
    """The diff: as it is for programs, coloured and without control characters for people."""
    chunks = _patch(fixed.pages, named=len(set(fixed.repositories.values())) > 1)
    if output.output is not None or not sys.stdout.isatty():
        yield from chunks
        return
    from bilint.cli.diffing import shown_diff

    texts = (chunk.decode("utf-8", "backslashreplace") for chunk in chunks)
    yield from lines(shown_diff(texts, view_of(output).style))


def _patch(pages: Iterable[FixedPage], *, named: bool = False) -> Iterator[bytes]:
    """The changes; `named` says of each of which locale it is, in a line that git passes over."""
    from bilint.reporters.patch import patch

    for page in pages:
        blobs = (page.blob_before, page.blob_after)
        if named and page.before != page.after:
            yield f"locale {page.locale}\n".encode()
        yield from patch(page.path, page.before, page.after, blobs)


def _write_patches(file: str, fixed: Fixed) -> None:
    """One patch for each repository: paths in it are those of one repository."""
    by_repository: dict[str, list[FixedPage]] = {}
    for page in fixed.pages:
        key = page.locale if "{locale}" in file else fixed.repositories[page.locale]
        if page.fixed:
            by_repository.setdefault(key, []).append(page)
    if len(by_repository) > 1 and "{locale}" not in file:
        raise CommandError(
            f"{file} would hold changes of several repositories; ask for one by --locale, or name"
            " a file for each as in fixes-{locale}.patch"
        )
    if not by_repository and "{locale}" not in file:
        by_repository[""] = []
    for key, pages in by_repository.items():
        write(_patch(pages), file.replace("{locale}", key))


# ---- what is told ----


def _told(fixed: Fixed, *, quiet: bool, verbose: bool, dry_run: bool) -> Iterator[str]:
    from bilint.reporters.escape import visible
    from bilint.reporters.layout import count

    done = refused = 0
    for page in fixed.pages:
        name = visible(f"{page.locale} {page.path}")
        if page.failure is not None:
            yield f"{name}: not written: {visible(page.failure)}"
        else:
            done += len(page.fixed)
            if page.fixed and not quiet:
                would = "would be repaired" if dry_run else "repaired"
                yield f"{name}: {len(page.fixed)} {would}: {_counted(page.fixed)}"
                if verbose:
                    yield from (f"  {_line(one)}" for one in page.fixed)
        refused += len(page.refused)
        if not quiet:
            for one in page.refused if verbose else ():
                yield f"  {_line(one.finding)}: not repaired: {visible(one.reason)}"
    for incident in fixed.report.incidents:
        what = incident.path or incident.check or ""
        yield f"incident: {visible(what)}: {visible(incident.error)}"
    pages = sum(bool(page.fixed) and page.failure is None for page in fixed.pages)
    would = "would be repaired" if dry_run else "repaired"
    last = f"{count(done, 'finding')} {would} on {count(pages, 'page')}"
    if refused:
        last += f"; {refused} not, for the sake of the page" + ("" if verbose else " (--verbose)")
    if fixed.unsafe:
        last += f"; {fixed.unsafe} more with --unsafe"
    yield last


def _line(finding: Finding) -> str:
    from bilint.reporters.escape import visible

    text = finding.suggestion.text if finding.suggestion is not None else ""
    place = f"{finding.line}:{finding.column} {finding.check}"
    return f"{place} {visible(_short(finding.text))} -> {visible(_short(text))}"


def _short(text: str) -> str:
    shown = repr(text)
    return shown if len(shown) <= 80 else shown[:79] + "…"


def _counted(findings: Iterable[Finding]) -> str:
    from collections import Counter

    counts = Counter(one.check for one in findings)
    return ", ".join(f"{counts[check]} {check}" for check in sorted(counts))


def _object(fixed: Fixed) -> dict[str, object]:
    return {
        "pages": [
            {
                "locale": page.locale,
                "path": page.path,
                "written": page.written,
                "failure": page.failure,
                "fixed": [_finding(one) for one in page.fixed],
                "refused": [
                    {**_finding(one.finding), "reason": one.reason} for one in page.refused
                ],
            }
            for page in fixed.pages
        ],
        "unsafe": fixed.unsafe,
    }


def _finding(finding: Finding) -> dict[str, object]:
    suggestion = finding.suggestion
    return {
        "check": finding.check,
        "line": finding.line,
        "column": finding.column,
        "text": finding.text,
        "suggestion": suggestion and {"text": suggestion.text, "safe": suggestion.safe},
        "fingerprint": finding.fingerprint,
    }
