"""What is kept about a person: all of it shown to them, and nothing of it left when they are erased."""

import json
import threading
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from sqlalchemy import select
from sqlmodel import SQLModel
from structlog.testing import capture_logs

from bot.features.coach import actions as coach
from bot.features.office.actions import remember_profiles
from bot.features.participants import actions as participants
from bot.features.participants.rules import TypedAbsence, TypedChoices
from bot.features.stories import actions as stories
from bot.features.stories.rules import TypedStory
from bot.kernel.choices import Choice
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.blocks import Message
from bot.slack.pace import Pace
from bot.slack.profiles import Profile
from bot.slack.sender import Sender
from bot.wiring import files, personal, privacy
from bot.wiring.export import export
from bot.wiring.gateway import build_app
from bot.wiring.home import show_home
from storage.database import InWorkspace
from storage.groups import GroupMember, PeopleGroup
from storage.handled import HandledRequest
from storage.office import change_office
from storage.outbox import Post
from storage.people import Standing, people_by_ids, people_by_slack_ids
from storage.personal import requests_of
from storage.reminders import Reminder
from storage.stories import add_story
from tests.fakes import FANS, MONDAY, FakeOffice, FakeSlack, StoppedClock
from tests.features.stories.test_screens import me_speaking
from tests.limits import complaints_about_view
from tests.storage.records import in_the_books, on_the_walls
from tests.wiring import payloads

NAME, SLACK_ID = "Xanthippe van der Merkwaardig", "U0XANTHIPPE"
UMBRELLA, BIKE = "Paraplu meegegeven aan een klant", "Fietsband geplakt bij de winkel"
IDEA, FLOWERS = "Een stoel bij de balie", "Bloemen voor mevrouw Stiekem"
SECRETS = (NAME, SLACK_ID, UMBRELLA, "mevrouw Stiekem", "Halve gedachte", "Pacific/Auckland", IDEA, "02-29", FLOWERS)
SURE = {"sure": {"type": "checkboxes", "selected_options": [{"value": "yes"}]}}


@pytest.fixture
def app(services: Services, slack: FakeSlack) -> App:
    return build_app(services, slack, slack)  # type: ignore[arg-type]


@pytest.fixture
def sender(services: Services, slack: FakeSlack, clock: StoppedClock) -> Iterator[Sender]:
    client: Any = slack
    sender = Sender(
        services.database, lambda _: client, clock, Pace(clock.seconds), lambda tx, post, _: report(tx, services, post),
        threading.Event(), lambda post: privacy.file_contents(services, post),
    )  # fmt: skip
    yield sender
    sender.stop()


def report(tx: Any, services: Services, post: Post) -> None:
    assert files.is_file(post)
    privacy.report_refused_file(tx, services, post)


@pytest.fixture
def xan(office: FakeOffice, bram: Me) -> Me:
    """Somebody with a row in every table, who also invited Bram."""
    me = office.person(SLACK_ID, NAME, zone="Pacific/Auckland", language="nl")
    services, own = office.services, {"workspace_id": office.workspace_id, "person_id": me.person_id}
    with services.database.writing(me) as tx:
        change_office(tx, Choice.MANAGERS, ["U0FATIMA", SLACK_ID], me.person_id, MONDAY)
        change_office(tx, Choice.LANGUAGE, "en", me.person_id, MONDAY)
        change_office(tx, Choice.LANGUAGE, "nl", me.person_id, MONDAY)
        group = PeopleGroup(workspace_id=office.workspace_id, name="Balie")
        tx.add(group)
        tx.flush()
        tx.add(GroupMember(workspace_id=office.workspace_id, group_id=group.id or 0, person_id=me.person_id))
        tx.add(Reminder(**own, day=MONDAY.date(), reminded_at=MONDAY))
        tx.add(HandledRequest(workspace_id=office.workspace_id, key=f"click:{SLACK_ID}:1.2"))
        services.outbox.post(tx, "reminder:1", privacy.Message("Wie maak je fan?"), to=SLACK_ID)
    me = again(office, me)
    show_home(services, me)
    participants.join_club(services, me, TypedChoices(at="9:00", days=("0",), volume="light", board="yes"))
    me = again(office, me)
    participants.add_absence(services, me, TypedAbsence(first="2026-12-01", last="2026-12-02"))
    participants.invite(services, me, [bram.slack_id])
    coach.give_tip(services, me)
    stories.write_draft(services, me, "Halve gedachte over een klant")
    with services.database.writing(InWorkspace(office.workspace_id)) as tx:
        on_the_walls(tx, me.person_id, NAME, IDEA)
        in_the_books(tx, me.person_id, FLOWERS)
    return me


