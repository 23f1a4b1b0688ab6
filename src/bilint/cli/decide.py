"""`bilint decide`."""

# os.path, as in the other commands.
# ruff: noqa: PTH123

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, outputs, places
from bilint.cli.session import (
    CommandError,
    Output,
    Places,
    check_places,
    execute,
    json_line,
    lines,
    output_of,
    places_of,
    refusals,
    settings_of,
    write,
)
from bilint.model.decision import Verdict
from bilint.pipeline.request import Request

if TYPE_CHECKING:
    from bilint.desk.decide import Ask, Made

REVIEWER = "BILINT_REVIEWER"
"""Who decides, where the command line does not say."""


@click.command("decide", cls=Command)
@click.argument("fingerprints", metavar="[FINGERPRINT]...", nargs=-1)
@click.option(
    "--as",
    "verdict",
    cls=Option,
    metavar="WHAT",
    type=click.Choice([one.value for one in Verdict]),
    help="accepted: no defect, or still right; edited, fixed: done; rework: to be done again;"
    " skipped: left for later; reopened: what was decided no longer holds; assigned (see --to);"
    " comment.",
)
@click.option("--reason", cls=Option, metavar="TEXT", help="Why; or what there is to say.")
@click.option(
    "--by",
    cls=Option,
    metavar="NAME",
    help=f"Who decides, in place of {REVIEWER}, of your name in git and on this machine.",
)
@click.option("--to", cls=Option, metavar="NAME", help="Who is to see to it.")
@click.option(
    "--path", cls=Option, metavar="PAGE", help="The page, where several have the same finding."
)
@click.option(
    "--after",
    cls=Option,
    metavar="KEY",
    multiple=True,
    help="The decision of somebody else that this one supersedes; may be repeated.",
)
@click.option(
    "--from-json",
    cls=Option,
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Read decisions from a file (- for standard input), a JSON object a line.",
)
@places
@outputs
def command(fingerprints: tuple[str, ...], **options: Any) -> None:
    """Decide about findings and segments, for good.

    A FINGERPRINT is told by `check --format json`, and for segments by `status --diff -v`. The
    decision holds until the source or the translation changes there; it survives re-flowing,
    moving and renaming. Of what somebody else decided you are told, and nothing is written. Exits
    with 1 when a decision was refused.
    """
    where, output = places_of(options), output_of(options)
    asks = _asks(fingerprints, options, where)
    code = _decide(asks, where, output)
    sys.exit(0 if output.exit_zero else code)


def _decide(asks: list[Ask], where: Places, output: Output) -> int:
    """Make the decisions, tell of each as soon as it is made; the exit code."""
    from bilint.cli.stores import decision_store
    from bilint.desk.decide import decide

    settings = settings_of(where)
    check_places(settings, where.locales)
    request = Request(settings, locales=where.locales, jobs=output.jobs)
    refused = 0
    told: list[bytes] = []
    with refusals(), decision_store(settings, quiet=output.quiet) as store:
        for made in decide(request, asks, store, lambda one: execute(one, output), now):
            refused += made.refusal is not None
            if made.refusal is None and output.quiet and output.output_format == "text":
                continue
            chunk = b"".join(_told(made, output))
            if output.output is None:
                # Whoever reads it may count on it: it is written for good.
                write([chunk])
            told.append(chunk)
    if output.output is not None:
        write(told, output.output)
    return int(bool(refused))


