"""`python -m bot`: the same as `fanperdag`."""

from bot.cli import main

main()
