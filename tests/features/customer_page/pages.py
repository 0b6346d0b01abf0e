"""A browser without script, for the pages outside Slack: it gets pages and sends forms."""

import re
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.features.customer_page.web import routes
from bot.features.links import actions as links
from bot.kernel.office import Me
from bot.services import Services
from storage.compliments import Compliment
from storage.customers import CustomerNote
from storage.database import InWorkspace
from storage.links import LinkKind, link_by_id
from tests.fakes import FakeOffice

PRAISE = "Bram liep mee door de regen, met een paraplu"


@dataclass
class Browser:
    """Somebody at one address who knows one link."""

    client: TestClient
    token: str

    def get(self, query: str = "", **more: Any) -> Any:
        return self.client.get(f"/compliment/{self.token}{query}", **more)

    def once(self) -> str:
        """What the form carries, so that sending it twice counts once."""
        found = re.search(r'name="once" value="([^"]+)"', self.get().text)
        assert found is not None
        return found[1]

    def send(self, door: str, query: str = "", **fields: str) -> Any:
        """Fill in a fresh form and send it, without following where it leads."""
        filled = {"door": door, "once": self.once(), "website": "", **fields}
        return self.client.post(f"/compliment/{self.token}{query}", data=filled, follow_redirects=False)

    def praise(self, **fields: str) -> str:
        """Leave a compliment; answers the address of the customer's own page."""
        sent = self.send("compliment", **{"text": PRAISE, **fields})
        assert sent.status_code == 303, sent.text
        return str(sent.headers["location"]).removeprefix("..").partition("?")[0]


def browser(services: Services, manager: Me, about: str = "", address: str = "192.0.2.1") -> Browser:
    link_id = links.make_link(services, manager, LinkKind.CUSTOMERS, "Winkel", about)
    with services.database.reading(manager) as tx:
        link = link_by_id(tx, link_id)
    assert link is not None
    app = Starlette(routes=routes(services))
    return Browser(TestClient(app, client=(address, 1), headers={"accept-language": "en"}), link.token)


def compliments_of(office: FakeOffice) -> list[Compliment]:
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        return list(tx.exec(select(Compliment).order_by(col(Compliment.id))))


def notes_of(office: FakeOffice) -> list[CustomerNote]:
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        return list(tx.exec(select(CustomerNote).order_by(col(CustomerNote.id))))
