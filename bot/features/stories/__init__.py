"""Fan stories: told in ten seconds, read by the team, applauded, changed, taken back."""
