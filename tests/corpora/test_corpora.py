"""What is known of real documentation, asserted where it stands beside the repository.

`BILINT_SHARED` names the folder that holds `corpora/`. Without it these tests are skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bilint.cli.commands import group

SHARED = os.environ.get("BILINT_SHARED", "")
CHECKOUT = Path(SHARED or os.devnull).resolve() / "corpora" / "checkout.sh"
SNAPSHOTS = (
    "2021-12-01", "2022-06-01", "2023-06-01", "2024-06-01", "2025-03-01", "2025-10-01",
    "2026-03-01", "HEAD",
)  # fmt: skip
LOCALES = ("it-IT", "fr-FR", "ko-KR", "nl-NL")

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not CHECKOUT.is_file(), reason="BILINT_SHARED names no corpora"),
]


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpora")
    environment = {**os.environ, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["bash", str(CHECKOUT), str(folder)], check=True, env=environment)
    return folder


@cache
def snapshot(repository: Path, date: str) -> str:
    last = [] if date == "HEAD" else [f"--before={date}"]
    command = ["git", "-C", str(repository), "rev-list", "-1", "--first-parent", *last, "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def report(
    corpora: Path, name: str, locale: str, date: str, *more: str, source_date: str | None = None
) -> dict[str, Any]:
    source, target = corpora / f"{name}.en.git", corpora / f"{name}.{locale}.git"
    arguments = [
        "report", "--format", "json", "--root", "help", "--jobs", "1",
        "--source", f"{source}@{snapshot(source, source_date or date)}",
        "--target", f"{locale}={target}@{snapshot(target, date)}",
        *more,
    ]  # fmt: skip
    result = CliRunner().invoke(group, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert isinstance(answer, dict)
    return answer


def statuses(answer: dict[str, Any]) -> Counter[str]:
    return Counter(page["status"] for page in answer["pages"])


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("date", SNAPSHOTS)
def test_every_snapshot_is_reported_without_incident(corpora: Path, locale: str, date: str) -> None:
    answer = report(corpora, "blueprints-learn", locale, date)
    assert answer["schema"] == "bilint/1"
    assert answer["incidents"] == []
    for item in answer["queue"]:
        assert sum(reason["points"] for reason in item["reasons"]) == item["score"]
    if date not in ("HEAD", "2026-03-01"):
        assert statuses(answer)["unknown"] == 0


def test_all_pins_of_two_snapshots_resolve(corpora: Path) -> None:
    for date, pages in (("2021-12-01", 30), ("2026-03-01", 45)):
        answer = report(corpora, "blueprints-learn", "it-IT", date)
        known = [page for page in answer["pages"] if page["base_path"] is not None]
        assert len(known) == pages
        assert statuses(answer)["unknown"] == 0


def test_most_pins_of_the_newest_version_are_unknown(corpora: Path) -> None:
    answer = report(corpora, "blueprints-learn", "it-IT", "HEAD")
    unknown = [page for page in answer["pages"] if page["status"] == "unknown"]
    assert len(unknown) == 84
    assert {page["reason"] for page in unknown} == {"absent-commit"}
    assert all(page["words_to_do"] is None for page in unknown)
    assert Counter(page["paired_by"] for page in unknown) == {"id": 73, "path": 1, None: 10}
    assert len([f for f in answer["findings"] if f["check"] == "pin-unknown"]) == 1


def test_the_founding_pages(corpora: Path) -> None:
    page = "help/blueprints/customer-journeys/overview.md"
    found = {}
    for commit, share in (("f493c39ae1878d9d1b69be86b3bc962ad7884dbd", 67), ("853dff954", 45)):
        source, target = (corpora / f"blueprints-learn.{one}.git" for one in ("en", "it-IT"))
        arguments = [
            "report", "--format", "json", "--root", "help", "--jobs", "1",
            "--source", f"{source}@main", "--target", f"it-IT={target}@{commit}",
        ]  # fmt: skip
        result = CliRunner().invoke(group, arguments, catch_exceptions=False)
        answer = json.loads(result.stdout)
        one = next(p for p in answer["pages"] if p["path"] == page)
        assert one["ht_degree"] == share
        assert one["base_path"] == page
        found[commit] = {f["check"] for f in answer["findings"] if f["path"] == page}
    # A token that looks damaged is letter for letter what the English page says.
    assert not any({"dnl-altered", "token-broken"} & checks for checks in found.values())
    assert any("title-whitespace" in checks for checks in found.values())


def test_the_bad_release_shows(corpora: Path) -> None:
    source, target = (corpora / f"blueprints-learn.{one}.git" for one in ("en", "it-IT"))
    arguments = [
        "report", "--format", "json", "--root", "help", "--jobs", "1",
        "--source", f"{source}@{snapshot(source, '2026-03-24')}",
        "--target", f"it-IT={target}@5e87760d6",
    ]  # fmt: skip
    answer = json.loads(CliRunner().invoke(group, arguments, catch_exceptions=False).stdout)
    english = [
        f
        for f in answer["findings"]
        if f["check"] in ("untranslated-segment", "source-language-sentence")
        and f["severity"] == "error"
    ]
    worst = Counter(f["path"] for f in english).most_common(8)
    assert sum(count for _path, count in worst) > 400


def test_scale_and_the_same_bytes_in_one_process_and_in_two(corpora: Path) -> None:
    arguments = ("commerce-operations", "it-IT", "2026-03-01")
    one = report(corpora, *arguments, source_date="HEAD")
    assert one["incidents"] == []
    assert len([page for page in one["pages"] if page["path"]]) == 1283
    two = report(corpora, *arguments, "--jobs", "2", source_date="HEAD")
    assert one == two
