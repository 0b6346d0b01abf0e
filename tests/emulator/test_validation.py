"""What Slack refuses in blocks and views, and what it accepts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.emulator.clock import Clock
from bot.emulator.elements import all_elements, texts, with_ids
from bot.emulator.errors import SlackError
from bot.emulator.roster import de_linde
from bot.emulator.validation import check_message, check_view

WORKSPACE = de_linde(Clock())


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def mrkdwn(text="x"):
    return {"type": "mrkdwn", "text": text}


def section(**more):
    return {"type": "section", "text": mrkdwn(), **more}


def button(action_id="go", **more):
    return {"type": "button", "text": plain(), "action_id": action_id, **more}


def actions(*elements, **more):
    return {"type": "actions", "elements": list(elements), **more}


def options(count, text="x"):
    return [{"text": plain(text), "value": str(number)} for number in range(count)]


def select(count=1, **more):
    return {"type": "static_select", "options": options(count), "action_id": "kies", **more}


def field(element, **more):
    return {"type": "input", "label": plain(), "element": element, **more}


def writing(**more):
    return {"type": "plain_text_input", "action_id": "tekst", **more}


def card(**more):
    return {"type": "card", "title": mrkdwn(), **more}


def table(rows, **more):
    cells = [[{"type": "raw_text", "text": "x"}] for _ in range(rows)]
    return {"type": "data_table", "rows": cells, "caption": "c", **more}


def chart(**more):
    segments = [{"label": "a", "value": 1}]
    return {"type": "data_visualization", "title": "t", "chart": {"type": "pie", "segments": segments}, **more}


def bars(labels, categories):
    series = [{"name": "s", "data": [{"label": label, "value": 1} for label in labels]}]
    axes = {"axis_config": {"categories": categories}}
    return chart(chart={"type": "bar", "series": series, **axes})


CHECKBOXES = {"type": "checkboxes", "action_id": "vink"}
RADIO = {"type": "radio_buttons", "action_id": "rond"}
NUMBER = {"type": "number_input", "is_decimal_allowed": False, "action_id": "getal"}
ALERT = {"type": "alert", "text": plain("let op")}
RICH = {
    "type": "rich_text",
    "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a", "style": {"bold": True}}]}],
}

REFUSED = {
    "options in a menu that the app fills": [actions({"type": "external_select", "options": options(1)})],
    "a menu for several in an actions block": [actions({"type": "multi_external_select", "action_id": "klanten"})],
    "a file by id and by address": [
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F1", "url": "https://files.slack.com/x"}}
    ],
    "51 blocks": [{"type": "divider"}] * 51,
    "an unknown block": [{"type": "meter"}],
    "a block without a type": [{"text": mrkdwn()}],
    "an unknown key": [section(colour="red")],
    "an unknown key in an element": [actions(button(colour="red"))],
    "an unknown key in a text": [{"type": "section", "text": {**mrkdwn(), "bold": True}}],
    "a null in the place of a part": [section(accessory=None)],
    "an empty section text": [{"type": "section", "text": mrkdwn("")}],
    "a section without text and fields": [{"type": "section"}],
    "a section of 3001": [{"type": "section", "text": mrkdwn("x" * 3001)}],
    "a field of 2001": [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
    "11 fields": [{"type": "section", "fields": [mrkdwn()] * 11}],
    "a header of 151": [{"type": "header", "text": plain("x" * 151)}],
    "a header with mrkdwn": [{"type": "header", "text": mrkdwn()}],
    "a button in a context": [{"type": "context", "elements": [button()]}],
    "11 elements in a context": [{"type": "context", "elements": [mrkdwn()] * 11}],
    "a text input in an actions block": [actions(writing())],
    "26 buttons": [actions(*(button(str(number)) for number in range(26)))],
    "no buttons": [actions()],
    "a button text of 76": [actions(button(text=plain("x" * 76)))],
    "a button text with mrkdwn": [actions(button(text=mrkdwn()))],
    "a button value of 2001": [actions(button(value="x" * 2001))],
    "a button of an unknown style": [actions(button(style="blue"))],
    "an accessibility label of 76": [actions(button(accessibility_label="x" * 76))],
    "visible_to_user_ids that is no list": [actions(button(visible_to_user_ids="U0SANNE"))],
    "a confirm title of 101": [
        actions(button(confirm={"title": plain("x" * 101), "text": plain(), "confirm": plain(), "deny": plain()}))
    ],
    "101 options": [actions(select(101))],
    "no options": [actions(select(0))],
    "an option text of 76": [actions({**select(), "options": options(1, "x" * 76)})],
    "an option value of 151": [actions({**select(), "options": [{"text": plain(), "value": "x" * 151}]})],
    "options and option groups": [
        actions(select(option_groups=[{"label": plain(), "options": options(1)}])),
    ],
    "an initial option that is no option": [actions(select(initial_option={"text": plain(), "value": "anders"}))],
    "11 checkboxes": [section(accessory={**CHECKBOXES, "options": options(11)})],
    "11 radio buttons": [section(accessory={**RADIO, "options": options(11)})],
    "6 overflow options": [section(accessory={"type": "overflow", "options": options(6), "action_id": "meer"})],
    "a placeholder of 151": [actions(select(placeholder=plain("x" * 151)))],
    "a date in another form": [actions({"type": "datepicker", "action_id": "dag", "initial_date": "2-11-2026"})],
    "a time in another form": [actions({"type": "timepicker", "action_id": "uur", "initial_time": "9 uur"})],
    "a block id of 256": [section(block_id="x" * 256)],
    "an action id of 256": [actions(button("x" * 256))],
    "two blocks of one id": [section(block_id="a"), section(block_id="a")],
    "two elements of one id in a block": [actions(button("a"), button("a"))],
    "an image without a source": [{"type": "image", "alt_text": "x"}],
    "an image with two sources": [
        {"type": "image", "alt_text": "x", "image_url": "https://x", "slack_file": {"id": "F1"}}
    ],
    "an image whose address is none of the web's": [{"type": "image", "alt_text": "x", "image_url": "plaatje.png"}],
    "a button whose address has no scheme": [actions(button(url="ergens"))],
    "a button that runs a script": [actions(button(url="javascript:alert(1)"))],
    "a block id that a container's own block has too": [
        section(block_id="a"),
        {"type": "container", "title": plain(), "child_blocks": [section(block_id="a")]},
    ],
    "an alert in a message": [ALERT],
    "a number input in a message": [field(NUMBER)],
    "a table of 102 rows": [table(102)],
    "a table without a caption": [{"type": "data_table", "rows": table(2)["rows"]}],
    "a table with uneven rows": [{**table(2), "rows": [*table(1)["rows"], table(1)["rows"][0] * 2]}],
    "three charts": [chart(), chart(), chart()],
    "a chart title of 51": [chart(title="x" * 51)],
    "a chart of an unknown kind": [chart(chart={"type": "radar"})],
    "a chart whose labels are not its categories": [bars(["a"], ["b"])],
    "21 points": [bars(["a"] * 21, ["a"] * 21)],
    "a card with 4 buttons": [card(actions=[button(str(number)) for number in range(4)])],
    "a card body of 201": [card(body=mrkdwn("x" * 201))],
    "an empty card": [{"type": "card"}],
    "11 cards in a carousel": [{"type": "carousel", "elements": [card()] * 11}],
    "a section in a carousel": [{"type": "carousel", "elements": [section()]}],
    "a container without a title": [{"type": "container", "child_blocks": [section()]}],
    "a container in a container": [
        {
            "type": "container",
            "title": plain(),
            "child_blocks": [{"type": "container", "title": plain(), "child_blocks": [section()]}],
        }
    ],
    "a rich text of unknown parts": [{"type": "rich_text", "elements": [{"type": "rich_text_table", "elements": []}]}],
    "a markdown block of 12001": [{"type": "markdown", "text": "x" * 12_001}],
}


@pytest.mark.parametrize("blocks", REFUSED.values(), ids=REFUSED)
def test_slack_refuses_a_message_with(blocks):
    with pytest.raises(SlackError) as caught:
        check_message(WORKSPACE, "hoi", blocks)
    assert caught.value.error == "invalid_blocks"
    assert all(message.startswith("[ERROR] ") for message in caught.value.messages)


ACCEPTED = {
    "50 blocks": [{"type": "divider"}] * 50,
    "everything at its limit": [
        {"type": "section", "text": mrkdwn("x" * 3000), "fields": [mrkdwn("x" * 200)] * 10},
        {"type": "header", "text": plain("x" * 150)},
        actions(*(button(str(number), text=plain("x" * 75), value="v" * 2000) for number in range(25))),
    ],
    "100 options": [actions(select(100))],
    "10 checkboxes": [section(accessory={**CHECKBOXES, "options": options(10)})],
    "a select with its initial option": [actions(select(2, initial_option=options(2)[1]))],
    "a people select": [actions({"type": "users_select", "action_id": "wie", "initial_user": "U0SANNE"})],
    "a several people select": [
        section(accessory={"type": "multi_users_select", "action_id": "wie", "initial_users": ["U0SANNE"]})
    ],
    "a menu that the app fills": [
        actions({"type": "external_select", "action_id": "klant", "min_query_length": 0}),
        section(accessory={"type": "multi_external_select", "action_id": "klanten", "initial_options": options(2)}),
    ],
    "a text input": [field(writing(initial_value="", min_length=1, max_length=3000))],
    "rich text": [RICH],
    "a context": [
        {"type": "context", "elements": [mrkdwn(), {"type": "image", "image_url": "https://x/", "alt_text": "y"}]}
    ],
    "a data table": [table(101, page_size=10, row_header_column_index=0)],
    "two charts": [chart(), bars(["a", "b"], ["a", "b"])],
    "a carousel of 10 cards": [{"type": "carousel", "elements": [card(actions=[button()])] * 10}],
    "a container": [{"type": "container", "title": plain(), "child_blocks": [section()], "is_collapsible": True}],
    "a button to an app": [actions(button(url="slack://user?team=T1&id=U1"))],
    "a button for some": [actions(button(visible_to_user_ids=["U0SANNE"]))],
    "ids that only blocks apart share": [actions(button("a")), actions(button("a"))],
    "a markdown block": [{"type": "markdown", "text": "# Hoi"}],
}


@pytest.mark.parametrize("blocks", ACCEPTED.values(), ids=ACCEPTED)
def test_slack_accepts_a_message_with(blocks):
    check_message(WORKSPACE, "hoi", blocks)


@pytest.mark.parametrize("blocks", ACCEPTED.values(), ids=ACCEPTED)
def test_slack_sdk_would_not_refuse_what_is_accepted_here(blocks):
    for block in blocks:
        if block["type"] not in ("data_table", "data_visualization"):  # which it has no classes for
            Block.parse(block).validate_json()


@pytest.mark.parametrize(
    ("blocks", "error"),
    [
        ([{"type": "section", "text": mrkdwn("x" * 3000)}] * 4, "msg_blocks_too_long"),
        ("geen lijst", "invalid_blocks_format"),
        ([{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2, "only_one_table_allowed"),
    ],
)
def test_a_message_as_a_whole_has_limits_too(blocks, error):
    with pytest.raises(SlackError) as caught:
        check_message(WORKSPACE, "hoi", blocks)
    assert caught.value.error == error


def modal(*blocks, **more):
    return {"type": "modal", "title": plain(), "blocks": list(blocks) or [section()], **more}


REFUSED_MODALS = {
    "no title": {"type": "modal", "blocks": [section()]},
    "a title of 25": modal(title=plain("x" * 25)),
    "a submit of 25": modal(submit=plain("x" * 25)),
    "a close of 25": modal(close=plain("x" * 25)),
    "a title with mrkdwn": modal(title=mrkdwn()),
    "private metadata of 3001": modal(private_metadata="x" * 3001),
    "a callback id of 256": modal(callback_id="x" * 256),
    "no blocks": {"type": "modal", "title": plain(), "blocks": []},
    "a null among its blocks": {"type": "modal", "title": plain(), "blocks": [None]},
    "101 blocks": modal(*[{"type": "divider"}] * 101),
    "an input and no submit": modal(field(writing())),
    "an input in a container and no submit": modal(
        {"type": "container", "title": plain(), "child_blocks": [field(writing())]}
    ),
    "an unknown key": modal(colour="red"),
    "a chart": modal(chart()),
    "a data table": modal(table(2)),
    "an input label of 2001": modal(field(writing(), label=plain("x" * 2001)), submit=plain()),
    "an input without an element": modal({"type": "input", "label": plain()}, submit=plain()),
    "a button as an input": modal(field(button()), submit=plain()),
    "a max_length of 3001": modal(field(writing(max_length=3001)), submit=plain()),
    "an alert of 201": modal({"type": "alert", "text": plain("x" * 201)}),
    "a home view in its place": {"type": "home", "blocks": [section()]},
    "a list in its place": [],
}


@pytest.mark.parametrize("view", REFUSED_MODALS.values(), ids=REFUSED_MODALS)
def test_slack_refuses_a_modal_with(view):
    with pytest.raises(SlackError) as caught:
        check_view(WORKSPACE, view, "modal")
    assert caught.value.error == "invalid_arguments"


def test_a_view_of_more_than_250_kilobytes_is_too_large():
    long = [{"type": "section", "text": mrkdwn("x" * 3000)} for _ in range(100)]
    with pytest.raises(SlackError, match="view_too_large"):
        check_view(WORKSPACE, modal(*long), "modal")


def test_slack_accepts_a_modal_with_all_inputs():
    kinds = ["email_text_input", "url_text_input", "rich_text_input", "datepicker", "timepicker", "datetimepicker"]
    fields = [field({"type": kind, "action_id": kind}) for kind in kinds]
    fields += [field(NUMBER), field({"type": "file_input", "max_files": 3}), field(writing()), ALERT]

    check_view(WORKSPACE, modal(*fields, submit=plain(), close=plain(), notify_on_close=True), "modal")


@pytest.mark.parametrize("extra", [{"submit": plain()}, {"title": plain()}, {"blocks": [ALERT]}, {"blocks": [chart()]}])
def test_a_home_view_has_no_title_no_submit_and_no_modal_blocks(extra):
    with pytest.raises(SlackError):
        check_view(WORKSPACE, {"type": "home", "blocks": [section()], **extra}, "home")


def test_a_home_view_may_hold_100_blocks():
    check_view(WORKSPACE, {"type": "home", "blocks": [{"type": "divider"}] * 100}, "home")


WHATEVER = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5000) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["type", "text", "value"]), inner),
    max_leaves=4,
)


def places(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


@given(data=st.data())
def test_blocks_with_anything_anywhere_are_refused_or_usable(data):
    blocks = json.loads(json.dumps(data.draw(st.sampled_from(list(ACCEPTED.values())))))
    *path, last = data.draw(st.sampled_from([place for place in places(blocks) if place]))
    holder = blocks
    for key in path:
        holder = holder[key]
    holder[last] = data.draw(WHATEVER)

    try:
        check_message(WORKSPACE, "hoi", blocks)
    except SlackError:
        return
    assert all(element["action_id"] for _, element in all_elements(with_ids(blocks)))
    assert all(isinstance(text, str) for text in texts(blocks))
