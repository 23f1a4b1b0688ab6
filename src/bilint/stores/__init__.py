"""What outlives a run: the baseline, decisions, and the history of runs."""
