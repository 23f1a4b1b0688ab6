"""Provenance: where a translation comes from, and what its page says of that."""
