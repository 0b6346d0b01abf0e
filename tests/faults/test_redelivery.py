"""The same request more than once: an event again, also under another id; a command; a click; an envelope."""

import pytest
from sqlmodel import col, func, select

from storage.database import Database
from storage.stories import Applause, Story
from tests.faults.world import FANS, World, at_once, drafts_kept
from tests.programs import Program, wait_until


def everything_twice(world: World, program: Program, *, new_id: bool) -> None:
    """Commands, messages and clicks of several people, each delivered two times at once."""
    world.emulator.faults.replace([{"kind": "deliver_twice", "new_id": new_id}])
    at_once(
        lambda: _tell(world, "U0SANNE", "Verhaal van Sanne: deur opengehouden"),
        lambda: _tell(world, "U0BRAM", "Verhaal van Bram: deur opengehouden"),
        lambda: world.act("say", user="U0KEES", text="Iemand geholpen met zijn fiets"),
        lambda: world.act("say", user="U0LOTTE", text="Iemand geholpen met een pakje"),
    )
    database = Database(program.database_url)
    wait_until(lambda: world.all_posted(database), "all is posted")
    _applaud(world, "U0KEES", "Verhaal van Sanne")
    _click(world, "U0LOTTE", "draft.share")
    world.acknowledged.append("Iemand geholpen met een pakje")
    world.end_with_each_once()
    assert list(drafts_kept(database)) == ["Iemand geholpen met zijn fiets"]
    with database.reading() as tx:
        given = select(func.count()).select_from(Applause).where(col(Applause.is_given).is_(True))
        assert tx.exec(given).one() == 1
        assert tx.exec(select(func.count()).select_from(Story)).one() == 3
    database.close()
    assert [len(world.written_by_bot_to(user)) for user in ("U0KEES", "U0LOTTE")] == [1, 1]


def _tell(world: World, user: str, text: str) -> None:
    """One of the two deliveries is answered with a story, the other with nothing; which one, is chance."""
    assert world.act("command", user=user, channel=FANS, command="/fan", text=text)["ok"]
    world.acknowledged.append(text)


def _applaud(world: World, user: str, words: str) -> None:
    messages = world.emulator.workspace.messages[FANS]
    ts = next(message.ts for message in messages if words in message.text)
    assert world.act("click", user=user, channel=FANS, ts=ts, action_id="story.applaud")["ok"]


def _click(world: World, user: str, action_id: str) -> None:
    workspace = world.emulator.workspace
    channel = workspace.im_of(user).id
    ts = next(message.ts for message in workspace.messages[channel] if message.user == "U0BOT")
    assert world.act("click", user=user, channel=channel, ts=ts, action_id=action_id)["ok"]


@pytest.mark.parametrize(
    ("over_socket", "new_id"), [(False, False), (True, False), (True, True)], ids=["http", "socket", "another_id"]
)
def test_what_is_delivered_twice_happens_once(world: World, over_socket: bool, new_id: bool) -> None:
    everything_twice(world, world.running(over_socket=over_socket), new_id=new_id)
