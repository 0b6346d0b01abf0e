"""`fanperdag`, which is also `python -m bot`."""

import sys


def main() -> None:
    """Run a command. Ctrl-C is quiet, also in the second in which the program itself is read."""
    try:
        from bot.cli import main as run_command

        run_command()
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell says it


if __name__ == "__main__":
    main()
