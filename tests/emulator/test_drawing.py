"""What Slack's texts and blocks look like in the page."""

from datetime import UTC, datetime

import pytest

from bot.emulator.charts import chart
from bot.emulator.clock import Clock
from bot.emulator.drawing import Drawing, initials
from bot.emulator.elements import with_ids
from bot.emulator.emoji import EMOJI
from bot.emulator.exchanges import Exchanges
from bot.emulator.model import Message
from bot.emulator.moments import at, day_label, slack_date
from bot.emulator.read_marks import ReadMarks
from bot.emulator.roster import de_linde
from bot.emulator.screen import Asked, Shared, screen_for
from bot.emulator.tryout import TryOut

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LINK = 'target="_blank" rel="noopener noreferrer"'


@pytest.fixture
def workspace():
    return de_linde(Clock())


@pytest.fixture
def drawing(workspace):
    return Drawing(workspace.users["U0SANNE"], workspace.users, workspace.channels, NOW, "http://localhost:3000")


@pytest.fixture
def drawn(workspace):
    """What Sanne sees of a message with these blocks."""

    def draw(*blocks, viewer="U0SANNE"):
        message = Message(workspace.next_ts("C0FANS"), "C0FANS", "U0BOT", "", with_ids(list(blocks)))
        workspace.add_message(message)
        notify = workspace.changes.notify
        shared = Shared(workspace, TryOut((), notify), Exchanges(workspace.clock, notify), ReadMarks())
        return screen_for(shared, workspace.users[viewer], Asked("C0FANS"), "http://here").render("main")

    return draw


def plain(text):
    return {"type": "plain_text", "text": text}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*vet* _schuin_ ~weg~ `code`", "<strong>vet</strong> <em>schuin</em> <s>weg</s> <code>code</code>"),
        ("*_beide_*", "<strong><em>beide</em></strong>"),
        ("2*3*4 snake_case_naam", "2*3*4 snake_case_naam"),
        ("`*niet vet*`", "<code>*niet vet*</code>"),
        ("a\n```b\n c```\nd", "a<pre>b\n c</pre>d"),
        ("&gt; citaat\ndaarna", "<blockquote>citaat</blockquote>daarna"),
        ("feest :tada: :bestaatniet:", "feest 🎉 :bestaatniet:"),
        ("R&amp;D &lt;b&gt;", "R&amp;D &lt;b&gt;"),
        ("<https://example.org|daar>", f'<a href="https://example.org" {LINK}>daar</a>'),
        (
            "zie https://example.org/a?b=1.",
            f'zie <a href="https://example.org/a?b=1" {LINK}>https://example.org/a?b=1</a>.',
        ),
        ("<!here>", '<span class="mention mention-me">@here</span>'),
        ("*<@U0BRAM>*", '<strong><span class="mention">@Bram Jansen</span></strong>'),
    ],
)
def test_mrkdwn_becomes_what_slack_shows(drawing, written, shown):
    assert drawing.mrkdwn(written) == shown


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=alert(1)>",
        "&lt;script&gt;",
        '"><b onclick=x>',
        "<javascript:alert(1)|klik>",
        "\ue0000\ue001 `a`",
    ],
)
def test_text_never_becomes_markup_of_its_own(drawing, attack):
    shown = drawing.mrkdwn(attack)

    assert not any(evil in shown for evil in ("<img", "<script", "<b ", "javascript:alert(1)&", 'href="javascript'))


def test_a_mention_of_yourself_stands_out(drawing):
    assert 'class="mention mention-me">@Sanne de Vries<' in drawing.mrkdwn("<@U0SANNE|sanne>")


def test_peoples_words_are_not_formatted(drawing):
    words = {"type": "text", "text": "*niet vet* :tada: <b>"}

    assert drawing.inline([words]) == "*niet vet* :tada: &lt;b&gt;"
    assert drawing.text(plain("*niet vet* <b>")) == "*niet vet* &lt;b&gt;"


def test_rich_text_has_styles_people_channels_and_emoji(drawing):
    shown = drawing.inline(
        [
            {"type": "text", "text": "mooi", "style": {"bold": True, "italic": True}},
            {"type": "user", "user_id": "U0BRAM"},
            {"type": "channel", "channel_id": "C0FANS"},
            {"type": "emoji", "name": "clap"},
            {"type": "link", "url": "https://example.org", "text": "hier"},
            {"type": "iets nieuws"},
        ]
    )

    assert "<em><strong>mooi</strong></em>" in shown
    assert "@Bram Jansen" in shown
    assert "at=C0FANS" in shown
    assert "👏" in shown
    assert ">hier</a>" in shown
    assert "Onbekend: iets nieuws" in shown


