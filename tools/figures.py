"""Writes measured figures into each check's page and into the guide; `--check` says if one is old.

The figures are those of `evaluation/figures.json`, which `python -m evaluation all --write` stores.
No corpora are needed here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bilint.checks.pages import FIGURES, page_path
from bilint.checks.registry import BY_ID
from bilint.model.finding import Family
from evaluation.figures import read
from evaluation.gold import CLASSES

GUIDE = Path(__file__).parents[1] / "source_docs" / "precision.md"
COMMAND = "python -m evaluation all"
_SECTION = "## Precision"

HEAD = f"""\
---
title: How often the checks are right
description: What was measured of every check of Bilint on real documentation, and how.
exl-id: 0b6de1c3-6a41-4f6c-9d7e-5f3f4a8c2e19
---
# How often the checks are right

These figures are measured on real, published documentation and its translations. `{COMMAND}`
measures them again where the corpora are at hand, and `--verbose` lists what there is to read.

"""

_GOLD = """\
## Pages read by hand

A reader marked the defects of whole pages, and what only looks like one. *Right* is a finding on a
marked defect, *wrong* one on anything else. Of the defects, some can be found by a rule, some need
the habits of the whole translation (heuristic), and some a person (semantic).

"""
_SEEDED = """\
## Damaged pages

Clean pages were damaged in many ways, one place at a time: a link reversed, a row deleted, a number
changed. *Found* is a place of which a check meant for it spoke. A finding anywhere else on the page
is collateral.

"""
_EDITED = """\
## What people changed later

Pages that a machine translated were often corrected by a person while their source stayed the same.
If a check is right, what it flagged was changed more often than what no check flagged.

"""
_ALARMS = """\
## On pages that people translated wholly

Findings for each thousand segments, on pages with a human share of 100 % and in another project,
which is translated by machine. Not all of them are wrong; but people switch off what is loud.

"""
_CHECKS = """\
## Check by check

*Read* is right and wrong findings on the pages read by hand; *damaged* the share of damaged places
found; *changed later* the share of flagged segments that people changed, and how many times as
often that is; *loud* the findings for each thousand segments on human pages.

"""


def block(check: str, said: Mapping[str, Any]) -> str:
    """The figures of a check as its page shows them; empty where there are none."""
    lines = list(_lines(check, said))
    if not lines:
        return ""
    body = "".join(f"- {line}\n" for line in lines)
    return f"{FIGURES[0]}\nMeasured by `{COMMAND}`:\n\n{body}{FIGURES[1]}\n"


def _lines(check: str, said: Mapping[str, Any]) -> Iterator[str]:
    gold = _of(said, "gold", check)
    if gold:
        wrong = gold["wrong"] + gold["read_again"]
        again = (
            f", {gold['read_again']} of these right when read again" if gold["read_again"] else ""
        )
        yield f"on pages read by hand: {gold['right']} findings right, {wrong} wrong{again}"
    seeded = _of(said, "seeded", check)
    if seeded and seeded["found"] + seeded["missed"]:
        places = seeded["found"] + seeded["missed"]
        share = _percent(seeded["found"], places)
        yield f"on damaged pages: {seeded['found']} of {places} places found ({share})"
    edited = _of(said, "edited", check)
    if edited:
        share = _percent(edited["changed"], edited["segments"])
        lift = f", {edited['lift']} times as often as other segments" if edited["lift"] else ""
        yield (
            f"what people changed later: {edited['changed']} of {edited['segments']} segments"
            f" that it flagged ({share}){lift}"
        )
    alarms = _of(said, "alarms", check)
    segments = said.get("alarms", {}).get("overall", {}).get("human", {}).get("segments")
    if segments:
        human = alarms["human"]["per_thousand"] if alarms else 0.0
        other = alarms["other project"]["per_thousand"] if alarms else 0.0
        if gold or seeded or edited or alarms:
            yield f"findings a thousand segments: {human} on human pages, {other} in another project"


def _of(said: Mapping[str, Any], measure: str, check: str) -> Mapping[str, Any] | None:
    found = said.get(measure, {}).get("checks", {}).get(check)
    return found if isinstance(found, Mapping) else None


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def with_block(text: str, new: str) -> str:
    """A check's page with these figures at the end of its section on precision."""
    before, opened, rest = text.partition(f"{FIGURES[0]}\n")
    if opened:
        text = before.rstrip("\n") + "\n" + rest.partition(f"{FIGURES[1]}\n")[2]
    head, section, rest = text.partition(f"\n{_SECTION}\n")
    if not section or not new:
        return text
    prose, heading, examples = rest.partition("\n## ")
    return f"{head}{section}{prose.rstrip()}\n\n{new}{heading}{examples}"


