"""What is reported on the employees' wall, and what moderators make of it."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.team_wall import posting, rules, screens
from bot.kernel.facts import HomesOutdated
from bot.kernel.office import Me
from bot.kernel.roles import may_moderate, must_belong, must_moderate
from bot.services import Services
from bot.slack.blocks import Json
from storage import celebrations
from storage.celebrations import Celebration, CelebrationReport
from storage.people import people_by_slack_ids

AT_HOME = 3  # reported posts on a moderator's Home


def report(services: Services, me: Me, celebration_id: int) -> bool:
    """Somebody finds that a post shouldn't be there: the moderators are asked. False when they said so before.

    Raises BotError when it is gone, and for who can't take part.
    """
    must_belong(me)
    with services.database.writing(me) as tx:
        found = rules.must_be_there(celebrations.celebration_held(tx, celebration_id))
        if not celebrations.add_report(tx, celebration_id, me.person_id, services.clock.now()):
            return False
        _ask(tx, services, found)
        return True


def settle(services: Services, me: Me, celebration_id: int, *, take_down: bool) -> None:
    """Take a reported post off the wall, or let it stand. The first decision counts. Raises BotError."""
    must_moderate(me)
    with services.database.writing(me) as tx:
        found = celebrations.celebration_held(tx, celebration_id)
        reports = celebrations.reports_of(tx, celebration_id)
        if found is None or found.is_removed or not _open(reports):
            return
        if take_down and found.day is not None:
            celebrations.lock_congratulations(tx)
        before, asked = posting.together(tx, found), _asked(tx, services, celebration_id, _round(reports))
        celebrations.settle_reports(tx, celebration_id, services.clock.now())
        if take_down:
            for one in before:
                one.celebration.is_removed = True
            tx.flush()
            posting.follow(tx, services, found)
        for key, reader in asked.items():
            services.outbox.change(tx, key, screens.settled_message(before, take_down, me, reader))
        services.announce(tx, HomesOutdated((me.person_id, *(reader.person_id for reader in asked.values()))))


def home_card(tx: Session, _services: Services, me: Me) -> list[Json]:
    """At Home, for moderators: what waits for them."""
    if not may_moderate(me):
        return []
    waiting = celebrations.reported(tx, AT_HOME)
    return screens.reports_card([posting.together(tx, one) for one in waiting], me)


def _ask(tx: Session, services: Services, celebration: Celebration) -> None:
    """Let each moderator know, once a round; of the next who reports it, the same messages tell."""
    office, reports = services.office(tx), celebrations.reports_of(tx, celebration.id or 0)
    post = posting.together(tx, celebration)
    for person in people_by_slack_ids(tx, office.managers | office.moderators):
        reader = services.me(tx, person)
        if not may_moderate(reader):
            continue
        key = f"report:{celebration.id}:{_round(reports)}:{person.slack_id}"
        message = screens.report_message(post, len(_open(reports)), reader)
        services.outbox.post(tx, key, message, to=person.slack_id)
        services.outbox.change(tx, key, message)


def _open(reports: Sequence[CelebrationReport]) -> list[CelebrationReport]:
    return [one for one in reports if one.settled_at is None]


def _round(reports: Sequence[CelebrationReport]) -> int:
    """How often it was decided on before: who reports it after that asks anew."""
    return len({one.settled_at for one in reports if one.settled_at is not None})


def _asked(tx: Session, services: Services, celebration_id: int, number: int) -> dict[str, Me]:
    """The messages of a round, and who reads each."""
    keys = celebrations.report_keys(tx, f"report:{celebration_id}:{number}:")
    readers = people_by_slack_ids(tx, [key.rpartition(":")[2] for key in keys])
    by_id = {reader.slack_id: services.me(tx, reader) for reader in readers}
    return {key: by_id[key.rpartition(":")[2]] for key in keys if key.rpartition(":")[2] in by_id}
