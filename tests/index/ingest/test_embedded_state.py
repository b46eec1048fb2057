"""The state that a page's program is started with, as its frameworks write it."""

from __future__ import annotations

import json
import time

import pytest

from khabarjoo.index.ingest.embedded_state import Stated, stated_article
from khabarjoo.index.ingest.markup import parse

TITLE = "پل چوبی رودخانه دوباره ساخته شد"
BODY = "بیش از صد نفر در ساختن پل یاری کردند و چوب آن از جنگل‌کاری‌های همان روستا آمد."
ARTICLE = {"title": TITLE, "body": f"<p>{BODY}</p><p>{BODY}</p>", "published_at": "2023-02-11T09:30:00+03:30"}


def stated(script: str, title: str = TITLE) -> Stated | None:
    return stated_article(parse(f"<html><body><div id=app></div>{script}</body></html>"), title)


def flat() -> str:
    values = [
        {"data": 1},
        ["ShallowReactive", 2],
        {"news": 3},
        {"title": 4, "content": 5, "tags": 6},
        TITLE,
        BODY,
        [7],
        "پل",
    ]
    return json.dumps(values)


def chunks() -> str:
    row = f'7:["$","$L8",null,{{"article":{json.dumps(ARTICLE, ensure_ascii=False)}}}]\n'
    parts = row[:60], row[60:]
    return "".join(f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>" for part in parts)


def called() -> str:
    body = f"{BODY!r}"
    inside = f"{{a:{{title:b,body:{body},n:c,list:[,'x',],is:!0,u:void 0,x:.5,h:0x1F}}}}"
    return f"<script>window.__NUXT__=(function(b,c){{return {inside}}}({json.dumps(TITLE)},12));</script>"


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"p": ARTICLE}})}</script>',
        f'<script type="application/json" id="__NUXT_DATA__">{flat()}</script>',
        chunks(),
        called(),
        f"<script>window.__INITIAL_STATE__ = {json.dumps({'post': ARTICLE})};(function(){{}})();</script>",
        f"<script>window['__STATE__'] = JSON.parse({json.dumps(json.dumps({'post': ARTICLE}))});</script>",
    ],
    ids=["next", "nuxt 3", "chunks", "nuxt 2", "assigned", "parsed"],
)
def test_the_article_is_read_from_the_state(script: str) -> None:
    found = stated(script)
    assert found is not None
    assert found.title == TITLE
    assert found.body.split("\n")[0] == BODY


def test_the_record_with_the_pages_title_is_taken_before_a_longer_one() -> None:
    other = {"title": "رود پرآب شد", "body": BODY * 9}
    found = stated(f'<script type="application/json">{json.dumps([other, ARTICLE])}</script>')
    assert found is not None
    assert found.title == TITLE


@pytest.mark.parametrize(
    "script",
    [
        "window.__NUXT__=alert(1)",
        "window.__NUXT__={title:f(),body:g}",
        "window.__NUXT__=(function(a){return a}(1))",
        "window.__NUXT__={a:" * 400,
        "window.__NUXT__=" + "[" * 100_000,
        "window.__NUXT__='" + "\\u0041" * 50_000,
        "window.__A__=(" * 5000,
        "self.__next_f.push([1," * 5000,
    ],
)
def test_what_is_no_literal_is_left_alone_in_time(script: str) -> None:
    started = time.process_time()
    assert stated(f"<script>{script}</script>") is None
    assert time.process_time() - started < 3


def test_a_list_that_refers_to_itself_ends() -> None:
    assert stated('<script type="application/json">[{"title":0,"body":1},["Ref",0],[0,1,2]]</script>') is None
