"""Public links: tokens that nobody guesses, and what a customer's own link is kept as."""

import re
from hashlib import sha256
from ipaddress import ip_address
from secrets import token_urlsafe
from urllib.parse import urlsplit

TOKEN_BYTES = 32  # 256 bits of randomness
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """43 letters, digits, - and _ that were never used before."""
    return token_urlsafe(TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Whether it has the form of a token: anything else needs no question to the record."""
    return _TOKEN.fullmatch(text) is not None


def hashed(token: str) -> str:
    """What a customer's personal token is kept as; who reads the record can't open the page with it."""
    return sha256(token.encode()).hexdigest()


def is_public(url: str | None) -> bool:
    """Whether the world can reach an address: one with a name, or with a number that isn't of this network alone."""
    host = urlsplit(url or "").hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".lan", ".test"))
