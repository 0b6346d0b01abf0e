"""What looks like an idea that is there, and what doesn't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.change_wall.likeness import likely_duplicates, likeness, stems
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


SAME = [
    ("Een paraplubak bij de deur", "Paraplubak bij de uitgang"),
    ("Een paraplubak bij de deur, zodat klanten droog naar hun auto gaan",
     "Een paraplubak bij de uitgang, om uit te lenen"),
    ("Openingstijden op de website", "De openingstijden staan niet op onze website"),
    ("Bel klanten dezelfde dag terug", "Klanten dezelfde dag nog terugbellen"),
    ("Koffieautomaat in de wachtruimte", "Een koffieautomaat voor wie wacht"),
    ("Retourformulier bij elke bestelling", "Stop een retourformulier in de doos"),
    ("Speelhoek voor kinderen", "Een speelhoekje voor de kinderen"),
    ("Oplaadpunt voor fietsen", "Fietsen opladen: een oplaadpunt bij de ingang"),
    ("Cadeaubon ook online te koop", "Cadeaubonnen online verkopen"),
    ("A gift-wrapping corner near the till", "Gift wrapping at the till"),
]  # fmt: skip
DIFFERENT = [
    ("Koffie bij de deur", "Paraplu's bij de deur"),
    ("Openingstijden op de website", "Ruimere openingstijden op zaterdag"),
    ("Telefoon sneller opnemen", "Telefoon op stil in de winkel"),
    ("Website in het Engels", "Website sneller laden"),
    ("Parkeerplaats voor fietsen", "Parkeerplaats aan de achterkant vegen"),
    ("Klanten een kaartje sturen", "Klanten een stoel aanbieden"),
    ("Medewerkers een naambordje geven", "Medewerkers trainen in gebaren"),
    ("Een bankje buiten", "Een bankje met een brievenbus en een prullenbak"),
    ("Bezorgen op zondag", "Bezorgkosten terugbetalen bij vertraging"),
    ("Call back within an hour", "Opening hours on the front door"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_who_want_the_same_are_alike_whoever_came_first(one: str, other: str) -> None:
    assert likely_duplicates(one, [Candidate(1, None, other)]) == [1]
    assert likely_duplicates(other, [Candidate(1, None, one)]) == [1]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_a_subject_alone_makes_no_two_ideas_alike(one: str, other: str) -> None:
    assert likely_duplicates(one, [Candidate(1, None, other)]) == []
    assert likely_duplicates(other, [Candidate(1, None, one)]) == []


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_lies_between_nothing_and_all_and_is_the_same_both_ways(one: str, other: str) -> None:
    there, back = likeness(stems(one), stems(other)), likeness(stems(other), stems(one))

    assert 0 <= there == back <= 1


def test_three_at_most_are_shown_the_newest_of_equals_first() -> None:
    there = [Candidate(number, None, "Paraplu's uitlenen") for number in range(1, 8)]
    assert likely_duplicates("Paraplu's uitlenen", there) == [7, 6, 5]


def test_of_a_merged_one_it_is_what_it_went_into_also_when_that_is_too_old_to_compare() -> None:
    assert likely_duplicates("Paraplu's uitlenen", [Candidate(9, 2, "Paraplu's uitlenen")]) == [2]
