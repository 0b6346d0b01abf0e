"""The record: tables, the questions asked of them, and the transactions they are asked in."""
