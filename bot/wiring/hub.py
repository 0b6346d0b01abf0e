"""The words of /fanclub; and what has no listener of its own: help for a command, a quiet yes for an old button."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from slack_bolt import App

from bot.features.budgets import listeners as budgets
from bot.features.change_wall import listeners as change_wall
from bot.features.coach import listeners as coach
from bot.features.coach.screens import TIP
from bot.features.customer_page import listeners as customer_page
from bot.features.customer_wall import listeners as customer_wall
from bot.features.digest import listeners as digest
from bot.features.figures import listeners as figures
from bot.features.gifts import listeners as gifts
from bot.features.leaderboards import listeners as leaderboards
from bot.features.links import listeners as links
from bot.features.office import listeners as office
from bot.features.participants import listeners as participants
from bot.features.participants.screens import ABSENCE, JOIN, LEAVE, SETTINGS
from bot.features.permissions import listeners as permissions
from bot.features.stories import listeners as stories
from bot.features.stories.screens import TELL
from bot.features.team_wall import listeners as team_wall
from bot.features.thanks import listeners as thanks
from bot.features.to_nots import listeners as to_nots
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.kernel.roles import may_manage
from bot.services import Services
from bot.slack.blocks import Json, Message, filled, line, paragraph, words
from bot.slack.reply import Reply
from bot.slack.text import bare, plain
from bot.wiring import privacy

Handler = Callable[[str, Me, Services, Reply], None]  # what was typed behind the word, and who typed it

ANYTHING = re.compile(".*", re.DOTALL)
ALL = later("All that I can do: {word}")
ECHOED = 40  # characters of a word that is not known


def _refuse(_typed: str, me: Me, services: Services, reply: Reply) -> None:
    coach.open_no_but(me, services, reply)


def _story(typed: str, me: Me, services: Services, reply: Reply) -> None:
    """With words behind it they are a story; without, one to tell aloud."""
    (stories.tell if typed else digest.story_aloud)(typed, me, services, reply)


def _help(_typed: str, me: Me, _services: Services, reply: Reply) -> None:
    reply.privately(help_message(me))


@dataclass(frozen=True)
class Word:
    """One thing that /fanclub does; the first Dutch and the first English word are those that help shows."""

    nl: Sequence[str]
    en: Sequence[str]
    does: str  # an English sentence of the catalogue
    handler: Handler
    for_whom: Callable[[Me], bool] = lambda _: True  # to whom help shows it; the handler checks rights by itself
    button: tuple[str, str] | None = None  # that does the same: what it says (English), and its action

    def shown(self, say: Say) -> str:
        return self.nl[0] if say.language == "nl" else self.en[0]


# As help shows them: a heading, and its words.
GROUPS: tuple[tuple[str, tuple[Word, ...]], ...] = (
    (later("Stories and figures"), (
        Word(("vertel",), ("tell",), later("tell a fan story"), stories.tell,
             button=(later("Tell your story"), TELL)),
        Word(("verhaal",), ("story",),
             later("a story to tell aloud in a meeting, that wasn't told there before"), _story),
        Word(("tip",), ("tip",), later("a tip for making a fan"), coach.give_tip, button=(later("A tip"), TIP)),
        Word(("nee",), ("no",), later("kind words for when you must say no"), _refuse),
        Word(("topfans", "stand"), ("topfans", "board"),
             later("who made the most fans, this week or in another period"),
             leaderboards.open_board),
        Word(("cijfers", "mijn cijfers"), ("figures", "my figures"), later("your own figures, for nobody else"),
             figures.open_figures),
    )),
    (later("Walls"), (
        Word(("klantwand", "compliment"), ("customer wall", "compliment"), later("customers' compliments"),
             customer_wall.open_wall),
        Word(("idee", "ideeen"), ("idea", "ideas"), later("the wall of change: suggest something, or support it"),
             change_wall.open_wall),
        Word(("medewerkerswand", "teamwand"), ("team wall", "team"), later("births, birthdays, jokes and good news"),
             team_wall.open_wall),
        Word(("antwoord", "antwoorden"), ("answer", "answers"), later("what customers say that could be better"),
             customer_page.open_answers),
    )),
    (later("What you may do for a customer"), (
        Word(("budget",), ("budget",), later("what you may spend without asking"), budgets.open_budget),
        Word(("kast", "cadeaukast"), ("cupboard", "gifts"), later("the gift cupboard: take something for a customer"),
             gifts.open_cupboards),
        Word(("regels", "regel"), ("rules", "rule"), later("the rules that you may bend without asking"),
             permissions.open_rules),
        Word(("niet-doen", "niet doen"), ("to-not", "not to do"),
             later("what we stop doing, to have time for customers"),
             to_nots.open_list),
        Word(("bedankt", "bedankjes"), ("thanks",), later("who thanked you, and for what"), thanks.open_thanks),
    )),
    (later("Taking part"), (
        Word(("meedoen", "doe mee", "ik doe mee"), ("join",), later("take part, and be reminded"),
             participants.join_by_word, button=(later("I'll take part"), JOIN)),
        Word(("stoppen", "stop"), ("leave",), later("take part no more"), participants.leave_by_word,
             button=(later("Stop"), LEAVE)),
        Word(("instellingen", "mijn instellingen"), ("settings", "my settings"), later("your times, days and language"),
             participants.open_my_settings, button=(later("My settings"), SETTINGS)),
        Word(("afwezig", "afwezigheid", "vrij", "pauze"), ("away", "pause", "absence"),
             later("no reminders for some days"),
             participants.open_absence, button=(later("Away"), ABSENCE)),
    )),
    (later("For managers"), (
        Word(("kantoor",), ("office",), later("the office's settings"), office.open_office, for_whom=may_manage),
        Word(("uitnodigen", "nodig uit"), ("invite",),
             later("ask colleagues to take part"), participants.open_invitation,
             for_whom=lambda me: me.is_manager),
        Word(("weekbericht",), ("digest",), later("the week's post: look at it, change its words, skip it"),
             digest.open_digest, for_whom=lambda me: me.is_manager),
        Word(("links", "schermen", "poster"), ("links", "screens"),
             later("the page for customers, posters and screens"),
             links.open_links, for_whom=lambda me: me.is_manager),
    )),
    (later("Your own data"), (
        Word(("mijn gegevens", "gegevens"), ("my data", "data"), later("a file with all I keep about you"),
             privacy.see_by_word),
        Word(("wis mij", "wissen", "wis me"), ("erase me", "erase"), later("erase your name and your words"),
             privacy.erase_by_word),
        Word(("hulp",), ("help", "?"), later("this list"), _help),
    )),
)  # fmt: skip
WORDS = tuple(word for _, group in GROUPS for word in group)


def listen(command: dict[str, Any], me: Me, services: Services, reply: Reply) -> None:
    """`/fanclub [word]`: the longest word that fits gets the rest of the text."""
    typed = plain(command.get("text") or "")
    found = handler_of(typed)
    if found is None:
        reply.privately(unknown_message(typed, me))
    else:
        handler, rest = found
        handler(rest, me, services, reply)


def handler_of(typed: str) -> tuple[Handler, str] | None:
    """What does a text ask for, and what stands behind its word; None where nobody knows that word."""
    parts = tuple(map(bare, typed.split()))
    for length in range(min(LONGEST, len(parts)), 0, -1):
        if word := BY_SPELLING.get(parts[:length]):
            rest = typed.split(maxsplit=length)[length:]
            return word.handler, rest[0] if rest else ""
    return None if parts else (participants.open_club, "")


BY_SPELLING = {tuple(spelling.split()): word for word in WORDS for spelling in (*word.nl, *word.en)}
LONGEST = max(map(len, BY_SPELLING))  # words in a spelling


def unknown_message(typed: str, me: Me) -> Message:
    """For who typed a word that nobody knows: the one that looks most like it, and where all of them are."""
    say, fanclub = me.say, me.office.commands["fanclub"]
    text = say("I don't know {word} yet. No harm done.")
    blocks: list[Json] = [paragraph(*filled(text, word=words(typed[:ECHOED], italic=True)))]
    known = {spelling: word for word in WORDS if word.for_whom(me) for spelling in (*word.nl, *word.en)}
    meant = [known[one].shown(say) for one in get_close_matches(bare(typed[:ECHOED]), known, n=1, cutoff=0.8)]
    for template, word in (
        *((later("Did you mean {word}?"), one) for one in meant),
        (ALL, BY_SPELLING["help",].shown(say)),
    ):
        blocks.append(paragraph(*filled(say(template), word=words(f"{fanclub} {word}", code=True))))
    return Message(text.format(word=typed[:ECHOED]), blocks)


def help_message(me: Me) -> Message:
    """All the words, in the person's language."""
    say, fanclub = me.say, me.office.commands["fanclub"]
    opening = say("This is what you can ask with {fanclub}:", fanclub=fanclub)
    blocks: list[Json] = [line(opening)]
    for heading, group in GROUPS:
        if shown := [part for word in group if word.for_whom(me) for part in _listed(word, fanclub, say)]:
            blocks.append(paragraph(words(say(heading) + "\n", bold=True), *shown))
    story = say("And {fan} with your story tells it at once.", fan=me.office.commands["fan"])
    return Message(opening, [*blocks, line(story)])


def _listed(word: Word, fanclub: str, say: Say) -> list[Json]:
    return [words(f"{fanclub} {word.shown(say)}", code=True), words(f" · {say(word.does)}\n")]


def help_out(me: Me, reply: Reply) -> None:
    reply.privately(help_message(me))


def let_it_be(reply: Reply) -> None:
    reply.done()


def register(app: App, commands: dict[str, str]) -> None:
    """After all other listeners: the first that fits is the one that hears."""
    app.command(commands["fanclub"])(listen)
    app.command(ANYTHING)(help_out)
    app.action(ANYTHING)(let_it_be)
    app.view(ANYTHING)(let_it_be)
    app.view_closed(ANYTHING)(let_it_be)
    app.shortcut(ANYTHING)(let_it_be)
    app.event(ANYTHING)(let_it_be)
