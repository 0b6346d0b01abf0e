"""Joining, leaving, being asked and invited, one's settings and absence, on both databases."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from bot.features.participants import actions, screens
from bot.features.participants.rules import FOUNDERS, Skip, TypedAbsence, TypedChoices
from bot.features.stories.actions import settle_draft, share_story, write_draft
from bot.features.stories.screens import DraftChoice
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import Fact, PlanChanged, StoryTold
from bot.kernel.office import Me
from bot.kernel.sentence import Sentence
from bot.services import Services
from storage.absences import Absence, absences_of
from storage.participants import Participant, Volume, participant_of, working_days_of
from storage.people import Part, Person, Standing, person_by_slack_id, remember_to_forget
from storage.personal import make_nameless
from tests.fakes import MONDAY, FakeOffice, StoppedClock

TODAY = MONDAY.date()
MON_FRI = frozenset(range(5))


@pytest.fixture
def heard() -> list[Fact]:
    """The facts that were announced."""
    return []


@pytest.fixture
def office(services: Services, clock: StoppedClock, heard: list[Fact]) -> FakeOffice:
    def hear(_tx: Session, _services: Services, fact: Fact) -> None:
        heard.append(fact)

    reactions = {StoryTold: (actions.offer,), PlanChanged: (hear,)}
    return FakeOffice(dataclasses.replace(services, reactions=reactions), clock)


def typed(**fields: Any) -> TypedChoices:
    values: dict[str, Any] = {"at": "8:30", "days": tuple("01234"), "volume": "light", "board": "yes"}
    return TypedChoices(**values | fields)


def anew(office: FakeOffice, me: Me) -> Me:
    """The person as their next request finds them."""
    with office.services.database.reading(me) as tx:
        return office.services.me(tx, person_of(tx, me))


def person_of(tx: Session, me: Me) -> Person:
    person = person_by_slack_id(tx, me.slack_id)
    assert person is not None
    return person


def row_of(office: FakeOffice, me: Me) -> Participant:
    with office.services.database.reading(me) as tx:
        row = participant_of(tx, me.person_id)
    assert row is not None
    return row


def days_of(office: FakeOffice, me: Me) -> list[tuple[date, frozenset[int]]]:
    with office.services.database.reading(me) as tx:
        return working_days_of(tx, [me.person_id])[me.person_id]


def absences(office: FakeOffice, me: Me) -> list[Absence]:
    with office.services.database.reading(me) as tx:
        return list(absences_of(tx, me.person_id))


def planned(office: FakeOffice, me: Me, at: datetime | None) -> None:
    """Let the tick have planned somebody's next reminder."""
    with office.services.database.writing(me) as tx:
        row = participant_of(tx, me.person_id)
        assert row is not None
        row.due_at, row.due_day = at, at.date() if at else None


def erased(office: FakeOffice, me: Me) -> None:
    """As after "wis mij": nameless, and marked."""
    with office.services.database.writing(me) as tx:
        remember_to_forget(tx, me.slack_id)
        make_nameless(tx, me.person_id, MONDAY)
        office.services.outbox.erase_for(tx, me.slack_id)


def told(office: FakeOffice, me: Me, text: str = "Paraplu meegegeven aan een klant") -> list[Sentence]:
    return list(share_story(office.services, anew(office, me), text).remarks)


# The question after the first story


def test_the_first_story_is_followed_by_one_question(office: FakeOffice, sanne: Me) -> None:
    assert told(office, sanne) == [screens.nudge(sanne.person_id)]
    assert anew(office, sanne).part is Part.ASKED
    assert told(office, sanne, "Een lekke band geplakt bij de deur") == []


def test_a_story_that_asked_already_in_another_request_asks_nothing(office: FakeOffice, sanne: Me) -> None:
    """Both requests were read before either was saved."""
    share_story(office.services, sanne, "Paraplu meegegeven aan een klant")

    assert list(share_story(office.services, sanne, "Een lekke band geplakt bij de deur").remarks) == []


