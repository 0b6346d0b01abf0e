"""Groups of people: teams or shifts, for leaderboards and budgets."""
