"""Which addresses the world can reach, and which lead somewhere on one's own network alone."""

import pytest

from bot.kernel.links import is_public


@pytest.mark.parametrize(
    "url",
    [
        "https://fans.example", "https://fans.example.:8443/pad", "http://8.8.8.8", "http://8.8.8.8.",
        "https://1.fans.example", "https://corp.fans.example", "https://mijncorp.example", "https://thuis.homes",
    ],
)  # fmt: skip
def test_the_world_reaches_a_name_and_a_number_of_its_own(url: str) -> None:
    assert is_public(url)


@pytest.mark.parametrize(
    "url",
    [
        *(None, "", "https://.", "https://localhost", "http://fans.local", "http://fans.local.", "http://FANS.Local.."),
        *("http://127.0.0.1", "http://127.0.0.1.", "http://10.0.0.5.", "http://[::1]", "http://127.1", "http://127.1."),
        *("http://0x7f.1", "http://127.0x1", "http://127.0X1", "http://2130706433", "http://1.2.3.4.5"),
        *("http://nas.home.arpa", "http://pc.home", "http://x.localdomain", "http://srv.corp", "http://x.intranet"),
        *("http://x.invalid", "http://x.internal.", "http://x.lan", "http://x.test", "http://x.localhost"),
    ],
)
def test_what_is_of_ones_own_network_is_not_for_the_world(url: str | None) -> None:
    assert not is_public(url)
