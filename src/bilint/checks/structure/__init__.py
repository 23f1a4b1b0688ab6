"""Structure: blocks, tables, lists, headings and markup that differ from the source."""
