"""What hangs on the walls, to test with: written the way the features write it."""

from datetime import date, timedelta
from typing import Any

from bot.kernel.links import new_token
from storage.compliments import Compliment, Consent, add_compliment, compliment_by_id, fold, replace_about
from storage.database import InWorkspace
from storage.ideas import Idea
from storage.links import LinkKind, PublicLink, link_by_token
from storage.people import Part, people_by_slack_ids
from storage.stories import add_story
from tests.fakes import MONDAY, FakeOffice

TODAY = date(2026, 11, 2)


class Walls:
    """An office's walls, and its screens."""

    def __init__(self, office: FakeOffice) -> None:
        self.services = office.services
        self.workspace = InWorkspace(office.workspace_id)

    def screen(self, kind: LinkKind = LinkKind.SCREEN) -> str:
        """The token of a new screen."""
        token = new_token()
        with self.services.database.writing(self.workspace) as tx:
            tx.add(PublicLink(workspace_id=self.workspace.workspace_id, kind=kind, token=token, made_at=MONDAY))
        return token

    def revoke(self, token: str) -> None:
        with self.services.database.writing(self.workspace) as tx:
            link = link_by_token(tx, token, LinkKind.SCREEN)
            assert link
            link.revoked_at = MONDAY

    def compliment(self, text: str = "Wat een fijne winkel", about: tuple[str, ...] = (), **values: Any) -> int:
        """With consent for the full name, unless `values` (columns) say otherwise; `about` are Slack ids."""
        first = {"customer": "Joke de Vries", "consent": Consent.FULL_NAME, "day": TODAY, "entered_at": MONDAY}
        with self.services.database.writing(self.workspace) as tx:
            compliment = add_compliment(tx, text=text, **first | values)
            replace_about(tx, compliment.id or 0, people_by_slack_ids(tx, about))
            return compliment.id or 0

    def withdraw(self, compliment_id: int) -> None:
        with self.services.database.writing(self.workspace) as tx:
            tx.delete(compliment_by_id(tx, compliment_id))

    def change(self, compliment_id: int, **values: Any) -> None:
        with self.services.database.writing(self.workspace) as tx:
            compliment = compliment_by_id(tx, compliment_id)
            assert isinstance(compliment, Compliment)
            for name, value in values.items():
                setattr(compliment, name, value)
            fold(compliment)

    def story(self, teller_id: int, text: str = "Paraplu uitgeleend", **values: Any) -> int:
        """Ticked for the screen, unless `values` say otherwise."""
        first = {"day": TODAY, "told_at": MONDAY, "posted_on": TODAY, "on_screen": True}
        with self.services.database.writing(self.workspace) as tx:
            own = {"workspace_id": self.workspace.workspace_id, "teller_id": teller_id}
            return add_story(tx, text=text, **own, **first | values)

    def idea(self, title: str = "Een bankje bij de deur", **values: Any) -> int:
        """Planned since today, unless `values` say otherwise."""
        first = {
            "status": "planned", "posted_on": TODAY - timedelta(days=9), "moved_at": MONDAY, "answered_at": MONDAY,
        }  # fmt: skip
        with self.services.database.writing(self.workspace) as tx:
            own = {"workspace_id": self.workspace.workspace_id, "suggested_at": MONDAY}
            idea = Idea(title=title, **own, **first | values)
            tx.add(idea)
            tx.flush()
            return idea.id or 0

    def joined(self, *slack_ids: str, part: Part = Part.JOINED) -> None:
        """These take part."""
        with self.services.database.writing(self.workspace) as tx:
            for person in people_by_slack_ids(tx, slack_ids):
                person.part = part
