"""From the options of a command to a run, and from its report to bytes and an exit code."""

# os.path, because a hook has no time for the import of pathlib.
# ruff: noqa: PTH103, PTH110, PTH112, PTH113, PTH118, PTH123

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bilint.model.config import Location, Settings
from bilint.model.finding import Severity
from bilint.model.record import NamedTuple
from bilint.model.report import Report
from bilint.pipeline.request import Request, UsageError
from bilint.readers.locations import LocationError, clean_root, parse_source, parse_targets
from bilint.readers.settings import SettingsError, find_settings, override, read_settings
from bilint.reporters.colour import Style, wants_colour
from bilint.reporters.view import View

if TYPE_CHECKING:
    from typing import TextIO

WHOLE_PAGES = frozenset(("html",))
"""Formats that show the text of pages, and that are a page themselves."""


class CommandError(Exception):
    """What was asked for cannot be done as it stands; the message says why, one reason a line."""

    exit_code = 2


class CutError(CommandError):
    """The repositories were there, but git failed or a limit cut the run."""

    exit_code = 3


class Places(NamedTuple):
    """Where things are, as the options say it."""

    source: str | None
    targets: tuple[str, ...]
    root: str | None
    config_path: str | None
    locales: tuple[str, ...]
    trust_owner: bool
    allow_alternates: bool
    store: str | None = None


class Output(NamedTuple):
    """How to answer, as the options say it.

    `formats` are names, each with the file that was named for it. What has no file of its own
    goes to `output`, or to standard output.
    """

    formats: tuple[tuple[str, str | None], ...]
    output: str | None
    jobs: int | None
    exit_zero: bool
    quiet: bool
    verbose: bool
    color: str

    @property
    def output_format(self) -> str:
        """The format of what has no file of its own; empty when there is nothing of that kind."""
        return next((name for name, file in self.formats if file is None), "")

    @property
    def wants_texts(self) -> bool:
        """Whether a format shows whole pages."""
        return any(name in WHOLE_PAGES for name, _file in self.formats)


def places_of(options: dict[str, object]) -> Places:
    """Take the options of `places` out of a command's options."""
    return Places(**{name: options.pop(name) for name in Places._fields})  # type: ignore[arg-type]


def output_of(options: dict[str, object]) -> Output:
    """Take the options of `outputs` out of a command's options."""
    return Output(**{name: options.pop(name) for name in Output._fields})  # type: ignore[arg-type]


def settings_of(places: Places) -> Settings:
    """The settings file, if there is one, with what the command line says laid over it.

    Raises `CommandError` with all mistakes of the file at once.
    """
    path = places.config_path or find_settings(".")
    try:
        said = clean_root(places.root) if places.root is not None else None
        settings = _read(path, said) if path is not None else Settings()
        root = said if said is not None else settings.root
        return override(
            settings,
            source=parse_source(places.source, root) if places.source is not None else None,
            targets=parse_targets(places.targets, root),
            trust_owner=places.trust_owner,
            allow_alternates=places.allow_alternates,
            store=places.store or os.environ.get("BILINT_STORE") or None,
        )
    except (SettingsError, LocationError) as error:
        raise CommandError(str(error)) from error


def _read(path: str, root: str | None) -> Settings:
    from bilint.checks.registry import BY_ID
    from bilint.profiles import PROFILES

    return read_settings(path, root=root, checks=BY_ID, profiles=PROFILES)


def recognised(settings: Settings, folder: str) -> Settings:
    """The settings; where they name no target, with what the layout of a folder tells.

    Raises `CommandError` when it tells nothing.
    """
    if settings.targets:
        return settings
    from bilint.profiles import profile
    from bilint.readers.layout import recognise

    layout = recognise(folder, profile(settings.profile))
    if not layout.targets:
        raise CommandError("\n".join((_no_targets(settings), *layout.reasons, *layout.doubts)))

    def seen_from_here(place: Location) -> Location:
        return place._replace(repository=os.path.join(folder, place.repository))

    source = seen_from_here(layout.source) if layout.source is not None else None
    targets = {locale: seen_from_here(place) for locale, place in layout.targets.items()}
    return override(settings, source=settings.source or source, targets=targets)


def check_places(settings: Settings, locales: Iterable[str]) -> None:
    """Say what is missing where nothing is named that could be looked at.

    Raises `CommandError`.
    """
    if not settings.targets:
        raise CommandError(_no_targets(settings))
    unknown = [locale for locale in locales if locale not in settings.targets]
    if unknown:
        known = ", ".join(settings.targets)
        raise CommandError(f"no target for {', '.join(unknown)}; there is: {known}")


def _no_targets(settings: Settings) -> str:
    if settings.path is not None:
        return f"{settings.path} names no target: it lacks a table such as [target.it-IT]"
    return (
        "nothing to look at: name a source and targets by --source and --target, or let"
        " `bilint init` write a settings file"
    )


