"""What managers see of the groups."""

from collections.abc import Sequence
from typing import Protocol

from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, button, buttons, confirm, line, modal, paragraph, words
from storage.groups import PeopleGroup
from storage.people import Person

LIST, ADD, CHANGE, REMOVE = "group.list", "group.add", "group.change", "group.remove"
NAMED = 12  # members in a list; of a larger group the rest is counted


class Kept(Protocol):
    """A group, and who is in it."""

    @property
    def group(self) -> PeopleGroup: ...
    @property
    def members(self) -> Sequence[Person]: ...


def groups_window(kept: Sequence[Kept], me: Me) -> Json:
    """All groups, each with its people and what can be done with it."""
    say = me.say
    blocks = [line(say("Teams or shifts, for leaderboards and budgets.")), buttons(button(say("New group"), ADD))]
    for one in kept:
        blocks += [_shown(one, say), _row(one.group, say)]
    return modal(say("Groups of people"), blocks, close=say("Back"))


def _shown(kept: Kept, say: Say) -> Json:
    count = say.plural("{number} person", "{number} people", len(kept.members))
    source = say("from Slack's user group") if kept.group.usergroup_id else say("list of your own")
    return paragraph(
        words(kept.group.name, bold=True),
        words(f" · {count} · {source}\n"),
        words(_names([person.name for person in kept.members], say)),
    )


def _names(names: Sequence[str], say: Say) -> str:
    """Who has no name yet is counted."""
    known = [name for name in names if name]
    unknown = len(names) - len(known)
    shown = known[:NAMED] + (["…"] if len(known) > NAMED else [])
    if unknown:
        many = say.plural("{number} colleague", "{number} colleagues", unknown)
        shown = [*shown, say("a colleague") if unknown == 1 else many]
    return ", ".join(shown)


def _row(group: PeopleGroup, say: Say) -> Json:
    value = str(group.id)
    sure = confirm(say("Remove this group?"), say("Its people and their stories stay."), say("Remove"), say("Keep it"))
    change, remove = say("Change {name}", name=group.name), say("Remove {name}", name=group.name)
    return buttons(
        button(say("Change"), CHANGE, value, label=change[:75]),
        button(say("Remove"), REMOVE, value, label=remove[:75], confirm=sure),
    )
