"""Units of text as the files of translators' tools, one module a format, out and in."""