def execute(request: Request, output: Output) -> Report:
    """Run, with a progress bar where somebody may be waiting.

    Raises `CommandError` for what is wrong with the request or the repositories.
    """
    from bilint.pipeline.run import run

    with refusals():
        if output.quiet or not sys.stderr.isatty():
            return run(request)
        from bilint.reporters.progress import ProgressBar

        with ProgressBar(sys.stderr, "pages") as progress:
            return run(request, progress)


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what the floors below refuse into messages, and keeps the exit codes apart."""
    from bilint.readers.git import GitError

    try:
        yield
    except UsageError as error:
        raise CommandError(str(error)) from error
    except GitError as error:
        raise CutError(str(error)) from error


def answer(report: Report, output: Output, render: Callable[[Report, View], Iterable[str]]) -> None:
    """Print a report in the formats that were asked for, each to its file or to the terminal.

    Where all have files of their own, the last lines of the text still tell what came of it. Why a
    run fails is said beside the answer, in one line, after all else.
    """
    if not output.output_format:
        from bilint.reporters.terminal import render_end

        write(lines(render_end(report, view_of(output))))
    for name, file in output.formats:
        path = file or output.output
        if name == "text":
            write(lines(render(report, view_of(output._replace(output=path)))), path)
        else:
            from bilint.reporters.formats import renderer

            write(renderer(name)(report), _page_file(path) if name in WHOLE_PAGES else path)
    if report.verdict is not None and report.verdict.why:
        file = _best_file(output)
        warn(f"{report.verdict}{f'; the report is {file}' if file else ''}")


def _best_file(output: Output) -> str | None:
    """Where a person reads the whole answer, if it was not printed as text."""
    files = {name: file or output.output for name, file in output.formats}
    if None in files.values() or "-" in files.values():
        return None
    return next((files[name] for name in ("text", "html", "markdown") if name in files), None) or (
        next(iter(files.values()))
    )


def _page_file(path: str | None) -> str | None:
    """The file of a page: in a folder, which may be new when it is named with a `/`, its index.

    Raises `CommandError`.
    """
    if path is None and sys.stdout.isatty():
        raise CommandError("a page is not for a terminal: name a file or folder by --output")
    if path is None or not (path.endswith(("/", os.sep)) or os.path.isdir(path)):
        return path
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{path} cannot be made: {error.strerror or error}") from error
    return os.path.join(path, "index.html")


def view_of(output: Output) -> View:
    """How a person wants to see the answer."""
    to_terminal = output.output is None and sys.stdout.isatty()
    return View(
        width=_terminal_width() if to_terminal else None,
        style=Style(wants_colour(output.color, os.environ, to_terminal)),
        verbose=output.verbose,
        quiet=output.quiet,
    )


def _terminal_width() -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns


def write(chunks: Iterable[bytes], path: str | None = None) -> None:
    """Write to the file that is named, or to standard output.

    A reader that has seen enough (`| head`) is no failure. Raises `CommandError` when the disk
    refuses.
    """
    if path is not None and path != "-":
        _write_file(os.path.realpath(path), chunks)
        return
    stream = sys.stdout.buffer
    try:
        for chunk in chunks:
            stream.write(chunk)
        stream.flush()
    except BrokenPipeError:
        _close(sys.stdout)
    except OSError as error:
        _close(sys.stdout)
        raise CommandError(f"standard output: {error.strerror or error}") from error


def _write_file(path: str, chunks: Iterable[bytes]) -> None:
    """Replace a file as a whole; what is no file (`/dev/stdout`, a pipe) is written to."""
    from bilint.readers.disk import WriteError, write_atomically

    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "wb") as stream:
                stream.writelines(chunks)
        else:
            write_atomically(path, b"".join(chunks))
    except WriteError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror or error}") from error


def _close(stream: TextIO) -> None:
    # What is still in the buffer has to go somewhere, or Python complains at the end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def lines(rendered: Iterable[str]) -> Iterator[bytes]:
    """Lines of text as bytes, whatever the terminal's encoding makes of them."""
    for line in rendered:
        yield f"{line}\n".encode("utf-8", "backslashreplace")


def say(*rendered: str) -> None:
    """Print lines that are escaped already."""
    write(lines(rendered))


def json_line(value: Mapping[str, object]) -> Iterator[bytes]:
    """One JSON object on a line of its own."""
    from json import dumps

    yield (dumps(value, separators=(",", ":")) + "\n").encode()


def warn(message: str) -> None:
    """Say something beside the answer, a line each."""
    from bilint.reporters.escape import visible

    try:
        for line in message.split("\n"):
            sys.stderr.write(f"bilint: {visible(line)}\n")
        sys.stderr.flush()
    except BrokenPipeError:  # `2>&1 | head`: nobody reads on, which is no failure
        _close(sys.stderr)


def exit_code(report: Report, fail_on: str | None, *, exit_zero: bool) -> int:
    """3 when something of Bilint's own failed, 1 at findings that count, else 0."""
    if report.incidents:
        return 3
    if exit_zero or fail_on is None or fail_on == "never":
        return 0
    worst = Severity(fail_on).rank
    open_findings = (f for f in report.findings or () if f.state.is_open)
    return int(any(finding.severity.rank <= worst for finding in open_findings))


def fail_on_of(given: str | None, settings: Settings, default: str | None) -> str | None:
    """What the command line says, else the settings, else the default of the command."""
    if given is not None:
        return given
    return settings.fail_on.value if settings.fail_on is not None else default
