"""What is kept about one person, table by table: to show it to them, and to erase it."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from storage.groups import GroupMember, PeopleGroup
from storage.handled import HandledRequest
from storage.office import OfficeChange
from storage.outbox import Post
from storage.participants import Participant, Volume
from storage.people import Part, Person, Standing
from storage.rows import Owned, naming
from storage.stories import Story

AT_A_TIME = 500  # rows

Table = type[Owned]


def rows_about(tx: Session, table: Table, column: str, person_id: int) -> list[dict[str, Any]]:
    """The rows whose `column` holds this person, without that column and the workspace's."""
    found = select(table).where(getattr(table, column) == person_id).execution_options(yield_per=AT_A_TIME)
    return [row.model_dump(exclude={"workspace_id", column}) for row in tx.exec(found)]


def delete_about(tx: Session, table: Table, column: str, person_id: int) -> None:
    """Delete the rows whose `column` holds this person."""
    gone = delete(table).where(getattr(table, column) == person_id)
    tx.exec(gone.execution_options(synchronize_session=False))


def groups_with(tx: Session, person_id: int) -> Sequence[str]:
    """The names of the groups that somebody is in."""
    found = select(PeopleGroup.name).join(GroupMember, col(GroupMember.group_id) == PeopleGroup.id)
    return tx.exec(found.where(GroupMember.person_id == person_id).order_by(col(PeopleGroup.name))).all()


def messages_to(tx: Session, slack_id: str) -> list[dict[str, str]]:
    """What the bot wrote to somebody: the keys and the texts, in their order; without Home."""
    found = select(Post.key, Post.body).where(Post.target == slack_id, col(Post.is_home).is_(False))
    told = tx.exec(found.where(col(Post.body).is_not(None)).order_by(col(Post.id)))
    return [{"key": key, "text": str((body or {}).get("text", ""))} for key, body in told]


def requests_of(tx: Session, slack_id: str) -> Sequence[str]:
    """The keys of handled requests that name somebody; they are kept for a day."""
    return tx.exec(select(HandledRequest.key).where(naming(col(HandledRequest.key), slack_id))).all()


def forget_requests(tx: Session, slack_id: str) -> None:
    gone = delete(HandledRequest).where(naming(col(HandledRequest.key), slack_id))
    tx.exec(gone.execution_options(synchronize_session=False))


def make_nameless(tx: Session, person_id: int, now: datetime) -> None:
    """Keep the row that others point at, and nothing in it that leads to somebody. Whoever returns is a newcomer."""
    person = tx.exec(select(Person).where(Person.id == person_id)).one()
    person.slack_id, person.name, person.zone, person.language = f"erased:{person_id}", "", None, None
    person.standing, person.is_admin, person.part = Standing.GONE, False, Part.LEFT
    person.home_opened_at, person.profile_at = None, now  # nobody asks Slack who this is
    tx.flush()


def blank_participant(tx: Session, person_id: int, now: datetime) -> None:
    """Somebody took part, and left; how and how well is forgotten."""
    taken = update(Participant).where(col(Participant.person_id) == person_id)
    tx.execute(
        taken.values(
            left_at=now, due_at=None, due_day=None, due_is_second=False, on_board=False, last_day=None,
            remind_at=time(9), second_at=time(16), volume=Volume.LIGHT, has_second=False, unanswered=0,
            was_asked_calmer=False, said_milestone=0, said_topics=0, last_topic_on=None,
        ).execution_options(synchronize_session=False)
    )  # fmt: skip


def blank_stories(tx: Session, teller_id: int) -> Sequence[int]:
    """Take the words out of somebody's stories, which stay as counts; answers those the team got, newest first."""
    mine = col(Story.teller_id) == teller_id
    posted = select(Story.id).where(mine, col(Story.posted_on).is_not(None), Story.text != "")
    ids = [story_id or 0 for story_id in tx.exec(posted.order_by(col(Story.id).desc()))]
    silent = update(Story).where(mine).values(text="", customer="", on_screen=False)
    tx.execute(silent.execution_options(synchronize_session=False))
    return ids


def strike_from_history(tx: Session, names: Collection[str], slack_id: str) -> None:
    """Take a Slack id out of the lists that settings with these names once had."""
    for change in tx.exec(select(OfficeChange).where(col(OfficeChange.name).in_(list(names)))):
        if isinstance(change.value, list) and slack_id in change.value:
            change.value = [one for one in change.value if one != slack_id]
    tx.flush()
