"""Keeping up with who works here, and telling managers what only they can mend; on both databases."""

import dataclasses
import threading
from typing import Any

import pytest

from bot.features.office import actions, jobs
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.blocks import Message
from bot.slack.pace import Pace
from bot.slack.profiles import Profile
from bot.slack.sender import Sender
from storage.database import InWorkspace
from storage.outbox import Post
from storage.people import Person, Standing, person_by_slack_id
from tests.fakes import FANS, MONDAY, FakeOffice, FakeSlack, StoppedClock


def profile(slack_id: str, name: str = "Sanne", **more: Any) -> Profile:
    values: dict[str, Any] = {"zone": "Europe/Brussels", "standing": Standing.MEMBER, "is_admin": False}
    return Profile(slack_id=slack_id, name=name, **values | more)


def known(office: FakeOffice, slack_id: str) -> Person | None:
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        return person_by_slack_id(tx, slack_id)


def remember(office: FakeOffice, *profiles: Profile) -> None:
    actions.remember_profiles(office.services, office.workspace_id, profiles)


# Profiles


def test_what_slack_tells_of_somebody_is_remembered(office: FakeOffice, sanne: Me) -> None:
    remember(office, profile("U0SANNE", "Sanne Jansen", is_admin=True))

    person = known(office, "U0SANNE")
    assert person is not None
    assert (person.name, person.zone, person.is_admin) == ("Sanne Jansen", "Europe/Brussels", True)
    assert person.profile_at == MONDAY


def test_a_colleague_is_known_before_they_do_anything(office: FakeOffice) -> None:
    remember(office, profile("U0NEW", "Nieuw"))

    assert known(office, "U0NEW") is not None


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER])
def test_who_can_type_here_without_belonging_is_known_as_such_from_the_start(
    office: FakeOffice, standing: Standing
) -> None:
    remember(office, profile("U0OTHER", standing=standing))

    other = known(office, "U0OTHER")
    assert other is not None
    assert other.standing == standing


@pytest.mark.parametrize("standing", [Standing.BOT, Standing.GONE])
def test_nothing_is_kept_of_who_cannot_and_never_did_anything(office: FakeOffice, standing: Standing) -> None:
    remember(office, profile("U0OTHER", standing=standing))

    assert known(office, "U0OTHER") is None


def test_a_colleague_who_leaves_can_no_longer_take_part(office: FakeOffice, sanne: Me) -> None:
    remember(office, profile("U0SANNE", standing=Standing.GONE))

    person = known(office, "U0SANNE")
    assert person is not None
    assert person.standing == Standing.GONE


def test_a_name_that_slack_no_longer_tells_is_kept(office: FakeOffice, sanne: Me) -> None:
    remember(office, profile("U0SANNE", ""))

    person = known(office, "U0SANNE")
    assert person is not None
    assert person.name == "Sanne"


def test_the_same_person_in_another_workspace_keeps_their_own_name(office: FakeOffice, sanne: Me) -> None:
    elsewhere = office.person_elsewhere("T0OTHER", "U0SANNE", "sanne.elders")
    remember(office, profile("U0SANNE", "Sanne hier"))

    with office.services.database.reading(elsewhere) as tx:
        person = person_by_slack_id(tx, "U0SANNE")
    assert person is not None
    assert person.name == "sanne.elders"


# The jobs


def user(slack_id: str, name: str) -> dict[str, Any]:
    return {"id": slack_id, "profile": {"display_name": name}, "tz": "Europe/Amsterdam"}


