"""Opening, pushing, changing and closing the views of a person."""

import time
from secrets import token_hex
from typing import Any

from bot.emulator.elements import with_ids
from bot.emulator.errors import SlackError
from bot.emulator.forms import initial_state, kept_state
from bot.emulator.model import Json, View
from bot.emulator.validation import check_view
from bot.emulator.workspace import Workspace, new_id

DEEPEST = 3


class Views:
    """The stacks of modals and the Home tabs, with Slack's rules for them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def open(self, user_id: str, body: Any) -> View:
        view = self._new(user_id, check_view(self._workspace, body, "modal"))
        self._workspace.modals[user_id] = [view]
        self._workspace.changes.notify()
        return view

    def push(self, user_id: str, body: Any) -> View:
        stack = self._workspace.modals.get(user_id, [])
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= DEEPEST:
            raise SlackError("push_limit_reached")
        view = self._new(user_id, check_view(self._workspace, body, "modal"))
        view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        self._workspace.changes.notify()
        return view

    def update(self, view: View, body: Any, expected_hash: str | None = None) -> View:
        """Slack keeps what was filled in, where block, action and type stay the same."""
        if expected_hash and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        checked = check_view(self._workspace, body, view.body["type"])
        self._check_external(checked.get("external_id"), view)
        view.body = _with_block_ids(checked)
        view.state = kept_state(view.body["blocks"], view.state)
        view.hash, view.errors, view.trouble = _hash(), {}, ""
        view.external_id = checked.get("external_id") or None
        self._workspace.changes.notify()
        return view

    def publish(self, user_id: str, body: Any, expected_hash: str | None = None) -> View:
        home = self._workspace.homes.get(user_id)
        if home is not None:
            return self.update(home, body, expected_hash)
        if expected_hash:
            raise SlackError("hash_conflict")
        home = self._new(user_id, check_view(self._workspace, body, "home"))
        self._workspace.homes[user_id] = home
        self._workspace.changes.notify()
        return home

    def by_external_id(self, external_id: str) -> View:
        """Raises `not_found`."""
        for view in self._workspace.open_views():
            if view.external_id == external_id:
                return view
        raise SlackError("not_found")

    def close(self, view: View) -> None:
        """The view and all above it; what lies below comes back."""
        stack = self._workspace.modals.get(view.user, [])
        if view in stack:
            del stack[stack.index(view) :]
        self._workspace.changes.notify()

    def clear(self, user_id: str) -> list[View]:
        """Close all; gives those that were open, top first."""
        closed = self._workspace.modals.pop(user_id, [])
        self._workspace.changes.notify()
        return closed[::-1]

    def _new(self, user_id: str, body: Json) -> View:
        self._check_external(body.get("external_id"), None)
        body = _with_block_ids(body)
        view = View(new_id("V"), user_id, body, _hash(), initial_state(body["blocks"]))
        view.external_id, view.root_id = body.get("external_id") or None, view.id
        return view

    def _check_external(self, external_id: str | None, own: View | None) -> None:
        views = self._workspace.open_views()
        if external_id and any(view.external_id == external_id for view in views if view is not own):
            raise SlackError("duplicate_external_id")


def _with_block_ids(body: Json) -> Json:
    return {**body, "blocks": with_ids(body["blocks"])}


def _hash() -> str:
    return f"{int(time.time())}.{token_hex(4)}"
