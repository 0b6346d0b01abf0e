"""Giving tips, on both databases."""

import dataclasses
from datetime import timedelta

import pytest

from bot.features.coach import actions
from bot.features.coach.rules import Refusal, TypedRefusal
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.tips import MOMENTS
from storage.database import InWorkspace
from storage.handled import AlreadyHandledError
from storage.people import Standing
from storage.stories import Moment
from storage.tips import show_tip, tips_shown_since
from tests.fakes import MONDAY, FakeOffice, StoppedClock


def given_to(office: FakeOffice, me: Me, moment: Moment | None = None) -> str | None:
    tip = actions.give_tip(office.services, me, moment).tip
    return tip.id if tip else None


def seen_by(office: FakeOffice, me: Me) -> set[str]:
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        return tips_shown_since(tx, me.person_id, MONDAY.date() - timedelta(days=365))


def has_seen(office: FakeOffice, me: Me, *ids: str) -> None:
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        for tip_id in ids:
            show_tip(tx, me.person_id, tip_id, MONDAY.date())


def ids(office: FakeOffice, *moments: Moment) -> set[str]:
    return {tip.id for tip in office.services.tips if tip.moment in moments}


@pytest.mark.parametrize("moment", [None, *MOMENTS])
def test_a_tip_that_was_given_is_remembered(office: FakeOffice, sanne: Me, moment: Moment | None) -> None:
    found = given_to(office, sanne, moment)

    assert seen_by(office, sanne) == {found}
    assert found in ids(office, *([moment] if moment else MOMENTS))


def test_who_asks_on_gets_each_tip_of_a_moment_once(office: FakeOffice, sanne: Me) -> None:
    of_complaints = ids(office, Moment.COMPLAINT)
    found = [given_to(office, sanne, Moment.COMPLAINT) for _ in of_complaints]

    assert sorted(map(str, found)) == sorted(of_complaints)


def test_a_moment_that_is_used_up_gives_one_of_another_and_says_so(office: FakeOffice, sanne: Me) -> None:
    has_seen(office, sanne, *ids(office, Moment.COMPLAINT))
    given = actions.give_tip(office.services, sanne, Moment.COMPLAINT)

    assert given.is_of_another_moment
    assert given.tip is not None
    assert given.tip.id in seen_by(office, sanne)


def test_who_has_had_all_gets_none_and_none_is_remembered(office: FakeOffice, sanne: Me) -> None:
    every_tip = ids(office, *MOMENTS)
    has_seen(office, sanne, *every_tip)

    assert given_to(office, sanne) is None
    assert seen_by(office, sanne) == every_tip


def test_a_tip_comes_round_again_after_forty_days_and_no_sooner(
    office: FakeOffice, sanne: Me, clock: StoppedClock
) -> None:
    has_seen(office, sanne, *ids(office, *MOMENTS))
    clock.pass_time(days=40)
    assert given_to(office, sanne) is None

    clock.pass_time(days=1)
    assert given_to(office, sanne) is not None


def test_a_colleague_has_their_own_tips(office: FakeOffice, sanne: Me, bram: Me) -> None:
    has_seen(office, sanne, *ids(office, *MOMENTS))

    assert given_to(office, bram) is not None


def test_the_day_is_the_one_where_the_person_is(office: FakeOffice, clock: StoppedClock) -> None:
    far = office.person("U0FAR", "Far", zone="Pacific/Kiritimati")  # fourteen hours ahead: it is Monday evening there
    clock.pass_time(hours=1)  # and just Tuesday
    given_to(office, far)

    with office.services.database.reading(far) as tx:
        assert len(tips_shown_since(tx, far.person_id, MONDAY.date() + timedelta(days=1))) == 1


def test_a_request_that_comes_twice_gives_one_tip(office: FakeOffice, sanne: Me) -> None:
    asking = dataclasses.replace(sanne, request_key="trigger:1")
    given_to(office, asking)

    with pytest.raises(AlreadyHandledError):
        given_to(office, asking)
    assert len(seen_by(office, sanne)) == 1


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.GONE, Standing.BOT])
def test_who_cannot_take_part_gets_no_tip_and_no_words(office: FakeOffice, standing: Standing) -> None:
    other = office.person("U0OTHER", "Other", standing=standing)

    with pytest.raises(BotError):
        actions.give_tip(office.services, other)
    with pytest.raises(BotError):
        actions.shape_refusal(other, TypedRefusal("korting"))
    assert seen_by(office, other) == set()


def test_a_refusal_is_shaped_and_not_kept(office: FakeOffice, sanne: Me) -> None:
    assert actions.shape_refusal(sanne, TypedRefusal("korting", "de marge is op")) == Refusal(
        "Korting", "de marge is op"
    )
    assert office.rows("outbox") == office.rows("handled_request") == 0
