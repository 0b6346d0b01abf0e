"""App Home: its cards in their order, for a newcomer and for who has ten years of stories, on both databases."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.features.participants import actions as participants
from bot.features.participants.rules import TypedChoices
from bot.features.stories import actions as stories
from bot.features.stories.screens import TELL
from bot.kernel.choices import Choice
from bot.kernel.facts import PlanChanged
from bot.kernel.office import Me
from bot.wiring import home
from bot.wiring.privacy import ERASE, SEE
from storage.database import InWorkspace
from storage.office import change_office
from storage.participants import participant_of
from storage.people import Standing
from storage.stories import add_story
from tests.fakes import MONDAY, FakeOffice
from tests.limits import complaints_about_view

UMBRELLA = "Paraplu meegegeven aan een klant in de regen"
WELCOME = "Welkom"


def opened(office: FakeOffice, me: Me) -> dict[str, Any]:
    """What somebody sees who opens Home."""
    home.show_home(office.services, again(office, me))
    return seen(office, me)


def seen(office: FakeOffice, me: Me) -> dict[str, Any]:
    [post] = [post for post in office.queued(me.slack_id) if post.is_home]
    assert post.body is not None
    return post.body


def again(office: FakeOffice, me: Me) -> Me:
    """Somebody as their next request finds them."""
    return office.person(me.slack_id, me.name)


def text_of(view: Any) -> str:
    return json.dumps(view, ensure_ascii=False)


def joins(office: FakeOffice, me: Me) -> Me:
    typed = TypedChoices(board="no", at="9:00", days=("0", "1", "2", "3", "4"), volume="light")
    participants.join_club(office.services, me, typed)
    return again(office, me)


def ten_years(office: FakeOffice, me: Me, count: int) -> None:
    """As many stories, one a day until today, of somebody who takes part all that time."""
    common = {"workspace_id": office.workspace_id, "teller_id": me.person_id, "customer": "", "moment": None}
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        row = participant_of(tx, me.person_id)
        assert row is not None
        row.joined_on, row.joined_at = date(2016, 11, 1), MONDAY - timedelta(days=3653)
        for number in range(count):
            then = MONDAY - timedelta(days=number)
            add_story(tx, **common, text="x" * 3000, day=then.date(), told_at=then, posted_on=then.date())


@pytest.fixture
def statements(office: FakeOffice) -> list[str]:
    """What the database is asked from now on."""
    asked: list[str] = []
    engine = office.services.database.engine
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    return asked


def test_the_first_visit_explains_it_in_three_steps_and_the_next_one_does_not(office: FakeOffice, sanne: Me) -> None:
    first = opened(office, sanne)

    assert complaints_about_view(first) == []
    assert [step for step in "123" if f'"{step}. ' in text_of(first)] == ["1", "2", "3"]
    assert '"1. ' not in text_of(opened(office, sanne))


def test_the_welcome_is_gone_after_ones_first_act_too(office: FakeOffice, sanne: Me) -> None:
    opened(office, sanne)
    stories.share_story(office.services, again(office, sanne), UMBRELLA)

    assert '"1. ' not in text_of(seen(office, sanne))
    assert UMBRELLA in text_of(seen(office, sanne))


def test_today_comes_first_and_what_one_sets_comes_last(office: FakeOffice, sanne: Me) -> None:
    sanne = joins(office, sanne)
    stories.share_story(office.services, sanne, UMBRELLA)
    opened(office, sanne)

    said = text_of(opened(office, sanne))
    marks = [TELL, "14", UMBRELLA, "participant.settings", SEE, ERASE]
    places = [said.index(mark) for mark in marks if mark in said]
    assert places == sorted(places)
    assert len(places) >= 5


def test_who_may_manage_finds_the_offices_settings_at_the_very_bottom(
    office: FakeOffice, fatima: Me, sanne: Me
) -> None:
    with office.services.database.writing(fatima) as tx:
        change_office(tx, Choice.SET_UP, True, fatima.person_id, MONDAY)
    fatima = again(office, fatima)

    assert "office." in text_of(opened(office, fatima)["blocks"][-1])
    assert "office." not in text_of(opened(office, sanne))


def test_as_long_as_nobody_set_the_office_up_the_way_to_it_is_on_top(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    home = opened(office, fatima)["blocks"]
    begin = next(number for number, block in enumerate(home) if "office.begin" in text_of(block))
    tell = next(number for number, block in enumerate(home) if TELL in text_of(block))

    assert begin < tell
    assert "office." not in text_of(home[-1])
    assert "office." not in text_of(opened(office, sanne))


def test_home_follows_joining_and_leaving(office: FakeOffice, sanne: Me) -> None:
    opened(office, sanne)
    sanne = joins(office, again(office, sanne))
    assert "participant.leave" in text_of(seen(office, sanne))

    participants.leave_club(office.services, sanne)
    assert "participant.leave" not in text_of(seen(office, sanne))


def test_nobodys_home_is_drawn_who_never_opened_it(office: FakeOffice, sanne: Me) -> None:
    sanne = joins(office, sanne)
    with office.services.database.writing(sanne) as tx:
        office.services.announce(tx, PlanChanged(sanne))

    assert not office.queued("U0SANNE")


def test_who_does_not_belong_reads_why_and_has_no_buttons(office: FakeOffice) -> None:
    guest = office.person("U0GUEST", "Gast", standing=Standing.GUEST)
    view = opened(office, guest)

    assert complaints_about_view(view) == []
    assert len(view["blocks"]) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_ten_years_of_stories_fit_at_home_and_take_no_more_questions(
    office: FakeOffice, statements: list[str], language: str
) -> None:
    office.person("U0FATIMA", "Fatima", language=language, is_admin=True)
    asked: list[int] = []
    for count in (3, 3000):
        fatima = again(office, joins(office, office.person("U0FATIMA", "Fatima")))
        ten_years(office, fatima, count)
        opened(office, fatima)
        statements.clear()
        view = opened(office, fatima)
        asked.append(len(statements))

    assert complaints_about_view(view) == []
    assert len(view["blocks"]) < 50
    assert len(json.dumps(view)) < 25_000
    assert asked[0] == asked[1] < 40
