"""Stand-ins, one shared copy: a clock that stands still, a Slack that remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from sqlalchemy import func
from sqlmodel import SQLModel, col, select

from bot.kernel.calendar import Country, HolidayRules
from bot.kernel.caps import Caps
from bot.kernel.clock import RealClock
from bot.kernel.office import Me, Office, Say
from bot.kernel.weekly import BoardMode, Edited, Weekly
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage.database import InWorkspace
from storage.outbox import Post
from storage.people import person_by_slack_id
from storage.stories import Story
from storage.workspaces import enter_workspace

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)  # ten o'clock in Amsterdam
TEAM = "T0LINDE"
FANS = "C0FANS"


def an_office(say: Say, **values: Any) -> Office:
    """An office with its first values, for screens that need no record."""
    first = {
        "workspace_id": 1, "name": "De Linde", "zone": "Europe/Amsterdam", "currency": "EUR", "stories_channel": FANS,
        "customer_wall_channel": None, "change_wall_channel": None, "team_wall_channel": None,
        "calendar": ((date.min, HolidayRules(Country.NL)),), "workdays": frozenset(range(5)), "remind_at": time(9, 0),
        "caps": ((date.min, Caps(1000, 10000)),), "gift_notice": 22700, "is_set_up": True,
        "managers": frozenset({"U0FATIMA"}), "moderators": frozenset(), "weekend_birthdays": "before",
        "commands": {name: f"/{name}" for name in ("fan", "klantwand", "idee", "budget", "topfans", "fanclub")},
        "board_mode": BoardMode.PEOPLE, "weekly": Weekly(), "digest": Edited(),
    }  # fmt: skip
    return Office(say=say, **first | values)  # type: ignore[arg-type]


class StoppedClock(RealClock):
    """A real clock that moves when it is told to."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def seconds(self) -> float:
        return self._now.timestamp()

    def pass_time(self, **time: float) -> None:
        """Let `seconds=…`, `minutes=…`, `hours=…` or `days=…` go by."""
        self._now += timedelta(**time)


@dataclass
class Call:
    method: str
    arguments: dict[str, Any]


