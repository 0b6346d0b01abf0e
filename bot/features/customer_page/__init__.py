"""The page for customers: a compliment, an answer to the open question, a call; and what colleagues do with those."""
