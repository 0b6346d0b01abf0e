"""What an app may do: the scopes of its manifest, which each method and event asks for."""

from bot.emulator.errors import SlackError
from bot.emulator.workspace import Workspace

# method, or the beginning of several → the scopes of which the app needs one; the first that fits counts
NEEDED: dict[str, tuple[str, ...]] = {
    "chat.getPermalink": (),
    "chat.": ("chat:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "conversations.replies": ("channels:history", "groups:history", "im:history", "mpim:history"),
    "conversations.open": ("im:write", "mpim:write", "channels:manage", "groups:write"),
    "conversations.join": ("channels:join",),
    "conversations.": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "users.conversations": ("channels:read", "groups:read", "im:read", "mpim:read"),
    "users.profile.get": ("users.profile:read",),
    "users.": ("users:read",),
    "bots.info": ("users:read",),
    "usergroups.": ("usergroups:read",),
    "reactions.get": ("reactions:read",),
    "reactions.list": ("reactions:read",),
    "reactions.": ("reactions:write",),
    "files.info": ("files:read",),
    "files.list": ("files:read",),
    "files.": ("files:write",),
    "team.info": ("team:read",),
    "dnd.info": ("dnd:read",),
}


def check(workspace: Workspace, method: str, channel_id: str) -> None:
    """Raises `missing_scope`; without a manifest everything is allowed."""
    needed = next((scopes for begin, scopes in NEEDED.items() if method.startswith(begin)), ())
    channel = workspace.channels.get(channel_id)
    if channel is not None and len(needed) > 1:  # the kind of conversation says which of them
        kind = "im:" if channel.is_im else "groups:" if channel.is_private else "channels:"
        needed = tuple(scope for scope in needed if scope.startswith(kind))
    if workspace.scopes is not None and needed and workspace.scopes.isdisjoint(needed):
        raise SlackError("missing_scope", needed=",".join(needed), provided=_listed(workspace.scopes))


def headers(workspace: Workspace) -> dict[str, str]:
    return {} if workspace.scopes is None else {"x-oauth-scopes": _listed(workspace.scopes)}


def _listed(scopes: set[str]) -> str:
    return ",".join(sorted(scopes))