@dataclass
class FakeSlack:
    """Answers Web API calls the way a WebClient does; `answers` holds what comes instead, first come, first served."""

    token: str = "xoxb-fake"
    proxy: str | None = None
    calls: list[Call] = field(default_factory=list)
    answers: dict[str, list[Any]] = field(default_factory=dict)
    users: list[dict[str, Any]] = field(default_factory=list)
    usergroups: list[dict[str, Any]] = field(default_factory=list)  # id, name, handle, users
    messages: list[dict[str, Any]] = field(default_factory=list)
    closed: dict[str, str] = field(default_factory=dict)  # channels that nothing can be posted in, and Slack's word
    meanwhile: dict[str, Callable[[], object]] = field(default_factory=dict)  # by method: done once, while it is asked
    _one_by_one: threading.RLock = field(default_factory=threading.RLock)

    def fail(self, method: str, error: str = "", status: int = 200, headers: dict[str, str] | None = None) -> None:
        """Let the next call of this method be refused."""
        self.answers.setdefault(method, []).append(self._refusal(method, error, status, headers))

    def _refusal(
        self, method: str, error: str, status: int = 200, headers: dict[str, str] | None = None
    ) -> SlackApiError:
        response = SlackResponse(
            client=None, http_verb="POST", api_url=method, req_args={}, data={"ok": False, "error": error},
            headers=headers or {}, status_code=status,
        )  # fmt: skip
        return SlackApiError("refused", response)  # type: ignore[no-untyped-call]

    def lose(self, method: str, error: BaseException, *, after: bool = False) -> None:
        """Let the next call of this method end in `error`; `after` it was done all the same."""
        self.answers.setdefault(method, []).append((error, after))

    def asked(self, method: str) -> list[dict[str, Any]]:
        return [call.arguments for call in self.calls if call.method == method]

    def _call(self, method: str, arguments: dict[str, Any]) -> Any:
        if hook := self.meanwhile.pop(method, None):
            hook()
        with self._one_by_one:
            return self._answer(method, arguments)

    def _answer(self, method: str, arguments: dict[str, Any]) -> Any:
        self.calls.append(Call(method, arguments))
        waiting = self.answers.get(method, [])
        scripted = waiting.pop(0) if waiting else None
        if isinstance(scripted, SlackApiError):
            raise scripted
        if scripted is not None and not scripted[1]:
            raise scripted[0]
        answer = getattr(self, f"_{method}")(**arguments)
        if scripted is not None:
            raise scripted[0]
        return answer

    def chat_postMessage(self, **arguments: Any) -> Any:
        return self._call("post", arguments)

    def _post(self, **arguments: Any) -> Any:
        if word := self.closed.get(arguments["channel"]):
            raise self._refusal("post", word)
        ts = f"{1000 + len(self.calls)}.000100"
        channel = (
            arguments["channel"].replace("U", "D", 1) if arguments["channel"].startswith("U") else arguments["channel"]
        )
        self.messages.insert(0, {**arguments, "ts": ts, "channel": channel})
        return {"channel": channel, "ts": ts}

    def chat_update(self, **arguments: Any) -> Any:
        return self._call("update", arguments)

    def _update(self, **arguments: Any) -> Any:
        next(message for message in self.messages if message["ts"] == arguments["ts"]).update(arguments)
        return {}

    def chat_delete(self, **arguments: Any) -> Any:
        return self._call("delete", arguments)

    def _delete(self, **arguments: Any) -> Any:
        self.messages = [message for message in self.messages if message["ts"] != arguments["ts"]]
        return {}

    def conversations_history(self, **arguments: Any) -> Any:
        return self._call("history", arguments)

    def _history(self, **arguments: Any) -> Any:
        if word := self.closed.get(arguments["channel"]):
            raise self._refusal("history", word)
        here = [message for message in self.messages if message["channel"] == arguments["channel"]]
        return {"messages": [message for message in here if not message.get("thread_ts")]}

    def conversations_replies(self, **arguments: Any) -> Any:
        return self._call("replies", arguments)

    def _replies(self, **arguments: Any) -> Any:
        return {"messages": [message for message in self.messages if message.get("thread_ts") == arguments["ts"]]}

    def conversations_join(self, **arguments: Any) -> Any:
        return self._call("join", arguments)

    def _join(self, channel: str) -> Any:
        self.closed.pop(channel, None)
        return {"channel": {"id": channel}}

    def files_upload_v2(self, **arguments: Any) -> Any:
        return self._call("upload", arguments)

    def _upload(self, **arguments: Any) -> Any:
        file = {"id": f"F{1000 + len(self.calls)}", "name": arguments["filename"], "content": arguments["content"]}
        said = {"channel": arguments["channel"], "text": arguments["initial_comment"], "files": [file]}
        self.messages.insert(0, said | {"ts": f"{1000 + len(self.calls)}.000100"})
        return {"files": [file]}

    def files_delete(self, **arguments: Any) -> Any:
        return self._call("files_delete", arguments)

    def _files_delete(self, file: str) -> Any:
        self.messages = [one for one in self.messages if file not in [kept["id"] for kept in one.get("files", ())]]
        return {}

    def conversations_open(self, **arguments: Any) -> Any:
        return self._call("open", arguments)

    def _open(self, **arguments: Any) -> Any:
        return {"channel": {"id": arguments["users"].replace("U", "D", 1)}}

    def views_open(self, **arguments: Any) -> Any:
        return self._call("views_open", arguments)

    def views_push(self, **arguments: Any) -> Any:
        return self._call("views_push", arguments)

    def views_update(self, **arguments: Any) -> Any:
        return self._call("views_update", arguments)

    def views_publish(self, **arguments: Any) -> Any:
        return self._call("views_publish", arguments)

    def _views_publish(self, **arguments: Any) -> Any:
        if not arguments["view"]["blocks"]:
            raise self._refusal("views_publish", "invalid_arguments")
        return {}

    def _views_open(self, **_arguments: Any) -> Any:
        return {}

    _views_push = _views_update = _views_open

    def users_list(self, **arguments: Any) -> Any:
        return self._call("users_list", arguments)

    def _users_list(self, limit: int, cursor: str | None) -> Any:
        start = int(cursor or 0)
        more = str(start + limit) if start + limit < len(self.users) else ""
        return {"members": self.users[start : start + limit], "response_metadata": {"next_cursor": more}}

    def usergroups_list(self, **arguments: Any) -> Any:
        return self._call("usergroups_list", arguments)

    def _usergroups_list(self) -> Any:
        return {"usergroups": [{name: group[name] for name in ("id", "name", "handle")} for group in self.usergroups]}

    def usergroups_users_list(self, **arguments: Any) -> Any:
        return self._call("usergroups_users_list", arguments)

    def _usergroups_users_list(self, usergroup: str) -> Any:
        found = next((group for group in self.usergroups if group["id"] == usergroup), None)
        if found is None:
            raise self._refusal("usergroups_users_list", "no_such_subteam")
        return {"users": found["users"]}

    def users_info(self, **arguments: Any) -> Any:
        return self._call("users_info", arguments)

    def _users_info(self, user: str) -> Any:
        found = next((one for one in self.users if one["id"] == user), None)
        if found is None:
            raise self._refusal("users_info", "user_not_found")
        return {"user": found}


