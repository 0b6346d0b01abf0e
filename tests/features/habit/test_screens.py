"""What a reminder and the card say stays within what Slack takes, in both languages."""

from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import product

import pytest

from bot.features.habit import screens
from bot.features.habit.rules import Calm, PartOfDay, Snooze
from bot.features.habit.screens import LINES, MILESTONES, Asked, Standing
from bot.features.habit.streaks import MILESTONES as DAYS
from bot.features.habit.streaks import DayState
from bot.i18n.translate import speakers
from bot.kernel.office import Me, Say
from bot.kernel.tips import Tip, Topic, read_tips, read_topics
from bot.slack.blocks import Json, Message
from storage import people
from tests.fakes import an_office
from tests.limits import complaints_about_message, complaints_about_view

SPEAKERS = speakers()
MONDAY = date(2026, 11, 2)
TIPS = read_tips(files("bot.i18n") / "tips.toml")
TOPICS = read_topics(files("bot.i18n") / "topics.toml")


@pytest.fixture(params=["nl", "en"])
def say(request: pytest.FixtureRequest) -> Say:
    return SPEAKERS[request.param]


def asked(
    at: time = time(9), tip: Tip | None = None, topic: Topic | None = None, milestone: int | None = None,
    calm: Calm = Calm.KEEP, number: int = 0,
) -> Asked:  # fmt: skip
    return Asked(7, MONDAY, number, at, tip, topic, milestone, calm)


def choices_in(message: Message) -> list[str]:
    """The values of the list by which it is put off."""
    elements = [element for block in message.blocks if block["type"] == "actions" for element in block["elements"]]
    (picker,) = [element for element in elements if element["action_id"] == screens.SNOOZE]
    return [option["value"] for option in picker["options"]]


def test_there_are_a_dozen_lines_for_each_part_of_the_day_in_both_languages(say: Say) -> None:
    for part in PartOfDay:
        said = {say(line) for line in LINES[part]}
        assert len(said) >= 12
        assert all(len(line) <= 120 for line in said)
    assert len({say(line) for lines in LINES.values() for line in lines}) == sum(map(len, LINES.values()))


def test_every_milestone_has_its_word() -> None:
    assert tuple(MILESTONES) == DAYS


def test_every_reminder_fits(say: Say) -> None:
    longest_tip, longest_topic = max(TIPS, key=_length), max(TOPICS, key=_length)
    for hour, calm, milestone in product((0, 8, 13, 17, 23), Calm, (None, *DAYS)):
        everything = asked(time(hour), longest_tip, longest_topic, milestone, calm, number=hour)
        message = screens.reminder_message(everything, say, "/een-heel-lang-commando-voor-de-club")
        assert complaints_about_message(message.body()) == []
        assert message.text in {say(line) for lines in LINES.values() for line in lines}


def _length(written: Tip | Topic) -> int:
    return max(map(len, written.texts.values()))


def test_a_bare_reminder_has_no_empty_parts(say: Say) -> None:
    message = screens.reminder_message(asked(), say, "/fanclub")

    assert [block["type"] for block in message.blocks] == ["section", "actions"]


@pytest.mark.parametrize(
    ("at", "choices"),
    [
        (time(9), [Snooze.HOUR, Snooze.LUNCH, Snooze.END]),
        (time(13), [Snooze.HOUR, Snooze.END]),
        (time(16, 30), [Snooze.HOUR]),
    ],
)
def test_what_is_over_is_no_choice(say: Say, at: time, choices: list[Snooze]) -> None:
    message = screens.reminder_message(asked(at), say, "/fanclub")

    assert choices_in(message) == [f"2026-11-02 {choice}" for choice in choices]


