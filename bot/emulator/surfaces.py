"""Where blocks are drawn (a message, a modal, a Home tab) and what a control there has to know."""

from dataclasses import dataclass, field

from bot.emulator.answers import control_name, filled_in, held
from bot.emulator.drawing import dom_id
from bot.emulator.forms import KEYS
from bot.emulator.model import Json, Message, View
from bot.emulator.suggestions import KINDS as EXTERNAL

_NAMES = {
    "datepicker": "Datum",
    "timepicker": "Tijd",
    "datetimepicker": "Datum en tijd",
    "users_select": "Persoon",
    "multi_users_select": "Personen",
    "channels_select": "Kanaal",
    "conversations_select": "Gesprek",
    "file_input": "Bestand",
    "overflow": "Meer keuzes",
}
_SENT_WHEN_TYPED = "on_character_entered"


@dataclass(frozen=True)
class Control:
    """One interactive element, ready to be drawn."""

    id: str
    name: str
    label: str  # for elements without a visible label of their own
    values: list[str]
    chosen: list[Json] = field(default_factory=list)  # whole options, in a menu that the app fills
    hint_id: str = ""
    error_id: str = ""
    error: str = ""
    required: bool = False
    dispatch: str = ""  # when a change is sent to the app: "change", "enter", "typing" or not at all

    @property
    def described_by(self) -> str:
        return " ".join(one for one in (self.hint_id, self.error_id) if one)


@dataclass(frozen=True)
class Surface:
    key: str
    zone: str
    state: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def dom_id(self, *parts: object) -> str:
        return dom_id(self.key, *parts)

    def control(self, block: Json, element: Json) -> Control:
        block_id, action_id = str(block.get("block_id", "")), str(element.get("action_id", ""))
        is_input = block.get("type") == "input"
        own_id = self.dom_id(block_id, action_id)
        return Control(
            id=own_id,
            name=control_name(block_id, action_id),
            label="" if is_input else _label(element),
            values=filled_in(element, block_id, self.state, self.zone) if element["type"] in KEYS else [],
            chosen=held(element, block_id, self.state) if element["type"] in EXTERNAL else [],
            hint_id=f"{own_id}-hint" if block.get("hint") else "",
            error_id=f"{own_id}-error" if is_input else "",
            error=self.errors.get(block_id, "") if is_input else "",
            required=is_input and not block.get("optional", False),
            dispatch=_dispatch(block, element, is_input),
        )


def message_surface(message: Message, zone: str, *, in_thread: bool) -> Surface:
    return Surface(f"{'t' if in_thread else 'm'}{message.ts}", zone)


def view_surface(view: View, zone: str) -> Surface:
    return Surface(view.id, zone, view.state, view.errors)


def _label(element: Json) -> str:
    named = element.get("accessibility_label") or (element.get("placeholder") or {}).get("text")
    return str(named or _NAMES.get(element["type"], "Keuze"))


def _dispatch(block: Json, element: Json, is_input: bool) -> str:
    if is_input and not block.get("dispatch_action"):
        return ""
    if not element["type"].endswith("_input") or element["type"] == "file_input":
        return "change"
    when = (element.get("dispatch_action_config") or {}).get("trigger_actions_on") or []
    return "typing" if _SENT_WHEN_TYPED in when else "enter"
