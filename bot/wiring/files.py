"""The files that people ask for in Slack: how a file's key begins, and what is in it when it is sent."""

from collections.abc import Callable, Mapping

from bot.features.budgets import export as books
from bot.features.leaderboards import export as boards
from bot.services import Services
from bot.wiring import privacy
from storage.outbox import Post

FILES: Mapping[str, Callable[[Services, Post], str]] = {
    privacy.FILE: privacy.file_contents,
    books.FILE: books.file_contents,
    boards.FILE: boards.file_contents,
}


def is_file(post: Post) -> bool:
    return any(post.key.startswith(beginning) for beginning in FILES)


def contents_of(services: Services, post: Post) -> str:
    """What is in a post that is a file."""
    return next(made for beginning, made in FILES.items() if post.key.startswith(beginning))(services, post)
