"""Five years rebuilt from git, against twenty single reports at snapshots of the same years."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Cost, once


def main() -> None:
    """Print the ratios."""
    from bilint.stores.history.store import open_history

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--name", default="blueprints-learn")
    parser.add_argument("--locale", default="it-IT")
    parser.add_argument("--root", default="help")
    parser.add_argument("--every", default="1w")
    parser.add_argument("--reports", type=int, default=20)
    options = parser.parse_args()
    source = f"{options.corpora / options.name}.en.git"
    target = f"{options.corpora / options.name}.{options.locale}.git"
    bilint = [sys.executable, "-m", "bilint"]
    places = ["--root", options.root, "--source"]
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "runs.db"
        backfill = [*bilint, "history", "backfill", "--every", options.every, "--history"]
        cost = once(
            [*backfill, str(kept), *places, source, "--target", f"{options.locale}={target}"]
        )
        with open_history(kept, read_only=True) as history:
            runs = history.runs()
        size = kept.stat().st_size
        chosen = [runs[len(runs) * at // options.reports] for at in range(options.reports - 1)]
        reports = [
            once(
                [
                    *(*bilint, "report", "--format", "json", *places),
                    f"{source}@{run.source_revision}",
                    *("--target", f"{options.locale}={target}@{run.revisions[options.locale]}"),
                ]
            )
            for run in (*chosen, runs[-1])
        ]
    total = Cost(sum(one.cpu for one in reports), sum(one.wall for one in reports), 0)
    print(f"runs         {len(runs)}, {runs[0].at[:10]} to {runs[-1].at[:10]}, {size:,} bytes kept")
    print(f"backfill     {cost.cpu:.1f} s CPU, {cost.wall:.1f} s, {cost.memory:.0f} MiB")
    print(f"{len(reports):<3} reports  {total.cpu:.1f} s CPU, {total.wall:.1f} s")
    cpu, wall = cost.cpu / total.cpu, cost.wall / total.wall
    print(f"ratio        {cpu:.2f} of the CPU, {wall:.2f} of the time")


if __name__ == "__main__":
    main()
