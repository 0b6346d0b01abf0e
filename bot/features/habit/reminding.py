"""The tick: whoever is due gets a reminder, or another moment; workspace by workspace, a batch at a time."""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import structlog
from sqlmodel import Session

from bot.features.habit import rules, screens
from bot.features.habit.planning import Decision, Planner, known_of
from bot.features.habit.rules import Calm, Verdict, Volume
from bot.kernel.office import Say
from bot.services import Services
from bot.slack.blocks import Message
from storage.database import InWorkspace
from storage.participants import workspaces_with_due
from storage.reminders import Answer, note_reminders
from storage.reminding import (
    DuePerson,
    Next,
    change_people,
    note_first_reminders,
    note_reminded,
    people_due,
    plan_people,
)
from storage.tips import show_tips

log = structlog.get_logger()

BATCH = 500  # people a transaction: what is held in memory, and for how long others wait
TOLD_WITHIN = timedelta(days=8)  # a story of a day is told within a week of it


def remind_due(services: Services, batch: int = BATCH) -> None:
    """Queue every reminder that is due now, in all workspaces; what is too late is dropped, and counted in the log.

    Workspaces take turns, so that a large one holds up no other.
    """
    with services.database.reading() as tx:
        waiting = deque(workspaces_with_due(tx, services.clock.now()))
    queued, dropped = Counter[int](), Counter[int]()
    while waiting:
        workspace_id = waiting.popleft()
        try:
            done = _remind_some(services, workspace_id, batch, queued[workspace_id])
        except Exception:  # its people stay due for the next tick; the other workspaces go on
            log.exception("reminders failed", workspace=workspace_id)
            continue
        queued[workspace_id] += done.queued
        dropped[workspace_id] += done.dropped
        if done.is_more:
            waiting.append(workspace_id)
    for workspace_id, count in (+dropped).items():
        log.info("reminders dropped", workspace=workspace_id, count=count)


@dataclass(frozen=True)
class Done:
    """What a batch came to."""

    queued: int = 0
    dropped: int = 0
    is_more: bool = False


def _remind_some(services: Services, workspace_id: int, limit: int, turns: int) -> Done:
    """One batch of a workspace, of whose people `turns` were reminded in this tick already."""
    with services.database.writing(InWorkspace(workspace_id), patient=True) as tx:
        now = services.clock.now()
        people = people_due(tx, now, limit, now - TOLD_WITHIN)
        if not people:
            return Done()
        planner = Planner(services.office(tx), now, known_of(tx, people, now, services.tips))
        batch = Batch(services, planner, turns)
        for person in people:
            batch.take(person)
        batch.save(tx)
        return Done(len(batch.posts), batch.dropped, batch.is_more or len(people) == limit)


