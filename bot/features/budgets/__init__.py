"""What people may spend on gestures without asking, and the ledger of what they spent."""
