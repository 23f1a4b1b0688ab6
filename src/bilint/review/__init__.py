"""The reviewer's desk: a queue gone through by a person, segment by segment.

`session` knows the work and no screen; `plain` and `screen` show it.
"""
