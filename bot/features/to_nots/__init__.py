"""The to-not list: what the team stops doing, to have time for customers."""
