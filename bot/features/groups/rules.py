"""What a group of people needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.kernel.errors import BotError, FormError
from bot.slack.text import tidy
from storage.groups import PeopleGroup
from storage.people import Person, Standing

LONGEST_NAME = 60
MOST = 40  # groups: a window holds 100 blocks
MOST_MEMBERS = 200  # of a list that managers keep; Slack's own groups may be larger


@dataclass(frozen=True)
class TypedGroup:
    """A form as it was filled in."""

    name: str
    usergroup_id: str = ""  # Slack's; empty: managers keep the list
    slack_ids: Sequence[str] = ()  # of that list


def group_name(typed: str, others: Collection[PeopleGroup]) -> str:
    """The group's name; none of the others has it, in capitals or not. Raises FormError."""
    name = " ".join(tidy(typed).split())
    if not name:
        raise FormError({"name": BotError("Give the group a name.")})
    if len(name) > LONGEST_NAME:
        raise FormError({"name": BotError("That is too long: {longest} characters at most.", longest=LONGEST_NAME)})
    if name.casefold() in {other.name.casefold() for other in others}:
        raise FormError({"name": BotError("There is a group called {name} already.", name=name)})
    return name


def must_have_room(groups: Collection[PeopleGroup]) -> None:
    """Raise FormError when there are as many groups as there can be."""
    if len(groups) >= MOST:
        raise FormError({"name": BotError("There are {most} groups already; remove one first.", most=MOST)})


def members_among(people: Collection[Person]) -> set[int]:
    """The ids of those who can be in a group: no bots, and nobody who left."""
    return {person.id or 0 for person in people if person.standing not in (Standing.BOT, Standing.GONE)}
