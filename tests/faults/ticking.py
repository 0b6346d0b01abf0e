"""A program that does nothing but remind who is due, in small batches, so that it can be killed between and in them."""

from bot.features.habit.reminding import remind_due
from storage.database import Database
from tests.benchmarks.tick import WEDNESDAY, services_on


def remind(address: str) -> None:
    remind_due(services_on(Database(address), WEDNESDAY), batch=20)
