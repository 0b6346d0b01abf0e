"""One workspace with the parts that are its own; what is the app's (sockets, faults) all teams share."""

from dataclasses import dataclass

from bot.emulator.conversations import Conversations
from bot.emulator.delivery import Delivery
from bot.emulator.events import Events
from bot.emulator.people import People
from bot.emulator.response_urls import ResponseUrls
from bot.emulator.triggers import Triggers
from bot.emulator.views import Views
from bot.emulator.workspace import Workspace


@dataclass(frozen=True)
class Team:
    """What people do in one workspace, and what the app does there."""

    workspace: Workspace
    events: Events
    conversations: Conversations
    triggers: Triggers
    views: Views
    people: People


def new_team(workspace: Workspace, delivery: Delivery, response_urls: ResponseUrls) -> Team:
    events = Events(workspace, delivery)
    conversations, triggers, views = Conversations(events), Triggers(), Views(workspace)
    people = People(delivery, events, conversations, triggers, response_urls, views)
    return Team(workspace, events, conversations, triggers, views, people)
