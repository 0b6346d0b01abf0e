"""The office itself: who works there, and what its managers need to hear."""
