"""Telling, changing, removing and applauding stories, and settling drafts of them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlmodel import Session

from bot.features.stories import bending, rules, screens
from bot.features.stories.rules import StoryValues, TypedStory
from bot.kernel.clock import is_double_click, local_day
from bot.kernel.facts import StoryAmountSet, StoryChanged, StoryRemoved, StoryTold
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import Json, Message
from storage import people, stories
from storage.database import InWorkspace
from storage.people import Person, Standing
from storage.personal import blank_stories
from storage.stories import Applause, Draft, Story
from storage.telling import Beforehand, known_beforehand

SHOWN_AT_HOME = 3  # of my last stories
BESIDE = ("helpers", "rule_id")  # of a story's content what is kept in tables of its own


@dataclass(frozen=True)
class Told:
    """A story that was saved, and what else there is to say about it."""

    story_id: int
    is_shared: bool
    remarks: Sequence[Sentence] = ()


def share_story(services: Services, me: Me, typed: str) -> Told:
    """Save a story in one go and post it. The same words within two minutes are the same story.

    Raises BotError when the words don't make a story, or when this person can't take part.
    """
    must_belong(me)
    values = StoryValues(rules.story_text(typed), services.clock.today(me.zone))
    with services.database.writing(me) as tx:
        beforehand = _beforehand(tx, services, me, values.text)
        if beforehand.same:
            return Told(beforehand.same, is_shared=True)
        return _tell(tx, services, me, values, beforehand)


def tell_story(services: Services, me: Me, typed: TypedStory) -> Told:
    """Save a story from the form, and post it unless it is kept for oneself. Raises FormError, BotError."""
    must_belong(me)
    values = rules.read_story(typed, services.clock.today(me.zone), me.office.currency)
    with services.database.writing(me) as tx:
        return _tell(tx, services, me, values)


def change_story(services: Services, me: Me, story_id: int, typed: TypedStory) -> Told:
    """Give a story another content; its post follows. Raises FormError, BotError."""
    with services.database.writing(me) as tx:
        story = rules.must_be_own(stories.story_by_id(tx, story_id), me.person_id)
        values = rules.read_story(typed, services.clock.today(me.zone), me.office.currency, kept_day=story.day)
        was_shared, before = story.is_shared, (story.day, story.spent_cents)
        for column, value in _columns(values).items():
            setattr(story, column, value)
        story.changed_at = services.clock.now()
        stories.replace_helpers(tx, story_id, _colleagues(tx, me, values.helpers))
        remarks = _follow(tx, services, me, story, was_shared)
        remarks += bending.name_rule(tx, services, me, story_id, values.rule_id)
        if (story.day, story.spent_cents) != before:
            tx.flush()
            remarks += services.announce(tx, StoryAmountSet(me, story_id, story.day, story.spent_cents))
        remarks += services.announce(tx, StoryChanged(me, story_id))
        return Told(story_id, story.is_shared, remarks)


def remove_story(services: Services, me: Me, story_id: int) -> Story | None:
    """Take a story away, its post and its applause with it; None when it was gone. Raises BotError."""
    with services.database.writing(me) as tx:
        story = stories.story_by_id(tx, story_id)
        if story is None:
            return None
        rules.must_be_own(story, me.person_id)
        services.outbox.remove(tx, _key(story_id))
        if story.spent_cents:
            services.announce(tx, StoryAmountSet(me, story_id, story.day, None))
        tx.delete(story)
        tx.flush()
        services.announce(tx, StoryRemoved(me, story_id))
        return story


def applaud(services: Services, me: Me, story_id: int) -> None:
    """Applaud somebody's story, or take the applause back. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        story = rules.must_be_applaudable(stories.story_by_id(tx, story_id), me.person_id)
        applause, now = stories.applause_by(tx, story_id, me.person_id), services.clock.now()
        if applause is None:
            tx.add(Applause(workspace_id=me.workspace_id, story_id=story_id, person_id=me.person_id, changed_at=now))
        elif is_double_click(applause.changed_at, now):
            return
        else:
            applause.is_given, applause.changed_at = not applause.is_given, now
        tx.flush()
        services.outbox.change(tx, _key(story_id), _message(tx, me, story))


