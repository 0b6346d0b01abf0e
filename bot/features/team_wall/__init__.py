"""The employees' own wall: births, birthdays, jubilees, jokes and good news."""
