"""How the report as a page opens and scrolls in Chromium, beside an empty page."""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

EMPTY = "<!doctype html><title>empty</title><script>performance.mark('bilint-usable')</script>"

SCROLL = """
async ([selector, steps]) => {
  const box = document.querySelector(selector) ?? document.scrollingElement;
  const frames = [];
  let last = performance.now();
  for (let step = 0; step < steps; step++) {
    box.scrollTop += step % 10 ? 400 : box.scrollHeight / 12;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames.slice(5);
}
"""


def usable(browser: Any, file: Path, address: str) -> tuple[float, Any]:
    """Milliseconds until a page can be used, and the page."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(f"{file.as_uri()}{address}")
    mark = "performance.getEntriesByName('bilint-usable')[0]?.startTime"
    while (time := page.evaluate(mark)) is None:
        page.wait_for_timeout(5)
    return time, page


def opened(browser: Any, file: Path, address: str, runs: int) -> float:
    """The median over fresh pages."""
    times = []
    for _ in range(runs):
        time, page = usable(browser, file, address)
        times.append(time)
        page.close()
    return statistics.median(times)


def frames(browser: Any, file: Path, address: str, selector: str) -> list[float]:
    """Milliseconds between frames while a list is scrolled, by pages and by leaps."""
    _time, page = usable(browser, file, address)
    page.wait_for_timeout(300)
    times: list[float] = page.evaluate(SCROLL, [selector, 120])
    page.close()
    return times


def typed(browser: Any, file: Path) -> float:
    """Milliseconds from a filter by text to the list that it leaves."""
    _time, page = usable(browser, file, "#/findings")
    page.wait_for_selector("[role=grid], .nothing")
    took = """
async () => {
  const start = performance.now();
  const before = document.querySelector(".list-head [role=status]").textContent;
  location.hash = "#/findings?q=the%20link";
  while (document.querySelector(".list-head [role=status]").textContent === before) {
    await new Promise(requestAnimationFrame);
    if (performance.now() - start > 10000) break;
  }
  return performance.now() - start;
}
"""
    time: float = page.evaluate(took)
    page.close()
    return time


def told(name: str, browser: Any, file: Path, empty: float, runs: int) -> None:
    """A line of figures for each view."""
    size = file.stat().st_size / 1e6
    for view, address, selector in (
        ("overview", "#/", "html"),
        ("findings", "#/findings?each=1", "[role=grid]"),
        ("queue", "#/queue", "[role=grid]"),
    ):
        time = opened(browser, file, address, runs)
        gaps = sorted(frames(browser, file, address, selector))
        print(
            f"{name:24} {view:9} {size:6.2f} MB  usable {time:6.0f} ms ({time / empty:5.1f} empty"
            f" pages)  frames {statistics.median(gaps):5.1f} ms median,"
            f" {gaps[int(len(gaps) * 0.95)]:5.1f} ms 95 %"
        )
    print(f"{name:24} filter by text: {typed(browser, file):.0f} ms")


def report(arguments: list[str], file: Path) -> Path:
    """The page of a report on repositories."""
    command = [sys.executable, "-m", "bilint", "report", "--format", f"html={file}", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return file


def large(folder: Path) -> Path:
    """An invented report of a hundred thousand findings."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reporters"))
    from sample_html import large_report

    from bilint.reporters.formats import renderer

    file = folder / "large.html"
    file.write_bytes(b"".join(renderer("html")(large_report(4_000, 100_000))))
    return file


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="?", help="bare repositories NAME.LOCALE.git")
    parser.add_argument("--page", type=Path, action="append", default=[], help="a page made before")
    parser.add_argument("--name", default="commerce-operations")
    parser.add_argument("--locales", default="it-IT", help="separated by commas")
    parser.add_argument("--root", default="help")
    parser.add_argument("--target-revision", default="")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        blank = Path(folder) / "empty.html"
        blank.write_text(EMPTY, encoding="utf-8")
        empty = opened(browser, blank, "", options.runs)
        for file in options.page:
            told(file.parent.name or file.name, browser, file, empty, options.runs)
        if options.corpora is not None:
            revision = f"@{options.target_revision}" if options.target_revision else ""
            arguments = ["--source", f"{options.corpora / options.name}.en.git"]
            for locale in options.locales.split(","):
                repository = f"{options.corpora / options.name}.{locale}.git{revision}"
                arguments += ["--target", f"{locale}={repository}"]
            made = report([*arguments, "--root", options.root], Path(folder) / "report.html")
            told(options.name, browser, made, empty, options.runs)
        told("100,000 findings", browser, large(Path(folder)), empty, options.runs)
        browser.close()


if __name__ == "__main__":
    main()
