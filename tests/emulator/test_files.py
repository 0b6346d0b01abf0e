"""Uploads by the app and by people, and where their files may be seen."""

import httpx
import pytest

from bot.emulator.clock import Clock
from bot.emulator.keeping import load_workspace, save_workspace

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def image(**source):
    return {"type": "image", "alt_text": "Een foto", "slack_file": source}


FORM = {
    "type": "modal",
    "title": plain("Bon"),
    "submit": plain("Ok"),
    "blocks": [
        {
            "type": "input",
            "block_id": "bon",
            "label": plain("Bon"),
            "element": {"type": "file_input", "action_id": "f", "max_files": 1, "filetypes": ["png", "pdf"]},
        }
    ],
}


def messages(slack, channel="C0FANS"):
    return slack.conversations_history(channel=channel)["messages"]


def upload(slack, name="foto.png", content=PNG, **more):
    return slack.files_upload_v2(filename=name, content=content, **more)["file"]


def test_an_upload_is_shared_with_its_comment(slack):
    file = upload(slack, title="De foto", alt_txt="Taart", channel="C0FANS", initial_comment="Kijk eens")

    [message] = messages(slack)
    assert (message["text"], message["bot_id"]) == ("Kijk eens", "B0BOT")
    [shown] = message["files"]
    assert (shown["id"], shown["title"], shown["name"]) == (file["id"], "De foto", "foto.png")
    assert (shown["mimetype"], shown["filetype"], shown["size"], shown["alt_txt"]) == (
        "image/png",
        "png",
        len(PNG),
        "Taart",
    )


def test_slack_answers_before_it_has_looked_at_the_file(slack):
    file = upload(slack, channel="C0FANS")

    assert (file["mimetype"], file["shares"]) == ("", {})
    known = slack.files_info(file=file["id"])["file"]
    assert known["mimetype"] == "image/png"
    assert known["shares"]["public"]["C0FANS"][0]["ts"] == messages(slack)[0]["ts"]


def test_several_files_come_in_one_message_and_in_several_conversations(slack):
    ts = slack.chat_postMessage(channel="C0FANS", text="begin")["ts"]
    uploads = [{"filename": "a.txt", "content": "een"}, {"filename": "b.txt", "content": "twee"}]

    slack.files_upload_v2(file_uploads=uploads, channel="C0FANS", thread_ts=ts)
    slack.files_upload_v2(file_uploads=uploads, channels=["C0KLANTWAND", "U0SANNE"])

    reply = slack.conversations_replies(channel="C0FANS", ts=ts)["messages"][1]
    assert [file["name"] for file in reply["files"]] == ["a.txt", "b.txt"]
    assert len(messages(slack, "C0KLANTWAND")[0]["files"]) == len(messages(slack, "D0SANNE")[0]["files"]) == 2


def test_an_upload_without_a_channel_is_the_app_s_alone(slack):
    file = upload(slack)

    assert slack.files_info(file=file["id"])["file"]["channels"] == []
    assert messages(slack) == []


def test_the_bytes_come_back_with_a_token_and_a_page_without(slack):
    url = slack.files_info(file=upload(slack)["id"])["file"]["url_private"]

    assert httpx.get(url, headers={"Authorization": "Bearer xoxb-test"}).content == PNG
    assert httpx.get(url).headers["content-type"].startswith("text/html")
    assert httpx.get(url, headers={"Sec-Fetch-Site": "same-origin"}).content == PNG
    assert httpx.get(url, headers={"Sec-Fetch-Site": "cross-site"}).headers["content-type"].startswith("text/html")


def test_an_upload_has_the_size_that_was_announced(url, slack):
    ticket = slack.files_getUploadURLExternal(filename="a.txt", length=3)

    assert httpx.post(ticket["upload_url"], content=b"vier").status_code == 400
    assert httpx.post(ticket["upload_url"], content=b"een").status_code == 404


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"channel": "C0ALGEMEEN"}, "not_in_channel"),
        ({"channel": "C0NERGENS"}, "channel_not_found"),
        ({"channel": "U0SANNE"}, "invalid_arguments"),
        ({"channel": "C0FANS", "thread_ts": "1.000000"}, "thread_not_found"),
    ],
)
def test_an_upload_that_slack_refuses_is_refused(slack, refused, more, error):
    assert refused(upload, slack=slack, **more).response["error"] == error


def test_what_was_not_uploaded_can_not_be_completed(slack, refused):
    file = slack.files_getUploadURLExternal(filename="a.txt", length=3)["file_id"]

    error = refused(slack.files_completeUploadExternal, files=[{"id": file}])
    assert error.response["error"] == "file_not_found"
    assert refused(slack.files_info, file=file).response["error"] == "file_not_found"
    assert (
        refused(slack.files_getUploadURLExternal, filename="a.txt", length=0).response["error"] == "invalid_arguments"
    )


def test_a_deleted_file_disappears_from_its_message(slack, refused):
    file = upload(slack, channel="C0FANS", initial_comment="Kijk")

    slack.files_delete(file=file["id"])

    assert "files" not in messages(slack)[0]
    assert refused(slack.files_info, file=file["id"]).response["error"] == "file_not_found"


def test_an_image_block_shows_a_file_that_the_app_may_see(slack):
    file = upload(slack)
    url = slack.files_info(file=file["id"])["file"]["url_private"]

    for source in ({"id": file["id"]}, {"url": url}):
        assert slack.chat_postMessage(channel="C0FANS", text="x", blocks=[image(**source)])["ok"]
    assert slack.views_publish(user_id="U0SANNE", view={"type": "home", "blocks": [image(id=file["id"])]})["ok"]


