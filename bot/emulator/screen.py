"""What one person sees at one moment: everything that the page's templates need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.emulator import clock_menu, timeline
from bot.emulator.drawing import Drawing
from bot.emulator.exchanges import Exchange, Exchanges
from bot.emulator.files import file_path
from bot.emulator.model import Channel, Message, User, View
from bot.emulator.read_marks import ReadMarks
from bot.emulator.rendering import TEMPLATES
from bot.emulator.timeline import Entry
from bot.emulator.tryout import OWN_MESSAGES, Step, TryOut
from bot.emulator.typed_text import as_typed
from bot.emulator.workspace import Workspace

HOME = "home"
SHOWN = 100  # messages of a conversation, and requests in the developer's drawer; older ones stay where they are kept
FRAGMENTS = ("sidebar", "waiting", "main", "thread", "dialogs", "commands", "shortcuts", "clock", "card", "exchanges")


@dataclass(frozen=True)
class Asked:
    """What the page's address asks for."""

    at: str = ""
    thread: str = ""
    new: str | None = None  # the first message that was new when the page was opened; None: it is being opened
    developer: bool = False
    words: str = ""  # the drawer's filter
    way: str = ""


@dataclass(frozen=True)
class Shared:
    """What all screens of a workspace have in common."""

    workspace: Workspace
    try_out: TryOut
    exchanges: Exchanges
    marks: ReadMarks
    others: tuple[Workspace, ...] = ()  # where one can go from here
    links: Callable[[], Sequence[tuple[str, str]]] = (
        tuple  # pages outside the workspace: what each is called, and where
    )


