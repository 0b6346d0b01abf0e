"""The emoji that people and bots write as `:shortcode:`; a modest table, an unknown one stays as it was typed."""

import re

from emoji import emojize

_TABLE = """
tada 🎉 clap 👏 raised_hands 🙌 +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 wave 👋 pray 🙏 muscle 💪 ok_hand 👌
handshake 🤝 point_right 👉 point_left 👈 point_up ☝️ point_down 👇 eyes 👀 heart ❤️ blue_heart 💙
green_heart 💚 yellow_heart 💛 purple_heart 💜 orange_heart 🧡 black_heart 🖤 white_heart 🤍
sparkling_heart 💖 heartbeat 💓 broken_heart 💔 hugging_face 🤗 smile 😄 smiley 😃 grinning 😀 grin 😁
joy 😂 blush 😊 slightly_smiling_face 🙂 wink 😉 heart_eyes 😍 star-struck 🤩 sunglasses 😎
thinking_face 🤔 neutral_face 😐 worried 😟 cry 😢 sob 😭 disappointed 😞 sweat_smile 😅 relieved 😌
open_mouth 😮 astonished 😲 flushed 😳 zipper_mouth_face 🤐 sleeping 😴 partying_face 🥳
smiling_face_with_3_hearts 🥰 star ⭐ star2 🌟 sparkles ✨ fire 🔥 rocket 🚀 bulb 💡 trophy 🏆 medal 🏅
sports_medal 🏅 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 crown 👑 gem 💎 dart 🎯
100 💯 boom 💥 zap ⚡ rainbow 🌈 sunny ☀️ sun_with_face 🌞 partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️
umbrella ☔ umbrella_with_rain_drops ☔ closed_umbrella 🌂 snowflake ❄️ moon 🌔 gift 🎁 chocolate_bar 🍫
bouquet 💐 rose 🌹 tulip 🌷 sunflower 🌻 hibiscus 🌺 cherry_blossom 🌸 four_leaf_clover 🍀 seedling 🌱
herb 🌿 deciduous_tree 🌳 birthday 🎂 cake 🍰 cookie 🍪 coffee ☕ tea 🍵 beers 🍻 champagne 🍾
clinking_glasses 🥂 pizza 🍕 apple 🍎 balloon 🎈 confetti_ball 🎊 ribbon 🎀 baby 👶 ring 💍 wedding 💒
house 🏠 office 🏢 school 🏫 car 🚗 bike 🚲 truck 🚚 airplane ✈️ package 📦 mailbox 📫 email 📧 envelope ✉️
love_letter 💌 phone ☎️ telephone_receiver 📞 iphone 📱 computer 💻 memo 📝 pencil ✏️ pencil2 ✏️
clipboard 📋 books 📚 book 📖 newspaper 📰 calendar 📅 date 📅 spiral_calendar_pad 🗓️ bar_chart 📊
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 moneybag 💰 euro 💶 credit_card 💳 receipt 🧾
shopping_trolley 🛒 lock 🔒 unlock 🔓 key 🔑 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬
thought_balloon 💭 mag 🔍 link 🔗 pushpin 📌 round_pushpin 📍 paperclip 📎 scissors ✂️ wastebasket 🗑️
wrench 🔧 hammer 🔨 gear ⚙️ broom 🧹 toolbox 🧰 hourglass ⌛ hourglass_flowing_sand ⏳ alarm_clock ⏰
stopwatch ⏱️ clock9 🕘 white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌
heavy_multiplication_x ✖️ no_entry ⛔ no_entry_sign 🚫 warning ⚠️ question ❓ exclamation ❗
information_source ℹ️ heavy_plus_sign ➕ heavy_minus_sign ➖ arrow_right ➡️ arrow_left ⬅️
arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 repeat 🔁 leftwards_arrow_with_hook ↩️ back 🔙
new 🆕 white_circle ⚪ black_circle ⚫ red_circle 🔴 large_blue_circle 🔵 large_green_circle 🟢
large_yellow_circle 🟡 large_orange_circle 🟠 white_large_square ⬜ black_large_square ⬛
large_green_square 🟩 large_blue_square 🟦 large_yellow_square 🟨 large_orange_square 🟧
large_red_square 🟥 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ robot_face 🤖 ghost 👻 dog 🐶 cat 🐱
tropical_drink 🍹 palm_tree 🌴 beach_with_umbrella 🏖️ face_with_thermometer 🤒 house_with_garden 🏡
flag-nl 🇳🇱 flag-be 🇧🇪 busts_in_silhouette 👥 bust_in_silhouette 👤 speaking_head_in_silhouette 🗣️
writing_hand ✍️ crossed_fingers 🤞 v ✌️ wall 🧱 bricks 🧱 folding_hand_fan 🪭 sponge 🧽 bandage 🩹
adhesive_bandage 🩹 lifebuoy 🛟 ring_buoy 🛟 frame_with_picture 🖼️
"""
_WORDS = _TABLE.split()
EMOJI = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_SHORTCODE = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?")


def with_emoji(text: str) -> str:
    return _SHORTCODE.sub(lambda found: EMOJI.get(found[1], found[0]), text)


def named_emoji(text: str) -> list[tuple[str, int, int]]:
    """The known shortcodes in a text: name, where it begins, where it ends."""
    found = ((match[0].strip(":"), *match.span()) for match in _SHORTCODE.finditer(text))
    return [one for one in found if one[0] in EMOJI]


def emoji(name: str, unicode: str = "") -> str:
    """One emoji by its name; `unicode` are the code points that Slack sends along, such as `1f44f-1f3fb`."""
    known = EMOJI.get(name.split("::")[0])
    if known is None and unicode:
        return "".join(chr(int(point, 16)) for point in unicode.split("-"))
    return known or emojize(f":{name}:", language="alias")


def is_emoji(name: str) -> bool:
    """Whether Slack knows the name, which comes without colons and perhaps with a skin tone."""
    plain = name.partition("::skin-tone-")[0]
    return ":" not in plain and emojize(f":{plain}:", language="alias") != f":{plain}:"