def now() -> str:
    """The time, in UTC, as decisions have it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _told(made: Made, output: Output) -> Iterator[bytes]:
    if output.output_format == "json":
        return json_line(_object(made))
    return lines(_line(made))


def _line(made: Made) -> Iterator[str]:
    from bilint.reporters.escape import visible

    ask, decision = made.ask, made.decision
    if decision is None:
        yield visible(f"{ask.fingerprint}: not {ask.verdict}: {made.refusal}")
        return
    place = decision.place
    path = place.target_path or place.source_path or ""
    where = f"{path}:{made.line}" if made.line is not None else path
    what = decision.check or "segment"
    to = f" to {decision.to}" if decision.to else ""
    yield visible(f"{ask.fingerprint}: {decision.verdict}{to} by {decision.by}: {what} {where}")


def _object(made: Made) -> dict[str, object]:
    decision = made.decision
    if decision is None:
        return {
            "fingerprint": made.ask.fingerprint,
            "as": made.ask.verdict,
            "key": None,
            "refusal": made.refusal,
        }
    return {
        "fingerprint": decision.fingerprint,
        "as": decision.verdict,
        "key": decision.key,
        "refusal": None,
    }


def _asks(fingerprints: tuple[str, ...], options: dict[str, Any], where: Places) -> list[Ask]:
    """What is asked for; raises `CommandError` with all that is wrong with it."""
    by = reviewer(options["by"])
    plain = {
        "as": options["verdict"],
        "reason": options["reason"],
        "by": by,
        "to": options["to"],
        "path": options["path"],
        "after": list(options["after"]) or None,
    }
    given = {key: value for key, value in plain.items() if value is not None}
    said: list[tuple[str, object]] = [
        (name, {"fingerprint": name, **given}) for name in fingerprints
    ]
    if options["from_json"] is not None:
        said += (
            (place, {**given, **line} if isinstance(line, dict) else line)
            for place, line in _json_lines(options["from_json"])
        )
    if not said:
        raise CommandError("nothing to decide: name a FINGERPRINT, or --from-json")
    asks: list[Ask] = []
    faults: list[str] = []
    for place, line in said:
        try:
            asks.append(_ask(line, where))
        except ValueError as error:
            faults.append(f"{place}: {error}")
    if faults:
        raise CommandError("\n".join(faults))
    return asks


def reviewer(by: str | None) -> str:
    """Who decides. Raises `CommandError` where nobody can tell."""
    return by or os.environ.get(REVIEWER) or _user()


def _user() -> str:
    from getpass import getuser

    from bilint.readers.git_process import user_name

    name = user_name()
    if name is not None:
        return name
    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        raise CommandError(f"say who decides: --by NAME, or {REVIEWER}") from None


def _json_lines(path: str) -> Iterator[tuple[str, object]]:
    name = "standard input" if path == "-" else path
    try:
        if path == "-":
            text = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:
                text = file.read()
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror or error}") from error
    for number, line in enumerate(text.split(b"\n"), 1):
        if line.strip():
            try:
                yield f"{name}:{number}", json.loads(line)
            except (ValueError, RecursionError) as error:
                raise CommandError(f"{name}:{number}: no JSON: {error}") from error


def _ask(said: object, where: Places) -> Ask:
    """One decision, as a line of JSON has it; raises ValueError.

    The line may be a finding or a segment of a report, with `as` and `reason` added: then the
    texts and the decision that it shows are those that were seen.
    """
    from bilint.desk.decide import Ask
    from bilint.model.digests import Digests

    if not isinstance(said, dict):
        raise ValueError("not a JSON object")
    for key in ("fingerprint", "as", "by"):
        if not isinstance(said.get(key), str) or not said[key].strip():
            hint = ": say it with --as" if key == "as" else ""
            raise ValueError(f"`{key}` is missing{hint}")
    for key in ("reason", "to", "path", "locale"):
        if not isinstance(said.get(key), str | None):
            raise ValueError(f"`{key}` must be a text")
    if said["as"] not in {one.value for one in Verdict}:
        raise ValueError(f"`as` must be one of {', '.join(Verdict)}, not {said['as']!r}")
    verdict = Verdict(said["as"])
    reason = " ".join((said.get("reason") or "").split())
    if verdict.needs_reason and not reason:
        raise ValueError(f"{verdict} needs a reason: say it with --reason")
    if (verdict is Verdict.ASSIGNED) is not bool(said.get("to")):
        raise ValueError("`assigned` goes with --to NAME, and --to with nothing else")
    digests = said.get("digests")
    # What stands on the source is found with every locale, and has none.
    locales: tuple[str | None, ...] = (*where.locales, None) if where.locales else ()
    if "locale" in said:
        locales = (said["locale"],)
    return Ask(
        fingerprint=said["fingerprint"].strip(),
        verdict=verdict,
        by=" ".join(said["by"].split()),
        reason=reason,
        to=" ".join((said.get("to") or "").split()),
        after=_after(said),
        digests=None if digests is None else Digests(*_texts(digests)),
        path=said.get("path"),
        locales=locales,
    )


def _texts(digests: object) -> Iterable[str]:
    if not isinstance(digests, dict):
        raise ValueError("`digests` must be an object")
    both = (digests.get("source"), digests.get("target"))
    if not all(isinstance(one, str) for one in both):
        raise ValueError("`digests` must have `source` and `target`")
    return both  # type: ignore[return-value]


def _after(said: dict[str, Any]) -> tuple[str, ...] | None:
    """The keys of what was seen; None where nothing is said of it."""
    after = said.get("after")
    if isinstance(after, str):
        return (after,)
    if isinstance(after, list) and all(isinstance(one, str) for one in after):
        return tuple(after)
    if after is not None:
        raise ValueError("`after` must be a key or a list of keys")
    if "decision" in said:
        seen = said["decision"]
        if seen is None:
            return ()
        if isinstance(seen, dict) and isinstance(seen.get("key"), str):
            return (seen["key"],)
        raise ValueError("`decision` must be null or an object with a `key`")
    return None
