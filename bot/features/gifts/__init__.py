"""The gift cupboard: what is at hand to give, taken with two clicks, and who keeps it filled."""