def test_everybody_is_refreshed_at_night(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    slack.users = [user("U0SANNE", "Sanne de Wit"), user("U0NEW", "Nieuw")]
    client: Any = slack
    jobs.refresh_everybody(office.services, lambda _: client)

    names = [person.name for person in (known(office, "U0SANNE"), known(office, "U0NEW")) if person]
    assert names == ["Sanne de Wit", "Nieuw"]


@pytest.mark.parametrize("error", ["ratelimited", "token_revoked"])
def test_a_night_without_slack_changes_nothing(office: FakeOffice, sanne: Me, slack: FakeSlack, error: str) -> None:
    slack.fail("users_list", error)
    client: Any = slack
    jobs.refresh_everybody(office.services, lambda _: client)

    person = known(office, "U0SANNE")
    assert person is not None
    assert person.name == "Sanne"


def test_who_did_something_before_slack_told_who_they_are_is_asked_about(office: FakeOffice, slack: FakeSlack) -> None:
    newcomer = office.person_elsewhere("T0LINDE", "U0NEW", "nieuw.handle")
    slack.users = [user("U0NEW", "Nieuw")]
    client: Any = slack
    jobs.meet_newcomers(office.services, lambda _: client)
    jobs.meet_newcomers(office.services, lambda _: client)

    person = known(office, newcomer.slack_id)
    assert person is not None
    assert person.name == "Nieuw"
    assert len(slack.asked("users_info")) == 1


def test_somebody_whom_slack_does_not_know_is_asked_about_once(office: FakeOffice, slack: FakeSlack) -> None:
    office.person_elsewhere("T0LINDE", "U0GHOST", "spook")
    office.person_elsewhere("T0LINDE", "U0NEW", "nieuw")
    slack.users = [user("U0NEW", "Nieuw")]
    slack.fail("users_info", "user_not_found")
    client: Any = slack
    jobs.meet_newcomers(office.services, lambda _: client)
    jobs.meet_newcomers(office.services, lambda _: client)

    assert [call["user"] for call in slack.asked("users_info")] == ["U0GHOST", "U0NEW"]


def test_a_slack_that_is_away_is_asked_again_later(office: FakeOffice, slack: FakeSlack) -> None:
    office.person_elsewhere("T0LINDE", "U0NEW", "nieuw")
    slack.users = [user("U0NEW", "Nieuw")]
    slack.lose("users_info", TimeoutError())
    slack.fail("users_info", "ratelimited", 429)
    client: Any = slack
    for _ in range(3):
        jobs.meet_newcomers(office.services, lambda _: client)

    person = known(office, "U0NEW")
    assert person is not None
    assert person.name == "Nieuw"


# Refusals


def send_everything(office: FakeOffice, services: Services, slack: FakeSlack, clock: StoppedClock) -> None:
    client: Any = slack
    sender = Sender(
        services.database, lambda _: client, clock, Pace(clock.seconds),
        lambda tx, post, reason: actions.report_refusal(tx, services, post, reason), threading.Event(),
    )  # fmt: skip
    for _ in range(10):
        while sender.send_due():
            pass
        clock.pass_time(seconds=2)
    sender.stop()


def queue(office: FakeOffice, *keys: str) -> None:
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        for key in keys:
            office.services.outbox.post(tx, key, Message(key), to=FANS)


def test_a_refusal_is_told_to_the_managers_once(office: FakeOffice, slack: FakeSlack, clock: StoppedClock) -> None:
    slack.closed[FANS] = "not_in_channel"
    queue(office, "story:1", "story:2", "story:3")
    send_everything(office, office.services, slack, clock)

    told = [message for message in slack.messages if message["channel"] == "D0FATIMA"]
    assert len(slack.asked("post")) == 4
    assert len(told) == 1
    assert "/invite" in told[0]["text"]
    assert "dat kanaal" in told[0]["text"]
    assert FANS in str(told[0]["blocks"])


def test_each_manager_hears_of_it_and_nobody_else(
    office: FakeOffice, slack: FakeSlack, clock: StoppedClock, sanne: Me
) -> None:
    managers = frozenset({"U0FATIMA", "U0SECOND"})
    settings = office.services.settings.model_copy(update={"managers": managers})
    slack.closed[FANS] = "channel_not_found"
    queue(office, "story:1")
    send_everything(office, dataclasses.replace(office.services, settings=settings), slack, clock)

    assert sorted(message["channel"] for message in slack.messages) == ["D0FATIMA", "D0SECOND"]


def test_another_reason_is_told_as_well(office: FakeOffice, slack: FakeSlack, clock: StoppedClock) -> None:
    slack.closed[FANS] = "not_in_channel"
    queue(office, "story:1")
    send_everything(office, office.services, slack, clock)
    slack.closed[FANS] = "is_archived"
    queue(office, "story:2")
    send_everything(office, office.services, slack, clock)

    assert len([message for message in slack.messages if message["channel"] == "D0FATIMA"]) == 2


def test_a_report_that_is_itself_refused_is_not_reported(
    office: FakeOffice, slack: FakeSlack, clock: StoppedClock
) -> None:
    slack.closed = {FANS: "not_in_channel", "U0FATIMA": "account_inactive"}
    queue(office, "story:1")
    send_everything(office, office.services, slack, clock)

    assert slack.messages == []
    assert len(slack.asked("post")) == 2


@pytest.mark.parametrize("word", ["invalid_blocks", "x" * 60, "msg_too_long"])
def test_a_reason_without_a_remedy_is_told_by_its_word(office: FakeOffice, word: str) -> None:
    post = Post(
        workspace_id=office.workspace_id, key="story:1", target=FANS, token="t", due_at=MONDAY, body={"text": "x"}
    )
    with office.services.database.writing() as tx:
        actions.report_refusal(tx, office.services, post, word)

    [told] = office.posts("U0FATIMA")
    assert word in told