def again(office: FakeOffice, me: Me) -> Me:
    """Somebody as their next request finds them."""
    return office.person(me.slack_id, me.name)


def tells(office: FakeOffice, me: Me, text: str, **fields: Any) -> int:
    return stories.tell_story(office.services, me, TypedStory(text=text, **fields)).story_id


def erases(app: App, me: Me, values: dict[str, Any] = SURE) -> dict[str, Any]:
    sent = payloads.submission(privacy.erase_form(me), values, me.slack_id)
    answer = app.dispatch(BoltRequest(body=sent, mode="socket_mode"))
    assert answer.status == 200
    return json.loads(answer.body) if answer.body else {}


def send_all(sender: Sender, clock: StoppedClock, seconds: int = 60) -> None:
    for _ in range(seconds):
        while sender.send_due():
            pass
        clock.pass_time(seconds=1)


def record(office: FakeOffice) -> str:
    """All rows of all tables."""
    with office.services.database.engine.connect() as connection:
        rows = [
            str(tuple(row)) for table in SQLModel.metadata.sorted_tables for row in connection.execute(select(table))
        ]
    return "\n".join(rows)


# The table


def test_every_column_that_points_at_a_person_is_registered() -> None:
    pointing = {
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    registered = {(str(keeps.table.__tablename__), keeps.column) for keeps in personal.KEPT}

    assert pointing - registered == set(), "say in bot/wiring/personal.py how these are shown and erased"
    assert registered - pointing == {("person", "id")}
    assert len({keeps.name for keeps in personal.KEPT}) == len(personal.KEPT)


# To see


def test_the_file_holds_all_that_is_kept(office: FakeOffice, xan: Me, bram: Me, slack: FakeSlack, app: App,
                                         sender: Sender, clock: StoppedClock) -> None:  # fmt: skip
    tells(office, xan, UMBRELLA, customer="mevrouw Stiekem", is_shared=False)
    helped = tells(office, bram, BIKE, helpers=(SLACK_ID,))
    stories.applaud(office.services, xan, helped)
    answer = app.dispatch(BoltRequest(body=payloads.command("mijn gegevens", SLACK_ID, "/fanclub"), mode="socket_mode"))
    assert json.loads(answer.body)["text"] == xan.say(privacy.COMING)
    send_all(sender, clock, 10)

    [file] = [file for message in slack.messages for file in message.get("files", ())]
    kept = json.loads(file["content"])
    assert all(secret in file["content"] for secret in SECRETS)
    assert [name for name, rows in kept.items() if not rows] == []
    assert kept["groups"] == ["Balie"]
    assert kept["stories"][0]["customer"] == "mevrouw Stiekem"
    assert {"key": "reminder:1", "text": "Wie maak je fan?"} in kept["messages_from_the_bot"]
    assert BIKE not in file["content"]  # that is Bram's


def test_nobody_sees_what_is_a_colleagues(office: FakeOffice, xan: Me, fatima: Me) -> None:
    joined = office.person("U0BRAM", "Bram")
    participants.join_club(office.services, joined, TypedChoices(at="9:00", days=("0",), volume="light", board="no"))
    participants.add_absence(office.services, again(office, fatima),
                             TypedAbsence(first="2026-12-24", last="2026-12-31", who="U0BRAM"))  # fmt: skip

    with office.services.database.reading(fatima) as tx:
        kept = personal.see(tx, next(iter(people_by_ids(tx, [fatima.person_id]))))

    assert len(kept["absences_entered"]) == 1
    assert "2026, 12, 24" not in str(kept)
    assert not any(secret in str(kept) for secret in SECRETS)


def test_a_file_that_slack_refuses_is_told_to_who_asked_and_to_nobody_else(
    office: FakeOffice, fatima: Me, bram: Me, slack: FakeSlack, sender: Sender, clock: StoppedClock
) -> None:
    slack.fail("upload", "missing_scope")
    privacy.queue_file(office.services, bram)
    send_all(sender, clock, 5)

    [told] = office.posts("U0BRAM")[1:]
    assert told
    assert not office.posts("U0FATIMA")


# To erase


def test_nothing_of_somebody_is_left_in_the_record_and_the_counts_are(
    office: FakeOffice, xan: Me, bram: Me, app: App, sender: Sender, clock: StoppedClock
) -> None:
    own = tells(office, xan, UMBRELLA, customer="mevrouw Stiekem", spent="7,50", helpers=("U0BRAM",))
    tells(office, xan, f"{UMBRELLA}, alleen voor mij", is_shared=False)
    helped = tells(office, bram, BIKE, helpers=(SLACK_ID, "U0FATIMA"))
    stories.applaud(office.services, xan, helped)
    stories.applaud(office.services, bram, own)
    privacy.queue_file(office.services, xan)
    assert all(secret in record(office) for secret in SECRETS)
    send_all(sender, clock)

    with capture_logs() as logs:
        window = erases(app, again(office, xan))
        send_all(sender, clock)

    assert window["response_action"] == "update"
    left = record(office)
    assert [secret for secret in SECRETS if secret in left] == []
    assert not any(secret in str(logs) for secret in SECRETS)
    kept = [(story.teller_id, story.text, story.spent_cents) for story in office.stories()]
    assert kept == [(xan.person_id, "", 750), (xan.person_id, "", None), (bram.person_id, BIKE, None)]
    assert (office.rows("applause"), office.rows("story_helper"), office.rows("participant")) == (2, 3, 1)
    assert office.rows("draft") == office.rows("absence") == office.rows("reminder") == office.rows("tip_shown") == 0


def test_the_posts_in_slack_follow(
    office: FakeOffice, xan: Me, bram: Me, slack: FakeSlack, app: App, sender: Sender, clock: StoppedClock
) -> None:
    tells(office, xan, UMBRELLA)
    helped = tells(office, bram, BIKE, helpers=(SLACK_ID, "U0FATIMA"))
    office.person("U0FATIMA", "Fatima")
    stories.applaud(office.services, xan, helped)
    privacy.queue_file(office.services, xan)
    send_all(sender, clock)
    assert NAME in str(slack.messages)

    erases(app, xan)
    send_all(sender, clock)

    assert not any(secret in str(slack.messages) for secret in SECRETS)
    assert {message["channel"] for message in slack.messages} == {FANS, "D0BRAM"}
    bike, umbrella = [message for message in slack.messages if message["channel"] == FANS]
    assert umbrella["text"] in ("Een collega maakte een fan.", "A colleague made a fan.")
    assert [block["type"] for block in umbrella["blocks"]] == ["section"]
    assert BIKE in str(bike["blocks"])
    assert "Fatima" in str(bike["blocks"])
    assert "· 1" in str(bike["blocks"])  # the applause stays
    assert slack.asked("views_publish")[-1]["view"]["blocks"] == [{"type": "divider"}]


def test_an_invitation_that_waits_for_an_answer_loses_its_name(office: FakeOffice, xan: Me, app: App) -> None:
    assert NAME in str(office.queued("U0BRAM")[0].body)
    erases(app, xan)

    [invitation] = office.queued("U0BRAM")
    assert NAME not in str(invitation.body)
    assert "participant.join" in str(invitation.body)


def test_a_manager_is_one_no_more(office: FakeOffice, xan: Me, bram: Me, app: App) -> None:
    assert xan.is_manager
    erases(app, xan)

    assert again(office, bram).office.managers == {"U0FATIMA"}
    assert not office.person(SLACK_ID, "Xan").is_manager


def test_a_manager_of_the_first_values_is_one_no_more_either(office: FakeOffice, fatima: Me, app: App) -> None:
    assert fatima.is_manager
    erases(app, fatima)

    assert not office.person("U0FATIMA", "Fatima").is_manager


def test_who_returns_is_a_new_person(office: FakeOffice, xan: Me, app: App) -> None:
    tells(office, xan, UMBRELLA)
    erases(app, xan)
    back = office.person(SLACK_ID, NAME)

    assert back.person_id != xan.person_id
    assert (back.has_home, back.part) == (False, "unasked")
    with office.services.database.reading(back) as tx:
        kept = personal.see(tx, next(iter(people_by_ids(tx, [back.person_id]))))
    assert kept["stories"] == kept["taking_part"] == []


def test_who_was_erased_is_not_written_down_again_until_they_do_something(
    office: FakeOffice, xan: Me, bram: Me, app: App
) -> None:
    everybody = [Profile(one, "Naam", None, Standing.MEMBER, is_admin=False) for one in (SLACK_ID, "U0BRAM", "U0EMMA")]
    erases(app, xan)
    remember_profiles(office.services, xan.workspace_id, everybody)

    with office.services.database.reading(xan) as tx:
        found = people_by_slack_ids(tx, [one.slack_id for one in everybody])
        assert {one.slack_id for one in found} == {"U0BRAM", "U0EMMA"}

    office.person(SLACK_ID, "")  # does something
    remember_profiles(office.services, xan.workspace_id, everybody)
    with office.services.database.reading(xan) as tx:
        assert [one.name for one in people_by_slack_ids(tx, [SLACK_ID])] == ["Naam"]


def test_nobody_is_erased_who_is_not_sure(office: FakeOffice, xan: Me, app: App) -> None:
    answer = erases(app, xan, {"sure": {"type": "checkboxes", "selected_options": []}})

    assert list(answer["errors"]) == ["sure"]
    assert NAME in record(office)


def test_nobody_is_touched_whose_id_begins_like_theirs(office: FakeOffice, xan: Me, app: App) -> None:
    other = office.person(f"{SLACK_ID}2", "Naamgenoot")
    with office.services.database.writing(other) as tx:
        for slack_id in (xan.slack_id, other.slack_id):
            tx.add(HandledRequest(workspace_id=xan.workspace_id, key=f"click:{slack_id}:9.9"))
            office.services.outbox.post(tx, f"parked:C1:{slack_id}", Message("Let op"), to="U0FATIMA")
    erases(app, xan)

    with office.services.database.reading(other) as tx:
        assert list(requests_of(tx, xan.slack_id)) == []
        assert list(requests_of(tx, other.slack_id)) == [f"click:{other.slack_id}:9.9"]
    assert [post.key for post in office.queued("U0FATIMA")] == [f"parked:C1:{other.slack_id}"]


def test_nobody_of_another_workspace_is_touched(office: FakeOffice, xan: Me, app: App) -> None:
    elsewhere = office.person_elsewhere("T0OTHER", SLACK_ID, "naamgenoot")
    stories.share_story(office.services, elsewhere, BIKE)
    erases(app, xan)

    left = record(office)
    assert "naamgenoot" in left
    assert BIKE in left
    with office.services.database.reading(elsewhere) as tx:
        assert next(iter(people_by_ids(tx, [elsewhere.person_id]))).slack_id == SLACK_ID


def test_a_guest_may_see_and_erase_too(office: FakeOffice, app: App, slack: FakeSlack) -> None:
    guest = office.person("U0GUEST", "Gast", standing=Standing.GUEST)
    for word in ("mijn gegevens", "wis mij"):
        app.dispatch(BoltRequest(body=payloads.command(word, "U0GUEST", "/fanclub"), mode="socket_mode"))
    assert slack.asked("views_open")[0]["view"]["callback_id"] == privacy.ERASE
    erases(app, guest)

    assert "Gast" not in record(office)


def test_an_erased_story_reads_well_in_the_export(
    office: FakeOffice, xan: Me, bram: Me, app: App, tmp_path: Any
) -> None:
    tells(office, xan, UMBRELLA, helpers=("U0BRAM",))
    tells(office, bram, BIKE, helpers=(SLACK_ID,))
    erases(app, xan)

    out = StringIO()
    export(office.services.database, "stories", "csv", out)
    written = out.getvalue()
    assert NAME not in written
    assert UMBRELLA not in written
    assert BIKE in written


def test_clicks_on_what_is_erased_change_nothing(office: FakeOffice, xan: Me, bram: Me, app: App) -> None:
    own = tells(office, xan, UMBRELLA)
    erases(app, xan)
    stories.applaud(office.services, bram, own)

    assert UMBRELLA not in record(office)
    assert NAME not in record(office)


def test_a_long_history_is_erased_in_one_go_and_its_posts_follow_without_haste(
    office: FakeOffice, xan: Me, bram: Me, app: App
) -> None:
    services = office.services
    with services.database.writing(InWorkspace(office.workspace_id)) as tx:
        common = {"workspace_id": office.workspace_id, "customer": "", "moment": None, "day": MONDAY.date()}
        for number in range(3000):
            story = add_story(
                tx, **common, teller_id=xan.person_id, text=UMBRELLA, told_at=MONDAY, posted_on=MONDAY.date()
            )
            services.outbox.post(tx, f"story:{story}", privacy.Message(f"{NAME} {number}"), to=FANS)
    erases(app, xan)

    left = record(office)
    assert NAME not in left
    assert UMBRELLA not in left
    assert len(office.queued(FANS)) == 3000


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_windows_are_taken_by_slack(language: str) -> None:
    me = me_speaking(language)

    assert complaints_about_view(privacy.erase_form(me)) == []
    assert complaints_about_view(privacy.erased_window(me.say)) == []
