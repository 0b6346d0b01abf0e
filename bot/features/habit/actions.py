"""What people do with their reminders, what a story means to them, and how somebody is doing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.features.habit import rules, screens, streaks
from bot.features.habit.rules import Due, Plan, Snooze, Volume
from bot.kernel.calendar import Dated, Workdays
from bot.kernel.facts import PlanChanged, ReminderAnswered, StoryChanged, StoryRemoved, StoryTold
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.blocks import Json, Message
from storage import participants, reminders, stories
from storage.absences import absences_of
from storage.participants import Participant
from storage.people import Part
from storage.reminders import Answer, Reminder


def snooze_reminder(services: Services, me: Me, day: date, choice: Snooze) -> None:
    """Let the reminder of this day come back later; an old one only says that it is over."""
    now = services.clock.now()
    until = rules.snooze_until(choice, now, me.zone)
    message = screens.snoozed_message(until.astimezone(ZoneInfo(me.zone)), me.say)
    with services.database.writing(me) as tx:
        reminder = _answer(tx, services, me, day, Answer.SNOOZED, message)
        participant = participants.participant_of(tx, me.person_id)
        if reminder is None or participant is None:
            return
        reminder.snoozed_until = until
        participant.due_at, participant.due_day, participant.due_is_second = until, day, False
        services.announce(tx, ReminderAnswered(me))


def skip_reminder(services: Services, me: Me, day: date) -> None:
    """Not today: nothing more comes on this day, which counts as one's own all the same."""
    with services.database.writing(me) as tx:
        if _answer(tx, services, me, day, Answer.SKIPPED, screens.skipped_message(me.say)):
            services.announce(tx, ReminderAnswered(me))


def take_day_off(services: Services, me: Me, day: date) -> None:
    """This day is off: nothing more comes, and it is neutral for the streak."""
    with services.database.writing(me) as tx:
        if _answer(tx, services, me, day, Answer.FREE, screens.free_message(me.say)):
            services.announce(tx, ReminderAnswered(me))


def answer_calmer(services: Services, me: Me, day: date, is_weekly: bool) -> None:
    """Be reminded once a week from now on, or as it was. The story of the day can still be told from the message."""
    with services.database.writing(me) as tx:
        reminder = _open_reminder(tx, services, me, day)
        participant = participants.participant_of(tx, me.person_id)
        if reminder is None or participant is None:
            return
        _end_silence(participant)
        services.outbox.change(tx, reminder.last_key or "", screens.calmer_message(is_weekly, me.say))
        services.announce(tx, ReminderAnswered(me))
        if is_weekly:
            participant.volume = Volume.WEEKLY
            tx.flush()
            participants.plan_anew(tx, services.clock.now(), [me.person_id])
            services.announce(tx, PlanChanged(me))


def _answer(tx: Session, services: Services, me: Me, day: date, answer: Answer, message: Message) -> Reminder | None:
    """Note what somebody answered to today's reminder, whose message says so from now on; None for an old one."""
    reminder = _open_reminder(tx, services, me, day)
    if reminder is None:
        return None
    reminder.answer, reminder.snoozed_until = answer, None
    participant = participants.participant_of(tx, me.person_id)
    if participant is not None:
        _end_silence(participant)
    services.outbox.change(tx, reminder.last_key or "", message)
    tx.flush()
    return reminder


def _open_reminder(tx: Session, services: Services, me: Me, day: date) -> Reminder | None:
    """One's own reminder of this day, if it can be answered: today's, and no story yet.

    One of another day, and that of who left, loses its buttons here.
    """
    reminder = reminders.reminder_on(tx, me.person_id, day)
    if reminder is None or reminder.last_key is None or reminder.answer == Answer.TOLD:
        return None
    if day == services.clock.today(me.zone) and me.part == Part.JOINED:
        return reminder
    services.outbox.change(tx, reminder.last_key, screens.over_message(me.say))
    return None


def _end_silence(participant: Participant) -> None:
    participant.unanswered, participant.was_asked_calmer = 0, False


def close_reminder(tx: Session, services: Services, fact: StoryTold) -> None:
    """A reaction: the reminder of the day that the story is about is answered by it."""
    me = fact.me
    participant = participants.participant_of(tx, me.person_id) if me.part == Part.JOINED else None
    story = stories.story_by_id(tx, fact.story_id) if participant else None
    if participant is None or story is None:
        return
    _end_silence(participant)
    reminder = reminders.reminder_on(tx, me.person_id, story.day)
    if reminder is not None:
        _close(tx, services, me, reminder)


