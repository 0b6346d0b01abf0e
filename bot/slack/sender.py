"""The thread that posts what is queued: claims it, paces it, posts it, and writes down how that went."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

import structlog
from slack_sdk import WebClient
from sqlmodel import Session

from bot.kernel.clock import RealClock
from bot.slack.delivery import MENDABLE, Contents, Dropped, Found, Later, Outcome, Refused, Stands, attempt
from bot.slack.pace import Pace
from storage.database import Database
from storage.many_posts import drop_late_posts, is_late
from storage.outbox import (
    ERASED,
    Post,
    claim_post,
    forget_erased,
    forget_posts,
    is_any_due,
    is_behind,
    next_due,
    posts_due,
    release_parked_for,
    settle_post,
    thread_of,
)

log = structlog.get_logger()

PATIENCE = timedelta(seconds=30)  # after this a claim counts as lost; longer than Slack's slowest answer
BATCH = 20  # posts a round
WORKERS = 4  # posts under way at the same time
BREATH = 0.25  # seconds between looks at a line that can't move: each new story in a busy channel rings the bell
POLL = 2.0  # seconds; another replica's commit wakes nobody here

Parked = Callable[[Session, Post, str], None]


class Sender:
    """Posts the outbox of all workspaces.

    `slack` gives a workspace's client, `when_parked` hears of refusals, `work` is set when there is something to post,
    `contents` gives what is in a post that is a file.
    """

    def __init__(
        self,
        database: Database,
        slack: Callable[[int], WebClient],
        clock: RealClock,
        pace: Pace,
        when_parked: Parked,
        work: threading.Event,
        contents: Contents = lambda _: "",
    ) -> None:
        self._database, self._slack, self._clock, self._pace = database, slack, clock, pace
        self._when_parked, self._work, self._contents = when_parked, work, contents
        self._stopping = threading.Event()
        self._first: datetime | None = None  # when the first waiting post is due, as of the last look
        self._thread = threading.Thread(target=self._run, name="sender", daemon=True)
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="post")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the posts that are under way."""
        self._stopping.set()
        self._work.set()
        if self._thread.is_alive():
            self._thread.join()
        self._workers.shutdown()

    def send_due(self) -> int:
        """Post what may be posted now; answers how many attempts that were."""
        claimed = self._claim()
        list(self._workers.map(lambda work: self._send(*work), claimed))
        return len(claimed)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._work.clear()
            try:
                if self.send_due():
                    continue
                pause, is_held = self._pause()
                if is_held:
                    self._stopping.wait(min(BREATH, pause))
            except Exception:  # the database is away; the posts are safe in it, and this thread must live on
                log.exception("sending failed")
                pause = POLL
            self._work.wait(pause)

    def _pause(self) -> tuple[float, bool]:
        """Seconds until something may be due, and whether something is that can't be sent yet."""
        seconds = (self._first - self._clock.now()).total_seconds() if self._first else POLL
        is_held = seconds <= 0
        if is_held:  # its channel has to wait, or somebody else has it
            held = self._pace.wait()
            seconds = held if held is not None else POLL
        return max(0.01, min(seconds, POLL)), is_held

    def _claim(self) -> Sequence[tuple[Post, str, str | None]]:
        """Posts that are ours to send now, no two to the same target: their order is kept."""
        channels, workspaces = self._pace.blocked()
        now = self._clock.now()
        with self._database.asking() as tx:
            self._first = next_due(tx)
            if self._first is None or self._first > now or not is_any_due(tx, now, channels, workspaces):
                return []
        claimed = []
        with self._database.writing() as tx:
            taken: set[tuple[int, str]] = set()
            for post in self._in_time(tx, posts_due(tx, now, BATCH, channels, workspaces), now):
                where, claim = (post.workspace_id, post.target), token_hex(8)
                if where not in taken and claim_post(tx, post, claim, now, PATIENCE):
                    taken.add(where)
                    claimed.append((post, claim, thread_of(tx, post)))
        return claimed

    def _in_time(self, tx: Session, due: Sequence[Post], now: datetime) -> Sequence[Post]:
        """These without what is posted no more; if there is any such, all of it is dropped, and counted in the log."""
        late = {post.id for post in due if is_late(post, now) and not post.is_uncertain}
        if late:
            for workspace_id, count in drop_late_posts(tx, now).items():
                log.warning("posts dropped", workspace=workspace_id, count=count)
        return [post for post in due if post.id not in late]

    def _send(self, post: Post, claim: str, thread_ts: str | None) -> None:
        if self._stopping.is_set():  # the rest of a round, behind posts that took long
            with self._database.writing() as tx:
                settle_post(tx, post.id or 0, claim, is_uncertain=post.is_uncertain, attempts=post.attempts)
            return
        is_new = post.ts is None and post.body is not None and not post.is_home
        self._pace.count(post.workspace_id, post.target if is_new else None)
        late = is_late(post, self._clock.now())
        outcome = attempt(self._slack(post.workspace_id), post, thread_ts, self._contents, is_late=late)
        if isinstance(outcome, Later) and outcome.is_rate_limit:
            self._pace.pause(post.workspace_id, post.target, outcome.seconds)
        with self._database.writing(patient=True) as tx:
            settle_post(tx, post.id or 0, claim, **self._settled(post, outcome))
            if post.key.startswith(ERASED):
                forget_erased(tx, post.id or 0, unless=MENDABLE)
            elif isinstance(outcome, Refused) and outcome.reason != "thread_not_found":
                self._when_parked(tx, post, outcome.reason)
            if isinstance(outcome, Stands) and is_new and self._release_others(tx, post):
                self._work.set()
        if isinstance(outcome, Dropped):
            log.warning("posts dropped", workspace=post.workspace_id, count=1)
        elif isinstance(outcome, Later | Refused):
            log.warning("not posted", key=post.key, outcome=type(outcome).__name__, reason=outcome.reason)
        else:
            log.debug("posted", key=post.key, outcome=type(outcome).__name__)

    def _release_others(self, tx: Session, post: Post) -> bool:
        """Something was posted there: what was refused before gets another chance, and a next refusal is news again."""
        if not release_parked_for(tx, post.workspace_id, post.target, MENDABLE, self._clock.now()):
            return False
        forget_posts(tx, post.workspace_id, f"parked:%:{post.target}:%")
        return True

    def _settled(self, post: Post, outcome: Outcome) -> dict[str, Any]:
        match outcome:
            case Stands(channel, ts):
                again = {"token": token_hex(16)} if ts is None else {}  # the next message is another one
                return again | {
                    "channel": channel, "ts": ts, "sent_revision": post.revision, "attempts": 0,
                    "is_uncertain": False, "is_waiting": is_behind(post.revision),
                }  # fmt: skip
            case Found(channel, ts):
                return {"channel": channel, "ts": ts, "is_uncertain": False}
            case Later(seconds, is_uncertain, _):
                due = self._clock.now() + timedelta(seconds=seconds)
                return {"due_at": due, "is_uncertain": is_uncertain}
            case Dropped():
                return {"body": None, "is_waiting": False, "is_uncertain": False, "sent_revision": post.revision}
            case Refused("thread_not_found"):  # somebody deleted its first message: then in the channel itself
                return {"thread_key": None, "is_uncertain": False}
            case Refused(reason):
                return {"is_waiting": is_behind(post.revision), "is_uncertain": False, "parked_reason": reason[:60]}