def story_to_change(services: Services, me: Me, story_id: int) -> tuple[Story, Sequence[Person]]:
    """One's own story and who helped, for the form. Raises BotError."""
    with services.database.reading(me) as tx:
        story = rules.must_be_own(stories.story_by_id(tx, story_id), me.person_id)
        return story, stories.helpers_of(tx, story_id)


def write_draft(services: Services, me: Me, typed: str) -> None:
    """Keep what somebody wrote to the bot, and ask them what it is to become. Raises BotError."""
    must_belong(me)
    text = rules.story_text(typed)
    with services.database.writing(me) as tx:
        draft = Draft(workspace_id=me.workspace_id, person_id=me.person_id, text=text, written_at=services.clock.now())
        tx.add(draft)
        tx.flush()
        services.outbox.post(tx, f"draft:{draft.id}", screens.draft_message(draft, me), to=me.slack_id)


def settle_draft(services: Services, me: Me, draft_id: int, choice: screens.DraftChoice) -> None:
    """Post a draft, keep it for oneself, or drop it; its message says which. Nothing happens the second time."""
    must_belong(me)
    with services.database.writing(me) as tx:
        draft = stories.draft_by_id(tx, draft_id)
        if draft is None or draft.person_id != me.person_id:
            return
        remarks: Sequence[Sentence] = ()
        if choice is not screens.DraftChoice.DROP:
            day = local_day(draft.written_at, me.zone)
            values = StoryValues(draft.text, day, is_shared=choice is screens.DraftChoice.SHARE)
            remarks = _tell(tx, services, me, values).remarks
        services.outbox.change(tx, f"draft:{draft_id}", screens.settled_message(draft, choice, me, remarks))
        tx.delete(draft)


def send_help(services: Services, me: Me) -> None:
    """Explain what one can do, in the bot's direct messages."""
    with services.database.writing(me) as tx:
        services.outbox.post(tx, f"help:{me.request_key}"[:120], screens.help_message(me), to=me.slack_id)


def workspaces_with_old_drafts(services: Services) -> list[int]:
    with services.database.reading() as tx:
        old = stories.drafts_before(tx, services.clock.now() - rules.DRAFTS_KEPT)
        return sorted({draft.workspace_id for draft in old})


def expire_drafts(services: Services, workspace_id: int) -> None:
    """Forget the drafts that nobody settled; their messages say so, and lose their buttons."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        for draft in stories.drafts_before(tx, services.clock.now() - rules.DRAFTS_KEPT):
            for writer in people.people_by_ids(tx, [draft.person_id]):
                services.outbox.change(tx, f"draft:{draft.id}", screens.expired_message(services.me(tx, writer)))
            tx.delete(draft)


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """Today at Home: told or not."""
    return screens.today_card(stories.stories_on(tx, me.person_id, services.clock.today(me.zone)) > 0, me)


def last_stories_card(tx: Session, _services: Services, me: Me) -> list[Json]:
    """My last stories at Home."""
    return screens.last_stories_card(stories.last_stories(tx, me.person_id, SHOWN_AT_HOME), me)


def forget_teller(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's words out of their stories, and out of the posts; the stories stay as counts."""
    wordless = screens.wordless_message(me.office)
    posted = blank_stories(tx, me.person_id)
    for turn, story_id in enumerate(posted):  # one by one: what colleagues post meanwhile has its turn in between
        services.outbox.change_alike(tx, [_key(story_id)], wordless, turn)


def forget_helper(tx: Session, services: Services, me: Me) -> None:
    """Let the posts of colleagues whom somebody helped say "a colleague", once the record has no name any more."""
    posted = stories.posted_with_helper(tx, me.person_id)
    for turn, one in enumerate(posted):
        message = screens.story_message(one.story, one.teller, one.helpers, one.applause, me.office)
        services.outbox.change_alike(tx, [_key(one.story.id)], message, turn)


