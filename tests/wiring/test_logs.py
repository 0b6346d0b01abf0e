"""What the log says, and what it never says: read from a real process."""

import json
from pathlib import Path
from urllib.parse import urlencode

from bot.emulator.server import Emulator, running
from tests.programs import SECRET, Program, wait_until

SECRETS = ("Paraplu", "mevrouw Bos", "xoxb-test", SECRET)


def test_a_day_in_the_log_at_debug_holds_nobodys_words_and_no_token(tmp_path: Path) -> None:
    emulator = Emulator()
    with running(emulator) as url:
        program = Program(
            f"{url}/api/", f"sqlite:///{tmp_path / 'fans.db'}", tmp_path,
            more={"LOG_LEVEL": "debug", "LOG_FORMAT": "json"},
        )  # fmt: skip
        program.start()
        assert program.fan("U0SANNE", "Paraplu meegegeven aan mevrouw Bos")
        wait_until(lambda: bool(emulator.workspace.messages["C0FANS"]), "the story is posted")
        program.fan("U0SANNE", "Paraplu")  # too short
        program.post(
            urlencode({"command": "/fan", "text": "Paraplu " * 500, "team_id": "T0LINDE", "user_id": "U0BRAM"})
        )
        program.post("payload=" + json.dumps({"type": "view_submission", "view": {"private_metadata": "Paraplu"}}))
        emulator.faults.replace([{"method": "chat.postMessage", "kind": "error", "error": "channel_not_found"}])
        program.fan("U0BRAM", "Paraplu geleend van mevrouw Bos, en haar bedankt")
        log = tmp_path / "program.log"
        wait_until(lambda: "channel_not_found" in log.read_text(), "the refusal is in the log")
        assert program.end() == 0

    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert {"asked", "posted", "not posted", "serving"} <= {line["event"] for line in lines}
    assert all(line["request"] and line["team"] == "T0LINDE" for line in lines if line["event"] == "asked")
    assert [secret for secret in SECRETS if secret in log.read_text()] == []
