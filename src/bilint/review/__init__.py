"""The reviewer's desk: a queue gone through by a person, segment by segment.

`session` is what a reviewer does, and knows no screen; `plain` and `screen` show it. Below it
`agenda` knows what comes next, `opened` the pages, `ledger` the decisions, `editing` what an edit
does, `finishing` when a page is done, and `history` how all is taken back.
"""
