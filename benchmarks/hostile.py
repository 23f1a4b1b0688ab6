"""How the cost of hostile pages grows: the CPU of a page twice as long over that of the page.

About 2 is linear, 4 is quadratic. Patterns are measured with the rest, which counting the steps of
Python cannot do.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from bilint.alignment import align_translation
from bilint.checks.base import Context
from bilint.checks.engine import run_pair
from bilint.checks.registry import select
from bilint.engines.language import SeededJudge
from bilint.engines.similarity import ChrfSimilarity
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.config import Limits, Settings
from bilint.model.document import FrontMatter
from bilint.model.page import Page
from bilint.pipeline.beside import segment_pairs
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document
from bilint.readers.page import provenance

UNITS = (
    *("[x](a.md) ", "](a.md) ", "[x", "![a](b.png)\n\n", "（", "[!DNL a", "[!DNL a] ", "{", "{a ",),
    *("`", "`a` ", "<b>x</b> ", "<a ", "<!--", "<!-- c -->\n\n", "> a\n\n", "- x\n", "# a\n\n"),
    *("|a|b|\n|-|-|\n|c|d|\n\n", "```\na\n```\n\n", "*a ", "** ", "a a ", '" ', "..", "&amp;"),
    *("1.1 ", "1,", "\u200b", "à", "日", "A. b ", "a-b ", "http://a.b ", "a@b ", "\\", "%s "),
)  # fmt: skip
SIZE = 20_000
RUNS = 3
EMPTY = FrontMatter()


def main() -> None:
    """Print the growth of each page, the worst first."""
    rows = []
    for unit in UNITS:
        short, long = (_fastest(_page(unit, size)) for size in (SIZE, 2 * SIZE))
        rows.append((long / short, long, unit))
    for growth, seconds, unit in sorted(rows, reverse=True):
        print(f"{growth:5.1f}  {seconds * 1000:7.0f} ms of {2 * SIZE // 1000} kB  {unit!r}")


def _page(unit: str, size: int) -> Callable[[], object]:
    """What reads a page of nothing but one unit, and checks it against a plain one."""
    ours, theirs = b"The rule is on.\n\nNever (do) that.\n", (unit * (size // len(unit))).encode()
    context = Context(EXPERIENCE_LEAGUE, SeededJudge(), ChrfSimilarity())
    selection = select(Settings())

    def work() -> object:
        source, target = (read_document(one, EXPERIENCE_LEAGUE, Limits()) for one in (ours, theirs))
        segments = segment_pairs(source, target, align_translation(source, target))
        said = provenance(EMPTY, EXPERIENCE_LEAGUE)
        page = Page("a.md", "1" * 40, target, said)
        base = Page("a.md", "2" * 40, source)
        pair = AlignedPair("it-IT", page, base, Basis.BASE, segments)
        return run_pair(pair, selection.checks, context, selection.options)

    return work


def _fastest(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


if __name__ == "__main__":
    main()
