"""Lay out what the documents fix for incubators: the tiers side by side, a self-check, and who has to do what by when.

``matrix``, ``selfcheck``, ``sign`` and ``roster`` hold what the text says, each with the words it rests on; ``forms``
sets it as papers to print and as a table for a spreadsheet. Nothing here is worded anew: what is not a label of
``words`` is quoted, or is an entry of ``rules.toml`` that the tests hold against the text.
"""
