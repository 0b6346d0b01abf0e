"""The week in one post, and a story to tell aloud."""