def _close(tx: Session, services: Services, me: Me, reminder: Reminder) -> None:
    if reminder.answer != Answer.FREE:  # a story on a day off is a bonus, and the day stays off when it goes
        reminder.answer = Answer.TOLD
    reminder.snoozed_until = None
    if reminder.last_key is not None:
        services.outbox.close(tx, reminder.last_key, screens.told_message(me.say))


def follow_story(tx: Session, services: Services, fact: StoryChanged | StoryRemoved) -> None:
    """A reaction: a story may have come to this day, or gone from it. The message of the day stays closed."""
    me = fact.me
    today = services.clock.today(me.zone)
    reminder = reminders.reminder_on(tx, me.person_id, today) if me.part == Part.JOINED else None
    if reminder is None:
        return
    is_told = stories.stories_on(tx, me.person_id, today) > 0
    if is_told and reminder.answer not in (Answer.TOLD, Answer.FREE):
        _close(tx, services, me, reminder)
    elif not is_told and reminder.answer == Answer.TOLD:
        reminder.answer = None


def follow_plan(tx: Session, services: Services, fact: PlanChanged) -> None:
    """A reaction: who is away today after all, or takes part no more, has no reminder to answer or to come back.

    What was put off stays so in the record: should the absence be taken back, it comes all the same.
    """
    me, today = fact.me, services.clock.today(fact.me.zone)
    reminder = reminders.reminder_on(tx, me.person_id, today)
    if reminder is None or reminder.last_key is None or reminder.answer not in (None, Answer.SNOOZED):
        return
    takes_part = me.part == Part.JOINED
    if takes_part and not any(one.first_day <= today <= one.last_day for one in absences_of(tx, me.person_id)):
        return
    reminder.answer = reminder.answer or Answer.SKIPPED
    message = screens.free_message(me.say) if takes_part else screens.over_message(me.say)
    services.outbox.close(tx, reminder.last_key, message)
    tx.flush()


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """How it goes and when the next reminder comes; nothing for who doesn't take part."""
    participant = participants.participant_of(tx, me.person_id) if me.part == Part.JOINED else None
    return screens.habit_card(_standing(tx, services, me, participant), me) if participant else []


def _standing(tx: Session, services: Services, me: Me, participant: Participant) -> screens.Standing:
    today = services.clock.today(me.zone)
    new_year, since = date(today.year, 1, 1), min(participant.joined_on, today - timedelta(days=13))
    plan = _plan(tx, me, participant)
    due = plan.due_days(participant.joined_on, date(today.year, 12, 31))
    told = stories.days_told(tx, me.person_id, since)
    next_one = _next(participant, plan)
    return screens.Standing(
        streak=streaks.streak(due, told, today),
        strength=streaks.strength(due, told, today),
        pace=streaks.pace(stories.stories_since(tx, me.person_id, new_year), due, told, today),
        bonus_days=streaks.bonus_days(due, told, participant.joined_on, today),
        last_days=streaks.last_days(due, told, today, since=participant.joined_on),
        next_at=next_one.astimezone(ZoneInfo(me.zone)) if next_one else None,
    )


def _next(participant: Participant, plan: Plan) -> datetime | None:
    """When the next reminder comes, as far as can be said before it is due."""
    if participant.due_at is None or participant.due_day is not None:
        return participant.due_at
    found: Due | None = rules.next_due(plan, participant.due_at, participant.last_day, participant.has_second)
    return found.moment if found else None


def _plan(tx: Session, me: Me, participant: Participant) -> Plan:
    workdays: Dated[Workdays] = participants.working_days_of(tx, [me.person_id])[me.person_id]
    away: Sequence[tuple[date, date]] = [(one.first_day, one.last_day) for one in absences_of(tx, me.person_id)]
    return Plan(
        at=participant.remind_at,
        volume=Volume(participant.volume),
        second_at=participant.second_at,
        zone=me.zone,
        since=participant.joined_at,
        workdays=workdays or ((date.min, me.office.workdays),),
        rules=me.office.calendar,
        away=away,
        free=frozenset(reminders.days_free(tx, [me.person_id], participant.joined_on)[me.person_id]),
    )
