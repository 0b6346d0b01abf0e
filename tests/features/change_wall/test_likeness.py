"""What looks like an idea that is there, and what doesn't."""

import pytest

from bot.features.change_wall.likeness import likely_duplicates
from storage.idea_wall import Candidate

THERE = [
    Candidate(1, None, "Openingstijden op de eerste bladzijde zetten"),
    Candidate(2, None, "Paraplu's bij de deur om uit te lenen"),
    Candidate(3, None, "Klanten binnen een uur terugbellen"),
    Candidate(4, 3, "Terugbelverzoeken sneller oppakken"),
    Candidate(5, None, "Café-hoek voor wie wacht"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Zet de openingstijden op de bladzijde", [1]),
        ("PARAPLU’S UITLENEN BIJ DE DEUR", [2]),
        ("een klant binnen het uur terugbellen", [3]),
        ("terugbelverzoek sneller oppakken graag", [3]),
        ("cafe hoek", [5]),
        ("Meer parkeerplaatsen", []),
        ("We moeten klanten beter helpen", []),
        ("Koffie bij de deur", []),
        ("", []),
        ("🎉🎉", []),
        ("de het een", []),
    ],
)
def test_an_idea_is_like_one_that_shares_most_of_its_words(typed: str, found: list[int]) -> None:
    assert likely_duplicates(typed, THERE) == found


def test_three_at_most_are_shown_the_newest_of_equals_first() -> None:
    there = [Candidate(number, None, "Paraplu's uitlenen") for number in range(1, 8)]
    assert likely_duplicates("Paraplu's uitlenen", there) == [7, 6, 5]


def test_of_a_merged_one_it_is_what_it_went_into_also_when_that_is_too_old_to_compare() -> None:
    assert likely_duplicates("Paraplu's uitlenen", [Candidate(9, 2, "Paraplu's uitlenen")]) == [2]