def _tell(tx: Session, services: Services, me: Me, values: StoryValues, beforehand: Beforehand | None = None) -> Told:
    """Save, post and announce a story: for all the ways in which one is told."""
    remarks: list[Sentence] = []
    today = services.clock.today(me.office.zone)
    if values.is_shared and beforehand is None:
        beforehand = _beforehand(tx, services, me, values.text)
    story_id = stories.add_story(
        tx, workspace_id=me.workspace_id, teller_id=me.person_id, told_at=services.clock.now(), changed_at=None,
        posted_on=today if values.is_shared else None, **_columns(values),
    )  # fmt: skip
    helpers = _colleagues(tx, me, values.helpers) if values.helpers else []
    if helpers:
        stories.replace_helpers(tx, story_id, helpers)
    if beforehand is not None:
        shown = screens.Shown(story_id, values.text, values.day, today, values.moment, values.unasked)
        message = screens.story_message(shown, me, helpers, 0, me.office)
        remarks += _post(tx, services, me, story_id, message, beforehand)
    if values.rule_id is not None:
        remarks += bending.name_rule(tx, services, me, story_id, values.rule_id)
    if values.spent_cents:
        remarks += services.announce(tx, StoryAmountSet(me, story_id, values.day, values.spent_cents))
    remarks += services.announce(tx, StoryTold(me, story_id))
    return Told(story_id, values.is_shared, remarks)


def _follow(tx: Session, services: Services, me: Me, story: Story, was_shared: bool) -> list[Sentence]:
    """Bring a changed story's post in line with it."""
    if was_shared and story.is_shared:
        services.outbox.change(tx, _key(story.id), _message(tx, me, story))
    elif was_shared:
        services.outbox.remove(tx, _key(story.id))
        story.posted_on = None
    elif story.is_shared:
        beforehand = _beforehand(tx, services, me, story.text)
        story.posted_on = services.clock.today(me.office.zone)
        return _post(tx, services, me, story.id or 0, _message(tx, me, story), beforehand)
    return []


def _post(
    tx: Session, services: Services, me: Me, story_id: int, message: Message, beforehand: Beforehand
) -> list[Sentence]:
    """To the channel, or on a busy day into the one thread that takes the rest."""
    channel = me.office.stories_channel
    if channel is None:
        return [screens.NO_CHANNEL]
    thread = _thread_key(services, me) if beforehand.is_busy else None
    if thread is not None and not beforehand.has_thread:
        services.outbox.post(tx, thread, screens.more_message(me.office), to=channel)
    services.outbox.post(tx, _key(story_id), message, to=channel, thread=thread)
    return []


def _beforehand(tx: Session, services: Services, me: Me, text: str) -> Beforehand:
    today, since = services.clock.today(me.office.zone), services.clock.now() - rules.SAME_WITHIN
    return known_beforehand(tx, me.person_id, text, since, today, rules.POSTS_A_DAY, _thread_key(services, me))


def _thread_key(services: Services, me: Me) -> str:
    return f"stories:{services.clock.today(me.office.zone)}"


def _message(tx: Session, me: Me, story: Story) -> Message:
    teller = next(iter(people.people_by_ids(tx, [story.teller_id])))
    helpers = stories.helpers_of(tx, story.id or 0)
    return screens.story_message(story, teller, helpers, stories.applause_for(tx, story.id or 0), me.office)


def _colleagues(tx: Session, me: Me, slack_ids: Sequence[str]) -> list[Person]:
    """Who helped, without oneself and without bots."""
    others = [slack_id for slack_id in slack_ids if slack_id != me.slack_id]
    return [person for person in people.known_people(tx, others) if person.standing != Standing.BOT]


def _columns(values: StoryValues) -> dict[str, Any]:
    """A story's content as the record keeps it."""
    return {column.name: getattr(values, column.name) for column in fields(values) if column.name not in BESIDE}


def _key(story_id: int | None) -> str:
    return f"story:{story_id}"
