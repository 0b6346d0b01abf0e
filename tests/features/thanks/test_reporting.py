"""The managers' list of who had no thanks yet: once a week, names alone."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.features.stories.actions import share_story
from bot.features.thanks import actions, forgetting, jobs
from bot.features.thanks.rules import TypedThanks
from bot.features.thanks.screens import PICK
from bot.kernel.choices import Choice
from bot.kernel.office import Me
from storage.office import change_office
from storage.outbox import Post
from storage.people import Standing
from storage.personal import make_nameless
from tests.fakes import FakeOffice

THIS_WEEK = date(2026, 11, 2)
NEXT = THIS_WEEK + timedelta(days=7)


def tick(office: FakeOffice, day: date = NEXT, hour: int = 9) -> None:
    moment = datetime.combine(day, time(hour), ZoneInfo("Europe/Amsterdam")).astimezone(UTC)
    office.services.clock.move_to(moment)
    jobs.tell_managers(office.services)


def names_in(office: FakeOffice, slack_id: str = "U0FATIMA") -> list[str]:
    """The names in the one list that a manager got."""
    [post] = office.queued(slack_id)
    paragraph = (post.body or {})["blocks"][1]["elements"][0]["elements"]
    return [part["text"] for part in paragraph if part["text"] != ", "]


@pytest.fixture
def told(office: FakeOffice, fatima: Me, bram: Me, sanne: Me) -> dict[str, int]:
    """Stories of this week, by who told them."""
    anna = office.person("U0ANNA", "anna")
    tellers = (sanne, bram, anna)
    return {me.name: share_story(office.services, me, f"{me.name} liep met een klant mee").story_id for me in tellers}


def test_once_a_week_managers_get_the_names_by_the_alphabet(office: FakeOffice, told: dict[str, int]) -> None:
    tick(office)
    tick(office, hour=11)
    tick(office, NEXT + timedelta(days=1))

    assert names_in(office) == ["anna", "Bram", "Sanne"]
    assert office.posts("U0SANNE") == office.posts("U0BRAM") == []


def test_who_was_thanked_is_not_in_it(office: FakeOffice, told: dict[str, int], fatima: Me) -> None:
    actions.thank(office.services, fatima, told["Bram"], TypedThanks("Mooi"))
    tick(office)

    assert names_in(office) == ["anna", "Sanne"]
    choices = json.dumps(office.queued("U0FATIMA")[0].body)
    assert PICK in choices
    assert f'"value": "{told["anna"]}:' in choices


def test_whom_somebody_thanked_leaves_the_list_that_stands(
    office: FakeOffice, told: dict[str, int], fatima: Me, bram: Me
) -> None:
    tick(office)
    actions.thank(office.services, fatima, told["anna"], TypedThanks("Mooi"))
    assert names_in(office) == ["Bram", "Sanne"]
    actions.take_back(office.services, fatima, actions.see_thanks(office.services, fatima).given[0].thanks.id or 0)
    assert names_in(office) == ["anna", "Bram", "Sanne"]
    for story in told.values():
        actions.thank(office.services, fatima, story, TypedThanks("Mooi"))

    [post] = office.queued("U0FATIMA")
    assert PICK not in json.dumps(post.body)


def test_when_all_were_thanked_nothing_comes(office: FakeOffice, told: dict[str, int], fatima: Me) -> None:
    for story in told.values():
        actions.thank(office.services, fatima, story, TypedThanks("Mooi"))
    tick(office)

    assert office.posts("U0FATIMA") == []


@pytest.mark.parametrize(("day", "hour"), [(NEXT, 8), (NEXT - timedelta(days=1), 12), (THIS_WEEK, 17)])
def test_not_before_the_week_is_over_nor_outside_office_hours(
    office: FakeOffice, told: dict[str, int], day: date, hour: int
) -> None:
    tick(office, day, hour)

    assert office.posts("U0FATIMA") == []


def test_a_manager_is_not_in_their_own_list(office: FakeOffice, told: dict[str, int], fatima: Me) -> None:
    with office.services.database.writing(fatima) as tx:
        now = office.services.clock.now()
        change_office(tx, Choice.MANAGERS, ["U0BRAM", "U0FATIMA"], fatima.person_id, now)
    tick(office)

    assert names_in(office, "U0BRAM") == ["anna", "Sanne"]
    assert names_in(office, "U0FATIMA") == ["anna", "Bram", "Sanne"]


def test_who_left_is_not_in_it(office: FakeOffice, told: dict[str, int]) -> None:
    office.person("U0SANNE", "Sanne", standing=Standing.GONE)
    tick(office)

    assert names_in(office) == ["anna", "Bram"]


def test_who_is_erased_goes_from_the_lists_that_were_sent(office: FakeOffice, told: dict[str, int], sanne: Me) -> None:
    tick(office)
    with office.services.database.writing(sanne) as tx:
        make_nameless(tx, sanne.person_id, office.services.clock.now())
        forgetting.forget_thanked(tx, office.services, sanne)

    assert "Sanne" not in json.dumps(office.queued("U0FATIMA")[0].body)


def test_who_changed_their_name_and_is_erased_goes_from_the_lists_with_the_old_one(
    office: FakeOffice, told: dict[str, int], sanne: Me
) -> None:
    tick(office)
    renamed = replace(sanne, name="Sanne van Dijk")
    with office.services.database.writing(renamed) as tx:
        make_nameless(tx, renamed.person_id, office.services.clock.now())
        forgetting.forget_thanked(tx, office.services, renamed)

    assert "Sanne" not in json.dumps(office.queued("U0FATIMA")[0].body)


def test_a_list_of_before_it_carried_who_it_names_is_found_by_the_story(
    office: FakeOffice, told: dict[str, int], sanne: Me
) -> None:
    tick(office)
    with office.services.database.writing(sanne) as tx:
        post = tx.exec(select(Post).where(Post.target == "U0FATIMA")).one()
        post.body = json.loads(re.sub(r'("value": "\d+):\d+"', r'\1"', json.dumps(post.body)))
        tx.flush()
        forgetting.forget_thanked(tx, office.services, replace(sanne, name="Sanne van Dijk"))

    assert "Sanne" not in json.dumps(office.queued("U0FATIMA")[0].body)


def test_who_is_erased_takes_no_list_away_that_does_not_name_them(
    office: FakeOffice, told: dict[str, int], fatima: Me, sanne: Me
) -> None:
    actions.thank(office.services, fatima, told["Sanne"], TypedThanks("Mooi"))
    tick(office)
    with office.services.database.writing(sanne) as tx:
        forgetting.forget_thanked(tx, office.services, sanne)

    assert names_in(office) == ["anna", "Bram"]
