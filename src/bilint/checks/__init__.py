"""Checks: one module and one page each, a folder a family."""
