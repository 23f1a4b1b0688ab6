"""Engines: heavy judges behind small protocols, loaded on first use."""
