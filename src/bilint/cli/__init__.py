"""The command line: one file a command, each a thin skin over the pipeline."""

from bilint.cli.start import main

__all__ = ["main"]