@dataclass
class Answered:
    """What a SmallServer says: a status, headers, a body; `cut` hangs up halfway, `silent` before a word."""

    status: int = 200
    body: str = '{"ok": true}'
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    silent: bool = False


class SmallServer:
    """A server on a free port that remembers what it was sent and answers what it is told to."""

    def __init__(self) -> None:
        self.answer = Answered()
        self.asked: list[tuple[str, Any]] = []
        small = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                small.asked.append((self.path, json.loads(sent) if sent.startswith("{") else dict(parse_qsl(sent))))
                small._answer(self)

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        answer = self.answer
        if answer.silent:
            request.close_connection = True
            return
        request.send_response(answer.status)
        for name, value in answer.headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(answer.body) + (100 if answer.cut else 0)))
        request.end_headers()
        request.wfile.write(answer.body.encode())

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class FakeOffice:
    """A workspace in a real database, and what one would see of it."""

    def __init__(self, services: Services, real_clock: StoppedClock) -> None:
        self.services = services
        self.real_clock = real_clock
        with services.database.writing() as tx:
            self.workspace_id = enter_workspace(tx, TEAM, services.clock.now()).id or 0

    def person(self, slack_id: str, name: str, **profile: Any) -> Me:
        """Somebody who works here, unless `profile` says otherwise (standing, zone, language, is_admin)."""
        me = me_of(self.services, Asking(TEAM, slack_id, name, is_stranger=False, request_key=None))
        with self.services.database.writing(me) as tx:
            person = person_by_slack_id(tx, slack_id)
            assert person is not None
            person.name, person.profile_at = name, self.services.clock.now()
            for field_name, value in profile.items():
                setattr(person, field_name, value)
        return me_of(self.services, Asking(TEAM, slack_id, name, is_stranger=False, request_key=None))

    def person_elsewhere(self, team_id: str, slack_id: str, name: str) -> Me:
        """Somebody of another workspace."""
        return me_of(self.services, Asking(team_id, slack_id, name, is_stranger=False, request_key=None))

    def rows(self, table: str) -> int:
        """How many rows a table has, of all workspaces."""
        with self.services.database.reading() as tx:
            return tx.scalars(select(func.count()).select_from(SQLModel.metadata.tables[table])).one()

    def queued(self, target: str) -> Sequence[Post]:
        """What stands, or will stand, in a channel or with a person; the oldest first."""
        with self.services.database.reading(InWorkspace(self.workspace_id)) as tx:
            found = select(Post).where(Post.target == target, col(Post.body).is_not(None))
            return tx.exec(found.order_by(col(Post.id))).all()

    def posts(self, target: str = FANS) -> list[str]:
        """The fallback texts of the messages there."""
        return [str((post.body or {}).get("text")) for post in self.queued(target) if not post.is_home]

    def stories(self) -> Sequence[Story]:
        with self.services.database.reading(InWorkspace(self.workspace_id)) as tx:
            return tx.exec(select(Story).order_by(col(Story.id))).all()
