"""Answers that rules give: names, totals, phases, tiers side by side, duties, validity."""
