"""The managers' window of the week's digest: the words on top, skipping it, and how it will look."""

from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot.features.digest.rules import LONGEST_WORDS, State
from bot.features.digest.screens import Preview
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, button, buttons, channel_mark, divider, field_of, filled, modal, paragraph, small
from bot.slack.blocks import words as said
from bot.slack.forms import as_text, filled_in

SAVE, SKIP, UNSKIP = "digest.save", "digest.skip", "digest.unskip"


def digest_window(preview: Preview, me: Me) -> Json:
    """When it goes out and where, and what can be changed, with all of it; of one that is skipped that alone."""
    say, monday = me.say, preview.week.monday.isoformat()
    is_skipped = preview.state is State.SKIPPED
    blocks = [paragraph(*_state(preview, me)), *_skipping(preview, monday, me)]
    return modal(
        say("The week's digest"),
        blocks if is_skipped else [blocks[0], _words(preview, say), *blocks[1:], *_as_it_looks(preview, say)],
        submit=None if is_skipped else say("Save"),
        close=say("Close"),
        callback_id=SAVE,
        note=monday,
    )


def _words(preview: Preview, say: Say) -> Json:
    words = PlainTextInputElement(
        multiline=True, max_length=LONGEST_WORDS, initial_value=preview.week.words or None,
        placeholder=say("For example: what a week. Thank you all for the open day."),
    )  # fmt: skip
    return field_of("words", say("Your words on top"), words, hint=say("Empty, it opens with a sentence of mine."))


def _as_it_looks(preview: Preview, say: Say) -> list[Json]:
    """Its charts as text, for a window draws none."""
    return [
        divider(),
        small(say("This is how it looks as of now; in the channel the weeks are a chart.")),
        *(preview.message.plainer or preview.message.blocks),
        *([small(say("In its thread:"))] if preview.parts else []),
        *(block for part in preview.parts for block in part.blocks),
    ]


def typed_words(view: dict[str, Any]) -> str:
    """The words as they were filled in."""
    return as_text(filled_in(view).get("words"))


def _state(preview: Preview, me: Me) -> list[Json]:
    say, moment = me.say, preview.moment
    if preview.state is State.POSTED:
        return filled(
            say("It stands in {channel}. Other words change it there."), channel=channel_mark(preview.channel)
        )
    if preview.state is State.OFF or moment is None:
        text = say("No digest goes out by itself: choose a channel with {fanclub} office, under what goes out weekly.")
        return filled(text, fanclub=said(me.office.commands["fanclub"]))
    if preview.state is State.SKIPPED:
        return filled(say("The one of {day} is skipped."), day=said(say.day(moment.date()), bold=True))
    if preview.is_due:
        return filled(say("It goes out within a few minutes, in {channel}."), channel=channel_mark(preview.channel))
    return filled(
        say("It goes out on {day} at {time}, in {channel}."),
        day=said(say.day(moment.date()), bold=True),
        time=said(f"{moment:%H:%M}", bold=True),
        channel=channel_mark(preview.channel),
    )


def _skipping(preview: Preview, monday: str, me: Me) -> list[Json]:
    if preview.state is State.COMING:
        return [buttons(button(me.say("Skip this week"), SKIP, monday))]
    if preview.state is State.SKIPPED:
        return [buttons(button(me.say("Post it after all"), UNSKIP, monday, style="primary"))]
    return []
