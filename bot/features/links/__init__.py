"""The links that managers make to the pages outside Slack, and the poster that leads to one."""
