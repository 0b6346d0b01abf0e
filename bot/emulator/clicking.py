"""What a person does with blocks: click, choose, search, fill in, close."""

from collections.abc import Iterable

from bot.emulator import payloads, suggestions
from bot.emulator.acting import Acting, Outcome
from bot.emulator.client_checks import client_errors
from bot.emulator.elements import all_elements
from bot.emulator.errors import SlackError
from bot.emulator.files import file_json
from bot.emulator.forms import KEYS
from bot.emulator.model import Json, Message, User, View

PLACES = ("selected_channel", "selected_conversation")
TROUBLE = "We had some trouble connecting. Try again?"


class Clicking(Acting):
    """Deeds in messages, modals and Home."""

    async def click(
        self,
        user_id: str,
        action: Json,
        *,
        message_ts: str | None = None,
        channel_id: str | None = None,
        view_id: str | None = None,
        state: Json | None = None,
    ) -> Outcome:
        """`action`: {action_id, block_id, type, value | selected_option | …}; `state`: block_id → action_id → value."""
        user = self._active(user_id)
        self._check_chosen(user, action)
        filled = self._filled_in(user, state or {})
        if view_id is not None:
            return await self._click_in_view(user, self._own_view(user_id, view_id), action, filled)
        message = self._message(user_id, channel_id or "", message_ts or "")
        return await self._click_in_message(user, message, action, filled)

    async def _click_in_message(self, user: User, message: Message, action: Json, state: Json) -> Outcome:
        given = self._action(message.blocks, action)
        trigger_id = self._triggers.issue(user.id)
        response_url = self._response_urls.issue(self._conversations, user.id, message.channel, message)
        payload = payloads.click_in_message(self._workspace, user, message, given, state, trigger_id, response_url)
        answer = await self._delivery.deliver("interactive", payload)
        message.failed = "" if answer.ok else TROUBLE
        self._workspace.changes.notify()
        return Outcome.of(answer)

    async def _click_in_view(self, user: User, view: View, action: Json, state: Json) -> Outcome:
        given = self._action(view.body["blocks"], action)
        before = {**view.state}
        view.state |= state
        stands = {block for block in before if before[block] == view.state[block]} - {given["block_id"]}
        view.errors = {block: error for block, error in view.errors.items() if block in stands}
        if given["type"] in KEYS:
            key = KEYS[given["type"]][0]
            value = {"type": given["type"], key: given.get(key)}
            view.state.setdefault(given["block_id"], {})[given["action_id"]] = value
        trigger_id = self._triggers.issue(user.id, in_modal=view.body["type"] == "modal")
        payload = payloads.click_in_view(self._workspace, user, view, given, trigger_id)
        answer = await self._delivery.deliver("interactive", payload)
        view.trouble = "" if answer.ok else TROUBLE
        self._workspace.changes.notify()
        return Outcome.of(answer)

    def _action(self, blocks: Iterable[Json], action: Json) -> Json:
        block_id, element = _element(blocks, action)
        return payloads.action_of(element, block_id, action, self._events.now())

    async def suggest(
        self,
        user_id: str,
        action: Json,
        typed: str,
        *,
        message_ts: str | None = None,
        channel_id: str | None = None,
        view_id: str | None = None,
    ) -> Outcome:
        """Type in a menu that the app fills; `ack` holds its `options` or `option_groups`.

        With less than `min_query_length` characters nobody asks the app, and there is no `ack`.
        """
        user, holder = self._active(user_id), self._holder(user_id, view_id, channel_id, message_ts)
        block_id, element = _element(holder.body["blocks"] if isinstance(holder, View) else holder.blocks, action)
        if element["type"] not in suggestions.KINDS:
            raise SlackError("not_an_external_select")
        if len(typed) < element.get("min_query_length", suggestions.QUERY_LENGTH):
            return Outcome(True)
        payload = payloads.suggestion(self._workspace, user, holder, element, block_id, typed)
        answer = await self._delivery.deliver("interactive", payload)
        refused = suggestions.refused(answer.body) if answer.ok else None
        if answer.ok and not refused:
            offered = holder.suggested.setdefault(block_id, {})
            found, before = suggestions.options_of(answer.body or {}), offered.get(element["action_id"], [])
            offered[element["action_id"]] = [*found, *(one for one in before if one not in found)]  # it may be chosen
        return Outcome.of(answer, refused)

    def _holder(self, user_id: str, view_id: str | None, channel_id: str | None, ts: str | None) -> Message | View:
        if view_id is not None:
            return self._own_view(user_id, view_id)
        return self._message(user_id, channel_id or "", ts or "")

    async def submit(self, user_id: str, view_id: str, state_values: Json | None = None) -> Outcome:
        """Handles each answer: nothing (the view closes), `errors`, `update`, `push`, `clear`."""
        user, view = self._active(user_id), self._own_view(user_id, view_id)
        view.state |= self._filled_in(user, state_values or {})
        view.errors, view.trouble = client_errors(view), ""
        self._workspace.changes.notify()
        if view.errors:
            return Outcome(False, errors=view.errors)
        self._hand_in(view)
        trigger_id = self._triggers.issue(user_id, in_modal=True)
        payload = payloads.submission(self._workspace, user, view, trigger_id, self._chosen_urls(view))
        answer = await self._delivery.deliver("interactive", payload)
        refused = self._answering.to_submission(view, answer)
        view.trouble = TROUBLE if refused or not answer.ok else ""
        self._workspace.changes.notify()
        return Outcome.of(answer, refused, view.errors)

    async def close(self, user_id: str, view_id: str, *, all_of_them: bool = False) -> None:
        user, view = self._active(user_id), self._own_view(user_id, view_id)
        if all_of_them or view.body.get("clear_on_close"):
            closed, cleared = self._views.clear(user_id), True
        else:
            closed, cleared = [view], False
            self._views.close(view)
        for one in closed:
            if one.body.get("notify_on_close"):
                payload = payloads.view_closed(self._workspace, user, one, cleared)
                await self._delivery.deliver("interactive", payload)

    def _filled_in(self, user: User, state: Json) -> Json:
        """The state with whole file objects, where somebody chose files of their own by id."""
        for value in [value for values in state.values() for value in values.values()]:
            self._check_chosen(user, value)
            if "files" in value:
                value["files"] = [self._own_file(user.id, str(file["id"])) for file in value["files"]]
        return state

    def _check_chosen(self, user: User, value: Json) -> None:
        """Nobody can choose who or what isn't in the menu; raises `user_not_found` and `channel_not_found`."""
        people = [*(value.get("selected_users") or ()), value.get("selected_user")]
        if any(one and one not in self._workspace.users for one in people):
            raise SlackError("user_not_found")
        places = [one for key in PLACES for one in value.get(f"{key}s") or [value.get(key)]]
        if any(one and not self._workspace.may_see(user.id, one) for one in places):
            raise SlackError("channel_not_found")

    def _own_file(self, user_id: str, file_id: str) -> Json:
        file = self._workspace.files.get(file_id)
        if file is None or file.user != user_id:
            raise SlackError("file_not_found")
        return file_json(self._workspace, file)

    def _hand_in(self, view: View) -> None:
        """From here on the app may see the files in the form."""
        for values in view.state.values():
            for file in [file for value in values.values() for file in value.get("files", ())]:
                self._workspace.files[file["id"]].is_handed_in = True

    def _chosen_urls(self, view: View) -> list[Json]:
        """A response address for each conversation that was chosen in a menu with `response_url_enabled`."""
        urls = []
        for block, element in all_elements(view.body["blocks"]):
            held = view.state.get(block["block_id"], {}).get(element["action_id"], {})
            channel_id = held.get("selected_conversation") or held.get("selected_channel")
            if block["type"] == "input" and element.get("response_url_enabled") and channel_id:
                url = self._response_urls.issue(self._conversations, view.user, channel_id)
                ids = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": channel_id}
                urls.append(ids | {"response_url": url})
        return urls


def _element(blocks: Iterable[Json], action: Json) -> tuple[str, Json]:
    """The element that an action names, with the id of its block; raises `action_not_found`."""
    for block, element in all_elements(blocks):
        same_block = action.get("block_id") in (None, block["block_id"])
        if same_block and element["action_id"] == action.get("action_id"):
            return block["block_id"], element
    raise SlackError("action_not_found")
