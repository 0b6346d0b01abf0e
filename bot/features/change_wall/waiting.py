"""What time does to suggestions: clocks that run, managers who are reminded, comments that are counted."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import structlog
from slack_sdk import WebClient
from sqlmodel import Session

from bot.features.change_wall import posting, rules, screens, wall
from bot.kernel.calendar import due_days
from bot.kernel.office import Office
from bot.services import Services
from bot.slack.threads import address_of, replies
from storage import idea_wall, ideas, people
from storage.database import InWorkspace
from storage.idea_wall import Shown, Which
from storage.ideas import Idea
from storage.outbox import post_by_key

log = structlog.get_logger()

BATCH = 200  # ideas a transaction: for how long others wait
NUDGE_FROM = 9  # o'clock, in the office
IN_A_MESSAGE = 200  # ideas that are read for the managers' message, of which the first ones are listed
COUNTED_EVERY = timedelta(minutes=10)
COUNTED_FOR = timedelta(days=90)  # after that nobody comments any more
A_TURN = 20  # threads a workspace each time: Slack takes fifty a minute
LINKED_WITHIN = timedelta(days=1)  # a post that doesn't stand by then won't


def workspaces(services: Services) -> Sequence[int]:
    """Where there are ideas."""
    with services.database.reading() as tx:
        return ideas.workspaces_with_ideas(tx)


def forget_undecided(services: Services, workspace_id: int) -> None:
    """Let go of ideas whose suggester saw what looks like them, and never came back to it."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        for idea in ideas.undecided_before(tx, services.clock.now() - rules.UNDECIDED_KEPT):
            tx.delete(idea)


def refresh_clocks(services: Services, workspace_id: int) -> None:
    """Let every post that waits for an answer say how long, and one past its date that it is.

    What says it already is left alone.
    """
    after, turns = 0, 0
    while True:
        found, old = _outdated(services, workspace_id, after)
        if old:
            with services.database.writing(InWorkspace(workspace_id), patient=True) as tx:
                office = services.office(tx)  # and not what was read before: somebody may have voted meanwhile
                posting.redraw_slowly(tx, services, office, idea_wall.ideas_with(tx, old), turns)
        if len(found) < BATCH:
            return
        after, turns = found[-1].id or 0, turns + len(old)


def _outdated(services: Services, workspace_id: int, after: int) -> tuple[Sequence[Idea], list[int]]:
    """A batch of what waits or is late, and the ids of those whose post says something else."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        found = idea_wall.telling_time(tx, services.clock.today(office.zone), BATCH, after)
        bodies = idea_wall.bodies(tx, [posting.key_of(idea.id) for idea in found])
        posts = [(one.idea.id or 0, new) for one, new in posting.messages(tx, services, office, found)]
    there = [(idea_id, new, bodies.get(posting.key_of(idea_id))) for idea_id, new in posts]
    return found, [idea_id for idea_id, new, body in there if body is not None and body != new.body()]


def nudge_managers(services: Services, workspace_id: int) -> None:
    """Once a week, on the first working day on which there is something: what waits for the managers."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        today = services.clock.today(office.zone)
        if not _is_office_time(services, office, today):
            return
        waiting = idea_wall.shown(tx, idea_wall.waiting_ideas(tx, today - rules.NUDGE_AFTER, IN_A_MESSAGE))
        late = idea_wall.ideas_on_wall(tx, Which.OVERDUE, by_votes=False, person_id=0, today=today, limit=IN_A_MESSAGE)
        if waiting or late:
            _nudge(tx, services, office, waiting, idea_wall.shown(tx, late), today)


def _nudge(
    tx: Session, services: Services, office: Office, waiting: Sequence[Shown], late: Sequence[Shown], today: date
) -> None:
    year, week, _ = today.isocalendar()
    for manager in people.colleagues_among(tx, office.managers):
        say = services.speakers.get(manager.language or "", office.say)
        message = wall.week_message(waiting, late, today, say)
        key = f"idea-week:{year}-{week}:{manager.slack_id}"
        services.outbox.post(tx, key, message, to=manager.slack_id)


def _is_office_time(services: Services, office: Office, today: date) -> bool:
    hour = services.clock.now().astimezone(ZoneInfo(office.zone)).hour
    return hour >= NUDGE_FROM and bool(due_days(today, today, [(today, office.workdays)], office.calendar, (), ()))


def count_comments(services: Services, workspace_id: int, slack: Callable[[int], WebClient]) -> None:
    """Ask Slack how many answers the posts' threads have, some of them each time, and show it in the posts."""
    now = services.clock.now()
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        since = (now - COUNTED_FOR).date()
        threads = idea_wall.threads_to_count(tx, since, now - COUNTED_EVERY, A_TURN)
    client = slack(workspace_id)
    found = {one.idea_id: replies(client, one.channel, one.ts) for one in threads}
    counts = {one.idea_id: max(count - one.own, 0) for one in threads if (count := found[one.idea_id]) is not None}
    if len(counts) < len(threads):
        log.warning("comments not counted", workspace=workspace_id, count=len(threads) - len(counts))
    _note_counts(services, workspace_id, counts, [one.idea_id for one in threads])


def _note_counts(services: Services, workspace_id: int, counts: dict[int, int], asked: Sequence[int]) -> None:
    if not asked:
        return
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        changed = []
        for idea in ideas.ideas_to_change(tx, counts):
            if idea.comments != counts[idea.id or 0]:
                idea.comments = counts[idea.id or 0]
                changed.append(idea)
        posting.redraw(tx, services, office, changed)
        idea_wall.note_counted(tx, asked, services.clock.now())


def link_threads(services: Services, workspace_id: int, slack: Callable[[int], WebClient]) -> None:
    """Give the words in the threads of merged ideas the address of the other one, once Slack tells it."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        merged = idea_wall.merged_since(tx, services.clock.now() - LINKED_WITHIN)
        bare = [note for idea in merged for note in _bare_notes(tx, idea)]
    client = slack(workspace_id)
    for key, there, is_inside, channel, ts in bare:
        if url := address_of(client, channel, ts):
            with services.database.writing(InWorkspace(workspace_id)) as tx:
                office = services.office(tx)
                services.outbox.change(tx, key, screens.thread_note(there, is_inside, url, office.say))


def _bare_notes(tx: Session, child: Idea) -> list[tuple[str, Idea, bool, str, str]]:
    """Of a merged idea's two notes those without an address: the key, the other idea, which side, and where it is."""
    root = ideas.idea_by_id(tx, child.merged_into or 0)
    found = []
    for here, there in ((child, root), (root, child)) if root else ():
        key = posting.note_key(child.id, root.id if root else None, here.id if here else None)
        note, post = post_by_key(tx, key), post_by_key(tx, posting.key_of(there.id if there else None))
        if note and note.body and posting.url_in(note.body) is None and there and post and post.ts and post.channel:
            found.append((key, there, here is child, post.channel, post.ts))
    return found
