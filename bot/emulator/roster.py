"""The workspaces that there are to begin with: De Linde, furniture makers in Deventer, and De Wilg, a second one."""

from bot.emulator.clock import Clock
from bot.emulator.model import Channel, User, UserGroup
from bot.emulator.workspace import SLACKBOT, Workspace

TEAM = "T0LINDE"
BOT = User("U0BOT", "bot", "Bot", is_bot=True)

PERSONAS = [
    User("U0SANNE", "sanne", "Sanne de Vries", "Receptie", is_persona=True),
    User("U0BRAM", "bram", "Bram Jansen", "Verkoop binnendienst", is_persona=True),
    User("U0FATIMA", "fatima", "Fatima el Amrani", "Manager klantenservice", is_persona=True),
    User("U0JEROEN", "jeroen", "Jeroen Bakker", "ICT-beheer", is_admin=True, is_persona=True),
]

COLLEAGUES = [
    User("U0LOTTE", "lotte", "Lotte Visser", "Klantenservice"),
    User("U0DAAN", "daan", "Daan Mulder", "Monteur", status_text="Op vakantie", status_emoji=":palm_tree:"),
    User("U0AYSE", "ayse", "Ayşe Yılmaz", "Administratie"),
    User("U0KEES", "kees", "Kees van den Berg", "Magazijn"),
    User("U0INGRID", "ingrid", "Ingrid Smit", "Marketing"),
    User("U0RUBEN", "ruben", "Ruben Dekker", "Verkoop buitendienst"),
    User("U0WARD", "ward", "Ward Peeters", "Showroom Antwerpen", tz="Europe/Brussels"),
    User("U0MEI", "mei", "Mei Lin Chan", "Ontwerp", locale="en-GB"),
]

OTHERS = [
    User("U0GAST", "gast", "Tom Hendriks", "Inhuur", is_restricted=True),
    User("U0OUD", "petra", "Petra Kuipers", "Met pensioen", deleted=True),
    User("U0VREEMD", "olga", "Olga Novak", "Leverancier", team_id="T0ELSEWHERE"),
    User(SLACKBOT, "slackbot", "Slackbot", is_bot=True),
]


def de_linde(clock: Clock) -> Workspace:
    """A fresh copy: what happens in one workspace doesn't reach the next."""
    people = [*PERSONAS, *COLLEAGUES, *OTHERS]
    everyone = {user.id for user in [*PERSONAS, *COLLEAGUES]}
    with_bot = everyone | {BOT.id}
    channels = [
        Channel("C0ALGEMEEN", "algemeen", members=everyone | {"U0GAST"}, topic="Voor iedereen bij De Linde"),
        Channel("C0FANS", "fans", members=with_bot | {"U0VREEMD"}, topic="Elke werkdag één klant fan"),
        Channel("C0KLANTWAND", "klantwand", members=set(with_bot), topic="Wat klanten over ons zeggen"),
        Channel("C0WALL", "wall-of-change", members=set(with_bot), topic="Wat we anders gaan doen"),
        Channel("C0TEAM", "medewerkerswand", members=set(with_bot), topic="Geboortes, jarigen, grappen en goed nieuws"),
    ]
    groups = [
        UserGroup("S0VERKOOP", "verkoop", "Verkoop", ["U0BRAM", "U0RUBEN", "U0WARD"]),
        UserGroup("S0SERVICE", "service", "Klantenservice", ["U0SANNE", "U0FATIMA", "U0LOTTE"]),
    ]
    users = [User(**vars(user)) for user in people]
    bot = User(**vars(BOT))
    return Workspace(TEAM, "De Linde", users, channels, clock, bot=bot, domain="de-linde", groups=groups)


def de_wilg(clock: Clock) -> Workspace:
    """A small one, for who wants to see one app in two workspaces."""
    bot = User("U1BOT", "bot", "Bot", is_bot=True)
    users = [
        User("U1NOOR", "noor", "Noor van Dam", "Eigenaar", is_admin=True, is_persona=True),
        User("U1SEM", "sem", "Sem de Boer", "Bakker", is_persona=True),
        User(SLACKBOT, "slackbot", "Slackbot", is_bot=True),
    ]
    members = {"U1NOOR", "U1SEM", bot.id}
    channels = [
        Channel("C1ALGEMEEN", "algemeen", members={"U1NOOR", "U1SEM"}),
        Channel("C1FANS", "fans", members=members),
    ]
    return Workspace("T1WILG", "De Wilg", users, channels, clock, bot=bot, bot_id="B1BOT", domain="de-wilg")
