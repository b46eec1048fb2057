"""Telegram: exports of one channel and of an account, in JSON and HTML, and saved pages of t.me/s."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from khabarjoo.index.article import Article
from khabarjoo.index.ingest import Notice, Reading, Skipped, limits

ReadBytes = Callable[[str, bytes | str], list[Reading]]

WHEN = datetime(2023, 3, 5, 15, tzinfo=UTC)


def message(number: int, text: object, **more: Any) -> dict[str, Any]:
    return {
        "id": number, "type": "message", "date": "2023-03-05T18:30:00", "date_unixtime": str(int(WHEN.timestamp())),
        "from": "خبر دماوند", "from_id": "channel7", "text": text, "text_entities": [], **more,
    }  # fmt: skip


SERVICE = {"id": 1, "type": "service", "action": "create_channel", "title": "خبر دماوند", "text": ""}


def chat(*messages: object, **more: Any) -> dict[str, Any]:
    return {"name": "خبر دماوند", "type": "public_channel", "id": 7, **more, "messages": list(messages)}


def articles(found: list[Reading]) -> list[Article]:
    return [x for x in found if isinstance(x, Article)]


def whys(found: list[Reading]) -> list[str]:
    return [x.why for x in found if isinstance(x, Notice | Skipped)]


def test_a_message_is_an_article_and_a_service_message_is_none(readings: ReadBytes) -> None:
    text = [
        "🔴 ", {"type": "bold", "text": "برف در دماوند"}, "\n\nراه‌ها ", {"type": "text_link", "text": "بسته", "href": "x"},
        " شد.\n", {"type": "hashtag", "text": "#برف_سنگین"}, "\n@damavand",
    ]  # fmt: skip
    (found,) = readings("result.json", json.dumps(chat(SERVICE, message(2, text, forwarded_from="خبر پلور"))))
    assert isinstance(found, Article)
    assert (found.id, found.title, found.source) == ("channel7/2", "برف در دماوند", "خبر دماوند")
    assert found.body == "راه‌ها بسته شد.\n#برف_سنگین\n@damavand"
    assert found.tags == ("برف سنگین",)
    assert found.published == WHEN
    assert "خبر پلور" in found.lead
    assert found.url == ""


def test_where_a_channels_name_on_t_me_is_known_links_and_ids_have_it(readings: ReadBytes) -> None:
    (found,) = readings("r.json", json.dumps(chat(message(2, "برف"), username="damavand_news")))
    assert isinstance(found, Article)
    assert (found.id, found.url) == ("damavand_news/2", "https://t.me/damavand_news/2")


def test_replies_and_albums_stay_with_what_they_belong_to(readings: ReadBytes) -> None:
    found = readings(
        "r.json",
        json.dumps(
            chat(
                message(2, "سیل در ساری\nپل را برد."),
                message(3, "باد در زابل"),
                message(4, "پل ساخته شد. #ساری", reply_to_message_id=2),
                message(5, "راه باز شد.", reply_to_message_id=4),
                message(6, "عکس نخست", grouped_id=99),
                message(7, "عکس دوم", grouped_id=99),
                message(8, "پاسخ به جای دیگر", reply_to_message_id=2, reply_to_peer_id="channel9"),
                message(9, "پاسخ به آنچه نیست", reply_to_message_id=1000),
            )
        ),
    )
    assert [x.id for x in articles(found)] == [f"channel7/{n}" for n in (2, 3, 6, 8, 9)]
    assert articles(found)[0].body == "پل را برد.\nپل ساخته شد. #ساری\nراه باز شد."
    assert articles(found)[0].tags == ("ساری",)
    assert articles(found)[2].body == "عکس دوم"


ACCOUNT = {
    "about": "x",
    "personal_information": {"user_id": 1, "first_name": "م", "bio": ""},
    "contacts": {"about": "x", "list": [{"user_id": 2, "first_name": "ن"}]},
    "chats": {
        "about": "x",
        "list": [
            chat(message(2, "برف")),
            chat(message(2, "سلام"), message(3, "خوبی؟"), name="مریم", type="personal_chat", id=8),
            chat(message(2, "باد"), name="گروه خبر", type="private_supergroup", id=9),
        ],
    },
    "left_chats": {"about": "x", "list": [chat(message(2, "مه"), name="رفته", id=10)]},
}


@pytest.mark.parametrize("line_limit", [limits.LINE_CHARACTERS, 300])
def test_an_account_gives_its_channels_and_groups_and_says_what_it_leaves_out(
    readings: ReadBytes, line_limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE_CHARACTERS", line_limit)
    found = readings("result.json", json.dumps(ACCOUNT, ensure_ascii=False, indent=1))
    assert [(x.id, x.title, x.source) for x in articles(found)] == [
        ("channel7/2", "برف", "خبر دماوند"),
        ("channel9/2", "باد", "گروه خبر"),
        ("channel10/2", "مه", "رفته"),
    ]
    assert "it is a personal chat, which is no news; 2 messages were left out" in whys(found)


@pytest.mark.parametrize("line_limit", [limits.LINE_CHARACTERS, 100])
def test_one_chat_is_read_alike_in_memory_and_as_a_stream(
    readings: ReadBytes, line_limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LINE_CHARACTERS", line_limit)
    monkeypatch.setattr("khabarjoo.index.ingest.json_stream._CHUNK", 50)
    whole = chat(SERVICE, *(message(n, f"خبر {n}\nمتن آن") for n in range(2, 30)), {"id": 99, "type": "unsupported"})
    found = readings("result.json", json.dumps(whole, ensure_ascii=False, indent=1))
    assert [(x.id, x.title) for x in articles(found)] == [(f"channel7/{n}", f"خبر {n}") for n in range(2, 30)]
    assert whys(found) == []


def test_the_control_characters_that_telegram_desktop_writes_are_mended(readings: ReadBytes) -> None:
    text = json.dumps(chat(message(2, "برف@ آمد")), indent=1).replace("@", r"\x0B")
    (found,) = readings("result.json", text)
    assert isinstance(found, Article)
    assert (found.title, found.body) == ("برف", "آمد")


def test_messages_without_words_are_counted_and_polls_are_read(readings: ReadBytes) -> None:
    poll = {"question": "باران می‌آید؟", "closed": False, "answers": [{"text": "آری"}, {"text": "نه"}]}
    found = readings("r.json", json.dumps(chat(message(2, "", photo="a.jpg"), message(3, "", poll=poll))))
    assert [(x.title, x.body) for x in articles(found)] == [("باران می‌آید؟", "آری\nنه")]
    assert whys(found) == ["1 messages hold no words (pictures, sounds and the like)"]


def test_a_first_line_as_long_as_a_paragraph_is_text_and_no_title(readings: ReadBytes) -> None:
    (found,) = readings("r.json", json.dumps(chat(message(2, "باران بارید. " * 40))))
    assert isinstance(found, Article)
    assert (found.title, found.body) == ("", ("باران بارید. " * 40).strip())


EXPORTED = """<!DOCTYPE html>
<html>
 <head>
  <meta charset="utf-8"/>
