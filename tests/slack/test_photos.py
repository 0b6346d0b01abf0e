"""A photo in a form: what was chosen, and what it comes to."""

from typing import Any

import pytest

from bot.kernel.errors import BotError
from bot.slack.photos import read_photo, typed_photo


def sent(*files: dict[str, str], without: bool = False) -> dict[str, Any]:
    boxes = [{"value": "yes"}] if without else []
    fields = {"photo": {"files": list(files)}, "without_photo": {"selected_options": boxes}}
    return {"state": {"values": {name: {name: field} for name, field in fields.items()}}}


@pytest.mark.parametrize(
    ("file", "kind"),
    [({"filetype": "png"}, "png"), ({"mimetype": "image/jpeg"}, "jpeg"), ({"mimetype": "application/pdf"}, "pdf"),
     ({}, "")],
)  # fmt: skip
def test_slack_tells_the_kind_of_a_file_in_one_way_or_another(file: dict[str, str], kind: str) -> None:
    assert typed_photo(sent({"id": "F1", **file})) == {"photo": "F1", "photo_kind": kind, "without_photo": False}


def test_no_file_is_no_photo_and_the_box_takes_away_the_one_that_was_there() -> None:
    assert typed_photo({})["photo"] == typed_photo(sent())["photo"] == ""
    assert typed_photo(sent(without=True))["without_photo"]


@pytest.mark.parametrize("kind", ["pdf", "heic", "webp", "svg+xml"])
def test_what_slack_does_not_show_is_refused(kind: str) -> None:
    with pytest.raises(BotError, match="JPG, PNG or GIF"):
        read_photo("F1", kind, is_without=False, kept=None)


@pytest.mark.parametrize(
    ("photo", "is_without", "becomes"),
    [("", False, "F0"), ("", True, None), ("F1", False, "F1"), ("F1", True, "F1")],
)
def test_a_photo_stays_until_there_is_another_or_it_is_taken_away(
    photo: str, is_without: bool, becomes: str | None
) -> None:
    assert read_photo(photo, "PNG", is_without, kept="F0") == becomes
