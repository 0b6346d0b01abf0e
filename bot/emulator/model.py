"""What a workspace consists of: people, channels, messages, views. Plain data, nothing happens here."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class User:
    """Somebody in the workspace, or the bot's own user."""

    id: str
    name: str  # the handle, as in `user_name`
    real_name: str
    title: str = ""
    tz: str = "Europe/Amsterdam"
    team_id: str = ""  # empty: this workspace; another id makes a stranger from a shared channel
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False  # a guest
    deleted: bool = False  # deactivated
    locale: str = "nl-NL"
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0  # epoch seconds; 0: no end
    dnd_start: int = 0  # epoch seconds of the next pause of notifications; 0: there is none
    dnd_end: int = 0
    is_persona: bool = False  # can be "who I am" in the page


@dataclass
class Channel:
    """A channel (C…), or a direct conversation (D…) between one person and the bot."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)  # user ids
    person: str | None = None  # direct conversation: the person's id
    topic: str = ""
    is_archived: bool = False
    is_private: bool = False

    @property
    def is_im(self) -> bool:
        return self.person is not None


@dataclass
class Message:
    """A message in a channel; `only_for` makes it an ephemeral one that history doesn't know."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None  # equal to `ts`, or None, for a message outside a thread
    bot_id: str | None = None
    metadata: Json | None = None
    edited: bool = False
    only_for: str | None = None
    subtype: str | None = None  # "tombstone" for a deleted message that has replies
    client_msg_id: str | None = None  # what a person's own client gives a message
    reply_count: int = 0
    reply_users: list[str] = field(default_factory=list)
    latest_reply: str | None = None
    failed: str = ""  # what Slack says below the message after a click that the app didn't answer
    files: list[str] = field(default_factory=list)  # ids
    reactions: dict[str, list[str]] = field(default_factory=dict)  # emoji's name → ids of users
    suggested: Json = field(default_factory=dict)  # as in a view


@dataclass
class File:
    """What was uploaded: by the app in three steps, or by a person at once."""

    id: str
    name: str
    user: str
    created: int  # epoch seconds
    size: int
    mimetype: str
    title: str = ""
    alt_text: str = ""
    content: bytes | None = None  # None: not uploaded yet
    is_ready: bool = False  # the app completed the upload
    is_handed_in: bool = False  # somebody gave it to the app in a form
    shares: list[tuple[str, str]] = field(default_factory=list)  # (channel id, ts of the message)


@dataclass
class UserGroup:
    """People who are addressed together, such as @verkoop."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)  # ids
    description: str = ""
    deleted_at: int = 0  # epoch seconds; 0: in use


@dataclass
class View:
    """A modal that is open for one person, or the person's Home tab."""

    id: str
    user: str
    body: Json  # as the app sent it: type, title, blocks, callback_id, private_metadata …
    hash: str
    state: Json = field(default_factory=dict)  # block_id → action_id → value, as in `state.values`
    errors: dict[str, str] = field(default_factory=dict)  # block_id → what the app answered
    trouble: str = ""  # what Slack itself says in the view when the app failed
    suggested: Json = field(default_factory=dict)  # block_id → action_id → the options that the app gave last
    external_id: str | None = None
    root_id: str = ""  # the lowest view of the stack
    previous_id: str | None = None


@dataclass
class Command:
    """A slash command of the app, as its manifest names it."""

    name: str  # with the slash
    usage: str = ""
    description: str = ""
    should_escape: bool = False  # @names and #channels in the text arrive as <@U…> and <#C…>


@dataclass
class Shortcut:
    """A global or a message shortcut of the app."""

    callback_id: str
    name: str
    kind: str = "global"  # or "message"
