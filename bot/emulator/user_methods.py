"""The users.*, team.*, auth.* and apps.* methods."""

from bot.emulator.calls import Call, Method
from bot.emulator.errors import SlackError
from bot.emulator.model import Json
from bot.emulator.objects import bot_profile, profile_json, user_json
from bot.emulator.pagination import page


def api_test(call: Call) -> Json:
    return {"args": {name: value for name, value in call.arguments.items() if name != "token"}}


def auth_test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    base = call.address.replace("http", "ws", 1)
    return {"url": f"{base}socket/{call.sockets.ticket()}?app_id={call.workspace.app_id}"}


def users_info(call: Call) -> Json:
    return {"user": user_json(call.workspace, call.user(), with_locale=call.flag("include_locale"))}


def users_list(call: Call) -> Json:
    found, metadata = page(call, list(call.workspace.users.values()), 1000)
    with_locale = call.flag("include_locale")
    members = [user_json(call.workspace, user, with_locale=with_locale) for user in found]
    return {"members": members, "cache_ts": int(call.workspace.clock.now()), "response_metadata": metadata}


def users_profile(call: Call) -> Json:
    user = call.user() if call.text("user") else call.workspace.bot
    return {"profile": profile_json(call.workspace, user)}


def dnd_info(call: Call) -> Json:
    user = call.user() if call.text("user") else call.workspace.bot
    return {
        "dnd_enabled": user.dnd_end > 0,
        "next_dnd_start_ts": user.dnd_start or 1,
        "next_dnd_end_ts": user.dnd_end or 1,
        "snooze_enabled": False,
    }


def bots_info(call: Call) -> Json:
    workspace = call.workspace
    if call.required("bot") != workspace.bot_id:
        raise SlackError("bot_not_found")
    found = bot_profile(workspace) | {"updated": 0, "user_id": workspace.bot.id, "icons": {}}
    return {"bot": {key: value for key, value in found.items() if key != "team_id"}}


def team_info(call: Call) -> Json:
    workspace = call.workspace
    team = {
        "id": workspace.team_id,
        "name": workspace.name,
        "url": f"https://{workspace.domain}.slack.com/",
        "domain": workspace.domain,
        "email_domain": "",
        "icon": {"image_default": True},
    }
    return {"team": team}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "apps.connections.open": connections_open,
    "users.info": users_info,
    "users.list": users_list,
    "users.profile.get": users_profile,
    "dnd.info": dnd_info,
    "bots.info": bots_info,
    "team.info": team_info,
}