def guide(said: Mapping[str, Any]) -> str:
    """The page of the guide."""
    parts = [HEAD]
    if "corpora" in said:
        names = sorted(said["corpora"].items())
        parts.append("Measured on " + ", ".join(f"{name} of {one['day']}" for name, one in names))
        parts.append(".\n\n")
    if "gold" in said:
        parts += [_GOLD, *_gold(said["gold"]["overall"])]
    if "seeded" in said:
        parts += [_SEEDED, *_seeded(said["seeded"]["overall"])]
    if "edited" in said:
        parts += [_EDITED, *_edited(said["edited"]["overall"])]
    if "alarms" in said:
        parts += [_ALARMS, *_alarms(said["alarms"]["overall"])]
    parts += [_CHECKS, *_checks(said)]
    return "".join(parts).rstrip("\n") + "\n"


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |\n"


def _head(*cells: str) -> str:
    return _row(*cells) + _row(*("---" for _ in cells))


def _gold(overall: Mapping[str, Any]) -> Iterator[str]:
    yield _head("precision", "right", "wrong", "share right")
    for name in CLASSES:
        one = overall["precision"][name]
        wrong = one["wrong"] + one["read_again"]
        yield _row(name, one["right"], wrong, _percent(one["right"], one["right"] + wrong))
    yield "\n" + _head("recall", "defects", "found", "share found")
    for name in ("rule", "heuristic", "semantic"):
        one = overall["recall"][name]
        yield _row(name, one["defects"], one["found"], _percent(one["found"], one["defects"]))
    yield "\n"


def _seeded(overall: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{overall['places']} places were damaged in {overall['kinds']} ways:"
        f" {_percent(overall['found'], overall['places'])} were found, and"
        f" {overall['collateral']} of {overall['findings']} findings were collateral.\n\n"
    )


def _edited(overall: Mapping[str, Any]) -> Iterator[str]:
    unflagged, flagged = overall["unflagged_changed"] or 0, overall["flagged_changed"] or 0
    yield (
        f"Over {overall['pairs']} pages and {overall['segments']} segments people changed"
        f" {100 * unflagged:.0f} % of what no check flagged and {100 * flagged:.0f} % of the"
        f" {overall['flagged']} segments that were flagged.\n\n"
    )


def _alarms(overall: Mapping[str, Any]) -> Iterator[str]:
    yield _head("pages", "segments", "errors", "warnings", "info")
    for name, one in overall.items():
        yield _row(name, one["segments"], one["error"], one["warning"], one["info"])
    yield "\n"


def _checks(said: Mapping[str, Any]) -> Iterator[str]:
    yield _head("check", "severity", "read", "damaged", "changed later", "loud")
    for family in Family:
        for check in sorted(name for name, one in BY_ID.items() if one.family is family):
            cells = [_cell(measure, _of(said, measure, check)) for measure in _MEASURES]
            if any(cells):
                yield _row(
                    f"`{check}`", BY_ID[check].severity.value, *(one or "–" for one in cells)
                )


_MEASURES = ("gold", "seeded", "edited", "alarms")


def _cell(measure: str, one: Mapping[str, Any] | None) -> str:
    if one is None:
        return ""
    if measure == "gold":
        return f"{one['right']} right, {one['wrong'] + one['read_again']} wrong"
    if measure == "seeded":
        places = one["found"] + one["missed"]
        return f"{_percent(one['found'], places)} of {places}" if places else ""
    if measure == "edited":
        lift = f", {one['lift']} times" if one["lift"] else ""
        return f"{_percent(one['changed'], one['segments'])} of {one['segments']}{lift}"
    return f"{one['human']['per_thousand']}"


def wanted(said: Mapping[str, Any], guide_page: Path = GUIDE) -> dict[Path, str]:
    """Every page that shows figures, as it should be."""
    pages = {guide_page: guide(said)}
    for name, check in BY_ID.items():
        path = page_path(check.family.value, name)
        pages[path] = with_block(path.read_text(encoding="utf-8"), block(name, said))
    return pages


def main() -> int:
    """Write the pages, or with `--check` compare them."""
    old = []
    for path, text in wanted(read()).items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            old.append(path.name)
            if "--check" not in sys.argv[1:]:
                path.write_text(text, encoding="utf-8")
    if not old or "--check" not in sys.argv[1:]:
        return 0
    sys.stderr.write(f"old: {', '.join(old)}: run `python -m tools.figures`\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
