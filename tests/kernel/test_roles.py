"""Who may take part."""

from collections.abc import Mapping

import pytest

from bot.i18n.translate import speakers
from bot.kernel.errors import BotError
from bot.kernel.office import Me, Say
from bot.kernel.roles import may_manage, must_belong, must_manage, refusal
from storage.people import Standing
from tests.fakes import an_office

SPEAKERS: Mapping[str, Say] = speakers()


def somebody(standing: Standing, is_admin: bool = False, slack_id: str = "U0FATIMA") -> Me:
    office = an_office(SPEAKERS["nl"])
    return Me(office, 1, slack_id, "Fatima", office.zone, standing, is_admin, SPEAKERS["nl"])


def test_a_colleague_takes_part() -> None:
    me = somebody(Standing.MEMBER)

    assert refusal(me) is None
    must_belong(me)


@pytest.mark.parametrize(
    ("standing", "answer"),
    [
        (Standing.GUEST, "As a guest you can read along"),
        (Standing.STRANGER, "This is for people who work here"),
        (Standing.BOT, "This account can't take part"),
        (Standing.GONE, "This account can't take part"),
    ],
)
def test_who_does_not_work_here_is_told_why_not(standing: Standing, answer: str) -> None:
    with pytest.raises(BotError, match=answer):
        must_belong(somebody(standing))


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_has_one_answer(standing: Standing) -> None:
    assert (refusal(somebody(standing)) is None) == (standing == Standing.MEMBER)


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.BOT, Standing.GONE])
def test_being_admin_or_manager_opens_no_door_for_who_does_not_belong(standing: Standing) -> None:
    assert refusal(somebody(standing, is_admin=True)) is not None


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.GONE])
def test_a_refusal_is_said_in_dutch_too(standing: Standing) -> None:
    error = refusal(somebody(standing))

    assert error is not None
    assert SPEAKERS["nl"].error(error) != str(error)


@pytest.mark.parametrize(
    ("slack_id", "is_admin", "may"),
    [("U0FATIMA", False, True), ("U0JEROEN", True, True), ("U0FATIMA", True, True), ("U0SANNE", False, False)],
)
def test_managers_and_admins_may_change_the_offices_settings(slack_id: str, is_admin: bool, may: bool) -> None:
    me = somebody(Standing.MEMBER, is_admin, slack_id)

    assert may_manage(me) == may
    if may:
        must_manage(me)
    else:
        with pytest.raises(BotError, match="Only the office's managers"):
            must_manage(me)


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.BOT, Standing.GONE])
def test_who_does_not_belong_manages_nothing(standing: Standing) -> None:
    me = somebody(standing, is_admin=True)

    assert not may_manage(me)
    with pytest.raises(BotError):
        must_manage(me)
