"""What every feature means by a word."""
