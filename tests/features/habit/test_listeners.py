"""Clicking on a reminder: the value of a button is checked again."""

from typing import Any

import pytest
from slack_bolt import Ack

from bot.features.habit import listeners
from bot.features.habit.screens import CALMER, KEEP
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.slack.reply import Reply
from storage.participants import Volume
from storage.reminders import Answer
from tests.fakes import FakeOffice, FakeSlack, StoppedClock
from tests.features.habit.club import MONDAY, at, day_of, join, row_of, tick

Listener = Any


@pytest.fixture
def ward(office: FakeOffice, clock: StoppedClock) -> Me:
    """Was reminded today at half past eight."""
    clock.pass_time(hours=-3)
    me = join(office, office.person("U0WARD", "Ward", language="en"))
    tick(office, at(MONDAY, 8, 30))
    return me


def click(listener: Listener, office: FakeOffice, me: Me, **action: Any) -> None:
    """Somebody clicks; the click is acknowledged."""
    ack = Ack()  # type: ignore[no-untyped-call]
    listener(action=action, me=me, services=office.services, reply=Reply({}, ack, FakeSlack()))  # type: ignore[arg-type]
    assert ack.response is not None
    assert ack.response.status == 200


def answer_of(office: FakeOffice, me: Me) -> str | None:
    reminder = day_of(office, me, MONDAY)
    return reminder.answer if reminder else None


def test_a_choice_of_when_puts_it_off(office: FakeOffice, ward: Me) -> None:
    click(listeners.snooze, office, ward, selected_option={"value": "2026-11-02 hour"})

    assert answer_of(office, ward) == Answer.SNOOZED
    assert row_of(office, ward).due_at == at(MONDAY, 9, 30)


def test_not_today_and_a_day_off_are_answers(office: FakeOffice, ward: Me) -> None:
    click(listeners.skip, office, ward, value="2026-11-02")
    assert answer_of(office, ward) == Answer.SKIPPED
    click(listeners.take_day_off, office, ward, value="2026-11-02")
    assert answer_of(office, ward) == Answer.FREE


def test_the_question_has_two_answers(office: FakeOffice, ward: Me) -> None:
    click(listeners.answer_calmer, office, ward, action_id=KEEP, value="2026-11-02")
    assert row_of(office, ward).volume == Volume.LIGHT
    click(listeners.answer_calmer, office, ward, action_id=CALMER, value="2026-11-02")
    assert row_of(office, ward).volume == Volume.WEEKLY


@pytest.mark.parametrize("value", [None, "", "1", "2026-13-01", "gisteren", "2026-11-02 hour", "0001-01-01x"])
def test_a_button_without_a_day_is_refused_kindly(office: FakeOffice, ward: Me, value: str | None) -> None:
    for listener in (listeners.skip, listeners.take_day_off, listeners.answer_calmer):
        with pytest.raises(BotError, match="not there any more"):
            click(listener, office, ward, action_id=CALMER, value=value)

    assert answer_of(office, ward) is None


@pytest.mark.parametrize("value", [None, "", "2026-11-02", "hour", "2026-11-02 never", "x hour", "2026-11-02  hour"])
def test_a_choice_that_is_none_is_refused_kindly(office: FakeOffice, ward: Me, value: str | None) -> None:
    with pytest.raises(BotError, match="not there any more"):
        click(listeners.snooze, office, ward, selected_option={"value": value} if value is not None else None)


@pytest.mark.parametrize("day", ["0001-01-01", "2026-11-01", "9999-12-31"])
def test_a_button_of_another_day_changes_nothing(office: FakeOffice, ward: Me, day: str) -> None:
    click(listeners.skip, office, ward, value=day)
    click(listeners.snooze, office, ward, selected_option={"value": f"{day} lunch"})

    assert answer_of(office, ward) is None
