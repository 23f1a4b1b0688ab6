"""The quality of machine translation beside the rest of a report."""

from __future__ import annotations

from bilint.cli.session import Output, refusals
from bilint.model.quality import By, Period
from bilint.model.report import Report
from bilint.pipeline.request import Request

DRAWS = 300
"""Random draws for an interval: enough for one digit behind the point."""


def with_quality(report: Report, request: Request, output: Output) -> Report:
    """The report with what `bilint quality` measures, quarter by quarter."""
    import sys

    from bilint.pipeline.quality import Asked, measure_quality
    from bilint.quality import Telling

    asked = Asked(Telling((By.PERIOD, By.AREA, By.CLAIM), Period.QUARTER), DRAWS)
    with refusals():
        if output.quiet or not sys.stderr.isatty():
            measured = measure_quality(request, asked)
        else:
            from bilint.reporters.progress import ProgressBar

            with ProgressBar(sys.stderr, "hand-offs") as progress:
                measured = measure_quality(request, asked, progress)
    return report._replace(quality=measured.quality)
