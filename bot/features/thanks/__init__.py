"""Thanks for a story: words, perhaps with something from the cupboard; and who waits for them."""
