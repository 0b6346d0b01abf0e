"""What stands on a wall outside Slack: a card for each compliment, story and idea, in the office's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.features.wall_screen import rules
from bot.i18n.translate import later
from bot.kernel.office import Say
from bot.kernel.wording import without_name
from storage.compliments import shown_name
from storage.ideas import Idea, Status
from storage.on_the_wall import Praise
from storage.people import Person
from storage.stories import Story

STATUSES = {
    Status.NEW: later("New"),
    Status.CONSIDERED: later("Under consideration"),
    Status.PLANNED: later("Planned"),
    Status.DOING: later("Being done"),
    Status.DONE: later("Done"),
    Status.NO_BUT: later("No, but…"),
}
WALLS = {
    "compliments": later("Compliments"),
    "stories": later("Fan stories"),
    "ideas": later("Ideas"),
}
LENGTHS = {25: "brief", 90: "short", 180: "middle"}  # characters up to which a text has letters of this size


@dataclass(frozen=True)
class Card:
    """One thing on the wall, in words that a template escapes."""

    key: str  # what it is, also after it was changed
    kind: str  # compliment, story, idea or empty
    text: str
    who: str = ""  # who said it, told it, or how far it is
    about: str = ""  # whom it is about
    day: str = ""
    status: str = ""  # of an idea, for its colour
    more: str = ""  # of an idea in a list: what is told about it

    @property
    def length(self) -> str:
        """How large the letters may begin."""
        return next((name for most, name in LENGTHS.items() if len(self.text) <= most), "long")


@dataclass(frozen=True)
class Wall:
    """All that a screen shows at one moment."""

    say: Say
    cards: Sequence[Card]
    today: date
    count: int  # of today's stories
    is_resting: bool
    company: str = ""  # whose walls they are


def compliment_card(praise: Praise, say: Say, today: date, longest: int | None = None) -> Card:
    """`longest` is how many characters are shown of the words; None: all of them."""
    one = praise.compliment
    return Card(
        key=f"compliment:{one.id}",
        kind="compliment",
        text=_shown(_as_seen(one.text, praise.about, say), longest),
        who=shown_name(one) or say("a customer"),
        about=say("for {who}", who=_names(praise.about, say)) if praise.about else say("for everybody"),
        day=_day(one.day, say, today),
    )


def story_card(story: Story, teller: Person, say: Say, today: date, longest: int | None = None) -> Card:
    """Without the customer's name, as in the post."""
    return Card(
        key=f"story:{story.id}",
        kind="story",
        text=_shown(story.text, longest),
        who=rules.first_name(teller) or say("a colleague"),
        day=_day(story.posted_on or story.day, say, today),
    )


def idea_card(idea: Idea, say: Say, today: date, *, is_whole: bool = False) -> Card:
    """What is suggested and how far it is, or how long it waits; never who suggested it. Moved it is another card.

    `is_whole`: with what is told about it, as in a list.
    """
    text, more = rules.words_of(idea.title, idea.about) if is_whole else (idea.title, "")
    return Card(
        key=f"idea:{idea.id}:{idea.status}",
        kind="idea",
        text=text,
        more=more,
        who=say(STATUSES[Status(idea.status)]),
        about=_waiting(idea, say, today),
        day=_day(idea.posted_on or today, say, today),
        status=idea.status,
    )


def empty_card(say: Say) -> Card:
    """For a wall on which there is nothing yet."""
    return Card(key="empty", kind="empty", text=say("Here the first compliment will hang. Who makes a fan today?"))


def _day(day: date, say: Say, today: date) -> str:
    """With its year, when that is another than ours."""
    return say.day(day) if day.year == today.year else f"{say.day(day)} {day.year}"


def _waiting(idea: Idea, say: Say, today: date) -> str:
    if idea.answered_at is not None or idea.posted_on is None:
        return ""
    days = (today - idea.posted_on).days
    return say.plural("waits {number} day for an answer", "waits {number} days for an answer", days) if days > 0 else ""


def _shown(text: str, longest: int | None) -> str:
    return text if longest is None else rules.excerpt(text, longest)


def _as_seen(text: str, people: Sequence[Person], say: Say) -> str:
    """The words with the first names of these people alone, and without those of who didn't choose to be seen."""
    for person in people:
        text = without_name(text, person.name, rules.first_name(person) or say("a colleague"))
    return text


def _names(people: Sequence[Person], say: Say) -> str:
    """First names as far as people chose to be seen, and the others together as one colleague or some."""
    named = [name for name in map(rules.first_name, people) if name]
    others = len(people) - len(named)
    if others:
        named.append(say("{number} colleagues", number=others) if others > 1 else say("a colleague"))
    *names, last = named
    return say("{names} and {last}", names=", ".join(names), last=last) if names else last


def count_line(wall: Wall) -> str:
    """What stands behind the count of today's stories."""
    return wall.say.plural("fan made today", "fans made today", wall.count)
