"""Frozen values that every floor above shares. Standard library only, no input or output."""
