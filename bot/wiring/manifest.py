"""The app as Slack is to know it: commands, shortcuts, events, and no more scopes than they need."""

import json
from urllib.parse import quote

from bot.features.stories.screens import TELL
from bot.i18n.translate import later
from bot.kernel.office import Say
from bot.settings import Settings, SettingsError
from bot.slack.blocks import Json
from bot.wiring.web import EVENTS

CREATE = "https://api.slack.com/apps?new_app=1&manifest_json="
SCOPES = (
    "chat:write",  # post
    "commands",  # /fan and /fanclub, and the shortcut
    "files:read",  # the photo that somebody adds to a compliment or to good news
    "files:write",  # the file in which somebody gets all that is kept about them
    "users:read",  # names and zones
    "im:history",  # what somebody writes to the bot; and finding a post whose answer was lost
    "im:write",  # open the conversation with who never wrote
    "channels:history",  # finding a post whose answer was lost
    "groups:history",  # the same, where the stories channel is private
    "channels:join",  # a manager lets the bot into the channel of a wall
    "usergroups:read",  # a group of people that is Slack's own
)
BOT_NAME = "een-fan-per-dag"  # Slack takes small letters, digits and - _ . here
COMMANDS = {  # what Slack shows while somebody types one: what it does, and what may follow
    "fan": (later("Tell today's fan story"), later("[what you did for a customer]")),
    "klantwand": (later("Customers' compliments: add one, or read the latest"), later("[what a customer said]")),
    "idee": (later("Suggestions: make one, or read them"), later("[what could be better]")),
    "budget": (later("What I may spend without asking, or what I spent"), later("[amount and what for]")),
    "topfans": (
        later("Who made the most fans, this week or in another period"),
        later("[week, last week, november …]"),
    ),
    "fanclub": (later("Take part, tips, your settings and your data"), later("[join, tip, settings, help …]")),
}
NAMING_PEOPLE = {"klantwand"}  # whom a compliment is about: Slack turns a name into who it is
EVENTS_HEARD = ("app_home_opened", "message.im", "team_join", "user_change")


def manifest(settings: Settings, say: Say, *, over_http: bool) -> Json:
    """Slack's manifest, version 2. Over HTTP it needs `PUBLIC_URL`; a SettingsError says so."""
    if over_http and settings.public_url is None:
        raise SettingsError("PUBLIC_URL is missing: the address at which Slack reaches this server")
    address = f"{settings.public_url}{EVENTS.lstrip('/')}"
    url = {"request_url": address} if over_http else {}
    menus = {"message_menu_options_url": address} if over_http else {}
    command = {"url": address} if over_http else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": say("One fan a day"),
            "description": say("Make one customer a fan every working day, and tell the team"),
            "background_color": "#7a2e4d",
        },
        "features": _features(settings, say, command),
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**url, "bot_events": sorted(EVENTS_HEARD)},
            "interactivity": {"is_enabled": True, **url, **menus},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not over_http,
            "token_rotation_enabled": False,
        },
    }


def _features(settings: Settings, say: Say, command: Json) -> Json:
    """What people see of the app; `command` is what each command needs besides."""
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": BOT_NAME, "always_online": True},
        "slash_commands": [
            {
                "command": typed,
                "description": say(COMMANDS[name][0]),
                "usage_hint": say(COMMANDS[name][1]),
                "should_escape": name in NAMING_PEOPLE,
                **command,
            }
            for name, typed in settings.commands.items()
        ],
        "shortcuts": [
            {
                "name": say("Tell a fan story"),
                "type": "global",
                "callback_id": TELL,
                "description": say("Opens the form for a fan story"),
            },
            {
                "name": say("To the customers' wall"),
                "type": "message",
                "callback_id": "compliment.take_over",
                "description": say("Makes a customer's compliment of a message"),
            },
        ],
    }


def create_link(app: Json) -> str:
    """Opens Slack's "create an app" with this manifest filled in."""
    return CREATE + quote(json.dumps(app, ensure_ascii=False, separators=(",", ":")), safe="")
