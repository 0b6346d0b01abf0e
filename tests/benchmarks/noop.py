"""A Bolt app that does nothing, served the way ours is: what our own work is measured against."""

import signal
import sys
import threading

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.kernel.clock import RealClock
from bot.wiring.server import WebServer
from bot.wiring.web import build_web, slack_events


def main() -> None:
    app = App(
        process_before_response=True,
        request_verification_enabled=False,
        authorize=lambda enterprise_id, team_id: AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-noop"
        ),
    )
    app.command("/fan")(lambda ack: ack(text="ok"))
    server = WebServer("127.0.0.1", int(sys.argv[1]))
    server.start(build_web([], slack_events(app, sys.argv[2], RealClock()), lambda: True))
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    stop.wait()
    server.stop()


main()
