"""The coach: a small tip at the right time, and help with a kind no."""
