"""A whole report against the floor of reading and parsing the same blobs."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import in_turn, median


def blobs_read(source: str, target: str, root: str) -> dict[str, list[str]]:
    """The blobs that a report reads, by repository, each once."""
    from bilint.model.config import Settings
    from bilint.pipeline.request import Request, Wants
    from bilint.pipeline.run import run
    from bilint.readers.git import Repository
    from bilint.readers.locations import parse_source, parse_target

    locale, location = parse_target(target, root)
    settings = Settings(source=parse_source(source, root), targets={locale: location})
    opened: list[Repository] = []
    original = Repository.close

    def close(repository: Repository) -> None:
        opened.append(repository)
        original(repository)

    Repository.close = close  # type: ignore[method-assign]
    run(Request(settings, Wants(findings=True, queue=True), jobs=1))
    return {one.git_dir: list(dict.fromkeys(one.reads)) for one in opened}


def main() -> None:
    """Print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--name", default="commerce-operations")
    parser.add_argument("--locale", default="it-IT")
    parser.add_argument("--target-revision", default="07ffc5f324")
    parser.add_argument("--source-revision", default="main")
    parser.add_argument("--root", default="help")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    source = f"{options.corpora / options.name}.en.git@{options.source_revision}"
    target = f"{options.corpora / options.name}.{options.locale}.git@{options.target_revision}"
    target = f"{options.locale}={target}"
    with tempfile.TemporaryDirectory() as folder:
        replay = Path(folder) / "blobs.json"
        blobs = blobs_read(source, target, options.root)
        replay.write_text(json.dumps(blobs))
        report = [sys.executable, "-m", "bilint", "report", "--jobs", "1", "--format", "json"]
        report += ["--source", source, "--target", target, "--root", options.root]
        report += ["--output", str(Path(folder) / "report.json")]
        floor = [sys.executable, "-m", "benchmarks.floor", str(replay)]
        reports, floors = in_turn([report, floor], options.runs)
    ratios = [a.cpu / b.cpu for a, b in zip(reports, floors, strict=True)]
    print(f"blobs        {sum(map(len, blobs.values()))}")
    print(f"report       {median([c.cpu for c in reports]):.2f} s CPU (median of {options.runs})")
    print(f"floor        {median([c.cpu for c in floors]):.2f} s CPU")
    print(f"ratio        {median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    print(f"memory       {median([c.memory for c in reports]):.0f} MiB")


if __name__ == "__main__":
    main()
