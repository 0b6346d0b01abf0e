"""The form of a group: its fields, and what was filled in. The names of the fields stand here alone."""

from collections.abc import Sequence

from slack_sdk.models.blocks import PlainTextInputElement, StaticSelectElement, UserMultiSelectElement

from bot.features.groups.rules import LONGEST_NAME, MOST_MEMBERS, TypedGroup
from bot.features.groups.screens import ADD, CHANGE, Kept
from bot.kernel.office import Me
from bot.slack.blocks import Json, field_of, modal, option
from bot.slack.forms import as_list, as_text, filled_in

OWN = "own"  # instead of a user group
MOST_OPTIONS = 99  # and one for a list of one's own


def group_form(me: Me, usergroups: Sequence[tuple[str, str]], kept: Kept | None = None) -> Json:
    """The form; of a group that is there already when one is given. `usergroups` are Slack's: id and name."""
    say, group = me.say, kept.group if kept else None
    name = PlainTextInputElement(
        max_length=LONGEST_NAME, initial_value=group.name if group else None, placeholder=say("For example: Front desk")
    )
    return modal(
        say("Change the group") if group else say("New group"),
        [
            field_of("name", say("What is it called?"), name, optional=False),
            *_usergroup(me, usergroups, kept),
            _members(me, kept),
        ],
        submit=say("Save"),
        close=say("Cancel"),
        callback_id=CHANGE if group else ADD,
        note=str(group.id) if group else "",
    )


def typed_group(view: Json) -> TypedGroup:
    """The form as it was filled in."""
    form = filled_in(view)
    usergroup = as_text(form.get("usergroup"))
    return TypedGroup(
        name=as_text(form.get("name")),
        usergroup_id="" if usergroup == OWN else usergroup,
        slack_ids=tuple(as_list(form.get("members"))),
    )


def _usergroup(me: Me, usergroups: Sequence[tuple[str, str]], kept: Kept | None) -> list[Json]:
    """Nothing when Slack has no user groups, or doesn't tell."""
    say, chosen = me.say, (kept.group.usergroup_id if kept else None) or OWN
    known = dict(usergroups[:MOST_OPTIONS])
    if chosen != OWN and kept:
        known.setdefault(chosen, dict(usergroups).get(chosen, kept.group.name))
    if not known:
        return []
    options = [option(OWN, say("A list of your own"))]
    options += [option(slack_id, name[:75]) for slack_id, name in list(known.items())[-MOST_OPTIONS:]]
    initial = next(one for one in options if one.value == chosen)
    element = StaticSelectElement(options=options, initial_option=initial)
    hint = say("Who is in a user group of Slack is looked up each night.")
    return [field_of("usergroup", say("Who is in it?"), element, hint=hint, optional=False)]


def _members(me: Me, kept: Kept | None) -> Json:
    is_own = kept is not None and not kept.group.usergroup_id
    chosen = [person.slack_id for person in kept.members if person.slack_id.isalnum()] if kept and is_own else []
    element = UserMultiSelectElement(
        initial_users=chosen or None, max_selected_items=MOST_MEMBERS, placeholder=me.say("Choose colleagues")
    )
    return field_of("members", me.say("The people of a list of your own"), element)