<title>Exported Data</title>
  <link href="css/style.css" rel="stylesheet"/>
 </head>
 <body onload="CheckLocation();">
  <div class="page_wrap">
   <div class="page_header"><div class="content"><div class="text bold">
خبر دماوند
   </div></div></div>
   <div class="page_body chat_page"><div class="history">
     <div class="message service" id="message-1"><div class="body details">5 March 2023</div></div>
     <div class="message default clearfix" id="message12">
      <div class="pull_left userpic_wrap"><div class="userpic"><div class="initials">خ</div></div></div>
      <div class="body">
       <div class="pull_right date details" title="05.03.2023 18:30:00 UTC+03:30">18:30</div>
       <div class="from_name">خبر دماوند</div>
       <div class="text"><strong>برف در دماوند</strong><br><br>راه‌ها بسته شد.<br><a href="" onclick="return ShowHashtag(&quot;برف&quot;)">#برف</a></div>
      </div>
     </div>
     <div class="message default clearfix joined" id="message13">
      <div class="body">
       <div class="pull_right date details" title="05.03.2023 18:40:00">18:40</div>
       <div class="pull_left forwarded userpic_wrap"></div>
       <div class="forwarded body"><div class="from_name">خبر پلور <span class="date details" title="x">05.03.2023 10:00:00</span></div>
        <div class="text">باد در پلور</div></div>
      </div>
     </div>
     <div class="message default clearfix joined" id="message14">
      <div class="body">
       <div class="pull_right date details" title="05.03.2023 18:50:00 UTC+03:30">18:50</div>
       <div class="reply_to details">In reply to <a href="#go_to_message12" onclick="return GoToMessage(12)">this message</a></div>
       <div class="text">راه‌ها باز شد.</div>
      </div>
     </div>
     <div class="message default clearfix joined" id="message15"><div class="body"><div class="media_wrap">عکس</div></div></div>
   </div></div>
  </div>
 </body>