def test_an_image_block_with_another_file_is_refused(slack, refused, control):
    text = upload(slack, "a.txt", b"tekst")["id"]
    private = control("upload", user="sanne", name="prive.png", text="x")["id"]

    for file in (text, private, "F0NERGENS"):
        error = refused(slack.chat_postMessage, channel="C0FANS", text="x", blocks=[image(id=file)])
        assert error.response["error"] == "invalid_blocks"
        [message] = error.response["response_metadata"]["messages"]
        assert message == "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"
    error = refused(slack.views_publish, user_id="U0SANNE", view={"type": "home", "blocks": [image(id=text)]})
    assert error.response["error"] == "invalid_arguments"


def open_form(connect, control, slack):
    bot = connect()
    control("shortcut", user="sanne", callback_id="x")
    slack.views_open(trigger_id=bot.next().payload["trigger_id"], view=FORM)
    return bot


def test_a_form_hands_the_app_whole_file_objects(connect, control, slack, refused):
    bot = open_form(connect, control, slack)
    file = control("upload", user="sanne", name="bon.png", base64="iVBORw==")["id"]
    assert refused(slack.files_info, file=file).response["error"] == "file_not_found"

    assert control("submit", user="sanne", values={"Bon": [file]})["ok"]

    [given] = bot.next().payload["view"]["state"]["values"]["bon"]["f"]["files"]
    assert (given["id"], given["name"], given["mimetype"], given["user"]) == (file, "bon.png", "image/png", "U0SANNE")
    assert slack.files_info(file=file)["file"]["id"] == file
    content = httpx.get(given["url_private"], headers={"Authorization": "Bearer xoxb-test"}).content
    assert content == b"\x89PNG"


@pytest.mark.parametrize(
    ("files", "part"),
    [
        ([("a.gif", "x")], "types"),
        ([("a.png", "x"), ("b.png", "x")], "at most 1"),
        ([("a.png", "x" * 11_000_000)], "MB"),
    ],
)
def test_slack_s_client_refuses_files_by_itself(connect, control, slack, files, part):
    open_form(connect, control, slack)
    ids = [control("upload", user="sanne", name=name, text=text)["id"] for name, text in files]

    outcome = control("submit", user="sanne", values={"Bon": ids})

    assert part in outcome["errors"]["bon"]


def test_nobody_hands_in_somebody_else_s_file(connect, control, slack):
    open_form(connect, control, slack)
    file = control("upload", user="bram", name="bon.png", text="x")["id"]

    assert control.post("submit", user="sanne", values={"Bon": [file]}).json()["error"] == "file_not_found"


def test_the_app_hears_of_a_file_in_its_conversation(connect, control, slack):
    bot = connect()

    file = control("upload", user="sanne", name="bon.pdf", text="x", channel="@sanne", comment="mijn bon")["id"]

    event = bot.next().payload["event"]
    assert (event["subtype"], event["text"], event["files"][0]["id"]) == ("file_share", "mijn bon", file)
    assert slack.files_info(file=file)["file"]["ims"] == ["D0SANNE"]


def test_files_groups_and_reactions_are_kept(emulator, slack, tmp_path):
    upload(slack, channel="C0FANS", initial_comment="Kijk")
    slack.reactions_add(channel="C0FANS", timestamp=messages(slack)[0]["ts"], name="eyes")

    save_workspace(emulator.workspace, tmp_path / "kept.json")
    kept = load_workspace(tmp_path / "kept.json", Clock())

    assert kept.files == emulator.workspace.files
    assert kept.groups == emulator.workspace.groups
    assert kept.messages == emulator.workspace.messages


def test_files_are_listed_newest_first_and_sifted(slack, emulator, refused):
    names, im = ["a.txt", "b.png", "c.pdf"], slack.conversations_open(users="U0SANNE")["channel"]["id"]
    for name in names:
        upload(slack, name, channel="C0FANS" if name != "c.pdf" else im)
        emulator.clock.advance(60)

    def listed(**sifted):
        return [file["name"] for file in slack.files_list(**sifted)["files"]]

    assert listed() == names[::-1]
    assert listed(types="images,snippets") == ["b.png", "a.txt"]
    assert listed(channel="D0SANNE") == ["c.pdf"]
    assert listed(user="U0SANNE") == []
    assert listed(ts_from=str(emulator.clock.now() - 100)) == ["c.pdf"]
    assert listed(count=1, page=2) == ["b.png"]
    assert slack.files_list(count=2)["paging"] == {"count": 2, "total": 3, "page": 1, "pages": 2}
    assert refused(slack.files_list, types="liedjes").response["error"] == "unknown_type"
    assert refused(slack.files_list, user="U0NIEMAND").response["error"] == "user_not_found"


@pytest.mark.parametrize("name", ["wat? #1 100%.png", "../../x.png", "<b>\"'.png", "smörgås 🎂.png", "a\nb.png"])
def test_a_file_with_an_odd_name_is_found(slack, emulator, name):
    file = emulator.people.upload("U0SANNE", name, PNG, "image/png\r\nx: y")

    file.is_handed_in = True
    url = slack.files_info(file=file.id)["file"]["url_private"]
    got = httpx.get(url, headers={"Authorization": "Bearer xoxb-test"}, trust_env=False)
    assert (got.content, got.headers["content-type"]) == (PNG, "image/png")
