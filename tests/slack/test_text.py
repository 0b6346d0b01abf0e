"""Text to and from Slack: marks taken off, nothing let through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.text import ALL_PARTS, FALLBACK, PART, fallback, parts_of, plain, tidy


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("gewoon een zin", "gewoon een zin"),
        ("dank <@U0BRAM|bram>", "dank @bram"),
        ("dank <@U0BRAM>", "dank @U0BRAM"),
        ("zie <#C0FANS|fans>", "zie #fans"),
        ("<!channel> hoera", "@channel hoera"),
        ("<!subteam^S1|@balie> bedankt", "@balie bedankt"),
        ("<https://a.nl/b|a.nl/b>", "a.nl/b"),
        ("<https://a.nl/b>", "https://a.nl/b"),
        ("<mailto:a@b.nl|a@b.nl>", "a@b.nl"),
        ("<tel:0612345678>", "0612345678"),
        ("Jansen &amp; Zonen &lt;3", "Jansen & Zonen <3"),
        ("&amp;lt;", "&lt;"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("3 < 4 en 5 > 2", "3 < 4 en 5 > 2"),
    ],
)
def test_slacks_marks_become_what_was_typed(typed: str, read: str) -> None:
    assert plain(typed) == read


def test_control_characters_and_turned_writing_are_left_out_and_lines_kept() -> None:
    assert tidy("\ufeff een\r\ntwee\rdrie\tvier\u202e\u0000\u2028 ") == "een\ntwee\ndrie\tvier"


def test_joined_emoji_and_accents_survive() -> None:
    assert tidy("👩‍👩‍👧 café שלום") == "👩‍👩‍👧 café שלום"


@given(st.text(max_size=60))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(alphabet="<>&!@|abc;", max_size=80))
def test_a_fallback_holds_no_mark_of_slack(text: str) -> None:
    escaped = fallback(text)

    assert not {"<", ">"} & set(escaped)
    assert "&" not in escaped.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


@given(st.text(alphabet="<>&ab", min_size=900, max_size=6000), st.sampled_from(["", "x", "xx", "xxx"]))
def test_a_fallback_is_short_enough_and_never_ends_in_half_a_mark(text: str, shift: str) -> None:
    escaped = fallback(shift + text * 2)

    assert len(escaped) <= FALLBACK
    tail = escaped.removesuffix("…")
    assert "&" not in tail[-5:] or tail.rstrip("…").rpartition("&")[2] in {"amp;", "lt;", "gt;"} or ";" in tail[-5:]


def test_three_thousand_ampersands_fit() -> None:
    escaped = fallback("&" * 3000)

    assert len(escaped) <= FALLBACK
    assert escaped.replace("&amp;", "") == "…"


def test_of_a_heap_of_accents_a_few_stay() -> None:
    assert tidy("e" + "\u0301" * 40 + "n") == "e" + "\u0301" * 3 + "n"
    assert tidy("Việt Nam, 1\ufe0f\u20e3, één") == "Việt Nam, 1\ufe0f\u20e3, één"


@pytest.mark.parametrize("length", [0, 1, PART, PART + 1, ALL_PARTS, ALL_PARTS + 1, 3 * PART + 1, 40_000])
def test_the_parts_of_a_text_are_never_more_than_a_message_takes(length: int) -> None:
    text = "".join(chr(ord("a") + number % 26) for number in range(length))

    parts = parts_of(text)

    assert "".join(parts) == text[:ALL_PARTS]
    assert all(0 < len(part) <= PART for part in parts)
