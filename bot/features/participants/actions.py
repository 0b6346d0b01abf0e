"""Joining, leaving, inviting, choosing one's own times, and being away."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from bot.features.participants import gaps, posting, rules, screens
from bot.features.participants.rules import Away, Choices, Entered, Invited, Skip, TypedAbsence, TypedChoices
from bot.kernel.calendar import Workdays
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import Act, PlanChanged
from bot.kernel.office import Me
from bot.kernel.roles import must_belong, refusal
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import Json
from storage import absences, participants, people
from storage.absences import Absence
from storage.participants import Participant
from storage.people import Part, Person
from storage.standing import keys_with_button


def offer(tx: Session, services: Services, fact: Act) -> Sentence | None:  # noqa: ARG001 - as every reaction
    """A reaction to somebody's first story: ask, this once, whether they want to be reminded."""
    if fact.me.part is not Part.UNASKED or refusal(fact.me):
        return None
    person = _person(tx, fact.me.person_id)
    if person.part != Part.UNASKED:  # by a request that overtook this one
        return None
    person.part = Part.ASKED
    return screens.nudge(fact.me.person_id)


def my_choices(services: Services, me: Me) -> Choices | None:
    """When and how somebody takes part; None when they don't."""
    with services.database.reading(me) as tx:
        return _choices(tx, me)


def choices_before(services: Services, me: Me) -> Choices | None:
    """What somebody chose when they took part earlier; None when they never did."""
    with services.database.reading(me) as tx:
        left = participants.participant_of(tx, me.person_id)
        return None if left is None else rules.choices_of(left, _days(tx, me))


def my_settings(services: Services, me: Me) -> tuple[Choices | None, str | None]:
    """When and how somebody takes part, and the language they chose; None for each that isn't there."""
    with services.database.reading(me) as tx:
        return _choices(tx, me), _person(tx, me.person_id).language


def people_in(services: Services, me: Me) -> int:
    """How many take part."""
    with services.database.reading(me) as tx:
        return participants.participants_count(tx)


def join_club(services: Services, me: Me, typed: TypedChoices) -> Choices:
    """Take part from now on; who left before comes back. Raises FormError, BotError."""
    must_belong(me)
    chosen = rules.read_choices(typed)
    with services.database.writing(me) as tx:
        row = participants.participant_of(tx, me.person_id)
        if row is None or row.left_at is not None:
            row = _enter(tx, services, me, row, chosen)
        _choose(tx, row, chosen, services, me)
        person = _person(tx, me.person_id)
        person.part = Part.JOINED
        _plan_anew(tx, services, person)
        services.outbox.change(tx, _invitation(me.person_id), screens.joined_message(chosen, me))
        posting.take_question_back(tx, services, me)
    return chosen


def leave_club(services: Services, me: Me) -> bool:
    """Take part no more; the stories stay. False when this person didn't: they are not asked to, either."""
    with services.database.writing(me) as tx:
        person, row = _person(tx, me.person_id), participants.participant_of(tx, me.person_id)
        if row is None or row.left_at is not None:
            person.part = Part.ASKED if person.part == Part.UNASKED else person.part
            return False
        row.left_at, row.due_at, row.due_day, row.due_is_second = services.clock.now(), None, None, False
        person.part = Part.LEFT
        tx.flush()
        services.announce(tx, PlanChanged(services.me(tx, person)))
        return True


def decline(services: Services, me: Me) -> bool:
    """Say no to an invitation or to the question; nobody asks again. False for who takes part by now."""
    with services.database.writing(me) as tx:
        person = _person(tx, me.person_id)
        if person.part == Part.JOINED:
            return False
        person.part = Part.ASKED if person.part == Part.UNASKED else person.part
        services.outbox.change(tx, _invitation(me.person_id), screens.declined_message(me))
        posting.take_question_back(tx, services, me)
        return True


