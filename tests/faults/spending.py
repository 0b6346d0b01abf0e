"""Programs that do nothing but spend, so that several can do it at once, or be killed at any statement."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import SQLModel, col, select

from bot.features.budgets import actions, closing, deciding, repaying
from bot.features.budgets.rules import Decision, TypedSpending
from bot.features.gifts import actions as gift_actions
from bot.features.gifts import managing
from bot.features.gifts.rules import TypedGift
from bot.features.stories import actions as stories
from bot.features.stories.rules import TypedStory
from bot.kernel.budgets import Verdict
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.reactions import REACTIONS
from bot.wiring.requests import Asking
from storage.database import Database
from storage.gifts import Cupboard, Gift, GiftMove
from storage.spending import Spending
from storage.stories import Story
from tests.benchmarks.tick import WEDNESDAY, services_on
from tests.fakes import TEAM

MANAGERS = frozenset({"U0FATIMA", "U0ILSE"})
AT_ONCE = 16  # threads of a program
Act = Callable[[Services], Any]


def office_on(database: Database) -> Services:
    """Everything that an action needs, with two managers and with what features do because of each other."""
    services = services_on(database, WEDNESDAY)
    settings = services.settings.model_copy(update={"managers": MANAGERS})
    return replace(services, settings=settings, reactions=REACTIONS)


def person(services: Services, slack_id: str) -> Me:
    return me_of(services, Asking(TEAM, slack_id, slack_id, is_stranger=False, request_key=None))


def spend_at_once(services: Services, slack_id: str, times: int, threads: int = AT_ONCE) -> list[Verdict]:
    """Spend 2,50 so many times, so many at a time; what became of each."""
    me = person(services, slack_id)
    typed = TypedSpending("2,50", "koffie voor een klant")

    def spend(_number: int) -> Verdict:
        while True:
            try:
                return actions.spend(services, me, typed).verdict
            except SQLAlchemyError:  # it is too busy: who reads so tries again
                continue

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(spend, range(times)))


def decide_at_once(services: Services, slack_id: str, spending_ids: list[int]) -> int:
    """Approve them one after the other; how many this manager was the one to decide."""
    me, done = person(services, slack_id), 0
    for spending_id in spending_ids:
        try:
            deciding.decide_spending(services, me, spending_id, Decision.APPROVE)
            done += 1
        except BotError:
            continue
    return done


def _newest(services: Services, table: type[Any]) -> int:
    with services.database.reading() as tx:
        return int(tx.exec(select(table.id).order_by(col(table.id).desc())).first() or 0)


def prepare(services: Services) -> None:
    """People, and a cupboard with a gift."""
    fatima = person(services, "U0FATIMA")
    person(services, "U0SANNE")
    managing.keep_cupboard(services, fatima, "De winkel", "U0FATIMA")
    gift = TypedGift("Chocolade", emoji="🍫", price="1", stock="3", low_at="2")
    managing.add_gift(services, fatima, _newest(services, Cupboard), gift)


def _spend(services: Services, amount: str) -> None:
    typed = TypedSpending(amount, "bloemen", is_urgent=True)
    actions.spend(services, person(services, "U0SANNE"), typed)


def _correct(services: Services) -> None:
    typed = TypedSpending("4", "rozen")
    actions.correct_spending(services, person(services, "U0SANNE"), _newest(services, Spending), typed)


def _decide(services: Services) -> None:
    me = person(services, "U0FATIMA")
    deciding.decide_spending(services, me, _newest(services, Spending), Decision.PARTLY, "12", "de rest is te veel")


def _tell(services: Services, spent: str, story_id: int | None = None) -> None:
    me, typed = person(services, "U0SANNE"), TypedStory("Bloemen gebracht bij een klant", spent=spent)
    if story_id is None:
        stories.tell_story(services, me, typed)
    else:
        stories.change_story(services, me, story_id, typed)


ACTS: dict[str, Act] = {
    "spend": lambda services: _spend(services, "5"),
    "correct": _correct,
    "ask": lambda services: _spend(services, "25"),
    "decide": _decide,
    "pay back": lambda services: repaying.mark_paid_back(
        services, person(services, "U0ILSE"), [_newest(services, Spending)]
    ),
    "tell a story": lambda services: _tell(services, "3"),
    "change a story": lambda services: _tell(services, "2", _newest(services, Story)),
    "remove a story": lambda services: stories.remove_story(
        services, person(services, "U0SANNE"), _newest(services, Story)
    ),
    "take a gift": lambda services: gift_actions.take_gift(
        services, person(services, "U0SANNE"), _newest(services, Gift), for_colleague=False
    ),
    "put it back": lambda services: gift_actions.put_back(
        services, person(services, "U0SANNE"), _newest(services, GiftMove)
    ),
    "give caps": lambda services: closing.set_person_cap(
        services, person(services, "U0FATIMA"), "U0SANNE", "25", ""
    ),
    "close a month": lambda services: closing.close_month(services, person(services, "U0FATIMA"), "2026-10"),
    "take back": lambda services: _spend_and_undo(services),
}  # fmt: skip


def _spend_and_undo(services: Services) -> None:
    me = person(services, "U0SANNE")
    first = min(one.id or 0 for one in actions.balance(services, me).last)
    actions.undo_spending(services, me, first)


def die_everywhere(address: str, step: int) -> None:
    """Do each act in a child that is killed before its first statement, the one `step` later, until it survives.

    After each death the record is as it was.
    """
    database = Database(address, threads=2)
    services = office_on(database)
    prepare(services)
    for name, act in ACTS.items():
        before = snapshot(database)
        for statement in count(1, step):
            database.close()  # a child may not use its parent's connections
            if not _dies(address, services, act, statement):
                break
            assert snapshot(database) == before, f"{name}: half done when it died before statement {statement}"
        assert snapshot(database) != before, f"{name}: nothing was done"
        print(name, flush=True)
    database.close()


def _dies(address: str, services: Services, act: Act, statement: int) -> bool:
    """Do it in a child that gets kill -9 before this statement (a commit is one too); false when it came to its end."""
    child = os.fork()
    if child == 0:
        database, left = Database(address, threads=2), iter(range(statement - 1, -1, -1))

        def count_down(*_: Any) -> None:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(database.engine, "before_cursor_execute", count_down)
        event.listen(database.engine, "commit", count_down)
        try:
            act(replace(services, database=database))
        except BaseException as error:  # a child that went on would be a second parent
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return os.WIFSIGNALED(status)


def snapshot(database: Database) -> dict[str, list[Any]]:
    """All rows of all tables, but for what only says that somebody was there."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in SQLModel.metadata.sorted_tables
            if table.name not in ("person", "workspace")
        }


def spend(address: str, times: int) -> None:
    """Says how many were booked."""
    found = spend_at_once(office_on(Database(address)), "U0SANNE", times)
    print(sum(verdict is Verdict.BOOK for verdict in found))


def decide(address: str, slack_id: str, ids: Sequence[int]) -> None:
    """Says how many a manager decided on."""
    print(decide_at_once(office_on(Database(address)), slack_id, list(ids)))
