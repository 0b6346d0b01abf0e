"""Tips and topics: what the files hold, what is refused when somebody edits them, and who gets which tip."""

import re
from collections import Counter
from datetime import date, timedelta
from importlib.resources import files
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import translate
from bot.kernel.tips import (
    LANGUAGES,
    LONGEST_TIP,
    MOMENTS,
    NOT_AGAIN_FOR,
    Cost,
    Tip,
    fresh_tip,
    read_tips,
    read_topics,
    seen_since,
    tip_in_turn,
)
from storage.stories import Moment

TIPS = read_tips(files("bot.i18n") / "tips.toml")
TOPICS = read_topics(files("bot.i18n") / "topics.toml")
IDS = {tip.id for tip in TIPS}
TODAY = date(2026, 11, 2)
TIP = {"id": "umbrella", "moment": "not_ours", "cost": "nothing", "nl": "Leen je paraplu uit.", "en": "Lend yours."}
TOPIC = {"id": "rain", "title_nl": "Regen", "title_en": "Rain", "text_nl": "Het regent.", "text_en": "It rains."}


def texts(language: str) -> list[str]:
    return [tip.texts[language] for tip in TIPS]


def written(kind: str, *entries: dict[str, object]) -> str:
    return "\n".join(
        f"[[{kind}]]\n" + "".join(f'{name} = "{value}"\n' for name, value in entry.items() if value is not None)
        for entry in entries
    )


def a_file(folder: Path, text: str) -> Path:
    path = folder / "tips.toml"
    path.write_text(text, encoding="utf-8")
    return path


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w{4,}", text.lower()))


# What is in the files


def test_there_are_tips_enough_for_a_start_of_66_days() -> None:
    assert len(TIPS) >= 66
    assert len(TOPICS) == 12


def test_each_moment_and_each_cost_has_its_share() -> None:
    counted = Counter((tip.moment, tip.cost) for tip in TIPS)

    assert set(counted) == set(product(MOMENTS, Cost))
    assert max(counted.values()) - min(counted.values()) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_tip_says_what_another_said(language: str) -> None:
    said = texts(language)

    for number, text in enumerate(said):
        for other in said[number + 1 :]:
            shared, fewest = words_of(text) & words_of(other), min(len(words_of(text)), len(words_of(other)))
            assert len(shared) <= fewest / 2, (text, other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tip_is_in_the_tone_of_the_house(language: str) -> None:
    for text in [*texts(language), *(topic.texts[language] for topic in TOPICS)]:
        assert "!" not in text
        assert "  " not in text
        assert text[-1] in ".?”’", text
        assert not re.search(r"\b(u|uw|moet je|je moet|you must|always|altijd|nooit|never)\b", text.lower()), text


def test_a_topic_has_a_title_of_its_own() -> None:
    for language in LANGUAGES:
        assert len({topic.titles[language] for topic in TOPICS}) == len(TOPICS)
        assert all(topic.titles[language][-1] not in ".!?" for topic in TOPICS)


def test_tips_speak_every_language_of_the_bot() -> None:
    assert LANGUAGES == translate.LANGUAGES


# Reading a file that somebody edited


def test_a_tip_is_read_as_it_was_written(tmp_path: Path) -> None:
    [tip] = read_tips(a_file(tmp_path, written("tip", TIP)))

    texts = {"nl": "Leen je paraplu uit.", "en": "Lend yours."}
    assert tip == Tip("umbrella", Moment.NOT_OURS, Cost.NOTHING, texts)


def test_a_topic_is_read_as_it_was_written(tmp_path: Path) -> None:
    [topic] = read_topics(a_file(tmp_path, written("topic", TOPIC)))

    assert (topic.id, topic.titles["nl"], topic.texts["en"]) == ("rain", "Regen", "It rains.")


def test_a_file_from_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tips.toml"
    path.write_bytes(b"\xef\xbb\xbf" + written("tip", TIP).replace("\n", "\r\n").encode())

    assert [tip.id for tip in read_tips(path)] == ["umbrella"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"nl": None}, "tip umbrella: nl is missing"),
        ({"en": "  "}, "tip umbrella: en is missing"),
        ({"en": "x" * 201}, "tip umbrella: en has 201 characters, and 200 is the most"),
        ({"en": "two\\nlines"}, "tip umbrella: en has to be one line"),
        ({"moment": "monday"}, "tip umbrella: moment is monday; it is one of saying_no, complaint, question, not_ours"),
        ({"moment": "other"}, "tip umbrella: moment is other"),
        ({"moment": None}, "tip umbrella: moment is missing"),
        ({"cost": "a fortune"}, "tip umbrella: cost is a fortune; it is one of nothing, time, money"),
        ({"id": None}, "tip number 1: id is missing"),
        ({"id": "Umbrella 1"}, "tip Umbrella 1: an id has small letters"),
        ({"id": "x" * 41}, "id has 41 characters, and 40 is the most"),
        ({"fr": "Pretez-le."}, "tip umbrella: I don't know fr; it has cost, en, id, moment, nl"),
    ],
)
def test_a_wrong_tip_is_named_with_what_is_wrong(tmp_path: Path, change: dict[str, str | None], complaint: str) -> None:
    with pytest.raises(ValueError, match=r"^tips\.toml, ") as raised:
        read_tips(a_file(tmp_path, written("tip", TIP | change)))

    assert complaint in str(raised.value)


