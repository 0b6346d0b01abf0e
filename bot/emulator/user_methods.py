"""The users.*, team.*, auth.* and apps.* methods."""

from bot.emulator.calls import Call, Method
from bot.emulator.model import Json
from bot.emulator.objects import user_json
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
    return {"url": f"{base}socket/{call.parts.sockets.ticket()}?app_id={call.workspace.app_id}"}


def users_info(call: Call) -> Json:
    return {"user": user_json(call.workspace, call.user(), with_locale=call.flag("include_locale"))}


def users_list(call: Call) -> Json:
    found, metadata = page(call, list(call.workspace.users.values()), 1000)
    with_locale = call.flag("include_locale")
    members = [user_json(call.workspace, user, with_locale=with_locale) for user in found]
    return {"members": members, "cache_ts": int(call.workspace.clock.now()), "response_metadata": metadata}


def team_info(call: Call) -> Json:
    workspace = call.workspace
    return {"team": {"id": workspace.team_id, "name": workspace.name, "domain": workspace.domain}}


METHODS: dict[str, Method] = {
    "api.test": api_test,
    "auth.test": auth_test,
    "apps.connections.open": connections_open,
    "users.info": users_info,
    "users.list": users_list,
    "team.info": team_info,
}