def test_who_takes_part_left_or_was_invited_is_not_asked(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    actions.join_club(office.services, sanne, typed())
    actions.invite(office.services, fatima, [bram.slack_id])

    assert told(office, sanne) == told(office, bram) == []
    actions.leave_club(office.services, sanne)
    assert told(office, sanne, "Een lekke band geplakt bij de deur") == []


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.GONE, Standing.BOT])
def test_who_cannot_take_part_is_not_asked(office: FakeOffice, standing: Standing) -> None:
    guest = office.person("U0GUEST", "Guest", standing=standing)
    with office.services.database.writing(guest) as tx:
        assert actions.offer(tx, office.services, StoryTold(guest, 1)) is None

    assert anew(office, guest).part is Part.UNASKED


def test_no_is_no_for_good(office: FakeOffice, sanne: Me) -> None:
    told(office, sanne)
    assert actions.decline(office.services, sanne)

    assert told(office, sanne, "Een lekke band geplakt bij de deur") == []
    assert anew(office, sanne).part is Part.ASKED


@pytest.mark.parametrize(
    "answer",
    [lambda services, me: actions.decline(services, me), lambda services, me: actions.join_club(services, me, typed())],
)
def test_an_answered_question_leaves_no_button_in_the_message_of_the_draft(
    office: FakeOffice, sanne: Me, bram: Me, answer: Callable[[Services, Me], object]
) -> None:
    for number, me in enumerate((sanne, bram), 1):
        write_draft(office.services, me, "Paraplu meegegeven aan R&D van een klant")
        settle_draft(office.services, me, number, DraftChoice.SHARE)
    answer(office.services, anew(office, sanne))

    [settled] = [post for post in office.queued("U0SANNE") if post.key == "draft:1"]
    assert settled.body is not None
    assert "nudge" not in str(settled.body)
    assert "R&D van een klant" in str(settled.body["blocks"])
    assert settled.body["text"].endswith("naar het team.")
    [other] = [post for post in office.queued("U0BRAM") if post.key == "draft:2"]
    assert screens.NO_NUDGE in str(other.body)


# Joining and leaving


def test_who_joins_takes_part_from_today_on(office: FakeOffice, sanne: Me, heard: list[Fact]) -> None:
    actions.join_club(office.services, sanne, typed(at="half 9", days=("0", "1", "3"), volume="weekly", board="no"))

    row = row_of(office, sanne)
    assert (row.joined_at, row.joined_on, row.left_at) == (MONDAY, TODAY, None)
    assert (row.remind_at, row.second_at, row.volume) == (time(8, 30), time(16), Volume.WEEKLY)
    assert (row.on_board, row.due_at, row.due_day) == (False, MONDAY, None)
    assert days_of(office, sanne) == [(TODAY, frozenset({0, 1, 3}))]
    assert [(type(fact), fact.me.person_id, fact.me.part) for fact in heard] == [
        (PlanChanged, sanne.person_id, Part.JOINED)
    ]


def test_a_day_is_ones_own(office: FakeOffice, clock: StoppedClock) -> None:
    kiri = office.person("U0KIRI", "Kiri", zone="Pacific/Auckland")
    clock.pass_time(hours=6)
    actions.join_club(office.services, kiri, typed())

    assert row_of(office, kiri).joined_on == days_of(office, kiri)[0][0] == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [({"board": ""}, {"board"}), ({"at": "25:00", "days": ()}, {"at", "days"}), ({"volume": "x"}, {"volume"})],
)
def test_a_form_that_is_not_right_yet_joins_nobody(
    office: FakeOffice, sanne: Me, fields: dict[str, Any], wrong: set[str]
) -> None:
    with pytest.raises(FormError) as caught:
        actions.join_club(office.services, sanne, typed(**fields))

    assert set(caught.value.fields) == wrong
    assert office.rows("participant") == office.rows("working_days") == 0
    assert anew(office, sanne).part is Part.UNASKED


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.GONE, Standing.BOT])
def test_guests_bots_strangers_and_who_is_gone_cannot_do_a_thing(office: FakeOffice, standing: Standing) -> None:
    guest = office.person("U0FATIMA", "Guest", standing=standing)
    services = office.services
    attempts: list[Callable[[], object]] = [
        lambda: actions.join_club(services, guest, typed()),
        lambda: actions.change_settings(services, guest, None, "en"),
        lambda: actions.add_absence(services, guest, TypedAbsence("2026-11-02", "2026-11-03")),
        lambda: actions.invite(services, guest, ["U0SANNE"]),
    ]

    for attempt in attempts:
        with pytest.raises(BotError, match=r"take part|work here"):
            attempt()
    assert office.rows("participant") == office.rows("absence") == office.rows("outbox") == 0


