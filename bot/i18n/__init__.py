"""The languages that the bot speaks."""
