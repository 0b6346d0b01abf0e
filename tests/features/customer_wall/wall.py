"""An office with a channel for compliments, people who take part, and compliments as customers leave them."""

from datetime import date
from typing import Any

from bot.features.customer_wall.moderating import ask_moderators
from bot.features.customer_wall.reading import TypedCompliment
from bot.kernel.choices import Choice
from bot.kernel.facts import ComplimentLeft
from bot.kernel.office import Me
from storage import compliments
from storage.compliments import CameIn, Compliment
from storage.database import InWorkspace
from storage.office import change_office
from storage.people import Part, person_by_slack_id
from tests.fakes import FakeOffice

WALL = "C0KLANT"
KIND = "Wat een geduld, ik voelde me meteen thuis"


def open_channel(office: FakeOffice, me: Me, **also: Any) -> Me:
    """Compliments go to `WALL` from now on; answers `me` as their next request finds them. `also`: other choices."""
    with office.services.database.writing(me) as tx:
        for name, value in {Choice.CUSTOMER_WALL_CHANNEL: WALL, **also}.items():
            change_office(tx, Choice(name), value, me.person_id, office.services.clock.now())
    return anew(office, me)


def anew(office: FakeOffice, me: Me, **profile: Any) -> Me:
    """The person as their next request finds them, with other values where some are given."""
    with office.services.database.writing(me) as tx:
        person = person_by_slack_id(tx, me.slack_id)
        assert person is not None
        for name, value in profile.items():
            setattr(person, name, value)
        return office.services.me(tx, person)


def taking_part(office: FakeOffice, me: Me) -> Me:
    return anew(office, me, part=Part.JOINED)


def typed(text: str = KIND, **more: Any) -> TypedCompliment:
    return TypedCompliment(text, **more)


def left_by_customer(office: FakeOffice, text: str = KIND, *, about: Me | None = None, **more: Any) -> int:
    """A compliment from the page, that waits for a moderator; the feature heard of it."""
    values = {"customer": "Ria de Wit", "came_in": CameIn.PAGE, "is_placed": False, "day": date(2026, 11, 2)} | more
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        entered_at = office.services.clock.now()
        compliment = compliments.add_compliment(tx, text=text, entered_at=entered_at, **values)
        if about is not None:
            person = person_by_slack_id(tx, about.slack_id)
            assert person is not None
            compliments.replace_about(tx, compliment.id or 0, [person])
        ask_moderators(tx, office.services, ComplimentLeft(office.services.office(tx), compliment.id or 0))
        return compliment.id or 0


def kept(office: FakeOffice, compliment_id: int) -> Compliment | None:
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        return compliments.compliment_by_id(tx, compliment_id)


def names_about(office: FakeOffice, compliment_id: int) -> list[str]:
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        return [person.name for person in compliments.about_of(tx, compliment_id)]
