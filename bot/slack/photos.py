"""A photo in a form: the fields for it, and what was chosen there."""

from typing import Any, TypedDict

from slack_sdk.models.blocks import CheckboxesElement
from slack_sdk.models.blocks.block_elements import FileInputElement

from bot.kernel.errors import BotError
from bot.kernel.office import Say
from bot.slack.blocks import Json, field_of, option
from bot.slack.forms import as_list, filled_in

KINDS = ("jpg", "jpeg", "png", "gif")  # what Slack shows in a message


class TypedPhoto(TypedDict):
    """What was filled in about a photo."""

    photo: str  # Slack's id of the file; empty: none was chosen
    photo_kind: str  # such as png, or pdf; empty: Slack doesn't tell
    without_photo: bool  # the one that was there goes


def photo_fields(has_photo: bool, say: Say) -> list[Json]:
    """A file can't be filled in beforehand, so that one that is there has a box of its own."""
    label = say("Another photo") if has_photo else say("A photo")
    fields = [field_of("photo", label, FileInputElement(filetypes=list(KINDS), max_files=1))]
    if has_photo:
        element = CheckboxesElement(options=[option("yes", say("Take the photo away"))])
        fields.append(field_of("without_photo", say("The photo that is there"), element))
    return fields


def typed_photo(view: dict[str, Any]) -> TypedPhoto:
    """What was chosen in these fields."""
    held = view.get("state", {}).get("values", {}).get("photo", {}).get("photo", {})
    file: dict[str, Any] = next(iter(held.get("files") or ()), {})
    kind = str(file.get("filetype") or "") or str(file.get("mimetype") or "").rpartition("/")[2]
    is_without = bool(as_list(filled_in(view).get("without_photo")))
    return TypedPhoto(photo=str(file.get("id") or ""), photo_kind=kind, without_photo=is_without)


def read_photo(photo: str, kind: str, is_without: bool, kept: str | None) -> str | None:
    """Slack's id of the photo from now on, of which `kept` was there. Raises BotError for what is no photo."""
    if photo and kind and kind.lower() not in KINDS:
        raise BotError("Slack can't show this file. Choose a photo: a JPG, PNG or GIF.")
    return photo or (None if is_without else kept)
