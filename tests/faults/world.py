"""The world of a fault: an emulated Slack, people who tell and tell again, and what must hold afterwards."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from sqlmodel import select

from bot.emulator.http_delivery import RequestUrl
from bot.emulator.server import Emulator
from storage.database import Database
from storage.outbox import posts_waiting
from storage.stories import Draft, Story
from tests.emulator.clients import Control
from tests.programs import SECRET, Program, wait_until

FANS = "C0FANS"
BOT = "U0BOT"
BUSY_DAY = "Wat een dag. De andere verhalen van vandaag staan in de thread onder dit bericht."
USERS = (
    *("U0SANNE", "U0BRAM", "U0FATIMA", "U0JEROEN", "U0LOTTE", "U0DAAN"),
    *("U0AYSE", "U0KEES", "U0INGRID", "U0RUBEN", "U0WARD", "U0MEI"),
)


@dataclass
class World:
    """An emulated Slack at `url`, the programs that were started on it, and what their people were told."""

    emulator: Emulator
    url: str
    folder: Path
    programs: list[Program] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)  # stories whose teller was told that it is there

    def program(self, database_url: str | None = None, *, over_socket: bool = False) -> Program:
        """A program, not yet started, that this Slack talks to; by default on a SQLite of its own."""
        database_url = database_url or f"sqlite:///{self.folder / 'fans.db'}"
        program = Program(f"{self.url}/api/", database_url, self.folder, over_socket=over_socket)
        self.programs.append(program)
        if not over_socket:
            self.emulator.delivery.request_url = RequestUrl(program.events_url, SECRET)
        return program

    def running(self, database_url: str | None = None, *, over_socket: bool = False) -> Program:
        """A program that Slack can reach."""
        program = self.program(database_url, over_socket=over_socket)
        program.start()
        if over_socket:
            wait_until(self.is_connected, "the program is connected to Slack")
        return program

    def is_connected(self) -> bool:
        return self.emulator.delivery.sockets.count > 0

    def act(self, deed: str, **fields: Any) -> dict[str, Any]:
        """Something that a person does in Slack; what came of it."""
        control = Control(self.url)
        try:
            return control(deed, **fields)
        finally:
            control.close()

    def tell(self, user: str, text: str) -> bool:
        """`/fan` in Slack; whether the teller was told that the story is there."""
        outcome = self.act("command", user=user, channel=FANS, command="/fan", text=text)
        told = bool(outcome["ok"]) and "story.undo" in str(outcome["ack"])
        if told:
            self.acknowledged.append(text)
        return told

    def tell_until_heard(self, user: str, text: str) -> None:
        """As a person does who sees that it went wrong: once more, until it is there."""
        wait_until(lambda: self.tell(user, text), f"{user} is heard: {text}")

    def all_posted(self, database: Database) -> bool:
        with database.reading() as tx:
            return posts_waiting(tx) == 0

    def end_with_each_once(self, *, texts: Sequence[str] | None = None, patience: float = 120) -> None:
        """Wait until all is posted, end the programs; then each act is once in the record and once in the channel.

        `texts`: the very stories that must be there, where those that were not acknowledged may not.
        """
        database = Database(self.programs[0].database_url)
        wait_until(lambda: self.all_posted(database), f"all is posted; see {self.folder / 'program.log'}", patience)
        for program in self.programs:
            if program.is_running:
                assert program.end() == 0
        self.assert_each_once(database)
        if texts is not None:
            assert Counter(stories_kept(database)) == Counter(texts)
        database.close()

    def assert_each_once(self, database: Database) -> None:
        kept, posted = Counter(stories_kept(database)), self.stories_posted()
        assert self.acknowledged
        assert {text: kept[text] for text in self.acknowledged if kept[text] != 1} == {}
        assert {text: posted[text] for text in kept if posted[text] != 1} == {}
        assert set(posted) <= {*kept, BUSY_DAY}
        assert posted[BUSY_DAY] <= 1

    def assert_nothing_twice(self) -> None:
        """What was posted so far: nothing twice, and nothing that nobody told."""
        assert {text: count for text, count in self.stories_posted().items() if count > 1} == {}

    def stories_posted(self) -> Counter[str]:
        """What stands in the channel, without the names of who told it."""
        posted = [message.text for message in self.emulator.workspace.messages[FANS] if message.only_for is None]
        return Counter(text.partition(": ")[2] or text for text in posted)

    def written_by_bot_to(self, user: str) -> list[str]:
        workspace = self.emulator.workspace
        return [message.text for message in workspace.messages[workspace.im_of(user).id] if message.user == BOT]

    def when_called(self, method: str) -> "Calls":
        """Count from now on what becomes of the program's calls of a method ("*": of all)."""
        calls = Calls(method)
        self.emulator.exchanges.on_exchange.append(calls.exchanged)
        return calls


@dataclass
class Calls:
    """How often a method was called, and how often with a fault."""

    method: str
    done: int = 0
    failed: int = 0
    failed_at: float = inf  # the first time, by the workspace's clock

    def exchanged(self, exchange: Any) -> None:
        if exchange.kind == "call" and self.method in ("*", exchange.name):
            if exchange.failure:
                self.failed += 1
                self.failed_at = min(self.failed_at, exchange.at)
            else:
                self.done += 1


def stories_kept(database: Database) -> Sequence[str]:
    with database.reading() as tx:
        return tx.exec(select(Story.text)).all()


def drafts_kept(database: Database) -> Sequence[str]:
    with database.reading() as tx:
        return tx.exec(select(Draft.text)).all()


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all of them at the same time; their results, in order."""
    together = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        together.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [result.result() for result in [pool.submit(do, deed) for deed in deeds]]
