"""The walls outside Slack: a screen in the office, and the same to read for who has its link."""
