"""What people see of thanks: in the thread, in a message, in the window of their own, and the managers' list."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.features.thanks.rules import may_take_back
from bot.kernel.clock import local_day
from bot.kernel.office import Me, Office, Say
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    confirm,
    divider,
    filled,
    line,
    modal,
    paragraph,
    picker,
    small,
    words,
)
from storage.gifts import Gift
from storage.stories import Story
from storage.thanks import Teller, Thanked, Thanks

GIVE, SEE, TAKE_BACK, PICK = "thanks.give", "thanks.see", "thanks.take_back", "thanks.pick"
QUOTED = 140  # characters of a story, or of thanks at Home
LISTED = 100  # names in the managers' list: as many as Slack lets one choose from


class Named(Protocol):
    """Somebody with a name."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Seen:
    """Somebody's own thanks, and how the week was that the managers' list is of."""

    received: Sequence[Thanked]
    given: Sequence[Thanked]
    told: int  # stories, in that week
    thanked: int  # times, since that week began
    left: int  # thanks to give this week


def thread_message(thanks: Thanks, giver: Named, teller: Named, gift: Gift | None, office: Office) -> Message:
    """In the thread of the story, by the names alone: a mention would notify."""
    say = office.say
    who, whom = name_of(giver, say), name_of(teller, say)
    if not thanks.words:
        return _wordless(say("{who} thanks {whom}.", who=who, whom=whom))
    named = {"who": words(who, bold=True), "whom": words(whom, bold=True)}
    head = paragraph(*filled(say("{who} thanks {whom}:"), **named))
    text = say("{who} thanks {whom}: {words}", who=who, whom=whom, words=thanks.words)
    return Message(text, [head, paragraph(words(thanks.words)), *_given(gift, say("With {gift} from the cupboard."))])


def private_message(thanks: Thanks, giver: Named, gift: Gift | None, story: Story | None, say: Say) -> Message:
    """To who is thanked."""
    who = name_of(giver, say)
    if not thanks.words:
        return _wordless(say("{who} thanks you for your story.", who=who))
    head = paragraph(*filled(say("{who} thanks you for your story:"), who=words(who, bold=True)))
    about = [paragraph(words(_short(story.text), italic=True))] if story else []
    there = _given(gift, say("And {gift} from the cupboard is for you."))
    text = say("{who} thanks you for your story: {words}", who=who, words=thanks.words)
    return Message(text, [head, paragraph(words(thanks.words)), *there, *about])


def given_window(teller: Named, me: Me) -> Json:
    """What follows the form."""
    text = me.say("Lovely. {who} gets to see it.")
    said = paragraph(*filled(text, who=words(name_of(teller, me.say), bold=True)))
    return modal(me.say("Thanks"), [said, buttons(button(me.say("All my thanks"), SEE))], close=me.say("Close"))


def thanks_window(seen: Seen, me: Me, now: datetime) -> Json:
    """What somebody got and gave, and how the week was that the managers' list is of."""
    say = me.say
    told = say.plural("Last week you told {number} story.", "Last week you told {number} stories.", seen.told)
    thanked = say.plural("Since its Monday you were thanked once.",
                         "Since its Monday you were thanked {number} times.", seen.thanked)  # fmt: skip
    if not seen.thanked:
        thanked = say("Since its Monday you had no thanks yet.")
    left = say.plural("You can thank {number} more colleague this week.",
                      "You can thank {number} more colleagues this week.", seen.left)  # fmt: skip
    return modal(
        say("Thanks"),
        [
            line(f"{told} {thanked}"),
            *_listed(say("What you got"), say("{who} · {day}"), seen.received, me, {}),
            *_listed(say("What you gave"), say("to {who} · {day}"), seen.given, me, _to_take_back(seen.given, now)),
            divider(),
            small(say("Once a week managers see the names of who told stories and had no thanks since.")),
            small(left),
            small(say("To thank somebody: use the button beneath their story.")),
        ],
        close=say("Close"),
    )


