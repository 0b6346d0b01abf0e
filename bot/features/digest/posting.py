"""The digest as it stands in Slack: made of the record, posted once a week, and brought in line with what changes."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.features.digest import rules, screens
from bot.features.digest.screens import Week
from bot.kernel.boards import MOST_A_DAY, totals
from bot.kernel.choices import Choice
from bot.kernel.facts import (
    ComplimentChanged,
    ComplimentRemoved,
    ComplimentTakenBack,
    HomesOutdated,
    OfficeChanged,
    PlanChanged,
    StoryChanged,
    StoryRemoved,
    WallOfChangeMoved,
)
from bot.kernel.office import Me, Office
from bot.kernel.periods import previous
from bot.kernel.tips import tip_in_turn
from bot.kernel.weekly import monday_of
from bot.services import Services
from bot.slack.blocks import Json, Message
from storage import boards, digest, people, standing
from storage.database import InWorkspace
from storage.office import workspaces_with_choice
from storage.outbox import Post
from storage.stories import story_by_id

STORY, COMPLIMENTS, IDEAS = "digest-story:", "digest-compliments:", "digest-ideas:"  # how the keys of parts begin
GIVEN, TIP = "digest-given:", "digest-tip:"
PARTS = (STORY, COMPLIMENTS, IDEAS, GIVEN, TIP)
BOARD = "weekly-board:"  # of another feature: the week's board, in the digest's thread or beside it


def workspaces(services: Services) -> Sequence[int]:
    """Those that chose a channel."""
    with services.database.reading() as tx:
        chosen = workspaces_with_choice(tx, Choice.WEEKLY)
        return [workspace_id for workspace_id, weekly in chosen.items() if weekly["channel"]]


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
    stand, never_came = _lately(tx, monday)
    begins, ends = rules.bounds_of(monday, office, {one: screens.until_in(body) for one, body in stand.items()})
    since = monday - rules.RESTS
    crowned = {one: screens.tellers_in(body) for one, body in stand.items() if one >= since}
    story = digest.story_of_week(tx, monday)
    if story is None and monday not in crowned:
        story = digest.most_applauded(tx, begins, ends, since, set().union(*crowned.values()), never_came)
    had_it = [story.teller.id] if story else list(crowned.get(monday, ()))
    return Week(
        monday=monday,
        words=rules.words_for(office, monday),
        totals=totals(periods, by_day),
        story=story,
        compliments=digest.compliments_between(tx, begins, ends, rules.MOST_LISTED),
        ideas=digest.ideas_moved_between(tx, begins, ends, rules.MOST_LISTED),
        gifts=digest.given_away(tx, begins, ends),
        gestures=digest.gestures_paid(tx, begins, ends),
        tip=tip_in_turn(services.tips, monday, 0).texts[office.say.language] if services.tips else "",
        teller_id=next(iter(had_it), None),
        until=ends,
    )


def _lately(tx: Session, monday: date) -> tuple[dict[date, Json], set[date]]:
    """Of that week and those before it: the digests that stand, by their Monday; and the weeks whose never came."""
    mondays = {key_of(one): one for one in rules.mondays_until(monday, rules.MOST_WITHOUT + 1)}
    posts = {mondays[key]: post for key, post in digest.posts_of(tx, list(mondays)).items()}
    never = {one for one, post in posts.items() if post.body is None or (one != monday and _is_refused(post))}
    return {one: post.body or {} for one, post in posts.items() if one not in never}, never


def _is_refused(post: Post) -> bool:
    return post.ts is None and post.parked_reason is not None


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
    story = story_by_id(tx, fact.story_id)
    mondays = [story.week_of] if story else _mondays(tx, services, rules.EVER)
    _bring_in_line(tx, services, _keys(STORY, mondays), {f"story-{fact.story_id}"})


def follow_name(tx: Session, services: Services, fact: PlanChanged) -> None:
    """A reaction: who wants no name on leaderboards any more has none with a story of the week, nor the other way."""
    _bring_in_line(tx, services, _keys(STORY, digest.mondays_of(tx, fact.me.person_id)))


def follow_compliment(
    tx: Session, services: Services, fact: ComplimentChanged | ComplimentRemoved | ComplimentTakenBack
) -> None:
    """A reaction: likewise for a compliment. One that its customer takes back still has its row."""
    gone = {fact.compliment_id} if isinstance(fact, ComplimentTakenBack | ComplimentRemoved) else set()
    keys = _keys(COMPLIMENTS, _mondays(tx, services, rules.EVER))
    _bring_in_line(tx, services, keys, {f"compliment-{fact.compliment_id}"}, gone)


def follow_ideas(tx: Session, services: Services, _fact: WallOfChangeMoved) -> None:
    """A reaction: likewise for suggestions of the last weeks; which one it was, the fact doesn't say."""
    _bring_in_line(tx, services, _keys(IDEAS, _mondays(tx, services, rules.FOLLOWED)))


