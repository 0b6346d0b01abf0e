"""Stories of a year ago, for who told them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.people import Part, Person, Standing
from storage.stories import Applause, Story


def workspaces_on(tx: Session, workspace_ids: Collection[int], days: Collection[date]) -> Sequence[int]:
    """Those of these workspaces in which a story that the team may read is of one of these days."""
    found = select(Story.workspace_id).where(
        col(Story.workspace_id).in_(workspace_ids), col(Story.day).in_(days), col(Story.is_shared).is_(True)
    )
    return tx.exec(found.distinct().order_by(col(Story.workspace_id))).all()


def stories_on(tx: Session, days: Collection[date]) -> Sequence[tuple[Person, Story]]:
    """Stories of these local days by colleagues who take part, with words; of each day the most applauded first.

    Those that the team may read: what somebody kept for themselves isn't brought up.
    """
    given = select(func.count()).select_from(Applause)
    applause = given.where(col(Applause.story_id) == Story.id, col(Applause.is_given).is_(True)).scalar_subquery()
    found = select(Person, Story).join(Story, col(Story.teller_id) == Person.id)
    found = found.where(col(Story.day).in_(days), col(Story.is_shared).is_(True), Story.text != "")
    found = found.where(Person.part == Part.JOINED, Person.standing == Standing.MEMBER)
    return tx.exec(found.order_by(col(Person.id), applause.desc(), col(Story.id).desc())).all()
