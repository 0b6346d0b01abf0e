"""The wall of change: what employees suggest to serve customers better, with votes, a status and an answer."""