def follow_channel(tx: Session, services: Services, fact: OfficeChanged) -> None:
    """A reaction: in another channel goes what the last one didn't get of this week, the board too."""
    to = fact.me.office.weekly.channel
    for monday in _mondays(tx, services, 2) if to else ():
        keys = [key_of(monday), *(f"{beginning}{monday}" for beginning in (*PARTS, BOARD))]
        standing.move_unsent(tx, keys, to)


def forget_person(tx: Session, services: Services, _me: Me) -> None:
    """Bring all digests in line, once the record has no name and no words of somebody any more."""
    mondays = _mondays(tx, services, rules.EVER)
    _bring_in_line(tx, services, [key for part in (STORY, COMPLIMENTS, IDEAS) for key in _keys(part, mondays)])


def _mondays(tx: Session, services: Services, number: int) -> list[date]:
    """The last so many, this week's included."""
    return rules.mondays_until(monday_of(services.clock.today(services.office(tx).zone)), number)


def _keys(beginning: str, mondays: Iterable[date | None]) -> list[str]:
    return [f"{beginning}{monday}" for monday in mondays if monday is not None]


def _monday_due(tx: Session, services: Services) -> date | None:
    """The week whose digest is to stand and doesn't."""
    office = services.office(tx)
    monday = rules.monday_due(services.clock.now(), office)
    if monday is None or rules.is_skipped(office, monday) or services.outbox.stands(tx, key_of(monday)):
        return None
    return monday


def _post(tx: Session, services: Services, monday: date) -> None:
    office = services.office(tx)
    week, first = week_of(tx, services, office, monday), key_of(monday)
    goes: dict[str, Any] = {
        "to": office.weekly.channel,
        "within": rules.news_for(services.clock.now(), monday, office),
    }
    services.outbox.post(tx, first, screens.digest_message(week, office), **goes)
    for beginning, message in parts_of(week, office).items():
        services.outbox.post(tx, f"{beginning}{monday}", message, thread=first, **goes)
    if week.story:
        week.story.story.week_of = monday
        tx.flush()
    managers = people.colleagues_among(tx, office.managers)
    services.announce(tx, HomesOutdated(tuple(one.id or 0 for one in managers)))


def _bring_in_line(
    tx: Session, services: Services, keys: Collection[str], blocks: Collection[str] = (), gone: Collection[int] = ()
) -> None:
    """Make these parts anew, those with one of these blocks alone if any are given; without what is gone."""
    if not keys:
        return
    office = services.office(tx)
    for key, body in standing.bodies_of(tx, keys).items():
        listed = [str(block.get("block_id", "")) for block in body.get("blocks", ())]
        if blocks and not set(blocks) & set(listed):
            continue
        ids = [int(one.rpartition("-")[2]) for one in listed if one]
        message = _again(tx, office, key, [one for one in ids if one not in gone])
        if message is None:
            services.outbox.remove(tx, key)
        elif message.body() != body:
            services.outbox.change(tx, key, message)


def _again(tx: Session, office: Office, key: str, ids: Sequence[int]) -> Message | None:
    """What a part says of those of its subjects that are still there; None when there are none."""
    if key.startswith(STORY):
        told = next(iter(digest.stories_with(tx, ids).values()), None)
        return screens.story_message(told, office) if told else None
    if key.startswith(COMPLIMENTS):
        compliments = digest.compliments_with(tx, ids)
        left = [compliments[one] for one in ids if one in compliments]
        return screens.compliments_message(left, office) if left else None
    ideas = digest.ideas_with(tx, ids)
    stand = [ideas[one] for one in ids if one in ideas]
    return screens.ideas_message(stand, office) if stand else None
