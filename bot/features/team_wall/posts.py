"""The posts of the employees' wall as they stand in the channel, and the parts that other screens show as well."""

from collections.abc import Sequence

from bot.i18n.translate import later
from bot.kernel.office import Office, Say
from bot.slack.blocks import Json, Message, button, buttons, confirm, filled, paragraph, words
from storage.celebrations import Occasion, Shown
from storage.people import Person, Standing

CHANGE, REMOVE = "celebration.change", "celebration.remove"
HIDE, REPORT = "celebration.hide", "celebration.report"

TOLD = {
    Occasion.GOOD_NEWS: ("🌟", later("{who} has good news")),
    Occasion.BIRTH: ("👶", later("{who} tells of a birth")),
    Occasion.JUBILEE: ("🎉", later("{who} tells of a jubilee")),
    Occasion.JOKE: ("😄", later("{who} tells a joke")),
}
TOLD_ABOUT = {  # a colleague
    Occasion.GOOD_NEWS: later("{who} has good news about {whom}"),
    Occasion.BIRTH: later("{who} tells of a birth: congratulations, {whom}"),
    Occasion.JUBILEE: later("{who} tells of a jubilee of {whom}"),
    Occasion.JOKE: later("{who} tells a joke about {whom}"),
}
MOST_NAMES = 40  # in one post of congratulations; beyond it a number


def celebration_message(shown: Shown, office: Office) -> Message:
    """The post of what somebody entered."""
    say, celebration = office.say, shown.celebration
    return Message(
        f"{_opening(shown, say)}: {celebration.text}",
        [
            paragraph(*heading(shown, say)),
            paragraph(words(celebration.text)),
            *photo_of(shown, say),
            buttons(*_for_everybody(str(celebration.id), say), *_for_whose_it_is(shown, say)),
        ],
    )


def _for_whose_it_is(shown: Shown, say: Say) -> list[Json]:
    value = str(shown.celebration.id)
    found = [button(say("Change"), CHANGE, value, only_for=[shown.author.slack_id])] if shown.author else []
    if theirs := [person.slack_id for person in (shown.author, shown.about) if person is not None]:
        found.append(button(say("Take away"), REMOVE, value, only_for=theirs, confirm=sure(say)))
    return found


def congratulations_message(shown: Sequence[Shown], office: Office) -> Message:
    """One post for all birthdays and jubilees of a day. An age is in none of it."""
    say = office.say
    parts = congratulations(shown, say)
    text = "".join(str(part["text"]) for part in parts)
    value = str(shown[0].celebration.id)
    return Message(text, [paragraph(*parts), buttons(*_for_everybody(value, say))])


def _for_everybody(value: str, say: Say) -> list[Json]:
    return [button(say("Hide"), HIDE, value), reporting(value, say)]


def reporting(value: str, say: Say) -> Json:
    """The button that lets moderators look at a post; a finger slips easily beside the one that hides it."""
    text = say("A moderator then looks at it. Nobody sees that it was you.")
    asked = confirm(say("Report this post?"), text, say("Report"), say("Cancel"))
    return button(say("Report"), REPORT, value, confirm=asked)


def congratulations(shown: Sequence[Shown], say: Say) -> list[Json]:
    """The birthdays in a sentence, and a line for each jubilee; names beyond the first forty are counted."""
    named = shown[:MOST_NAMES]
    birthdays = [one for one in named if one.celebration.occasion == Occasion.BIRTHDAY]
    jubilees = [one for one in named if one.celebration.occasion == Occasion.JUBILEE]
    lines: list[list[Json]] = []
    if birthdays:
        sentence = say.plural(
            "Congratulations on your birthday, {names}.", "Congratulations on your birthdays, {names}.",
            len(birthdays), names="{names}",
        )  # fmt: skip
        lines.append([words("🎂 "), *_filled(sentence, names=_names(birthdays, say))])
    lines += [[words("🎉 "), *_filled(_years(one, say), who=_dated_name(one, say))] for one in jubilees]
    if rest := len(shown) - len(named):
        lines.append([words(say.plural("And {number} more.", "And {number} more.", rest))])
    return [part for number, each in enumerate(lines) for part in ([words("\n")] if number else []) + each]


def _years(shown: Shown, say: Say) -> str:
    """The sentence on a jubilee, with a place for the name. Twelve and a half years is a jubilee in the Netherlands."""
    years, months = divmod(shown.celebration.months or 0, 12)
    if months:
        return say("{who} has worked here for {years} and a half years.", who="{who}", years=years)
    return say.plural(
        "{who} has worked here for {number} year.", "{who} has worked here for {number} years.", years, who="{who}"
    )


def _filled(template: str, **lists: Sequence[Json]) -> list[Json]:
    """As `filled`, for places that take several elements."""
    found: list[Json] = []
    for part in filled(template, **{name: {"several": name} for name in lists}):
        found += lists[part["several"]] if "several" in part else [part]
    return found


def _names(shown: Sequence[Shown], say: Say) -> list[Json]:
    """Such as "Sanne, Bram (zaterdag 7 november) en Ilse"."""
    parts: list[Json] = []
    last = say("and")  # outside the f-string, into which the catalogue doesn't look
    for number, one in enumerate(shown):
        between = f" {last} " if number == len(shown) - 1 else ", "
        parts += ([words(between)] if number else []) + _dated_name(one, say)
    return parts


def _dated_name(shown: Shown, say: Say) -> list[Json]:
    """A name, and the day when that isn't the one on which it is posted."""
    celebration, name = shown.celebration, words(name_of(shown.about, say), bold=True)
    if celebration.day is None or celebration.day == celebration.posted_on:
        return [name]
    return [name, words(f" ({say.day(celebration.day)})")]


def name_of(person: Person | None, say: Say) -> str:
    """By the name alone: a mention would notify. Who left has none any more."""
    has_name = person is not None and person.name and person.standing != Standing.GONE
    return person.name if person is not None and has_name else say("a colleague")


def heading(shown: Shown, say: Say) -> list[Json]:
    """Such as "🌟 **Sanne** has good news about **Bram**"."""
    occasion = Occasion(shown.celebration.occasion)
    emoji, sentence = TOLD[occasion]
    named = {"who": words(name_of(shown.author, say), bold=True)}
    if shown.about is not None:
        sentence = TOLD_ABOUT[occasion]
        named["whom"] = words(name_of(shown.about, say), bold=True)
    return [words(f"{emoji} "), *filled(say(sentence), **named)]


def _opening(shown: Shown, say: Say) -> str:
    _, sentence = TOLD[Occasion(shown.celebration.occasion)]
    return say(sentence, who=name_of(shown.author, say))


def photo_of(shown: Shown, say: Say) -> list[Json]:
    if shown.celebration.photo is None:
        return []
    alt = say("Photo with the post of {who}", who=name_of(shown.author, say))
    return [{"type": "image", "slack_file": {"id": shown.celebration.photo}, "alt_text": alt}]


def sure(say: Say) -> Json:
    return confirm(
        say("Take this off the wall?"), say("The post goes for everybody."), say("Take away"), say("Keep it")
    )
