"""Where the parts meet; each file is mostly a table."""
