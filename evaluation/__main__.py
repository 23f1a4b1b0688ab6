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


def main() -> int:
    """Measure what was asked for, and tell."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("what", choices=("gold",))
    parser.add_argument("--check", nargs="+", default=(), metavar="ID", help="only these checks")
    parser.add_argument("--json", type=Path, metavar="FILE", help="store the figures of this run")
    parser.add_argument("--verbose", action="store_true", help="list what there is to read")
    parser.add_argument("--corpora", type=Path, metavar="DIR", help="the corpora, unpacked already")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
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
    from evaluation import gold

    start = time.perf_counter()
    score = gold.measure(corpora, options.jobs, options.check)
    print(gold.tell(score, verbose=options.verbose))
    print(f"({time.perf_counter() - start:.0f} s)")
    return {"gold": gold.figures(score)}


if __name__ == "__main__":
    sys.exit(main())