def test_a_text_that_is_no_text_is_refused(tmp_path: Path) -> None:
    text = written("tip", TIP | {"nl": None, "moment": None}) + 'nl = 7\nmoment = ["complaint"]\n'

    with pytest.raises(ValueError, match="tip umbrella: "):
        read_tips(a_file(tmp_path, text))


def test_the_longest_tip_is_just_not_too_long(tmp_path: Path) -> None:
    [tip] = read_tips(a_file(tmp_path, written("tip", TIP | {"nl": "é" * LONGEST_TIP})))

    assert tip.texts["nl"] == "é" * 200


def test_an_id_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"tips\.toml, tip umbrella: there is another tip with this id"):
        read_tips(a_file(tmp_path, written("tip", TIP, TIP | {"nl": "Iets anders."})))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[tip]]\nid = "umbrella\nmoment = "complaint"', r"tips\.toml: .*line 2.* Is there a quote missing"),
        ("", r"every tip begins with \[\[tip\]\]"),
        (written("tips", TIP), r"every tip begins with \[\[tip\]\]"),
        ('id = "loose"\n' + written("tip", TIP), "nothing else stands in the file"),
        ('tip = "umbrella"', r"every tip begins with \[\[tip\]\]"),
        ('tip = ["umbrella"]', r"every tip begins with \[\[tip\]\]"),
    ],
)
def test_a_file_that_is_no_list_of_tips_says_so(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_tips(a_file(tmp_path, text))


def test_a_file_in_an_old_encoding_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "tips.toml"
    path.write_bytes(written("tip", TIP | {"nl": "Eén"}).encode("cp1252"))

    with pytest.raises(ValueError, match=r"tips\.toml: save it as UTF-8"):
        read_tips(path)


@pytest.mark.parametrize("field", TOPIC)
def test_a_topic_misses_nothing(tmp_path: Path, field: str) -> None:
    with pytest.raises(ValueError, match=f"{field} is missing"):
        read_topics(a_file(tmp_path, written("topic", TOPIC | {field: None})))


# Who gets which tip


def test_the_same_question_has_the_same_answer() -> None:
    assert fresh_tip(TIPS, {"clear-no"}, TODAY, 7) == fresh_tip(TIPS, ["clear-no"], TODAY, 7)


@given(st.sets(st.sampled_from(sorted(IDS))), st.dates(), st.integers(1), st.sampled_from([None, *MOMENTS]))
def test_a_tip_is_fresh_and_of_the_moment_that_was_asked_for(
    seen: set[str], day: date, person_id: int, moment: Moment | None
) -> None:
    tip = fresh_tip(TIPS, seen, day, person_id, moment)

    left = [one for one in TIPS if one.id not in seen and moment in (None, one.moment)]
    assert tip in left if left else tip is None


def test_no_tip_comes_twice_within_forty_days_and_each_day_has_one() -> None:
    shown: dict[date, str] = {}
    for number in range(400):
        day = TODAY + timedelta(days=number)
        tip = fresh_tip(TIPS, {name for when, name in shown.items() if when >= seen_since(day)}, day, 7)
        assert tip is not None
        shown[day] = tip.id

    last: dict[str, date] = {}
    for day, name in shown.items():
        assert name not in last or day - last[name] > NOT_AGAIN_FOR
        last[name] = day
    assert set(last) == IDS


def test_when_all_were_seen_there_is_none() -> None:
    of_complaints = {tip.id for tip in TIPS if tip.moment == Moment.COMPLAINT}

    assert fresh_tip(TIPS, IDS, TODAY, 7) is None
    assert fresh_tip([], (), TODAY, 7) is None
    assert fresh_tip(TIPS, of_complaints, TODAY, 7, Moment.COMPLAINT) is None
    assert fresh_tip(TIPS, of_complaints, TODAY, 7) is not None


def test_colleagues_get_different_tips_on_the_same_day() -> None:
    found = [fresh_tip(TIPS, (), TODAY, person_id) for person_id in range(1, 7201)]
    times = Counter(tip.id for tip in found if tip)

    assert len(times) == len(TIPS)
    assert max(times.values()) < 2 * 7200 / len(TIPS)


@given(st.integers(1, 10**9), st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(1, 200))
def test_in_turn_each_tip_comes_once_before_one_comes_again(person_id: int, day: date, count: int) -> None:
    tips = [Tip(str(number), Moment.COMPLAINT, Cost.TIME, {}) for number in range(count)]

    turns = [tip_in_turn(tips, day + timedelta(days=ahead), person_id).id for ahead in range(2 * count)]

    assert len(set(turns[:count])) == count
    assert turns[:count] == turns[count:]


def test_in_turn_there_is_none_twice_within_forty_days_and_colleagues_begin_at_different_ones() -> None:
    assert len(TIPS) > NOT_AGAIN_FOR.days

    found = Counter(tip_in_turn(TIPS, TODAY, person_id).id for person_id in range(1, 7201))
    assert len(found) == len(TIPS)
    assert max(found.values()) < 2 * 7200 / len(TIPS)


def test_in_turn_the_moments_of_the_book_come_mixed() -> None:
    for start in range(len(TIPS)):
        week = {tip_in_turn(TIPS, TODAY + timedelta(days=start + ahead), 7).moment for ahead in range(5)}
        assert len(week) > 1
