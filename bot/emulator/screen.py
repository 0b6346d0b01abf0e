"""What one person sees at one moment: everything that the page's templates need."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from bot.emulator import charts, drawing, surfaces, timeline
from bot.emulator.drawing import Drawing
from bot.emulator.elements import may_see
from bot.emulator.forms import options_of
from bot.emulator.model import Channel, Message, User, View
from bot.emulator.timeline import Entry
from bot.emulator.workspace import Workspace

HOME = "home"
SHOWN = 100  # messages of a conversation; older ones stay in the history
MANY = 99
FRAGMENTS = ("sidebar", "main", "thread", "dialogs", "commands", "shortcuts")

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(
    hue=drawing.hue,
    may_see=may_see,
    initials=drawing.initials,
    chart=charts.chart,
    figure=charts.figure,
    options=options_of,
    message_surface=surfaces.message_surface,
    view_surface=surfaces.view_surface,
)


class ReadMarks:
    """How far each persona has read each conversation."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], str] = {}

    def mark(self, user_id: str, channel_id: str, messages: list[Message]) -> None:
        if messages:
            self._read[user_id, channel_id] = messages[-1].ts

    def unread(self, user_id: str, channel_id: str, messages: list[Message]) -> int:
        """How many messages of others came after what was read; beyond `MANY` nobody counts."""
        seen, count = self._read.get((user_id, channel_id), ""), 0
        for message in reversed(messages):
            if message.ts <= seen or count > MANY:
                break
            count += message.user != user_id and message.only_for in (None, user_id)
        return count


@dataclass(frozen=True)
class Screen:
    """The page of `viewer`, who looks at the conversation or the Home tab `at`."""

    workspace: Workspace
    viewer: User
    at: str
    thread: str
    drawing: Drawing
    marks: ReadMarks

    @property
    def channel(self) -> Channel | None:
        return None if self.at == HOME else self.workspace.channels[self.at]

    @property
    def channels(self) -> list[Channel]:
        return [channel for channel in self.workspace.channels.values() if not channel.is_im]

    @property
    def im(self) -> Channel:
        return self.workspace.im_of(self.viewer.id)

    @property
    def home(self) -> View | None:
        return self.workspace.homes.get(self.viewer.id)

    @property
    def modals(self) -> list[View]:
        return self.workspace.modals.get(self.viewer.id, [])

    @property
    def entries(self) -> list[Entry]:
        return timeline.conversation(self._messages(), self.viewer.tz, self.drawing.now)

    @property
    def thread_entries(self) -> list[Entry]:
        return timeline.thread(self._messages(), self.thread, self.viewer.tz, self.drawing.now)

    @property
    def is_whole(self) -> bool:
        return len(self.workspace.messages[self.at]) <= SHOWN

    def _messages(self) -> list[Message]:
        return self.workspace.messages_for(self.viewer.id, self.at)[-SHOWN:]

    def place_name(self, channel: Channel) -> str:
        return self.workspace.app_name if channel.is_im else f"#{channel.name}"

    def title(self) -> str:
        place = self.place_name(self.channel) if self.channel else f"{self.workspace.app_name} Home"
        waiting = self.unread(self.im, self.viewer)
        return f"{f'({waiting}) ' if waiting else ''}{place} – {self.workspace.name} (demo)"

    def author(self, message: Message) -> str:
        if message.user == self.workspace.bot.id:
            return self.workspace.app_name
        return self.drawing.name(message.user)

    def url(self, *, at: str | None = None, viewer: User | None = None, thread: str = "") -> str:
        """Where the page shows something else; another person goes to their own direct messages."""
        who, place = viewer or self.viewer, at or self.at
        if viewer and self.channel and self.channel.is_im:
            place = f"D{who.id[1:]}"
        return f"?as={who.id}&at={place}{f'&thread={thread}' if thread else ''}"

    def unread(self, channel: Channel, viewer: User) -> int:
        return self.marks.unread(viewer.id, channel.id, self.workspace.messages[channel.id])

    def waiting_for(self, persona: User) -> int:
        """Unread direct messages, without opening a conversation that isn't there."""
        channel = self.workspace.channels.get(f"D{persona.id[1:]}")
        return self.unread(channel, persona) if channel else 0

    def render(self, name: str) -> str:
        if self.channel:
            self.marks.mark(self.viewer.id, self.at, self.workspace.messages[self.at])
        shown: dict[str, Any] = {"screen": self, "drawing": self.drawing, "workspace": self.workspace}
        return _TEMPLATES.get_template(f"{name}.html").render(shown)

    def fragments(self) -> dict[str, str]:
        return {name: self.render(name) for name in FRAGMENTS}


def screen_for(workspace: Workspace, marks: ReadMarks, viewer: User, at: str, thread: str, origin: str) -> Screen:
    """Somebody's own direct messages are opened on first use; a place that isn't there leads to the app's channel."""
    own_im = workspace.im_of(viewer.id)
    place = at if at == HOME or (at in workspace.channels and _may_see(workspace.channels[at], own_im)) else ""
    now = datetime.fromtimestamp(workspace.clock.now(), UTC)
    drawn = Drawing(viewer, workspace.users, workspace.channels, now, origin)
    return Screen(workspace, viewer, place or _first_place(workspace, own_im).id, thread, drawn, marks)


def _may_see(channel: Channel, own_im: Channel) -> bool:
    return not channel.is_im or channel.id == own_im.id


def _first_place(workspace: Workspace, own_im: Channel) -> Channel:
    with_app = (one for one in workspace.channels.values() if not one.is_im and workspace.bot.id in one.members)
    return next(with_app, own_im)
