"""A Slack workspace on your own machine: Slack's API to a bot, a chat page to a person."""
