"""What figures are called, and the sentences that Slack and the page have in common."""

from collections.abc import Sequence

from bot.features.figures.rules import FANS_A_YEAR, OfficeFigures, OfficeLine, Own, Share
from bot.i18n.translate import later
from bot.kernel.boards import MIN_GROUP
from bot.kernel.office import Office, Say
from bot.kernel.periods import Period, PeriodKind, name_of
from storage.figures import AFTER, Gesture
from storage.stories import Moment

MONTHS_SAID = 6  # of one's own
MOMENTS: dict[str, str] = {
    Moment.SAYING_NO: later("A no, but…"),
    Moment.COMPLAINT: later("A complaint"),
    Moment.QUESTION: later("A question or a problem"),
    Moment.NOT_OURS: later("Not our problem"),
    Moment.OTHER: later("Something else"),
}
GESTURES: dict[str, str] = {
    Gesture.FREE: later("Free of charge"),
    Gesture.PAID: later("Money spent"),
    Gesture.GIFT: later("From the cupboard"),
}
WEEKDAYS = (
    *(later("Monday"), later("Tuesday"), later("Wednesday"), later("Thursday"), later("Friday")),
    *(later("Saturday"), later("Sunday")),
)


def kind_called(kind: str, say: Say) -> str:
    """A moment or a gesture by its name."""
    return say({**MOMENTS, **GESTURES}[kind])


def short_name(period: Period, say: Say) -> str:
    """A week or a month beneath a chart of twelve: no two of them are called alike."""
    if period.kind == PeriodKind.WEEK:
        return str(period.first.isocalendar().week)
    name = name_of(period, period.first, say)
    return "mrt" if name.startswith("maart") else name[:3]


def plain_points(line: OfficeLine, say: Say) -> list[tuple[str, float]]:
    """Weeks where no axis says that they are: each of them, for beside it stands how much it is."""
    return [(say("wk {number}", number=short_name(period, say)), count or 0) for period, count in line]


def points_of(line: OfficeLine, say: Say) -> list[tuple[str, float]]:
    """What a chart draws: what has a number."""
    return [(short_name(period, say), count) for period, count in line if count is not None]


def counts_of(line: OfficeLine, say: Say) -> list[str]:
    """How much each is, in words where that would be a few people's own."""
    return [say("not shown") if count is None else str(count) for _, count in line]


def decimal(number: float, say: Say) -> str:
    """With one decimal, as people write it: 3,5 in Dutch."""
    written = f"{number:.1f}"
    return written.replace(".", ",") if say.language == "nl" else written


def own_sentence(own: Own, say: Say) -> str:
    return say(
        "Your fans: {week} this week, {month} this month, {year} in twelve months.",
        week=own.weeks[-1][1], month=own.months[-1][1], year=own.year,
    )  # fmt: skip


def own_facts(own: Own, currency: str, say: Say) -> list[str]:
    """What else there is to say of somebody's own stories, a sentence each."""
    months = ", ".join(f"{short_name(month, say)} {count}" for month, count in own.months[-MONTHS_SAID:])
    facts = [say("Each month: {list}.", list=months)]
    if own.best is not None:
        facts.append(say("Your best day: {day}.", day=say(WEEKDAYS[own.best])))
    moments = [(kind, count) for kind, count in own.moments.items() if kind is not None]
    if moments:
        facts.append(say("Moments: {list}.", list=_counted(sorted(moments, key=lambda one: (-one[1], one[0])), say)))
    gestures = [(kind, own.gestures[kind]) for kind in Gesture if own.gestures.get(kind)]
    if gestures:
        facts.append(say("Gestures: {list}.", list=_counted(gestures, say)))
    if own.cents_a_fan is not None:
        facts.append(say("What a fan cost on average: {amount}.", amount=say.money(own.cents_a_fan, currency)))
    return facts


def _counted(kinds: Sequence[tuple[str, int]], say: Say) -> str:
    return ", ".join(f"{kind_called(kind, say)} {count}" for kind, count in kinds)


def office_sentence(figures: OfficeFigures, say: Say) -> str:
    if figures.year is None:
        return say("There is not enough to tell of the office yet.")
    return say.plural("The office made {number} fan in the last twelve months.",
                      "The office made {number} fans in the last twelve months.", figures.year)  # fmt: skip


def office_facts(figures: OfficeFigures, office: Office, say: Say) -> list[str]:
    """What there is to say of the office in numbers, a sentence each; never who did not."""
    facts = []
    if figures.a_day is not None:
        facts.append(say("Fans a working day: {number}.", number=decimal(figures.a_day, say)))
    if figures.taking_part is not None:
        facts.append(
            say("{told} of the {people} who take part told something in the last four weeks.",
                told=figures.taking_part.told, people=figures.taking_part.people)
        )  # fmt: skip
    if figures.pace is not None:
        facts.append(
            say("At this pace the year ends at {fans} fans. For each who takes part it is {each} in a whole year; "
                "who keeps it up makes about {book}.",
                fans=figures.pace.fans, each=figures.pace.each, book=FANS_A_YEAR)
        )  # fmt: skip
    if figures.cents_a_fan is not None:
        facts.append(
            say("What a fan cost on average: {amount}.", amount=say.money(figures.cents_a_fan, office.currency))
        )
    return facts


def too_few(say: Say) -> str:
    return say("Once {number} colleagues have told something, more stands here: until then it would be somebody's own.",
               number=MIN_GROUP)  # fmt: skip


def share_line(share: Share, say: Say) -> str:
    """How stories of one kind were received."""
    return say(
        "{applause} applause and {compliments} compliments a story ({number})",
        applause=decimal(share.applause, say), compliments=decimal(share.compliments, say), number=share.stories,
    )  # fmt: skip


def followed_note(say: Say) -> str:
    """How compliments come to stand beside a story, and what is left out."""
    return say(
        "Compliments: about the teller, at most {days} days after the story; whether because of it, nobody knows. "
        "What fewer than {few} colleagues told isn't shown by itself.",
        days=AFTER, few=MIN_GROUP,
    )  # fmt: skip
