"""Files that are sent to a person, and what is taken away from them for good, on both databases."""

from collections.abc import Iterator

import pytest
from slack_sdk.errors import SlackRequestError

from bot.emulator.server import Emulator, running
from bot.slack.blocks import Message
from bot.slack.client import web_client
from bot.slack.delivery import BARE_HOME, Found, Stands, attempt
from bot.slack.sender import Sender
from storage.outbox import Post
from tests.fakes import FANS, MONDAY, FakeOffice, FakeSlack, StoppedClock
from tests.slack.test_sender import Desk

SANNE, DM = "U0SANNE", "D0SANNE"


class Home(Desk):
    """A desk that also sends files, takes things away, and looks at what the record still holds."""

    def new_sender(self, database: object = None, pace: object = None) -> Sender:
        sender = super().new_sender()
        sender._contents = lambda post: f"what is kept about {post.target}"
        return sender

    def post_file(self, key: str = "data:1") -> None:
        with self.writing() as tx:
            self.outbox.post_file(tx, key, Message("Alles"), name="gegevens.json", to=SANNE)

    def erase(self) -> None:
        with self.writing() as tx:
            self.outbox.erase_for(tx, SANNE)

    def rows(self) -> list[Post]:
        return list(self.office.queued(SANNE))

    def files(self) -> list[str]:
        return [file["content"] for message in self.slack.messages for file in message.get("files", ())]


@pytest.fixture
def desk(office: FakeOffice, slack: FakeSlack, clock: StoppedClock) -> Iterator[Home]:
    desk = Home(office, slack, clock)
    yield desk
    for sender in desk.senders:
        sender.stop()


# Files


def test_a_file_is_sent_once_with_what_is_true_when_it_is_sent(desk: Home) -> None:
    desk.post_file()
    desk.post_file()
    desk.send_all(3)

    [asked] = desk.slack.asked("upload")
    assert (asked["channel"], asked["initial_comment"]) == (DM, "Alles")
    assert asked["filename"].startswith("gegevens-")
    assert asked["filename"].endswith(".json")
    assert desk.files() == ["what is kept about U0SANNE"]
    assert (desk.row("data:1").channel, (desk.row("data:1").ts or "")[0]) == (DM, "F")


def test_what_is_in_a_file_is_not_kept_a_second_time(desk: Home) -> None:
    desk.post_file()
    desk.send_all(2)

    assert "what is kept" not in str(desk.row("data:1").body)


def test_a_file_whose_answer_was_lost_is_not_sent_again(desk: Home) -> None:
    desk.slack.lose("upload", TimeoutError(), after=True)
    desk.post_file()
    desk.send_all(10)

    assert desk.files() == ["what is kept about U0SANNE"]
    assert not desk.row("data:1").is_waiting


def test_an_upload_that_does_not_end_well_is_tried_again(desk: Home) -> None:
    desk.slack.lose("upload", SlackRequestError("status: 500"))
    desk.post_file()
    desk.send_all(10)

    assert desk.files() == ["what is kept about U0SANNE"]


def test_a_file_that_slack_refuses_is_heard_of(desk: Home) -> None:
    desk.slack.fail("upload", "missing_scope")
    desk.post_file()
    desk.send_all(3)

    assert desk.parked == [("data:1", "missing_scope")]


def test_a_file_is_taken_away_as_a_file(desk: Home) -> None:
    desk.post_file()
    desk.send_all(2)
    desk.remove("data:1")
    desk.send_all(2)

    assert desk.files() == []
    assert len(desk.slack.asked("files_delete")) == 1
    assert not desk.slack.asked("delete")


# Taking away for good


def test_all_that_stands_with_somebody_is_taken_away_and_forgotten(desk: Home) -> None:
    desk.post("reminder:1", to=SANNE)
    desk.post_file()
    desk.post("story:1")
    with desk.writing() as tx:
        desk.outbox.show_home(tx, "home:1", {"type": "home", "blocks": [{"type": "divider"}]}, to=SANNE)
    desk.send_all(5)
    assert desk.stand(DM) == ["reminder:1", "Alles"]

    desk.erase()
    desk.send_all(8)

    assert desk.stand(DM) == []
    assert desk.stand(FANS) == ["story:1"]
    assert desk.slack.asked("views_publish")[-1]["view"] == BARE_HOME
    assert desk.office.rows("outbox") == 1


