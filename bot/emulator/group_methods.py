"""The usergroups.* methods, as far as they read."""

from bot.emulator.calls import Call, Method
from bot.emulator.errors import SlackError
from bot.emulator.model import Json, UserGroup


def list_groups(call: Call) -> Json:
    groups = [
        group for group in call.workspace.groups.values() if not group.deleted_at or call.flag("include_disabled")
    ]
    return {"usergroups": [_group_json(call, group) for group in groups]}


def list_users(call: Call) -> Json:
    group = call.workspace.groups.get(call.required("usergroup"))
    if group is None or (group.deleted_at and not call.flag("include_disabled")):
        raise SlackError("no_such_subteam")
    return {"users": _members(call, group)}


def _members(call: Call, group: UserGroup) -> list[str]:
    """Slack takes who was deactivated out of all groups."""
    return [user for user in group.users if not call.workspace.users[user].deleted]


def _group_json(call: Call, group: UserGroup) -> Json:
    found: Json = {
        "id": group.id,
        "team_id": call.workspace.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "is_external": False,
        "date_create": 0,
        "date_update": 0,
        "date_delete": group.deleted_at,
        "auto_type": None,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": call.workspace.bot.id,
        "updated_by": call.workspace.bot.id,
        "deleted_by": None,
        "prefs": {"channels": [], "groups": []},
    }
    if call.flag("include_users"):
        found["users"] = _members(call, group)
    if call.flag("include_count"):
        found["user_count"] = len(_members(call, group))
    return found


METHODS: dict[str, Method] = {"usergroups.list": list_groups, "usergroups.users.list": list_users}
