"""Slack, as the rest of the program sees it: what is posted there, and what its texts look like."""
