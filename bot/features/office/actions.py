"""Changing the office's settings, keeping up with who works here, and telling managers what only they can mend."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from bot.features.office import rules, screens
from bot.features.office.rules import Values
from bot.features.office.screens import Changed
from bot.features.office.typed import Typed
from bot.kernel.caps import OWN_CAPS
from bot.kernel.choices import Choice
from bot.kernel.clock import is_zone
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import OfficeChanged, StandingChanged
from bot.kernel.office import Me
from bot.kernel.roles import may_manage, must_manage
from bot.services import Services
from bot.slack.blocks import Json
from bot.slack.profiles import Profile
from storage import participants, people
from storage.database import InWorkspace
from storage.office import change_office, office_changes
from storage.outbox import Post
from storage.people import Person, Standing
from storage.workspaces import enter_workspace, every_workspace

LAST_CHANGES = 30  # shown: a window holds 100 blocks, and nobody reads so far


def change_settings(services: Services, me: Me, typed: Typed, *, is_last_step: bool = False) -> Me:
    """Save what a form of settings comes to; answers `me`, in the office as it is from now on.

    With the last of the five steps the office is set up. Raises FormError, and BotError for who may not.
    """
    must_manage(me)
    # Without the request's key: a window keeps its id through all steps, and setting a value twice is setting it once.
    with services.database.writing(InWorkspace(me.workspace_id, me.person_id)) as tx:
        office = services.office(tx)
        values = dict(rules.read_form(typed, office, services.clock.now()))
        _must_be_colleagues(tx, values)
        rules.must_keep_oneself(values, me)
        if is_last_step:
            values[Choice.SET_UP] = True
        return _change(tx, services, me, rules.differing(values, office))


def _change(tx: Session, services: Services, me: Me, values: Values) -> Me:
    now = services.clock.now()
    changed = {name for name, value in values.items() if change_office(tx, name.value, value, me.person_id, now)}
    if Choice.CALENDAR in changed:
        participants.plan_anew(tx, now)
    if Choice.ZONE in changed:
        participants.plan_anew(tx, now - rules.LATEST, people.people_without_zone(tx))
    fresh = services.me(tx, people.people_by_ids(tx, [me.person_id])[0], me.request_key)
    if changed:
        services.announce(tx, OfficeChanged(fresh))
    return fresh


def _must_be_colleagues(tx: Session, values: Values) -> None:
    """Raise FormError when somebody is to manage or to moderate who can't take part, or had themself erased."""
    for choice in (Choice.MANAGERS, Choice.MODERATORS):
        wanted = list(dict.fromkeys(values.get(choice, ())))
        chosen = people.known_people(tx, wanted)
        if len(chosen) < len(wanted):
            unknown = BotError("Who you chose is not known here until they use the bot themselves.")
            raise FormError({choice.value: unknown})
        others = [person.name or person.slack_id for person in chosen if person.standing != Standing.MEMBER]
        if others:
            names = ", ".join(others)
            raise FormError(
                {choice.value: BotError("{names} can't do that: only colleagues can, no guests or bots.", names=names)}
            )


def last_changes(services: Services, me: Me) -> Sequence[Changed]:
    """What was changed lately, the newest first; what one person may spend is for managers alone. Raises BotError."""
    must_manage(me)
    with services.database.reading(me) as tx:
        changes = [one for one in office_changes(tx, LAST_CHANGES) if me.is_manager or one.name != OWN_CAPS]
        whose = {one.id: one.value["person"] for one in changes if one.name == OWN_CAPS}
        known = people.people_by_ids(tx, {*whose.values(), *(one.changed_by for one in changes if one.changed_by)})
        names = {person.id: person.name for person in known}
        return [
            Changed(
                one.name, one.value, names.get(one.changed_by, ""), one.changed_at, names.get(whose.get(one.id), "")
            )
            for one in changes
        ]


def home_card(_tx: Session, _services: Services, me: Me) -> list[Json]:
    """The settings, for who may change them."""
    return screens.home_card(me) if may_manage(me) else []


def remember_profiles(services: Services, workspace_id: int, profiles: Iterable[Profile]) -> None:
    """Write down what Slack tells of these people. Who can type here is known from now on, guests too: as guests.

    Who lives by another clock from now on, or comes back, is reminded accordingly.
    """
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        told = {profile.slack_id: profile for profile in profiles}
        known = {person.slack_id for person in people.people_by_slack_ids(tx, told)}
        absent = (Standing.BOT, Standing.GONE)
        new = [one.slack_id for one in told.values() if one.slack_id not in known and one.standing not in absent]
        met = [*known, *people.without_forgotten(tx, new)]
        moved: set[int] = set()
        changed: set[int] = set()
        for person in people.known_people(tx, met):
            profile, was = told[person.slack_id], (person.zone, person.standing)
            _write_down(person, profile)
            person.profile_at = services.clock.now()
            moved |= {person.id or 0} if person.zone != was[0] else set()
            if person.standing != was[1]:
                changed.add(person.id or 0)
                services.announce(tx, StandingChanged(services.me(tx, person), was[1]))
        tx.flush()
        now = services.clock.now()
        for people_ids, after in ((changed - moved, now), (moved, now - rules.LATEST)):
            if people_ids:
                participants.plan_anew(tx, after, people_ids)


def _write_down(person: Person, profile: Profile) -> None:
    person.name = profile.name or person.name
    person.zone = profile.zone if profile.zone and is_zone(profile.zone) else None
    person.standing, person.is_admin = profile.standing, profile.is_admin


def remember_profile(services: Services, team_id: str, profile: Profile) -> None:
    """Write down what Slack tells of one person, in the workspace that it tells it to."""
    with services.database.writing() as tx:
        workspace = enter_workspace(tx, team_id, services.clock.now())
    remember_profiles(services, workspace.id or 0, [profile])


def workspaces_known(services: Services) -> Sequence[tuple[int, str]]:
    """Each workspace's id, and Slack's own id of it."""
    with services.database.reading() as tx:
        return every_workspace(tx)


def newcomers(services: Services, workspace_id: int, limit: int) -> Sequence[str]:
    """Slack ids of the people of whom Slack has told nothing yet."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        return [person.slack_id for person in people.people_without_profile(tx, limit)]


def give_up_on_profile(services: Services, workspace_id: int, slack_id: str) -> None:
    """Slack won't tell about this person: don't ask again until it says something by itself."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        for person in people.people_by_slack_ids(tx, [slack_id]):
            person.profile_at = services.clock.now()


def report_refusal(tx: Session, services: Services, post: Post, reason: str) -> None:
    """Tell the managers, once, that Slack won't have what the bot wants to post somewhere."""
    key = f"parked:{reason}:{post.target}"
    if post.key.startswith("parked:"):
        return  # it was this very message that could not be delivered; the log has it
    tx.info["workspace_id"] = post.workspace_id
    office = services.office(tx)
    for manager in sorted(office.managers):
        services.outbox.post(tx, f"{key}:{manager}", screens.refused_message(post, reason, office), to=manager)