@dataclass
class Batch:
    """Some people of one workspace: what becomes of each, gathered to be written at once."""

    services: Services
    planner: Planner
    turns: int  # that reminders of this workspace had before
    dropped: int = 0
    posts: list[tuple[str, Message, str]] = field(default_factory=list)
    _within: list[timedelta] = field(default_factory=list)  # of each post: how long it still fits its moment
    _plans: dict[Next, list[int]] = field(default_factory=lambda: defaultdict(list))
    _reminded: dict[tuple[Next, date, bool, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    _first: dict[date, list[int]] = field(default_factory=lambda: defaultdict(list))
    _again: list[Mapping[str, Any]] = field(default_factory=list)
    _changed: list[Mapping[str, Any]] = field(default_factory=list)
    _over: dict[tuple[Say, bool], list[str]] = field(default_factory=lambda: defaultdict(list))
    _tips: list[tuple[int, str, date]] = field(default_factory=list)

    @property
    def is_more(self) -> bool:
        """Whether somebody's next moment has come as well."""
        moments = [then.due_at for then in self._plans] + [then.due_at for then, *_ in self._reminded]
        return any(moment is not None and moment <= self.planner.now for moment in moments)

    def take(self, person: DuePerson) -> None:
        """Decide what becomes of one person."""
        decision = self.planner.decide(person)
        if decision is None:
            self._plans[Next()].append(person.person_id)
        elif decision.verdict == Verdict.SEND:
            self._send(person, decision, self._asked(person, decision))
        else:
            self.dropped += decision.verdict == Verdict.TOO_LATE
            self._plans[decision.then].append(person.person_id)

    def save(self, tx: Session) -> None:
        for then, people in self._plans.items():
            plan_people(tx, people, then)
        for (then, day, has_second, unanswered), people in self._reminded.items():
            note_reminded(tx, people, then, day, has_second, unanswered)
        for day, people in self._first.items():
            note_first_reminders(tx, people, day, ("reminder:", f":{day}"), self.planner.now)
        note_reminders(tx, self._again)
        change_people(tx, self._changed)
        show_tips(tx, self._tips)
        for (say, is_back), keys in self._over.items():
            message = screens.back_message(say) if is_back else screens.over_message(say)
            self.services.outbox.close_alike(tx, keys, message, self.turns)
        self.services.outbox.post_many(tx, self.posts, self.turns, self._within)

    def _asked(self, person: DuePerson, decision: Decision) -> screens.Asked:
        """What the reminder says. A day's second one, and one that was put off, have a line and a tip alone."""
        day, topics, calm = decision.day, self.services.topics, Calm.KEEP
        is_first = not person.due_is_second and not person.day_posts
        if is_first:
            calm = rules.asks_calmer(person.unanswered, person.was_asked_calmer, decision.plan.volume)
        has_room = is_first and calm is Calm.KEEP
        milestone, passed = self.planner.milestones(person, decision.plan, day) if has_room else (None, 0)
        has_topic = has_room and milestone is None and rules.wants_topic(person.last_topic_on, day)
        return screens.Asked(
            person_id=person.person_id,
            day=day,
            number=decision.number,
            at=decision.at,
            tip=self.planner.known.tips.get(person.person_id),
            topic=topics[person.said_topics % len(topics)] if topics and has_topic else None,
            milestone=milestone,
            passed=passed,
            calm=calm,
        )

    def _send(self, person: DuePerson, decision: Decision, asked: screens.Asked) -> None:
        office, key = self.planner.office, _key(person)
        say = self.services.speakers.get(person.language or "", office.say)
        message = screens.reminder_message(asked, say, office.commands.get("fanclub", "/fanclub"))
        self.posts.append((key, message, person.slack_id))
        self._within.append(person.due_at + rules.LATEST - self.planner.now)
        if person.last_key and person.last_answer in (None, Answer.SNOOZED):  # no dead button stays behind
            is_back = person.last_answer is not None and person.last_day == asked.day
            self._over[say, is_back].append(person.last_key)
        if asked.tip is not None:
            self._tips.append((person.person_id, asked.tip.id, asked.day))
        then = self.planner.then_weekly(person) if asked.calm is Calm.WEEKLY else decision.then
        self._reminded[then, asked.day, decision.has_second, 1 - person.due_is_second].append(person.person_id)
        self._note(person, asked, key)

    def _note(self, person: DuePerson, asked: screens.Asked, key: str) -> None:
        if person.day_posts is None:
            self._first[asked.day].append(person.person_id)
        else:
            again = {"person_id": person.person_id, "day": asked.day, "posts": person.day_posts + 1}
            self._again.append({**again, "last_key": key, "reminded_at": self.planner.now})
        said = max(asked.passed, person.said_milestone)
        if asked.calm is Calm.KEEP and said == person.said_milestone and asked.topic is None:
            return
        self._changed.append(
            {
                "of_person": person.person_id,
                "volume": Volume.WEEKLY if asked.calm is Calm.WEEKLY else person.volume,
                "was_asked_calmer": person.was_asked_calmer or asked.calm is Calm.ASK,
                "said_milestone": said,
                "said_topics": person.said_topics + (asked.topic is not None),
                "last_topic_on": asked.day if asked.topic else person.last_topic_on,
            }
        )


def _key(person: DuePerson) -> str:
    """The outbox's key: a day has one first reminder and one second; those that were put off are numbered."""
    first = f"reminder:{person.person_id}:{person.due_day}"
    if person.day_answer == Answer.SNOOZED:
        return f"{first}:s{person.day_posts}"
    return f"{first}:2" if person.due_is_second else first
