"""Keeping up with who works here, and telling managers what only they can mend."""

from collections.abc import Iterable

from sqlmodel import Session

from bot.features.office import screens
from bot.services import Services
from bot.slack.profiles import Profile
from storage import people
from storage.database import InWorkspace
from storage.outbox import Post
from storage.people import Standing


def remember_profiles(services: Services, workspace_id: int, profiles: Iterable[Profile]) -> None:
    """Write down what Slack tells of these people; colleagues are known from now on."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        told = {profile.slack_id: profile for profile in profiles}
        known = {person.slack_id for person in people.people_by_slack_ids(tx, told)}
        colleagues = [one for one in told.values() if one.slack_id in known or one.standing == Standing.MEMBER]
        for person in people.known_people(tx, [one.slack_id for one in colleagues]):
            profile = told[person.slack_id]
            person.name = profile.name or person.name
            person.zone, person.standing, person.is_admin = profile.zone, profile.standing, profile.is_admin
            person.profile_at = services.clock.now()


def give_up_on_profile(services: Services, workspace_id: int, slack_id: str) -> None:
    """Slack doesn't know this person: don't ask again until it says something by itself."""
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