def test_who_takes_part_can_leave_though_they_became_a_guest(office: FakeOffice, sanne: Me) -> None:
    actions.join_club(office.services, sanne, typed())
    guest = office.person("U0SANNE", "Sanne", standing=Standing.GUEST)

    assert actions.leave_club(office.services, guest)


def test_who_leaves_keeps_their_stories_and_has_no_reminder_to_come(
    office: FakeOffice, sanne: Me, clock: StoppedClock, heard: list[Fact]
) -> None:
    actions.join_club(office.services, sanne, typed())
    told(office, sanne)
    planned(office, sanne, MONDAY + timedelta(days=1))
    clock.pass_time(hours=1)

    assert actions.leave_club(office.services, sanne)
    row = row_of(office, sanne)
    assert (row.left_at, row.due_at, row.due_day) == (MONDAY + timedelta(hours=1), None, None)
    assert len(office.stories()) == 1
    assert heard[-1].me.part is anew(office, sanne).part is Part.LEFT
    assert not actions.leave_club(office.services, sanne)


def test_who_says_stop_without_taking_part_is_not_asked_either(office: FakeOffice, sanne: Me) -> None:
    assert not actions.leave_club(office.services, sanne)
    assert told(office, sanne) == []
    assert office.rows("participant") == 0


def test_who_comes_back_keeps_their_row(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    actions.join_club(office.services, sanne, typed())
    with office.services.database.writing(sanne) as tx:
        row = participant_of(tx, sanne.person_id)
        assert row is not None
        row.last_day, row.said_milestone, row.unanswered = TODAY, 7, 4
    actions.leave_club(office.services, sanne)
    clock.pass_time(days=9)
    actions.join_club(office.services, sanne, typed(at="9:00", days=("0",), board="no"))

    back = row_of(office, sanne)
    now = MONDAY + timedelta(days=9)
    assert (back.joined_at, back.joined_on, back.left_at, back.due_at) == (now, TODAY, None, now)
    assert (back.last_day, back.said_milestone, back.unanswered, back.on_board) == (TODAY, 7, 0, False)
    assert days_of(office, sanne) == [(TODAY, MON_FRI), (now.date(), frozenset({0}))]
    assert office.rows("participant") == 1


@pytest.mark.parametrize(("is_told", "first"), [(False, 2), (True, 3)])
def test_the_days_between_stopping_and_coming_back_are_days_away(
    office: FakeOffice, sanne: Me, clock: StoppedClock, is_told: bool, first: int
) -> None:
    actions.join_club(office.services, sanne, typed())
    if is_told:
        told(office, sanne)
    actions.leave_club(office.services, sanne)
    clock.pass_time(days=9)
    actions.join_club(office.services, anew(office, sanne), typed())

    assert [(one.first_day, one.last_day) for one in absences(office, sanne)] == [
        (date(2026, 11, first), date(2026, 11, 10))
    ]
    assert actions.my_absences(office.services, anew(office, sanne)) == []


def test_who_comes_back_the_same_day_was_not_away(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    actions.join_club(office.services, sanne, typed())
    actions.leave_club(office.services, sanne)
    clock.pass_time(hours=2)
    actions.join_club(office.services, anew(office, sanne), typed())

    assert absences(office, sanne) == []


def test_joining_twice_changes_what_was_chosen_and_not_since_when(
    office: FakeOffice, sanne: Me, clock: StoppedClock
) -> None:
    actions.join_club(office.services, sanne, typed())
    clock.pass_time(days=1)
    actions.join_club(office.services, sanne, typed(at="9:30"))

    assert (row_of(office, sanne).joined_at, row_of(office, sanne).remind_at) == (MONDAY, time(9, 30))
    assert len(days_of(office, sanne)) == 1


# Invitations


def test_an_invitation_is_one_message_and_never_a_second_one(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    first = actions.invite(office.services, fatima, [sanne.slack_id])
    again = actions.invite(office.services, fatima, [sanne.slack_id])

    assert (first.sent, again.sent) == (["Sanne"], [])
    assert again.skipped == {Skip.ASKED: ["Sanne"]}
    assert len(office.posts(sanne.slack_id)) == 1
    assert "Fatima" in office.posts(sanne.slack_id)[0]
    assert [post.key for post in office.queued(sanne.slack_id)] == [f"invitation:{sanne.person_id}"]


def test_who_was_skipped_is_told_with_the_reason(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    actions.join_club(office.services, sanne, typed())
    told(office, bram)
    office.person("U0GUEST", "Guest", standing=Standing.GUEST)
    kiri = office.person("U0KIRI", "Kiri")
    chosen = ["U0SANNE", "U0BRAM", "U0GUEST", "U0NOBODY", "U0FATIMA", "U0KIRI", "U0KIRI"]
    invited = actions.invite(office.services, fatima, chosen)

    assert (invited.sent, invited.joined) == (["Kiri"], 1)
    assert invited.skipped == {
        Skip.IN: ["Sanne"], Skip.ASKED: ["Bram"], Skip.CANNOT: ["Guest"], Skip.UNKNOWN: [""],
        Skip.YOURSELF: ["Fatima"],
    }  # fmt: skip
    assert office.rows("outbox") == len(office.stories()) + 1
    assert anew(office, kiri).part is Part.ASKED
    assert anew(office, fatima).part is Part.UNASKED


def test_who_had_themselves_erased_is_not_invited_a_second_time(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    actions.invite(office.services, fatima, [sanne.slack_id])
    actions.decline(office.services, anew(office, sanne))
    erased(office, sanne)

    for _ in range(2):
        again = actions.invite(office.services, fatima, [sanne.slack_id, sanne.slack_id])
        assert (again.sent, again.skipped) == ([], {Skip.ASKED: [""]})
        back = office.person("U0SANNE", "Sanne")  # opens Home, and is known again
    assert office.posts(sanne.slack_id) == []
    assert back.part is Part.UNASKED


def test_to_be_chosen_by_a_manager_writes_nobody_down_again(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    erased(office, sanne)
    actions.invite(office.services, fatima, [sanne.slack_id])

    with office.services.database.reading(fatima) as tx:
        assert person_by_slack_id(tx, sanne.slack_id) is None


def test_an_invitation_loses_the_name_that_its_inviter_had_then(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    actions.invite(office.services, fatima, [sanne.slack_id])
    fatima = office.person("U0FATIMA", "Fatima Janssen")
    with office.services.database.writing(fatima) as tx:
        actions.forget_inviter(tx, office.services, fatima)

    [invitation] = office.queued(sanne.slack_id)
    assert "Fatima" not in str(invitation.body)
    assert screens.JOIN in str(invitation.body)


def test_an_invitation_of_another_with_the_same_name_keeps_it(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me
) -> None:
    actions.invite(office.services, fatima, [sanne.slack_id])
    namesake = office.person("U0FATIMA2", "Fatima")
    with office.services.database.writing(namesake) as tx:
        actions.forget_inviter(tx, office.services, namesake)

    assert "Fatima" in office.posts(sanne.slack_id)[0]


def test_only_a_manager_invites(office: FakeOffice, sanne: Me, bram: Me) -> None:
    admin = office.person("U0ADMIN", "Admin", is_admin=True)
    for who in (sanne, admin):
        with pytest.raises(BotError, match="Only a manager"):
            actions.invite(office.services, who, [bram.slack_id])

    assert office.posts(bram.slack_id) == []


def test_twenty_one_at_a_time_is_too_many(office: FakeOffice, fatima: Me) -> None:
    with pytest.raises(FormError) as caught:
        actions.invite(office.services, fatima, [f"U{number}" for number in range(21)])

    assert set(caught.value.fields) == {"who"}
    assert office.rows("outbox") == 0


def test_an_invitation_is_in_the_language_of_who_reads_it(office: FakeOffice, fatima: Me) -> None:
    for language in ("nl", "en"):
        office.person(f"U0{language}", "Kim", language=language)
    actions.invite(office.services, fatima, ["U0nl", "U0en"])

    for language in ("nl", "en"):
        say = office.services.speakers[language]
        opening = say("{who} asks whether you'd like to take part in the fan club.", who="Fatima")
        assert office.posts(f"U0{language}") == [opening]


def test_an_invitation_that_was_answered_has_no_button_left(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me
) -> None:
    actions.invite(office.services, fatima, [sanne.slack_id, bram.slack_id])
    actions.join_club(office.services, anew(office, sanne), typed())
    assert actions.decline(office.services, anew(office, bram))

    for who in (sanne, bram):
        [post] = office.queued(who.slack_id)
        assert "actions" not in {block["type"] for block in (post.body or {})["blocks"]}
    assert not actions.decline(office.services, sanne)
    assert anew(office, sanne).part is Part.JOINED


def test_the_first_twelve_are_counted_without_who_left(office: FakeOffice, fatima: Me) -> None:
    people = [office.person(f"U0{number}", f"N{number}") for number in range(FOUNDERS + 1)]
    for one in people:
        actions.join_club(office.services, one, typed())
    actions.leave_club(office.services, people[0])

    assert actions.people_in(office.services, fatima) == FOUNDERS


# Settings


def test_settings_change_what_is_planned(office: FakeOffice, sanne: Me, clock: StoppedClock, heard: list[Fact]) -> None:
    actions.join_club(office.services, sanne, typed())
    planned(office, sanne, MONDAY + timedelta(days=3))
    clock.pass_time(days=2)
    now = MONDAY + timedelta(days=2)
    form = typed(at="10:00", second="15:30", volume="normal", days=("1", "2"), board="no")
    changed = actions.change_settings(office.services, anew(office, sanne), form, "en")

    row = row_of(office, sanne)
    assert (row.remind_at, row.second_at, row.volume, row.on_board) == (time(10), time(15, 30), "normal", False)
    assert (row.due_at, row.due_day, row.joined_at) == (now, None, MONDAY)
    assert days_of(office, sanne) == [(TODAY, MON_FRI), (now.date(), frozenset({1, 2}))]
    assert changed.say.language == anew(office, sanne).say.language == "en"
    assert heard[-1].me.say.language == "en"


def test_another_language_alone_moves_no_reminder(office: FakeOffice, sanne: Me) -> None:
    """One that is due this minute would be lost."""
    actions.join_club(office.services, sanne, typed(second="16:00"))
    planned(office, sanne, MONDAY)
    actions.change_settings(office.services, anew(office, sanne), typed(second="16:00", board="no"), "en")

    row = row_of(office, sanne)
    assert (row.due_at, row.due_day, row.on_board) == (MONDAY, TODAY, False)


def test_the_language_of_the_office_can_be_chosen_again(office: FakeOffice, sanne: Me) -> None:
    actions.change_settings(office.services, sanne, None, "en")
    assert actions.my_settings(office.services, sanne) == (None, "en")

    assert actions.change_settings(office.services, sanne, None, "office").say.language == "nl"
    assert actions.my_settings(office.services, sanne) == (None, None)


def test_who_does_not_take_part_has_no_times_to_set(office: FakeOffice, sanne: Me) -> None:
    actions.change_settings(office.services, sanne, typed(), "en")

    assert office.rows("participant") == 0


def test_a_mistake_in_the_settings_changes_nothing(office: FakeOffice, sanne: Me) -> None:
    actions.join_club(office.services, sanne, typed())
    with pytest.raises(FormError) as caught:
        actions.change_settings(office.services, anew(office, sanne), typed(at="25:00", days=()), "en")

    assert set(caught.value.fields) == {"at", "days"}
    assert (row_of(office, sanne).remind_at, anew(office, sanne).say.language) == (time(8, 30), "nl")


def test_days_chosen_twice_on_one_day_are_the_last_ones(office: FakeOffice, sanne: Me) -> None:
    actions.join_club(office.services, sanne, typed())
    for days in (("0",), ("1",)):
        actions.change_settings(office.services, anew(office, sanne), typed(days=days), "nl")

    assert days_of(office, sanne) == [(TODAY, frozenset({1}))]


def test_days_chosen_after_a_journey_west_hold_all_the_same(office: FakeOffice, clock: StoppedClock) -> None:
    """It was tomorrow in Auckland when the days were chosen there; in Honolulu it is still today."""
    clock.pass_time(hours=6)
    kiri = office.person("U0KIRI", "Kiri", zone="Pacific/Auckland")
    actions.join_club(office.services, kiri, typed())
    moved = office.person("U0KIRI", "Kiri", zone="Pacific/Honolulu")
    actions.change_settings(office.services, moved, typed(days=("6",)), "nl")

    assert days_of(office, kiri) == [(date(2026, 11, 3), frozenset({6}))]
    assert actions.my_choices(office.services, moved) is not None


def test_my_choices_are_there_for_who_takes_part(office: FakeOffice, sanne: Me) -> None:
    assert actions.my_choices(office.services, sanne) is actions.choices_before(office.services, sanne) is None
    chosen = actions.join_club(office.services, sanne, typed())

    assert actions.my_choices(office.services, anew(office, sanne)) == chosen
    actions.leave_club(office.services, sanne)
    assert actions.my_choices(office.services, anew(office, sanne)) is None
    assert actions.choices_before(office.services, anew(office, sanne)) == chosen


# Absence


def test_an_absence_has_dates_and_plans_anew(office: FakeOffice, sanne: Me, heard: list[Fact]) -> None:
    actions.join_club(office.services, sanne, typed())
    planned(office, sanne, MONDAY + timedelta(days=1))
    entered = actions.add_absence(office.services, sanne, TypedAbsence("2026-11-03", "2026-11-06"))

    [absence] = absences(office, sanne)
    assert (absence.first_day, absence.last_day) == (entered.first, entered.last)
    assert (absence.entered_by, absence.entered_at, entered.colleague) == (sanne.person_id, MONDAY, None)
    assert (row_of(office, sanne).due_at, row_of(office, sanne).due_day) == (MONDAY, None)
    assert len(heard) == 2


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        ("2026-11-05", "2026-11-04", {"last"}),
        ("2026-11-02", "2027-11-20", {"last"}),
        ("", "", {"first", "last"}),
        ("morgen", "2026-11-04", {"first"}),
    ],
)
def test_an_absence_that_is_none_is_an_error_at_its_field(
    office: FakeOffice, sanne: Me, first: str, last: str, wrong: set[str]
) -> None:
    with pytest.raises(FormError) as caught:
        actions.add_absence(office.services, sanne, TypedAbsence(first, last))

    assert set(caught.value.fields) == wrong
    assert office.rows("absence") == 0


def test_overlapping_absences_stand_side_by_side_and_the_same_one_once(office: FakeOffice, sanne: Me) -> None:
    for first, last in (("2026-11-03", "2026-11-06"), ("2026-11-05", "2026-11-12"), ("2026-11-03", "2026-11-06")):
        actions.add_absence(office.services, sanne, TypedAbsence(first, last))

    assert [away.first.day for away in actions.my_absences(office.services, sanne)] == [3, 5]


def test_an_absence_that_was_taken_back_plans_anew(office: FakeOffice, sanne: Me) -> None:
    actions.join_club(office.services, sanne, typed())
    actions.add_absence(office.services, sanne, TypedAbsence("2026-11-03", "2026-11-06"))
    planned(office, sanne, None)
    [away] = actions.my_absences(office.services, sanne)

    assert actions.remove_absence(office.services, sanne, away.id) == []
    assert row_of(office, sanne).due_at == MONDAY
    assert actions.remove_absence(office.services, sanne, away.id) == []


def test_nobody_takes_back_or_sees_the_absence_of_another(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    actions.add_absence(office.services, sanne, TypedAbsence("2026-11-03", "2026-11-06"))
    [away] = actions.my_absences(office.services, sanne)

    assert actions.remove_absence(office.services, fatima, away.id) == []
    assert actions.my_absences(office.services, fatima) == []
    assert len(absences(office, sanne)) == 1


def test_an_absence_is_listed_until_it_is_over(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    actions.add_absence(office.services, sanne, TypedAbsence("2026-11-03", "2026-11-04"))
    clock.pass_time(days=2)
    assert len(actions.my_absences(office.services, sanne)) == 1

    clock.pass_time(days=1)
    assert actions.my_absences(office.services, sanne) == []
    assert office.rows("absence") == 1  # the streak still needs it


def test_a_manager_enters_one_for_a_colleague(office: FakeOffice, sanne: Me, fatima: Me, heard: list[Fact]) -> None:
    actions.join_club(office.services, sanne, typed())
    entered = actions.add_absence(office.services, fatima, TypedAbsence("2026-11-03", "2026-11-06", "U0SANNE"))

    [away] = actions.my_absences(office.services, sanne)
    assert (entered.colleague, away.entered_by) == ("Sanne", "Fatima")
    assert heard[-1].me.person_id == sanne.person_id
    assert actions.my_absences(office.services, fatima) == []
    assert actions.remove_absence(office.services, sanne, away.id) == []


def test_a_manager_may_choose_themself(office: FakeOffice, fatima: Me) -> None:
    entered = actions.add_absence(office.services, fatima, TypedAbsence("2026-11-03", "2026-11-06", "U0FATIMA"))

    assert entered.colleague is None
    assert len(actions.my_absences(office.services, fatima)) == 1


def test_only_a_manager_enters_one_for_a_colleague(office: FakeOffice, sanne: Me, bram: Me) -> None:
    actions.join_club(office.services, bram, typed())
    with pytest.raises(BotError, match="Only a manager"):
        actions.add_absence(office.services, sanne, TypedAbsence("2026-11-03", "2026-11-06", bram.slack_id))

    assert office.rows("absence") == 0


@pytest.mark.parametrize("who", ["U0BRAM", "U0NOBODY"])
def test_who_does_not_take_part_needs_no_absence_from_a_manager(
    office: FakeOffice, bram: Me, fatima: Me, who: str
) -> None:
    assert bram.part is Part.UNASKED
    with pytest.raises(FormError) as caught:
        actions.add_absence(office.services, fatima, TypedAbsence("2026-11-03", "2026-11-06", who))

    assert set(caught.value.fields) == {"who"}
    assert office.rows("absence") == 0


def test_a_colleague_elsewhere_has_their_own_today(office: FakeOffice, fatima: Me, clock: StoppedClock) -> None:
    """A year back is measured from the day it is where they are."""
    kiri = office.person("U0KIRI", "Kiri", zone="Pacific/Auckland")
    actions.join_club(office.services, kiri, typed())
    clock.pass_time(hours=6)

    with pytest.raises(FormError):
        actions.add_absence(office.services, fatima, TypedAbsence("2025-11-01", "2025-11-01", kiri.slack_id))


def test_the_people_of_another_workspace_are_not_touched(office: FakeOffice, fatima: Me) -> None:
    elsewhere = office.person_elsewhere("T0OTHER", "U0SANNE", "Sanne")
    actions.join_club(office.services, elsewhere, typed())
    invited = actions.invite(office.services, fatima, ["U0SANNE"])

    assert invited.joined == 0
    assert list(invited.skipped) == [Skip.UNKNOWN]
    assert datetime(2026, 11, 2, 9, tzinfo=UTC) == row_of(office, elsewhere).joined_at