</html>"""


def test_pages_that_telegram_desktop_exports_are_read_message_by_message(readings: ReadBytes) -> None:
    found = readings("messages.html", EXPORTED)
    first, second = articles(found)
    assert (first.id, first.title, first.source) == ("خبر دماوند/12", "برف در دماوند", "خبر دماوند")
    assert (first.body, first.tags, first.published) == ("راه‌ها بسته شد.\n#برف\nراه‌ها باز شد.", ("برف",), WHEN)
    assert (second.title, second.lead) == ("باد در پلور", "هدایت‌شده از خبر پلور")
    assert second.published == datetime(2023, 3, 5, 15, 10, tzinfo=UTC)
    assert whys(found) == ["1 messages hold no words (pictures, sounds and the like)"]


def bubble(post: str, inside: str, more: str = "") -> str:
    return (
        f'<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message {more} '
        f'js-widget_message" data-post="{post}"><div class="tgme_widget_message_bubble"><div '
        'class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/damavand">'
        f'<span dir="auto">خبر دماوند 🇮🇷</span></a></div>{inside}<div class="tgme_widget_message_footer"><span '
        'class="tgme_widget_message_views">12K</span><a class="tgme_widget_message_date" href="https://t.me/'
        f'{post}"><time datetime="2023-03-05T15:00:00+00:00" class="time">18:30</time></a></div></div></div></div>'
    )


def words(text: str) -> str:
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{text}</div>'


REPLY = (
    '<a class="tgme_widget_message_reply" href="https://t.me/damavand/12"><div class="tgme_widget_message_text '
    'js-message_reply_text">برف در دماوند</div></a>'
)
PREVIEW = (
    '<!DOCTYPE html><html><head><title>خبر دماوند – Telegram</title><meta property="og:site_name" content="Telegram">'
    '</head><body class="widget_frame_base tgme_page"><header class="tgme_header">Telegram</header><main>'
    + bubble("damavand/11", words("Channel created"), "service_message")
    + bubble("damavand/12", words('<b>برف در دماوند</b><br/>راه‌ها بسته شد. <a href="?q=%23x">#برف</a>'))
    + bubble("damavand/13", REPLY + words("راه‌ها باز شد."))
    + bubble("damavand/14", '<a class="tgme_widget_message_photo_wrap"></a>')
    + "</main></body></html>"
)


def test_saved_pages_of_t_me_are_read_with_links_and_times(readings: ReadBytes) -> None:
    found = readings("damavand.html", PREVIEW)
    (article,) = articles(found)
    assert (article.id, article.url) == ("damavand/12", "https://t.me/damavand/12")
    assert (article.title, article.source) == ("برف در دماوند", "خبر دماوند")
    assert article.body == "راه‌ها بسته شد. #برف\nراه‌ها باز شد."
    assert article.published == WHEN
    assert whys(found) == ["1 messages hold no words (pictures, sounds and the like)"]


def test_another_page_that_links_to_telegram_is_no_page_of_it(readings: ReadBytes) -> None:
    page = '<html><body><h1>برف</h1><p>برف سنگینی در دماوند بارید.</p><a href="https://t.me/damavand/12">تلگرام</a>'
    (found,) = readings("a.html", page)
    assert isinstance(found, Article)
    assert found.id == "a"
