"""After any series of acts the ledger is exact: on both databases."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from bot.services import Services
from tests.features.budgets.ledger_machine import LedgerMachine


def test_after_any_series_of_acts_the_ledger_is_exact(services: Services) -> None:
    class Machine(LedgerMachine):
        pass

    Machine.services = services
    run_state_machine_as_test(Machine, settings=settings(max_examples=15, stateful_step_count=30))
