"""A load of signed `/fan` commands over kept connections, and how long each answer took."""

import asyncio
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier


@dataclass(frozen=True)
class Measured:
    """Answers that were acknowledged, over `seconds`; each one's own time in milliseconds."""

    seconds: float
    milliseconds: list[float]
    refused: int

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds

    def percentile(self, percent: int) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def together(turns: list[Measured]) -> Measured:
    """Several turns as one measurement."""
    times = [took for turn in turns for took in turn.milliseconds]
    return Measured(sum(turn.seconds for turn in turns), times, sum(turn.refused for turn in turns))


def requests(count: int, users: int, secret: str, label: str) -> list[bytes]:
    """Ready to send: each with a story of its own, from `users` people in turn."""
    return [_request(number, number % users, secret, label) for number in range(count)]


def _request(number: int, user: int, secret: str, label: str) -> bytes:
    body = urlencode(
        {
            "command": "/fan",
            "text": f"{label} {number}: de deur opengehouden voor een klant met twee zware tassen",
            "team_id": "T0LINDE",
            "user_id": f"U0{user:04d}",
            "user_name": f"collega{user}",
            "channel_id": "C0FANS",
            "trigger_id": f"{label}.{number}",
            "response_url": "http://127.0.0.1:9/",
            "api_app_id": "A0BOT",
        }
    ).encode()
    timestamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    head = (
        "POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n"
        f"X-Slack-Request-Timestamp: {timestamp}\r\nX-Slack-Signature: {signature}\r\n\r\n"
    )
    return head.encode() + body


def send(ports: list[int], wanted: list[bytes], at_a_time: int) -> Measured:
    """Send them all, `at_a_time` at a time, over as many connections, spread over the ports."""
    return asyncio.run(_send(ports, wanted, at_a_time))


async def _send(ports: list[int], wanted: list[bytes], at_a_time: int) -> Measured:
    waiting = iter(wanted)
    times: list[float] = []
    refused: list[bytes] = []

    async def worker(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", ports[number % len(ports)])
        for request in waiting:
            began = time.perf_counter()
            writer.write(request)
            answer = await _answer(reader)
            took = (time.perf_counter() - began) * 1000
            if answer.startswith(b"HTTP/1.1 200"):
                times.append(took)
            else:
                refused.append(answer)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(worker(number) for number in range(at_a_time)))
    return Measured(time.perf_counter() - began, times, len(refused))


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    return head + await reader.readexactly(length)