def test_every_answer_fits_and_has_no_dead_buttons(say: Say) -> None:
    until = datetime(2026, 11, 2, 13, 0, tzinfo=UTC)
    closed = (
        screens.told_message(say), screens.skipped_message(say), screens.free_message(say),
        screens.over_message(say), screens.back_message(say),
    )  # fmt: skip
    for message in closed:
        assert complaints_about_message(message.body()) == []
        assert [block["type"] for block in message.blocks] == ["section"]
    for is_weekly in (True, False):
        assert complaints_about_message(screens.calmer_message(is_weekly, say).body()) == []
    snoozed = screens.snoozed_message(until, say)
    assert complaints_about_message(snoozed.body()) == []
    assert "13:00" in snoozed.text


def test_beneath_the_strip_stands_what_its_marks_are_and_no_others() -> None:
    states = [DayState.OFF, DayState.MISSED, *[DayState.TOLD] * 11, DayState.OPEN]
    blocks = card(SPEAKERS["en"], last_days=[(MONDAY - timedelta(days=13 - n), one) for n, one in enumerate(states)])
    legends = [one["elements"][0]["text"] for one in blocks if one["type"] == "context"]

    assert legends[0] == "🟢 told · ⚪ not told · ➖ off · 🔵 still open"


def card(say: Say, **values: object) -> list[Json]:
    office = an_office(say)
    me = Me(office, 1, "U0SANNE", "Sanne", office.zone, people.Standing.MEMBER, is_admin=False, say=say)
    first = {
        "streak": 5, "strength": 62, "pace": 268, "bonus_days": 2, "next_at": datetime(2026, 11, 3, 9, tzinfo=UTC),
        "last_days": [(MONDAY - timedelta(days=13 - back), DayState.TOLD) for back in range(14)],
    }  # fmt: skip
    return screens.habit_card(Standing(**first | values), me)  # type: ignore[arg-type]


def words_in(blocks: list[Json]) -> str:
    return str(blocks)


def test_who_only_begins_is_not_told_how_little_there_is() -> None:
    shown = words_in(card(SPEAKERS["en"], streak=0, strength=0, bonus_days=1))

    assert "One story is a beginning." in shown
    assert "Strength" not in shown


@pytest.mark.parametrize("streak", [0, 1, 66, 9999])
@pytest.mark.parametrize("strength", [0, 24, 25, 50, 74, 75, 100])
def test_every_card_fits(say: Say, streak: int, strength: int) -> None:
    for pace, bonus, state in product((None, 0, 1, 300), (0, 1, 400), DayState):
        days = [(MONDAY - timedelta(days=13 - back), state) for back in range(14)]
        blocks = card(say, streak=streak, strength=strength, pace=pace, bonus_days=bonus, last_days=days)
        assert complaints_about_view({"type": "home", "blocks": blocks}) == []


def test_the_strip_is_told_in_a_sentence() -> None:
    states = [DayState.TOLD, DayState.MISSED, DayState.OFF, DayState.BONUS] + [DayState.TOLD] * 9 + [DayState.OPEN]
    days = [(MONDAY - timedelta(days=13 - back), state) for back, state in enumerate(states)]

    shown = words_in(card(SPEAKERS["en"], last_days=days))

    assert "🟢⚪➖⭐🟢🟢🟢🟢🟢🟢🟢🟢🟢🔵" in shown
    assert "a fan on 10 of your 12 days. And on a day off. Today is still open." in shown


def test_two_weeks_off_are_called_so() -> None:
    days = [(MONDAY - timedelta(days=13 - back), DayState.OFF) for back in range(14)]

    assert "You were off these two weeks." in words_in(card(SPEAKERS["en"], last_days=days))


@pytest.mark.parametrize(
    ("next_at", "said"),
    [
        (datetime(2026, 11, 2, 16, 0, tzinfo=UTC), "today at 16:00"),
        (datetime(2026, 11, 3, 9, 0, tzinfo=UTC), "tomorrow at 09:00"),
        (datetime(2026, 11, 9, 8, 30, tzinfo=UTC), "Monday 9 November at 08:30"),
        (None, "No reminder is planned."),
    ],
)
def test_the_card_says_when_the_next_one_comes(next_at: datetime | None, said: str) -> None:
    assert said in words_in(card(SPEAKERS["en"], next_at=next_at))
