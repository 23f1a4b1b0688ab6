"""Benchmarks: what Bilint costs, measured side by side."""
