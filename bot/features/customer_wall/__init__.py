"""The wall of customers' compliments: entered by colleagues, left by customers, placed, applauded, taken back."""
