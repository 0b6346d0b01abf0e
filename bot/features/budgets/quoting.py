"""What is shown of an amount that was told with a story: the beginning of that story, for who may read it."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.budgets.wording import quoted
from storage import spending_questions as questions
from storage.people import Person
from storage.spending import Spending


def as_told(tx: Session, spendings: Sequence[Spending], reader_id: int = 0) -> list[Spending]:
    """The same expenses, to show; where a story says what it is for, with its first words.

    A story that somebody kept to themselves says so to them alone (`reader_id`). What is given back is no row.
    """
    wordless = {one.story_id or 0 for one in spendings if not one.what_for}
    texts = questions.story_texts(tx, wordless, reader_id) if wordless else {}
    return [
        Spending(**one.model_dump() | {"what_for": quoted(texts[one.story_id or 0])})
        if not one.what_for and one.story_id in texts
        else one
        for one in spendings
    ]


def asked_as_told(tx: Session, asked: Sequence[tuple[Spending, Person]]) -> list[tuple[Spending, Person]]:
    """As `as_told`, with whose they are beside them."""
    shown = as_told(tx, [spending for spending, _ in asked])
    return [(spending, person) for spending, (_, person) in zip(shown, asked, strict=True)]
