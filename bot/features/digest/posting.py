"""The digest as it stands in Slack: made of the record, posted once a week, and brought in line with what changes."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Session

from bot.features.digest import rules, screens
from bot.features.digest.screens import Week
from bot.kernel.boards import MOST_A_DAY, totals
from bot.kernel.facts import (
    ComplimentChanged,
    ComplimentRemoved,
    ComplimentTakenBack,
    HomesOutdated,
    StoryChanged,
    StoryRemoved,
    WallOfChangeMoved,
)
from bot.kernel.office import Me, Office
from bot.kernel.periods import previous
from bot.kernel.tips import tip_in_turn
from bot.services import Services
from bot.slack.blocks import Message
from storage import boards, digest, people
from storage.database import InWorkspace
from storage.workspaces import every_workspace

STORY, COMPLIMENTS, IDEAS = "digest-story:", "digest-compliments:", "digest-ideas:"  # how the keys of parts begin
GIVEN, TIP = "digest-given:", "digest-tip:"


def workspaces(services: Services) -> Sequence[int]:
    """Each may have its digest."""
    with services.database.reading() as tx:
        return [workspace_id for workspace_id, _ in every_workspace(tx)]


def post_if_due(services: Services, workspace_id: int) -> None:
    """Let the week's digest stand from its moment on. Its key makes a second one impossible."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        if _monday_due(tx, services) is None:  # most ticks: nobody's turn to write is taken for nothing
            return
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        digest.hold_week(tx)
        monday = _monday_due(tx, services)
        if monday is not None:
            _post(tx, services, monday)


def week_of(tx: Session, services: Services, office: Office, monday: date) -> Week:
    """What the digest of that week tells, or told."""
    period = rules.week_of(monday)
    periods = previous(period, rules.WEEKS)
    by_day = boards.fans_by_day(tx, periods[0].first, period.last, MOST_A_DAY)
    begins, ends = rules.bounds_of(monday, office.zone)
    story = digest.story_of_week(tx, monday)
    if story is None and not services.outbox.stands(tx, key_of(monday)):
        story = digest.most_applauded(tx, period.first, period.last, monday - rules.RESTS)
    return Week(
        monday=monday,
        words=rules.words_for(office, monday),
        totals=totals(periods, by_day),
        story=story,
        compliments=digest.compliments_between(tx, period.first, period.last, rules.MOST_LISTED),
        ideas=digest.ideas_moved_between(tx, begins, ends, rules.MOST_LISTED),
        gifts=digest.given_away(tx, begins, ends),
        gestures=digest.gestures_paid(tx, period.first, period.last),
        tip=tip_in_turn(services.tips, monday, 0).texts[office.say.language] if services.tips else "",
    )


def parts_of(week: Week, office: Office) -> dict[str, Message]:
    """What goes in the thread, by how its key begins; of what there is nothing of, nothing."""
    parts: dict[str, Message] = {}
    if week.story:
        parts[STORY] = screens.story_message(week.story, office)
    if week.compliments:
        parts[COMPLIMENTS] = screens.compliments_message(week.compliments, office)
    if week.ideas:
        parts[IDEAS] = screens.ideas_message(week.ideas, office)
    if week.gifts or week.gestures:
        parts[GIVEN] = screens.given_message(week.gifts, week.gestures, office)
    if week.tip and (week.told or parts):
        parts[TIP] = screens.tip_message(week.tip, office)
    return parts


def key_of(monday: date) -> str:
    return f"digest:{monday}"


def renew(tx: Session, services: Services, office: Office, monday: date) -> None:
    """Let the post that stands say what it says now."""
    message = screens.digest_message(week_of(tx, services, office, monday), office)
    services.outbox.change(tx, key_of(monday), message)


def follow_story(tx: Session, services: Services, fact: StoryChanged | StoryRemoved) -> None:
    """A reaction: the story of a week says what the story says, and goes with it."""
    _bring_in_line(tx, services, STORY, {f"story-{fact.story_id}"})


def follow_compliment(
    tx: Session, services: Services, fact: ComplimentChanged | ComplimentRemoved | ComplimentTakenBack
) -> None:
    """A reaction: likewise for a compliment. One that its customer takes back still has its row."""
    gone = {fact.compliment_id} if isinstance(fact, ComplimentTakenBack | ComplimentRemoved) else set()
    _bring_in_line(tx, services, COMPLIMENTS, {f"compliment-{fact.compliment_id}"}, gone)


def follow_ideas(tx: Session, services: Services, _fact: WallOfChangeMoved) -> None:
    """A reaction: likewise for suggestions; which one it was, the fact doesn't say."""
    _bring_in_line(tx, services, IDEAS)


def forget_person(tx: Session, services: Services, _me: Me) -> None:
    """Bring all digests in line, once the record has no name and no words of somebody any more."""
    for beginning in (STORY, COMPLIMENTS, IDEAS):
        _bring_in_line(tx, services, beginning)


def _monday_due(tx: Session, services: Services) -> date | None:
    """The week whose digest is to stand and doesn't."""
    office = services.office(tx)
    monday = rules.monday_due(services.clock.now(), office)
    if monday is None or rules.is_skipped(office, monday) or services.outbox.stands(tx, key_of(monday)):
        return None
    return monday


def _post(tx: Session, services: Services, monday: date) -> None:
    office = services.office(tx)
    week, to = week_of(tx, services, office, monday), office.weekly.channel
    services.outbox.post(tx, key_of(monday), screens.digest_message(week, office), to=to)
    for beginning, message in parts_of(week, office).items():
        services.outbox.post(tx, f"{beginning}{monday}", message, to=to, thread=key_of(monday))
    if week.story:
        week.story.story.week_of = monday
        tx.flush()
    managers = people.colleagues_among(tx, office.managers)
    services.announce(tx, HomesOutdated(tuple(one.id or 0 for one in managers)))


def _bring_in_line(
    tx: Session, services: Services, beginning: str, blocks: Collection[str] = (), gone: Collection[int] = ()
) -> None:
    """Make the parts of this kind anew, those with one of these blocks alone if any are given; without what is gone."""
    office = services.office(tx)
    for key, body in digest.bodies_of(tx, beginning).items():
        listed = [str(block.get("block_id", "")) for block in body.get("blocks", ())]
        if blocks and not set(blocks) & set(listed):
            continue
        ids = [int(one.rpartition("-")[2]) for one in listed if one]
        message = _again(tx, office, beginning, [one for one in ids if one not in gone])
        if message is None:
            services.outbox.remove(tx, key)
        elif message.body() != body:
            services.outbox.change(tx, key, message)


def _again(tx: Session, office: Office, beginning: str, ids: Sequence[int]) -> Message | None:
    """What a part says of those of its subjects that are still there; None when there are none."""
    if beginning == STORY:
        told = next(iter(digest.stories_with(tx, ids).values()), None)
        return screens.story_message(told, office) if told else None
    if beginning == COMPLIMENTS:
        compliments = digest.compliments_with(tx, ids)
        left = [compliments[one] for one in ids if one in compliments]
        return screens.compliments_message(left, office) if left else None
    ideas = digest.ideas_with(tx, ids)
    stand = [ideas[one] for one in ids if one in ideas]
    return screens.ideas_message(stand, office) if stand else None