def test_dates_are_in_the_viewers_zone_and_language(drawing):
    noon = int(datetime(2026, 11, 21, 11, 0, tzinfo=UTC).timestamp())

    assert "vandaag om 12:00</time>" in drawing.mrkdwn(f"<!date^{noon}^{{date_short_pretty}} om {{time}}|straks>")
    assert (
        slack_date(at(noon, "Europe/Amsterdam"), "{date_long} {onbekend}", NOW)
        == "zaterdag 21 november 2026 {onbekend}"
    )
    assert day_label(NOW.date().replace(day=20), NOW.date()) == "Gisteren"


@pytest.mark.parametrize(
    "odd", ["<!date^²^{date}|x>", "<!date^--5^{date}|x>", f"<!date^{10**14}^{{date}}|x>", "https://[", "<http://[|x>"]
)
def test_an_odd_date_or_address_leaves_the_page_whole(drawing, odd):
    assert drawing.mrkdwn(odd)


def test_only_pictures_from_here_are_loaded(drawing):
    assert drawing.image({"image_url": "http://localhost:3000/qr.svg"})
    assert drawing.image({"image_url": "/qr.svg"})
    assert drawing.image({"image_url": "https://elders.example/x.png"}) is None
    assert drawing.image({"image_url": "//elders.example/x.png"}) is None


def test_markdown_is_drawn_without_html_or_pictures(drawing):
    shown = drawing.markdown("**vet** <b>nee</b> ![x](https://elders.example/x.png) [y](javascript:alert(1))")

    assert "<strong>vet</strong>" in shown
    assert "<b>" not in shown
    assert "<img" not in shown
    assert 'javascript:alert(1)"' not in shown


def test_an_unknown_block_says_so(drawn):
    assert "Onbekend blok: raket" in drawn({"type": "raket"})


def test_a_button_is_shown_to_whom_it_is_meant_for(drawn):
    button = {"type": "button", "action_id": "a", "text": plain("Weghalen"), "visible_to_user_ids": ["U0BRAM"]}
    block = {"type": "actions", "elements": [button]}

    assert "Weghalen" not in drawn(block)
    assert "Weghalen" in drawn(block, viewer="U0BRAM")


def test_a_table_has_headings_and_figures_in_dutch(drawn):
    def cell(text):
        return {"type": "raw_text", "text": text}

    rows = [[cell("Wie"), cell("Fans")], [cell("Sanne"), {"type": "raw_number", "value": 1234.5}]]
    shown = drawn({"type": "data_table", "caption": "Deze week", "rows": rows})

    assert '<th scope="col" class="right"><button type="button" data-sort="1">Fans' in shown
    assert '<th scope="row" class="left">Sanne' in shown
    assert "1.234,5" in shown


def test_every_kind_of_block_is_drawn(drawn):
    slices = [{"label": "a", "value": 1}]
    fixed = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "vast"}]}
    kinds = [
        {"type": "header", "text": plain("Kop")},
        {"type": "divider"},
        {"type": "context", "elements": [plain("klein")]},
        {"type": "section", "fields": [plain("links"), plain("rechts")]},
        {"type": "alert", "level": "warning", "text": plain("pas op")},
        {"type": "markdown", "text": "# Titel"},
        {"type": "image", "image_url": "https://elders.example/x.png", "alt_text": "bloemen"},
        {"type": "carousel", "elements": [{"type": "card", "title": plain("kaart")}]},
        {"type": "container", "title": plain("doos"), "is_collapsible": True, "child_blocks": [{"type": "divider"}]},
        {"type": "data_visualization", "title": "taart", "chart": {"type": "pie", "segments": slices}},
        {"type": "rich_text", "elements": [fixed]},
    ]
    shown = drawn(*kinds)

    assert "Onbekend" not in shown
    for words in ("Kop", "klein", "links", "rechts", "pas op", "Titel", "bloemen", "kaart", "doos", "taart", "vast"):
        assert words in shown


def test_a_charts_axis_is_round_and_reaches_below_zero():
    points = [{"label": "ma", "value": -3}, {"label": "di", "value": 8}]
    drawn = chart({"title": "x", "chart": {"type": "bar", "series": [{"name": "a", "data": points}]}})

    assert [label for _, label in drawn.ticks] == ["-5", "0", "5", "10"]
    assert len(drawn.bars) == 2
    assert drawn.rows == [("ma", ["-3"]), ("di", ["8"])]


def test_a_chart_without_figures_is_still_drawn():
    assert chart({"title": "leeg", "chart": {"type": "line", "series": [], "axis_config": {}}}).ticks
    assert chart({"title": "leeg", "chart": {"type": "pie", "segments": []}}).slices == []


def test_emoji_and_initials():
    assert EMOJI["tada"] == "🎉"
    assert initials("Fatima el Amrani") == "FA"
    assert initials("Slackbot") == "S"