def last_thanks_card(last: Thanked, me: Me) -> list[Json]:
    """At Home: who thanked me last."""
    say = me.say
    head = filled(say("{who} thanked you:"), who=words(name_of(last.other, say), bold=True))
    said = [words(" " + _short(last.thanks.words))] if last.thanks.words else []
    return [divider(), paragraph(*head, *said), buttons(button(say("Thanks"), SEE))]


def week_message(tellers: Sequence[Teller], say: Say) -> Message:
    """To a manager: who told stories last week and had no thanks. Names alone, by the alphabet."""
    text = say("They told stories last week and have had no thanks yet:")
    names: list[Json] = []
    for teller in tellers[:LISTED]:
        names += [words(", ")] if names else []
        names.append(words(teller.person.name, bold=True))
    choices = [(choice_of(teller), teller.person.name[:75]) for teller in tellers[:LISTED]]
    more = len(tellers) - LISTED
    rest = [small(say.plural("And {number} more.", "And {number} more.", more))] if more > 0 else []
    return Message(text, [line(text), paragraph(*names), *rest, buttons(picker(say("Thank somebody"), PICK, choices))])


def choice_of(teller: Teller) -> str:
    """What choosing somebody in the list carries: the story, and whose it is; by that the list is found again."""
    return f"{teller.story_id}:{teller.person.id}"


def lists(body: Json, person_id: int, story_ids: Container[str]) -> bool:
    """Whether a list that stands names somebody, whatever they were called then: by their id, or one of their stories.

    Lists of before carry no more than the story.
    """
    menus = [one for block in body.get("blocks", ()) for one in block.get("elements", ()) if "options" in one]
    carried = [option["value"].partition(":") for menu in menus for option in menu["options"]]
    return any(whose == str(person_id) or story in story_ids for story, _, whose in carried)


def all_thanked_message(say: Say) -> Message:
    """What the list becomes once nobody in it waits any more."""
    return Message(text := say("Everybody who told stories last week has had thanks by now."), [line(text)])


def past_week_message(say: Say) -> Message:
    """What the list becomes when somebody in it was erased."""
    return Message(text := say("This list is out of date."), [line(text)])


def name_of(person: Named, say: Say) -> str:
    return person.name or say("a colleague")


def _wordless(text: str) -> Message:
    return Message(text, [paragraph(words(text))])


def _given(gift: Gift | None, text: str) -> list[Json]:
    return [paragraph(*filled(text, gift=words(f"{gift.emoji} {gift.name}", bold=True)))] if gift else []


def _to_take_back(given: Sequence[Thanked], now: datetime) -> Mapping[int, str]:
    """The thanks that can be taken back, by their id: what the button carries."""
    return {one.thanks.id or 0: str(one.thanks.id) for one in given if may_take_back(one.thanks, now)}


def _listed(title: str, head: str, listed: Sequence[Thanked], me: Me, back: Mapping[int, str]) -> list[Json]:
    blocks: list[Json] = [divider(), line(title)] if listed else []
    for one in listed:
        named = words(name_of(one.other, me.say), bold=True)
        day = words(me.say.day(local_day(one.thanks.thanked_at, me.zone)))
        gift = [words(f" · {one.gift.emoji} {one.gift.name}")] if one.gift else []
        blocks.append(paragraph(*filled(head, who=named, day=day), *gift, words(_beneath(one.thanks.words))))
        if value := back.get(one.thanks.id or 0):
            blocks.append(buttons(button(me.say("Take back"), TAKE_BACK, value, confirm=_sure(me.say))))
    return blocks


def _beneath(said: str) -> str:
    return f"\n{said}" if said else ""


def _sure(say: Say) -> Json:
    return confirm(
        say("Take your thanks back?"), say("They go from Slack, and a gift goes back to the cupboard."),
        say("Take back"), say("Keep it"),
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"
