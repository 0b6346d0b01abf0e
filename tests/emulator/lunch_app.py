"""A Bolt app that has nothing to do with this project: who eats what. Written as Bolt's own guide says.

python lunch_app.py <port>: with a port it serves HTTP there, without one it uses Socket Mode.
"""

import os
import sys

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

DISHES = ["Soep", "Salade", "Tosti"]


def plain(text):
    return {"type": "plain_text", "text": text}


app = App(
    client=WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
    signing_secret=os.environ.get("SLACK_SIGNING_SECRET", "not used"),
)


@app.command("/lunch")
def lunch(ack, body, client):
    ack()
    dish = {"type": "external_select", "action_id": "dish", "min_query_length": 1}
    block = {"type": "input", "block_id": "order", "label": plain("Gerecht"), "element": dish}
    view = {"type": "modal", "callback_id": "order", "title": plain("Lunch"), "submit": plain("Bestel")}
    client.views_open(trigger_id=body["trigger_id"], view={**view, "blocks": [block]})


@app.options("dish")
def dishes(ack, payload):
    found = [dish for dish in DISHES if payload["value"].lower() in dish.lower()]
    ack(options=[{"text": plain(dish), "value": dish} for dish in found])


@app.view("order")
def ordered(ack, body, view, client):
    dish = view["state"]["values"]["order"]["dish"]["selected_option"]["value"]
    if dish == "Soep":
        ack(response_action="errors", errors={"order": "De soep is op"})
        return
    ack()
    button = {"type": "button", "action_id": "me_too", "text": plain("Ik ook")}
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"<@{body['user']['id']}> neemt {dish}"}},
        {"type": "actions", "elements": [button]},
    ]
    client.chat_postMessage(channel="C0FANS", text=dish, blocks=blocks)


@app.action("me_too")
def me_too(ack, body, client, respond):
    ack()
    place = {"channel": body["channel"]["id"], "timestamp": body["message"]["ts"]}
    client.reactions_add(name="fork_and_knife", **place)
    respond(text="Staat genoteerd", replace_original=False)


@app.message("kaart")
def menu(message, client):
    content = "\n".join(DISHES)
    client.files_upload_v2(
        channel=message["channel"], filename="kaart.txt", content=content, initial_comment="De kaart"
    )


@app.event("app_home_opened")
def home(event, client):
    client.views_publish(
        user_id=event["user"], view={"type": "home", "blocks": [{"type": "header", "text": plain("Lunch")}]}
    )


@app.shortcut("praise")
def praise(ack, shortcut, say):
    ack()
    say(text=f"Smakelijk: {shortcut['message']['text']}", thread_ts=shortcut["message"]["ts"])


if __name__ == "__main__":
    if len(sys.argv) > 1:
        app.start(int(sys.argv[1]))
    else:
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
