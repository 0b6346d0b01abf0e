"""Who has themselves erased is gone from Slack too: against the emulator, which refuses what Slack refuses."""

import threading
from collections.abc import Iterator

import pytest

from bot.emulator.server import Emulator, running
from bot.features.participants import actions as participants
from bot.features.participants.rules import TypedChoices
from bot.features.stories import actions as stories
from bot.kernel.office import Me
from bot.slack.client import web_client
from bot.slack.pace import Pace
from bot.slack.sender import Sender
from bot.wiring import personal
from bot.wiring.home import show_home
from tests.fakes import FANS, FakeOffice, StoppedClock


@pytest.fixture
def emulator() -> Emulator:
    return Emulator()


@pytest.fixture
def sender(emulator: Emulator, office: FakeOffice, clock: StoppedClock) -> Iterator[Sender]:
    with running(emulator) as url:
        client = web_client("xoxb-1", f"{url}/api/")
        sender = Sender(
            office.services.database, lambda _: client, clock, Pace(clock.seconds), lambda *_: None, threading.Event()
        )
        yield sender
        sender.stop()


def send_all(sender: Sender, clock: StoppedClock) -> None:
    for _ in range(60):
        while sender.send_due():
            pass
        clock.pass_time(seconds=1)


def test_nothing_of_somebody_is_left_in_slack(
    office: FakeOffice, fatima: Me, emulator: Emulator, sender: Sender, clock: StoppedClock
) -> None:
    services, me = office.services, office.person("U0SANNE", "Xanthippe")
    show_home(services, me)
    participants.invite(services, fatima, ["U0SANNE"])
    participants.join_club(services, me, TypedChoices(at="9:00", days=("0",), volume="light", board="yes"))
    me = office.person("U0SANNE", "Xanthippe")
    stories.share_story(services, me, "Paraplu meegegeven aan een klant")
    stories.write_draft(services, me, "Halve gedachte over een klant")
    show_home(services, me)
    send_all(sender, clock)
    workspace = emulator.workspace
    own = workspace.im_of("U0SANNE").id
    assert "Paraplu" in str(workspace.homes["U0SANNE"].body)
    assert "Xanthippe" in str(workspace.messages[FANS][-1])
    assert "Halve gedachte" in str(workspace.messages[own])

    with services.database.writing(me) as tx:
        personal.erase(tx, services, me)
    send_all(sender, clock)

    assert [block["type"] for block in workspace.homes["U0SANNE"].body["blocks"]] == ["divider"]
    assert workspace.messages[own] == []
    assert "Xanthippe" not in str(workspace.messages[FANS][-1])
    assert office.queued("U0SANNE") == []
    assert office.rows("outbox") == len(office.queued(FANS)) == 1
