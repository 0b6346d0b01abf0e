"""Where a request comes from: a page from elsewhere must not make this workspace do anything."""

from starlette.requests import Request


def is_from_elsewhere(request: Request) -> bool:
    """Programs name no origin, and may."""
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")
