"""The history of runs: figures of every run that was kept, and every finding with when it stood."""
