"""Figures: somebody's own, which nobody else sees, and the office's, in which nobody is named."""