def test_what_slack_never_got_is_forgotten_at_once(desk: Home) -> None:
    desk.post("reminder:1", to=SANNE)
    desk.erase()

    assert desk.office.rows("outbox") == 0
    desk.send_all(2)
    assert not desk.slack.calls


def test_what_was_on_its_way_is_taken_away_when_it_has_arrived(desk: Home) -> None:
    desk.post("reminder:1", to=SANNE)
    desk.slack.meanwhile["post"] = desk.erase
    desk.send_all(5)

    assert desk.stand(DM) == []
    assert desk.office.rows("outbox") == 0


def test_what_may_have_arrived_is_looked_for_and_taken_away(desk: Home) -> None:
    desk.slack.lose("post", TimeoutError(), after=True)
    desk.post("reminder:1", to=SANNE)
    desk.sender.send_due()
    desk.erase()
    desk.send_all(10)

    assert desk.stand(DM) == []
    assert desk.office.rows("outbox") == 0


def test_what_slack_will_not_let_go_is_forgotten_and_what_can_be_mended_is_kept_for_later(desk: Home) -> None:
    for word, left in (("as_the_wind_blows", 0), ("token_revoked", 1)):
        desk.post("reminder:1", to=SANNE)
        desk.send_all(2)
        desk.slack.fail("delete", word)
        desk.erase()
        desk.send_all(2)
        assert desk.office.rows("outbox") == left
    assert desk.parked == []  # managers don't hear who was erased


def test_a_line_to_a_manager_that_names_somebody_goes_too(desk: Home) -> None:
    desk.post(f"parked:user_not_found:{SANNE}:U0FATIMA", to="U0FATIMA")
    desk.send_all(2)
    desk.erase()
    desk.send_all(3)

    assert desk.stand("D0FATIMA") == []
    assert desk.office.rows("outbox") == 0


def test_many_posts_at_once_leave_room_for_those_of_others(desk: Home) -> None:
    for number in range(60):
        desk.post(f"story:{number}")
    desk.send_all(70)
    with desk.writing() as tx:
        for turn in range(60):
            desk.outbox.change_alike(tx, [f"story:{59 - turn}"], Message("stil"), turn)
    desk.post("story:60")
    desk.send_all(3)

    assert desk.stand()[-1] == "story:60"
    assert desk.stand()[59] == "stil"
    desk.send_all(57)
    assert 38 <= desk.stand().count("stil") <= 42  # within a minute
    desk.send_all(40)
    assert desk.stand().count("stil") == 60


# Against the emulator, with Slack's own client


def test_a_file_reaches_a_person_and_can_be_taken_away_again() -> None:
    body = {"text": "Dit is alles", "file": "gegevens-0123abcd.json"}
    post = Post(workspace_id=1, key="data:1", target=SANNE, body=body, token="0123abcd", due_at=MONDAY)
    with running(Emulator()) as url:
        slack = web_client("xoxb-1", f"{url}/api/")
        sent = attempt(slack, post, None, lambda _: '{"naam": "Sanne é"}')
        assert isinstance(sent, Stands)
        lost = Post(**post.model_dump() | {"is_uncertain": True})
        assert attempt(slack, lost, None) == Found(str(sent.channel), str(sent.ts))

        [message] = slack.conversations_history(channel=sent.channel)["messages"]
        assert (message["text"], message["files"][0]["name"]) == ("Dit is alles", "gegevens-0123abcd.json")
        gone = Post(**post.model_dump() | {"body": None, "channel": sent.channel, "ts": sent.ts})
        assert attempt(slack, gone, None) == attempt(slack, gone, None) == Stands(None, None)
        assert "gegevens" not in str(slack.conversations_history(channel=sent.channel).data)


def test_a_home_is_emptied_as_far_as_slack_lets_one_be() -> None:
    told = {"type": "section", "text": {"type": "plain_text", "text": "3 dagen op rij"}}
    body = {"type": "home", "blocks": [told]}
    post = Post(workspace_id=1, key="home:1", target=SANNE, body=body, is_home=True, token="0123abcd", due_at=MONDAY)
    emulator = Emulator()
    with running(emulator) as url:
        slack = web_client("xoxb-1", f"{url}/api/")
        assert attempt(slack, post, None) == Stands(None, None)
        assert "3 dagen" in str(emulator.workspace.homes[SANNE].body)

        assert attempt(slack, Post(**post.model_dump() | {"body": None}), None) == Stands(None, None)
        assert [block["type"] for block in emulator.workspace.homes[SANNE].body["blocks"]] == ["divider"]