@dataclass(frozen=True)
class Screen:
    """The page of `viewer`, who looks at the conversation or the Home tab `at`."""

    shared: Shared
    viewer: User
    at: str
    new: str
    asked: Asked
    drawing: Drawing

    @property
    def workspace(self) -> Workspace:
        return self.shared.workspace

    @property
    def try_out(self) -> TryOut:
        return self.shared.try_out

    @property
    def thread(self) -> str:
        return self.asked.thread

    @property
    def channel(self) -> Channel | None:
        return None if self.at == HOME else self.workspace.channels[self.at]

    @property
    def channels(self) -> list[Channel]:
        """All that this person can look into."""
        known = [channel for channel in self.workspace.channels.values() if not channel.is_im]
        return [channel for channel in known if not channel.is_private or self.viewer.id in channel.members]

    @property
    def links(self) -> Sequence[tuple[str, str]]:
        return self.shared.links()

    @property
    def workspaces(self) -> list[Workspace]:
        """This one and the others that somebody can go to, always in the same order."""
        known = [self.workspace, *(other for other in self.shared.others if other.personas())]
        return sorted(known, key=lambda one: one.name)

    def place_in(self, other: Workspace) -> str:
        """Where the same is found in another workspace, as far as that has it."""
        if self.channel is None:
            return HOME
        if self.channel.is_im:
            return f"D{other.personas()[0].id[1:]}"
        return next((channel.id for channel in other.channels.values() if channel.name == self.channel.name), "none")

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

    @property
    def exchanges(self) -> list[Exchange]:
        return self.shared.exchanges.latest(self.asked.words, self.asked.way)[:SHOWN]

    @property
    def is_clock_moved(self) -> bool:
        return abs(self.workspace.clock.ahead) >= 1

    @property
    def clock_shown(self) -> tuple[str, str]:
        """The workspace's time, short and in full."""
        clock, zone = self.workspace.clock, self.viewer.tz
        return clock_menu.short(clock, zone), clock_menu.shown(clock, zone)

    @property
    def clock_value(self) -> str:
        """As a field for date and time wants it."""
        return clock_menu.field_value(self.workspace.clock, self.viewer.tz)

    def clock_label(self, exchange: Exchange) -> str:
        return clock_menu.with_seconds(exchange.at, self.viewer.tz)

    def place_name(self, channel: Channel) -> str:
        return self.workspace.app_name if channel.is_im else f"#{channel.name}"

    def title(self) -> str:
        place = self.place_name(self.channel) if self.channel else f"{self.workspace.app_name} Home"
        waiting = self.unread(self.im, self.viewer)
        return f"{f'({waiting}) ' if waiting else ''}{place} – {self.workspace.name} (demo)"

    def is_own(self, message: Message) -> bool:
        """Whether the viewer may change it."""
        return message.user == self.viewer.id and message.only_for is None

    def typed(self, message: Message) -> str:
        return as_typed(self.workspace, message.text)

    def author(self, message: Message) -> str:
        if message.user == self.workspace.bot.id:
            return self.workspace.app_name
        return self.drawing.name(message.user)

    def url(
        self, *, at: str | None = None, viewer: User | None = None, thread: str = "", developer: bool | None = None
    ) -> str:
        """Where the page shows something else; another person goes to their own direct messages."""
        who, place = viewer or self.viewer, at or self.at
        if viewer and at is None and self.channel and self.channel.is_im:
            place = f"D{who.id[1:]}"
        drawer = self.asked.developer if developer is None else developer
        return f"?as={who.id}&at={place}{f'&thread={thread}' if thread else ''}{'&developer=1' if drawer else ''}"

    def step_persona(self, step: Step) -> User | None:
        """Whom the viewer must become first for a step, if anybody."""
        other = self.workspace.users.get(step.persona)
        return other if other is not None and other.id != self.viewer.id else None

    def step_place(self, step: Step) -> str:
        return f"D{(step.persona or self.viewer.id)[1:]}" if step.at == OWN_MESSAGES else step.at

    def unread(self, channel: Channel, viewer: User) -> int:
        return self.shared.marks.unread(viewer.id, channel.id, self.workspace.messages[channel.id])

    @property
    def waiting(self) -> int:
        """Unread messages in all the places where the viewer isn't now."""
        return sum(self.unread(one, self.viewer) for one in [*self.channels, self.im] if one.id != self.at)

    @property
    def language(self) -> str:
        """Of the app in this workspace; the page's own words are Dutch."""
        return self.try_out.language

    def waiting_for(self, persona: User) -> int:
        """Unread direct messages, without opening a conversation that isn't there."""
        channel = self.workspace.channels.get(f"D{persona.id[1:]}")
        return self.unread(channel, persona) if channel else 0

    def render(self, name: str) -> str:
        if self.channel:
            self.shared.marks.mark(self.viewer.id, self.at, self.workspace.messages[self.at])
        shown: dict[str, Any] = {"screen": self, "drawing": self.drawing, "workspace": self.workspace}
        return TEMPLATES.get_template(f"{name}.html").render(shown)

    def fragments(self) -> dict[str, str]:
        return {name: self.render(name) for name in FRAGMENTS}


def screen_for(shared: Shared, viewer: User, asked: Asked, origin: str) -> Screen:
    """Somebody's own direct messages are opened on first use; a place that isn't there leads to the app's channel."""
    workspace = shared.workspace
    workspace.im_of(viewer.id)
    place = asked.at if asked.at == HOME or workspace.may_see(viewer.id, asked.at) else ""
    place = place or _first_place(workspace, viewer).id
    new = asked.new
    if new is None:
        new = "" if place == HOME else shared.marks.first_unread(viewer.id, place, workspace.messages[place])
    now = datetime.fromtimestamp(workspace.clock.now(), UTC)
    hosted = {file.id: f"/{file_path(workspace, file)}" for file in workspace.files.values()}
    drawn = Drawing(viewer, workspace.users, workspace.channels, now, origin, hosted)
    return Screen(shared, viewer, place, new, asked, drawn)


def _first_place(workspace: Workspace, viewer: User) -> Channel:
    with_app = (one for one in workspace.channels.values() if not one.is_im and workspace.bot.id in one.members)
    return next((one for one in with_app if workspace.may_see(viewer.id, one.id)), workspace.im_of(viewer.id))