def invite(services: Services, me: Me, slack_ids: Sequence[str]) -> Invited:
    """Send each of these people one invitation, if they never had one. Raises FormError, BotError."""
    must_be_manager(me)
    rules.must_be_invitable(slack_ids)
    sent: list[str] = []
    skipped: dict[Skip, list[str]] = {}
    with services.database.writing(me) as tx:
        joined = participants.participants_count(tx)
        welcome = people.without_forgotten(tx, slack_ids)  # erased: perhaps somebody who said no before
        if len(welcome) < len(set(slack_ids)):
            skipped[Skip.ASKED] = [""] * (len(set(slack_ids)) - len(welcome))
        for person in people.known_people(tx, welcome):
            if why := rules.why_skipped(person, me.person_id):
                skipped.setdefault(why, []).append(person.name)
                continue
            person.part = Part.ASKED
            message = screens.invitation_message(me, joined, services.me(tx, person))
            services.outbox.post(tx, _invitation(person.id), message, to=person.slack_id)
            sent.append(person.name)
    return Invited(sent, skipped, joined)


def forget_inviter(tx: Session, services: Services, me: Me) -> None:
    """Let the invitations of somebody who is erased, as far as they have no answer yet, come from "a colleague"."""
    nobody, joined = replace(me, name=""), participants.participants_count(tx)
    keys = keys_with_button(tx, _invitation(""), screens.DECLINE, str(me.person_id))
    for person in people.people_by_ids(tx, [int(key.partition(":")[2]) for key in keys]):
        message = screens.invitation_message(nobody, joined, services.me(tx, person))
        services.outbox.change(tx, _invitation(person.id), message)


def change_settings(services: Services, me: Me, typed: TypedChoices | None, language: str) -> Me:
    """Choose other times and another language ("" for the office's); answers the person as they are now.

    `typed` is None for who doesn't take part. Raises FormError, BotError.
    """
    must_belong(me)
    chosen = rules.read_choices(typed) if typed else None
    with services.database.writing(me) as tx:
        person, row = _person(tx, me.person_id), participants.participant_of(tx, me.person_id)
        person.language = rules.read_language(language)
        if chosen and row and row.left_at is None:
            before = rules.choices_of(row, _days(tx, me))
            _choose(tx, row, chosen, services, me)
            if not rules.is_planned_alike(before, chosen):
                row.unanswered, row.was_asked_calmer = 0, False
                participants.plan_anew(tx, services.clock.now(), [me.person_id])
        changed = services.me(tx, person, me.request_key)
        services.announce(tx, PlanChanged(changed))
        return changed


def add_absence(services: Services, me: Me, typed: TypedAbsence) -> Entered:
    """Be away from the first to the last day, or, as a manager, let a colleague be.

    Raises FormError, BotError.
    """
    must_belong(me)
    if typed.who:
        must_be_manager(me)
    with services.database.writing(me) as tx:
        person = _whose(tx, me, typed.who)
        theirs, now = services.me(tx, person), services.clock.now()
        first, last = rules.read_absence(typed.first, typed.last, services.clock.today(theirs.zone))
        known = absences.absences_of(tx, theirs.person_id)
        if (first, last) not in [(one.first_day, one.last_day) for one in known]:
            tx.add(
                Absence(
                    workspace_id=me.workspace_id, person_id=theirs.person_id, first_day=first, last_day=last,
                    entered_by=me.person_id, entered_at=now,
                )
            )  # fmt: skip
            _plan_anew(tx, services, person)
        return Entered(first, last, None if theirs.person_id == me.person_id else person.name)


def remove_absence(services: Services, me: Me, absence_id: int) -> list[Away]:
    """Be there after all; answers the absences that are left. Nothing happens to what isn't one's own."""
    with services.database.writing(me) as tx:
        absence = absences.absence_by_id(tx, absence_id)
        if absence is not None and absence.person_id == me.person_id:
            tx.delete(absence)
            _plan_anew(tx, services, _person(tx, me.person_id))
        return _away(tx, services, me)


