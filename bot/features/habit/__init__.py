"""The habit: a reminder on each of one's own working days, streaks, and kind words on the way."""
