"""Block Kit in the house's words."""

import json

from bot.slack.blocks import (
    Message,
    button,
    buttons,
    channel_mark,
    filled,
    home,
    line,
    modal,
    paragraph,
    words,
)

MISCHIEF = "<!channel> <@U1> *vet* `code` & <http://a.nl|b>"


def test_words_are_a_text_element_and_nothing_else() -> None:
    assert words(MISCHIEF) == {"type": "text", "text": MISCHIEF}
    assert words("x", bold=True, italic=True)["style"] == {"bold": True, "italic": True}


def test_a_message_escapes_its_fallback_alone() -> None:
    body = Message(MISCHIEF, [paragraph(words(MISCHIEF))]).body()

    assert body["text"] == "&lt;!channel&gt; &lt;@U1&gt; *vet* `code` &amp; &lt;http://a.nl|b&gt;"
    assert body["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": MISCHIEF}]


def test_empty_words_are_left_out_of_a_paragraph() -> None:
    made = paragraph(words(""), words("Sanne"), words(""))

    assert made["elements"][0]["elements"] == [{"type": "text", "text": "Sanne"}]


def test_our_own_lines_are_plain_text() -> None:
    assert line("*niet vet*")["text"]["type"] == "plain_text"


def test_a_sentence_is_filled_with_elements_in_its_own_order() -> None:
    made = list(filled("In {channel} staat {what}.", channel=channel_mark("C1"), what=words("x")))

    assert made == [
        {"type": "text", "text": "In "},
        {"type": "channel", "channel_id": "C1"},
        {"type": "text", "text": " staat "},
        {"type": "text", "text": "x"},
        {"type": "text", "text": "."},
    ]


def test_a_button_may_be_shown_to_some_alone() -> None:
    row = buttons(
        button("Wijzigen", "story.change", "7", only_for=["U1"], label="Wijzig het verhaal"), button("Ja", "y")
    )

    assert row["elements"][0]["visible_to_user_ids"] == ["U1"]
    assert row["elements"][0]["accessibility_label"] == "Wijzig het verhaal"
    assert "visible_to_user_ids" not in row["elements"][1]
    assert "value" not in row["elements"][1]  # Slack refuses an empty one


def test_a_window_without_a_form_has_no_submit() -> None:
    made = modal("Titel", [line("tekst")], close="Sluiten")

    assert made["type"] == "modal"
    assert not {"submit", "callback_id", "private_metadata"} & set(made)
    assert None not in made["blocks"]


def test_a_raw_block_that_the_sdk_does_not_know_stays_whole() -> None:
    raw = {"type": "data_table", "caption": "x", "rows": []}

    assert home([raw])["blocks"] == [raw]
    assert modal("T", [raw], close="C")["blocks"] == [raw]
    assert json.dumps(Message("t", [raw]).body())
