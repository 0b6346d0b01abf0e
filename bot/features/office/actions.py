"""Keeping up with who works here, and telling managers what only they can mend."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from bot.features.office import screens
from bot.services import Services
from bot.slack.profiles import Profile
from storage import people
from storage.database import InWorkspace
from storage.outbox import Post
from storage.people import Standing
from storage.workspaces import every_workspace


def remember_profiles(services: Services, workspace_id: int, profiles: Iterable[Profile]) -> None:
    """Write down what Slack tells of these people. Who can type here is known from now on, guests too: as guests."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        told = {profile.slack_id: profile for profile in profiles}
        known = {person.slack_id for person in people.people_by_slack_ids(tx, told)}
        absent = (Standing.BOT, Standing.GONE)
        met = [one.slack_id for one in told.values() if one.slack_id in known or one.standing not in absent]
        for person in people.known_people(tx, met):
            profile = told[person.slack_id]
            person.name = profile.name or person.name
            person.zone, person.standing, person.is_admin = profile.zone, profile.standing, profile.is_admin
            person.profile_at = services.clock.now()


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
