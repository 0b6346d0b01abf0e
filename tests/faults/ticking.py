"""A program that does nothing but remind who is due, in small batches, so that it can be killed between and in them."""

import sys

from bot.features.habit.reminding import remind_due
from storage.database import Database
from tests.benchmarks.tick import WEDNESDAY, services_on

if __name__ == "__main__":
    remind_due(services_on(Database(sys.argv[1]), WEDNESDAY), batch=20)
