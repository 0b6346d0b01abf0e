"""What the demo's people told and said in the past weeks, through the features' own actions under a set clock."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from bot.features.budgets import following as budgets
from bot.features.change_wall import actions as change_wall
from bot.features.change_wall import managing
from bot.features.change_wall.rules import TypedAnswer, TypedIdea
from bot.features.customer_wall import actions as customer_wall
from bot.features.customer_wall.reading import TypedCompliment
from bot.features.gifts import actions as gifts
from bot.features.gifts import managing as managing_gifts
from bot.features.gifts.rules import TypedGift
from bot.features.groups import actions as groups
from bot.features.groups.rules import TypedGroup
from bot.features.links import actions as links
from bot.features.office import actions as office
from bot.features.office.typed import TypedWeek
from bot.features.participants import actions as participants
from bot.features.participants.rules import TypedChoices
from bot.features.permissions import actions as permissions
from bot.features.permissions.rules import TypedRule
from bot.features.stories import actions as stories
from bot.features.stories.rules import TypedStory
from bot.features.team_wall import actions as team_wall
from bot.features.team_wall.rules import TypedCelebration
from bot.features.to_nots import actions as to_nots
from bot.features.to_nots.rules import TypedToNot
from bot.kernel.facts import StoryAmountSet
from bot.kernel.office import Me
from bot.services import Services
from storage.links import LinkKind
from storage.participants import participant_of

ZONE = "Europe/Amsterdam"
MANAGER = "U0FATIMA"
LINKS = {
    LinkKind.SCREEN: "Televisie in de kantine",
    LinkKind.CUSTOMERS: "Balie",
    LinkKind.BOARD: "Ranglijst van de week",
    LinkKind.FIGURES: "Cijfers van het kantoor",
}

Entry = dict[str, Any]


class Past:
    """Tells the past: `me_of` says who somebody is, `send` posts what is queued."""

    def __init__(
        self,
        services: Services,
        me_of: Callable[[str], Me],
        send: Callable[[], None],
    ) -> None:
        # Of the reactions the ledger's alone: who told something is yet to be asked whether they would like a reminder.
        self._services = replace(services, reactions={StoryAmountSet: (budgets.follow_story,)})
        self._me, self._send = me_of, send
        self._tellers: Mapping[str, Callable[[Entry], None]] = {
            "story": self._story,
            "compliment": self._compliment,
            "idea": self._idea,
            "celebration": self._celebration,
            "joining": self._joining,
        }

    def tell(self, kind: str, entry: Entry) -> None:
        """Do what an entry of `demo.toml` says."""
        self._tellers[kind](entry)
        self._send()

    def make_links(self) -> None:
        """The pages that the demo leads to."""
        for kind, name in LINKS.items():
            links.make_link(self._services, self._me(MANAGER), kind, name)

    def furnish(self) -> None:
        """What managers put down: a gift cupboard, the rules that may be bent, what the team stops doing."""
        services, manager, things = self._services, self._me(MANAGER), told()
        managing_gifts.keep_cupboard(services, manager, things["cupboard"]["name"], things["cupboard"]["keeper"])
        [(cupboard, _)] = gifts.see_cupboards(services, manager).kept
        for gift in things["gift"]:
            managing_gifts.add_gift(services, manager, cupboard.id or 0, TypedGift(**gift))
        for rule in things["rule"]:
            permissions.write_rule(services, manager, TypedRule(**rule))
        for to_not in things["to_not"]:
            to_nots.propose(services, self._me(to_not["who"]), TypedToNot(to_not["text"], to_not["minutes"]))
        for group in things["group"]:
            groups.add_group(services, manager, TypedGroup(group["name"], slack_ids=group["people"]))
        office.change_settings(services, manager, TypedWeek(**things["week"]))

    def begin_reminders(self) -> None:
        """Remind who joined from now on: of the past weeks nobody is owed a reminder."""
        for entry in told()["joining"]:
            me = self._me(entry["who"])
            with self._services.database.writing(me) as tx:
                if participant := participant_of(tx, me.person_id):
                    participant.due_at = self._services.clock.now()

    def addresses(self) -> list[tuple[str, str]]:
        """The names and addresses of the links that there are."""
        return [(kept.name, kept.address) for kept in links.links_kept(self._services, self._me(MANAGER))]

    def _story(self, entry: Entry) -> None:
        told = stories.tell_story(self._services, self._me(entry["who"]), typed_story(entry))
        self._applaud(entry, lambda me: stories.applaud(self._services, me, told.story_id))

    def _compliment(self, entry: Entry) -> None:
        fields = {name: entry[name] for name in ("text", "customer", "consent", "came_in") if name in entry}
        typed = TypedCompliment(**fields, about=tuple(entry.get("about", ())))
        added = customer_wall.enter_compliment(self._services, self._me(entry["who"]), typed)
        self._applaud(entry, lambda me: customer_wall.applaud(self._services, me, added.compliment_id))

    def _idea(self, entry: Entry) -> None:
        typed = TypedIdea(entry["title"], entry.get("about", ""), entry.get("pain", ""))
        idea = change_wall.suggest(self._services, self._me(entry["who"]), typed).idea
        self._applaud(entry, lambda me: change_wall.vote(self._services, me, idea.id or 0))
        if "answer" in entry:
            answer = TypedAnswer(**entry["answer"])
            managing.answer_idea(self._services, self._me(MANAGER), idea.id or 0, answer)

    def _celebration(self, entry: Entry) -> None:
        typed = TypedCelebration(entry["text"], entry["occasion"], entry.get("about", ""))
        team_wall.post(self._services, self._me(entry["who"]), typed)

    def _joining(self, entry: Entry) -> None:
        me = self._me(entry["who"])
        participants.join_club(self._services, me, TypedChoices("09:00", "", tuple("01234"), "light", entry["board"]))

    def _applaud(self, entry: Entry, applaud: Callable[[Me], object]) -> None:
        for admirer in entry.get("applause", ()):
            applaud(self._me(admirer))


def typed_story(entry: Entry) -> TypedStory:
    """An entry of `demo.toml` as somebody would have filled in the form."""
    fields = {name: value for name, value in entry.items() if name not in {"ago", "at", "who", "applause", "helpers"}}
    return TypedStory(helpers=tuple(entry.get("helpers", ())), **fields)


def told() -> dict[str, Any]:
    """What stands in `demo.toml`."""
    return tomllib.loads(files("bot.wiring").joinpath("demo.toml").read_text(encoding="utf-8"))


def the_past(today: date) -> Iterator[tuple[datetime, str, Entry]]:
    """What was told and said: its moment (in UTC), what it is and the entry, in the order in which it happened."""
    kinds = ("joining", "story", "compliment", "idea", "celebration", "chat")
    known = told()
    moments = [(_moment(today, entry["ago"], entry["at"]), kind, entry) for kind in kinds for entry in known[kind]]
    yield from sorted(moments, key=lambda one: one[0])


def _moment(today: date, working_days_ago: int, at: time) -> datetime:
    day = today
    while working_days_ago:
        day -= timedelta(days=1)
        working_days_ago -= day.weekday() < 5
    return datetime.combine(day, at, ZoneInfo(ZONE)).astimezone(UTC)
