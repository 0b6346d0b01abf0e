"""The conversation: what people do in Slack, and what they see of it."""