def my_absences(services: Services, me: Me) -> list[Away]:
    """One's own absences that are not over yet, the first first."""
    with services.database.reading(me) as tx:
        return _away(tx, services, me)


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:  # noqa: ARG001 - as every card
    """Whether one takes part, with the ways to change it."""
    return screens.home_card(_choices(tx, me), me)


def must_be_manager(me: Me) -> None:
    """Raise BotError for who isn't a manager."""
    must_belong(me)
    if not me.is_manager:
        raise BotError("Only a manager can do that.")


def _enter(tx: Session, services: Services, me: Me, left: Participant | None, chosen: Choices) -> Participant:
    """The row of somebody who joins, now. Who comes back goes on where they stopped: meanwhile they were away."""
    now, today = services.clock.now(), services.clock.today(me.zone)
    if left is not None:
        gaps.note_gap(tx, left, me, now)
        left.joined_at, left.left_at = now, None
        left.unanswered, left.was_asked_calmer = 0, False
        return left
    row = Participant(
        workspace_id=me.workspace_id, person_id=me.person_id, joined_at=now, joined_on=today,
        on_board=chosen.on_board, remind_at=chosen.at, second_at=chosen.second_at, volume=chosen.volume,
    )  # fmt: skip
    tx.add(row)
    return row


def _choose(tx: Session, row: Participant, chosen: Choices, services: Services, me: Me) -> None:
    row.on_board, row.remind_at, row.second_at = chosen.on_board, chosen.at, chosen.second_at
    row.volume = chosen.volume
    tx.flush()
    days = participants.working_days_of(tx, [me.person_id])[me.person_id]
    if not days or days[-1][1] != chosen.days:
        today = services.clock.today(me.zone)
        # Who has travelled west would otherwise choose days that end before they begin.
        from_day = max(today, days[-1][0]) if days else today
        participants.work_on(tx, me.person_id, chosen.days, from_day)


def _plan_anew(tx: Session, services: Services, person: Person) -> None:
    """Let the next tick work out when this person is reminded, and tell the other features."""
    tx.flush()
    theirs = services.me(tx, person)
    participants.plan_anew(tx, services.clock.now(), [theirs.person_id])
    services.announce(tx, PlanChanged(theirs))


def _choices(tx: Session, me: Me) -> Choices | None:
    if me.part is not Part.JOINED:
        return None
    row = participants.participant_of(tx, me.person_id)
    return None if row is None or row.left_at is not None else rules.choices_of(row, _days(tx, me))


def _days(tx: Session, me: Me) -> Workdays:
    """The days that somebody chose last."""
    rows = participants.working_days_of(tx, [me.person_id])[me.person_id]
    return rows[-1][1] if rows else me.office.workdays


def _whose(tx: Session, me: Me, slack_id: str) -> Person:
    """Whose absence a form is about. Raises FormError for a colleague who doesn't take part."""
    if not slack_id or slack_id == me.slack_id:
        return _person(tx, me.person_id)
    person = people.person_by_slack_id(tx, slack_id)
    if person is None or person.part != Part.JOINED:
        raise FormError({"who": BotError("This colleague doesn't take part, so nobody reminds them.")})
    return person


def _away(tx: Session, services: Services, me: Me) -> list[Away]:
    found = rules.coming(absences.absences_of(tx, me.person_id), services.clock.today(me.zone))
    others = {absence.entered_by for absence in found if absence.entered_by not in (None, me.person_id)}
    names = {person.id: person.name for person in people.people_by_ids(tx, [one for one in others if one])}
    return [
        Away(absence.id or 0, absence.first_day, absence.last_day, names.get(absence.entered_by, ""))
        for absence in found
    ]


def _person(tx: Session, person_id: int) -> Person:
    return next(iter(people.people_by_ids(tx, [person_id])))


def _invitation(person_id: int | str | None) -> str:
    return f"invitation:{person_id}"
