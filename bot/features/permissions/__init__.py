"""The rules that may be bent: what everybody may do without asking, and which rules may go."""
