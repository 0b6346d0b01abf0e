"""What stands in Slack for the posts of the employees' wall, brought in line with the record."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.team_wall import posts, screens
from bot.kernel.facts import HomesOutdated
from bot.services import Services
from bot.slack.blocks import Message
from storage import celebrations
from storage.celebrations import Celebration, Shown
from storage.people import people_by_slack_ids


def key_of(celebration: Celebration) -> str:
    """The key of its post: those who are congratulated on one day share one."""
    if celebration.day is not None:
        return f"celebration-day:{celebration.posted_on}"
    return f"celebration:{celebration.id}"


def together(tx: Session, celebration: Celebration) -> list[Shown]:
    """All that stand in the same post, with the people in them; none when nothing is left of it."""
    one_post = [celebration] if celebration.day is None else celebrations.congratulated_on(tx, celebration.posted_on)
    return celebrations.shown(tx, [one for one in one_post if not one.is_removed])


def by_post(shown: Sequence[Shown]) -> list[list[Shown]]:
    """The same, those that stand in one post together; in the order of the first of each."""
    found: dict[str, list[Shown]] = {}
    for one in shown:
        found.setdefault(key_of(one.celebration), []).append(one)
    return list(found.values())


def put(tx: Session, services: Services, celebration: Celebration) -> bool:
    """Let its post stand in the channel, with all that belong in it; false when there is no channel."""
    office = services.office(tx)
    if office.team_wall_channel is None:
        return False
    message, key = _message(tx, services, together(tx, celebration)), key_of(celebration)
    services.outbox.post(tx, key, message, to=office.team_wall_channel)
    services.outbox.change(tx, key, message)
    return True


def follow(tx: Session, services: Services, celebration: Celebration, *, is_deleted: bool = False) -> None:
    """Bring its post in line with the record: taken away when nothing is left of it."""
    left = [] if is_deleted and celebration.day is None else together(tx, celebration)
    if left:
        services.outbox.change(tx, key_of(celebration), _message(tx, services, left))
    else:
        services.outbox.remove(tx, key_of(celebration))


def delete(tx: Session, services: Services, gone: Sequence[Celebration]) -> None:
    """Delete these, from the record and from Slack; what moderators were asked about them says so."""
    if any(one.day is not None for one in gone):
        celebrations.lock_congratulations(tx)
    told: set[int] = set()
    for one in gone:
        told |= close_reports(tx, services, one)
        tx.delete(one)
    tx.flush()
    for one in {key_of(one): one for one in gone}.values():
        follow(tx, services, one, is_deleted=True)
    if told:
        services.announce(tx, HomesOutdated(tuple(told)))


def close_reports(tx: Session, services: Services, celebration: Celebration) -> set[int]:
    """Take the words of what is gone, and the buttons, out of the moderators' messages; answers the ids of those."""
    say = services.office(tx).say
    keys = celebrations.report_keys(tx, f"report:{celebration.id}:")
    readers = {one.slack_id: one for one in people_by_slack_ids(tx, [key.rpartition(":")[2] for key in keys])}
    for key in keys:
        reader = readers.get(key.rpartition(":")[2])
        theirs = services.me(tx, reader).say if reader else say
        services.outbox.change(tx, key, screens.gone_message(theirs))
    return {reader.id or 0 for reader in readers.values()}


def _message(tx: Session, services: Services, post: Sequence[Shown]) -> Message:
    office = services.office(tx)
    if post[0].celebration.day is not None:
        return posts.congratulations_message(post, office)
    return posts.celebration_message(post[0], office)
