"""An office that tells fan stories, and its leaderboards as Slack hears of them."""

import json
from datetime import date, time, timedelta
from typing import Any

from slack_bolt import BoltRequest

from bot.emulator.clock import Clock
from bot.emulator.roster import de_linde
from bot.emulator.validation import check_message
from bot.features.leaderboards import listeners
from bot.kernel.choices import Choice
from bot.kernel.links import new_token
from bot.kernel.office import Me
from bot.kernel.weekly import BoardMode, Edited, Weekly, edited_as_json, weekly_as_json
from bot.services import Services
from storage.database import InWorkspace
from storage.groups import add_group, replace_members
from storage.links import LinkKind, PublicLink
from storage.office import change_office
from storage.participants import Participant
from storage.people import Part
from storage.stories import add_story, story_by_id
from tests.fakes import MONDAY, FakeOffice, FakeSlack, SmallServer
from tests.features.heard import Heard
from tests.limits import complaints_about_message
from tests.wiring import payloads

Json = dict[str, Any]
COMMANDS = {"topfans": "/topfans"}
THIS_WEEK = date(2026, 11, 2)  # its Monday


class Telling:
    """Colleagues who tell stories, and what an office chose about its board."""

    def __init__(self, office: FakeOffice) -> None:
        self.office, self.services = office, office.services
        self.workspace = InWorkspace(office.workspace_id)

    def colleague(self, name: str, fans: int = 0, monday: date = THIS_WEEK, *, on_board: bool = True) -> Me:
        """Somebody who takes part and made so many fans in a week, at most 21: three a day."""
        me = self.office.person(f"U0{name.upper().replace(' ', '')[:20]}", name, part=Part.JOINED)
        with self.services.database.writing(self.workspace) as tx:
            tx.add(Participant(
                workspace_id=self.workspace.workspace_id, person_id=me.person_id, joined_at=MONDAY,
                joined_on=MONDAY.date(), on_board=on_board, remind_at=time(9), second_at=time(16), volume="light",
            ))  # fmt: skip
        self.tells(me, fans, monday)
        return me

    def tells(self, me: Me, fans: int, monday: date = THIS_WEEK) -> list[int]:
        with self.services.database.writing(self.workspace) as tx:
            own = {"workspace_id": self.workspace.workspace_id, "teller_id": me.person_id, "told_at": MONDAY}
            days = [monday + timedelta(days=number // 3) for number in range(fans)]
            return [add_story(tx, text="Paraplu uitgeleend", day=day, **own) for day in days]

    def forgets(self, story_id: int) -> None:
        with self.services.database.writing(self.workspace) as tx:
            tx.delete(story_by_id(tx, story_id))

    def group(self, name: str, *members: Me) -> None:
        with self.services.database.writing(self.workspace) as tx:
            made = add_group(tx, name)
            assert made is not None
            replace_members(tx, made.id or 0, [one.person_id for one in members])

    def chooses(self, *, mode: BoardMode | None = None, weekly: Weekly | None = None, digest: Edited | None = None,
                managers: list[str] | None = None) -> None:  # fmt: skip
        """What the managers set."""
        values = {
            Choice.BOARD_MODE: mode,
            Choice.WEEKLY: weekly_as_json(weekly) if weekly else None,
            Choice.DIGEST: edited_as_json(digest) if digest else None,
            Choice.MANAGERS: managers,
        }
        fatima = self.office.person("U0FATIMA", "Fatima")
        with self.services.database.writing(self.workspace) as tx:
            for name, value in values.items():
                if value is not None:
                    change_office(tx, name.value, value, fatima.person_id, MONDAY)

    def link(self, kind: LinkKind = LinkKind.BOARD) -> str:
        """The token of a new link."""
        token = new_token()
        with self.services.database.writing(self.workspace) as tx:
            tx.add(PublicLink(workspace_id=self.workspace.workspace_id, kind=kind, token=token, made_at=MONDAY))
        return token


class InSlack(Heard):
    """The leaderboards' own listeners, in a conversation whose private lines are kept."""

    def __init__(self, services: Services, slack: FakeSlack, answers: SmallServer) -> None:
        super().__init__(services, slack, lambda app: listeners.register(app, COMMANDS))
        self._answers, self._clicks = answers, 0

    def types(self, text: str = "", user: str = "U0BRAM", channel: str = "C0FANS") -> Json:
        """`/topfans …`; answers what they alone see."""
        self._clicks += 1
        body = payloads.command(
            text, user, name="/topfans", channel_id=channel, response_url=self._answers.url,
            trigger_id=f"trigger.{self._clicks}",
        )  # fmt: skip
        answer = self._app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        assert answer.status == 200
        return json.loads(answer.body) if answer.body else self.told()

    def clicks(self, action_id: str, value: str = "", user: str = "U0FATIMA", **action: Any) -> Json:
        """A click in a private line; answers the private line that follows, if any."""
        self._clicks += 1
        before = len(self._answers.asked)
        body = payloads.click(action_id, value, user, url=self._answers.url, at=f"{self._clicks}.2")
        body["actions"][0] |= action
        body["container"]["is_ephemeral"] = True
        assert self._app.dispatch(BoltRequest(body=body, mode="socket_mode")).status == 200
        return self.told() if len(self._answers.asked) > before else {}

    def told(self) -> Json:
        """The last private line."""
        found: Json = self._answers.asked[-1][1]
        return found


def complaints(body: Json) -> list[str]:
    """What Slack would say of a message with tables and charts, and of what is plainer; nothing when it is fine."""
    check_message(de_linde(Clock()), body["text"], body["blocks"])
    plain = body.get("plainer") or [block for block in body["blocks"] if not block["type"].startswith("data_")]
    return complaints_about_message({"text": body["text"], "blocks": plain})


def block_of(body: Json, kind: str) -> Json:
    return next(block for block in body["blocks"] if block["type"] == kind)


def cells(body: Json) -> list[list[Any]]:
    """What stands in the table of a message."""
    return [[cell.get("text", cell.get("value")) for cell in row] for row in block_of(body, "data_table")["rows"]]


def elements(body: Json) -> dict[str, Json]:
    """The buttons and lists of a message, by their action."""
    rows = [block["elements"] for block in body["blocks"] if block["type"] == "actions"]
    return {element["action_id"]: element for row in rows for element in row}
