"""Who takes part: joining, leaving, being invited, one's own settings, and being away."""
