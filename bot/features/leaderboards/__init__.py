"""The leaderboard: who made the most fans, per head or all together, for those who like to see that."""
