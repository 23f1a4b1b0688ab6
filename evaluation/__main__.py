"""`python -m evaluation`: how often the checks are right, measured on real documentation."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from evaluation.corpora import AbsentError, Corpora, open_corpora

MEASURES = ("gold", "seeded", "edited", "alarms")


def main() -> int:
    """Measure what was asked for, and tell."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("what", choices=(*MEASURES, "all"))
    parser.add_argument("--check", nargs="+", default=(), metavar="ID", help="only these checks")
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the figures of this run")
    parser.add_argument("--verbose", action="store_true", help="list what there is to read")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="the corpora, unpacked already")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--places", type=int, default=20, help="places damaged by each mutation")
    parser.add_argument("--seed", default="1", help="which places are damaged")
    options = parser.parse_args()
    try:
        with open_corpora(options.corpora) as corpora:
            found = _measure(corpora, options)
    except AbsentError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.json is not None:
        options.json.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


def _measure(corpora: Corpora, options: argparse.Namespace) -> dict[str, Any]:
    """The figures of every measure that was asked for; tables are printed as they come."""
    wanted = MEASURES if options.what == "all" else (options.what,)
    found = {}
    for name in wanted:
        start = time.perf_counter()
        found[name], said = _one(name, corpora, options)
        print(f"{said}\n({name}: {time.perf_counter() - start:.0f} s)\n")
    return found


def _one(name: str, corpora: Corpora, options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    checks, jobs, verbose = options.check, options.jobs, options.verbose
    if name == "gold":
        from evaluation import gold

        score = gold.measure(corpora, jobs, checks)
        return gold.figures(score), gold.tell(score, verbose=verbose)
    if name == "seeded":
        from evaluation import seeded

        results = seeded.measure(corpora, jobs, checks, options.places, options.seed)
        return seeded.figures(results), seeded.tell(results, verbose=verbose)
    if name == "edited":
        from evaluation import edited

        edits = edited.measure(corpora, jobs, checks)
        return edited.figures(edits), edited.tell(edits, verbose=verbose)
    from evaluation import alarms

    found = alarms.measure(corpora, jobs, checks)
    return alarms.figures(found), alarms.tell(found, verbose=verbose)


if __name__ == "__main__":
    sys.exit(main())
