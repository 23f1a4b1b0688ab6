"""From segment pairs to what they teach of a locale: names, labels, terms, lengths, quotes.

`bitext` is what a shard gathers of a page; `learn` is what the parent makes of all of them.
"""
