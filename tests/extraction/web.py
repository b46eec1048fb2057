"""Pages as blogs, broadcasters abroad, messengers and programs of the browser make them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from .making import Around, Moment, Page, fa, paragraphs, stories


def pages() -> Iterator[Page]:
    """All pages of this module."""
    for system in (
        wordpress,
        drupal,
        joomla,
        nextjs,
        nuxt,
        jsonld,
        amp,
        bbc,
        pangea,
        iranintl,
        telegram,
        blogfa,
        blogsky,
    ):
        yield from system()


def _document(head: str, body: str) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="fa" dir="rtl"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    ).encode()


def wordpress() -> Iterator[Page]:
    """Classic, block and Elementor themes, with the plug-ins for related posts and sharing."""
    forms = ("p", "p", "wrap", "linked")
    for turn, (form, story) in enumerate(zip(forms, (*stories()[1:4], stories()[13]), strict=True)):
        a, at = Around(turn + 40), Moment(1401 + turn % 3, 3 + turn, 22, 10, 41)
        graph = {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebPage", "name": f"{story.title} - پیک ساحل"},
                {
                    "@type": "NewsArticle",
                    "headline": story.title,
                    "datePublished": at.iso,
                    "keywords": list(story.tags),
                },
            ],
        }
        head = f"<title>{story.title} - پیک ساحل</title>"
        if turn != 1:
            head += f'<script type="application/ld+json">{json.dumps(graph)}</script>'
        else:
            head += f'<meta property="article:published_time" content="{at.iso}">'
        head += '<meta property="og:site_name" content="پیک ساحل">'
        tags = ", ".join(f'<a href="/tag/{n}" rel="tag">{tag}</a>' for n, tag in enumerate(story.tags))
        texts = paragraphs(story.paragraphs, form)
        lead = f"<p><strong>{story.lead}</strong></p>"
        also = f'<div class="jp-relatedposts"><h3>{a.gone("مطالب مشابه")}</h3>{a.links(3, "div")}</div>'
        share = f'<div class="sharedaddy"><h3>{a.gone("این را به اشتراک بگذارید:")}</h3><ul><li><a href="#">توییتر</a></li></ul></div>'
        if turn == 2:  # Elementor: every paragraph is a widget
            texts = "".join(
                '<div class="elementor-element elementor-widget elementor-widget-text-editor" data-id="1">'
                f'<div class="elementor-widget-container"><p>{text}</p></div></div>'
                for text in map(escape, story.paragraphs)
            )
            main = (
                f'<div class="elementor-widget elementor-widget-heading"><h1 class="elementor-heading-title">{story.title}'
                f'</h1></div><div class="elementor-widget elementor-widget-post-excerpt"><div>{story.lead}</div></div>{texts}'
                f'<div class="elementor-widget elementor-widget-share-buttons">{share}</div>'
                f'<div class="elementor-widget elementor-widget-posts"><h4>{a.gone("شاید این‌ها را هم بپسندید")}</h4>'
                f'{a.links(3, "h5")}</div><div class="elementor-widget">برچسب‌ها: {tags}</div>'
            )
            main = f'<div class="elementor"><section class="elementor-section"><div class="elementor-column">{main}</div></section></div>'
        else:
            author = f'<div class="author-box"><h4>دربارهٔ نویسنده</h4><p>{a.gone("نگار شفیعی خبرنگار آزاد است و از سال نود دربارهٔ روستاها می‌نویسد.")}</p></div>'
            comments = (
                f'<div id="comments" class="comments-area"><h2>۲ دیدگاه</h2><ol class="comment-list"><li class="comment">'
                f'<article><footer>{a.reader()} <time datetime="2024-05-01T10:00:00+03:30">۱۲ اردیبهشت</time></footer>'
                f"<div><p>{a.comment()}</p></div><a href=#>پاسخ</a></article></li></ol>"
                f'<div id="respond"><h3>{a.gone("دیدگاهتان را بنویسید")}</h3><form><textarea></textarea></form></div></div>'
            )
            block = "wp-block-group" if turn == 1 else "entry-content clearfix"
            main = (
                f'<main class="site-main"><article class="post type-post"><header class="entry-header"><h1 class="entry-title">'
                f'{story.title}</h1><div class="entry-meta"><span class="posted-on">{at.long}</span><span class="byline">'
                f'نگار شفیعی</span></div></header><div class="{block}">{lead}{texts}{share}{also}</div>'
                f'<footer class="entry-footer"><span class="tags-links">برچسب‌ها: {tags}</span></footer></article>'
                f"{author if turn != 0 else ''}{comments}</main>"
            )
        side = f'<div id="secondary" class="widget-area"><section class="widget"><h2>نوشته‌های تازه</h2><ul>{a.links(4)}</ul></section></div>'
        body = f'<div id="page" class="site"><header class="site-header"><p class="site-title"><a href="/">پیک ساحل</a></p></header>{main}{side}</div>'
        yield Page(
            name=f"wordpress-{turn}",
            system="WordPress",
            content=_document(head, body),
            title=story.title,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            tags=story.tags,
            source="پیک ساحل",
            absent=tuple(a.absent),
        )


def drupal() -> Iterator[Page]:
    """A div a field, with its label in a div of its own."""
    for turn, (form, story) in enumerate(zip(("p", "bold", "br1"), stories()[4:7], strict=True)):
        a, at = Around(turn + 44), Moment(1398 + turn, 8, 9, 16, 12)
        items = "".join(
            f'<div class="field__item"><a href="/tags/{n}">{tag}</a></div>' for n, tag in enumerate(story.tags)
        )
        kicker = f'<div class="field field--name-field-rutitr field__item">{story.kicker}</div>'
        lead = f'<div class="field field--name-field-lead field--type-text-long field__item"><p>{story.lead}</p></div>'
        date = (
            f'<div class="field field--name-field-date"><div class="field__label">تاریخ انتشار</div>'
            f'<div class="field__item">{at.weekday}، {at.long} - {fa(at.clock)}</div></div>'
        )
        views = f'<div class="view view-related-news"><div class="view-header">{a.gone("اخبار مرتبط")}</div>{a.links(3, "div")}</div>'
        blocks = [kicker, lead, date] if turn != 1 else [date, kicker, lead]
        yield Page(
            name=f"drupal-{turn}",
            system="Drupal",
            content=_document(
                f"<title>{story.title} | دانشگاه خبر</title>",
                f'<div class="region region-menu"><nav role="navigation">{a.menu()}</nav></div><div class="region-content">'
                f'<h1 class="page-title"><span class="field--name-title">{story.title}</span></h1>'
                f'<div class="node node--type-news"><div class="node__content">{"".join(blocks)}'
                f'<div class="clearfix text-formatted field field--name-body field--type-text-with-summary field__item">'
                f"{paragraphs(story.paragraphs, form)}</div>"
                f'<div class="field field--name-field-tags"><div class="field__label">برچسب‌ها</div>'
                f'<div class="field__items">{items}</div></div><ul class="links inline"><li><a href="/add">افزودن دیدگاه جدید</a>'
                f"</li></ul></div></div>{views}</div>",
            ),
            title=story.title,
            kicker=story.kicker,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            tags=story.tags,
            absent=tuple(a.absent),
        )


def joomla() -> Iterator[Page]:
    """Details in a definition list before the text, neighbours after it."""
    for turn, (form, story) in enumerate(zip(("p", "justify"), stories()[7:9], strict=True)):
        a, at = Around(turn + 47), Moment(1395 + turn, 12, 2, 6, 30)
        details = (
            f'<dl class="article-info"><dt>جزئیات</dt><dd>دسته: <a href="/c">{story.section}</a></dd><dd class="published">'
            f'<time datetime="{at.iso}">منتشر شده در {at.long}</time></dd><dd>بازدید: {fa(812)}</dd></dl>'
        )
        yield Page(
            name=f"joomla-{turn}",
            system="Joomla",
            content=_document(
                f"<title>{story.title}</title>",
                f'<div class="moduletable_menu">{a.menu()}</div><div class="item-page" itemscope><div class="page-header">'
                f'<h2 itemprop="headline">{story.title}</h2></div>{details}<div itemprop="articleBody">'
                f'<p class="intro">{story.lead}</p>{paragraphs(story.paragraphs, form)}</div>'
                f'<ul class="pager pagenav"><li class="previous"><a href="/1">قبلی: {a.headline()}</a></li><li class="next">'
                f'<a href="/2">بعدی: {a.headline()}</a></li></ul></div>'
                f'<div class="moduletable"><h3>{a.gone("محبوب‌ترین‌ها")}</h3><ul class="mostread">{a.links(4)}</ul></div>',
            ),
            title=story.title,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            absent=tuple(a.absent),
        )


def nextjs() -> Iterator[Page]:
    """The article in ``__NEXT_DATA__``, in pushed chunks, or shown under names that a compiler made."""
    for turn, story in enumerate(stories()[9:12]):
        a, at = Around(turn + 49), Moment(1402, 6 + turn, 13, 21, 5)
        html = "".join(f"<p>{text}</p>" for text in story.paragraphs)
        record = {"id": 5512 + turn, "title": story.title, "lead": story.lead, "body": html, "published_at": at.iso}
        record |= {"tags": [{"id": n, "title": tag} for n, tag in enumerate(story.tags)], "code": str(90210 + turn)}
        others = [{"id": n, "title": line, "lead": a.summary()} for n, line in enumerate(a.headlines(3))]
        head = f"<title>{story.title} | سپیدار</title><meta property='og:title' content='{story.title}'>"
        if turn == 0:
            props = {"props": {"pageProps": {"latest": others, "news": record}}, "page": "/news/[id]", "buildId": "x"}
            body = '<div id="__next"><div class="spinner">در حال بارگذاری</div></div>'
            body += f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(props)}</script>'
        elif turn == 1:
            rows = f'2:["$","div",null,{{"children":["$","$L5",null,{json.dumps({"latest": others, "article": record}, ensure_ascii=False)}]}}]\n'
            cut = len(rows) // 2
            body = "<div hidden=''></div>" + "".join(
                f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>" for part in (rows[:cut], rows[cut:])
            )
        else:
            texts = "".join(
                f'<div class="css-1x9f2k"><p class="css-q7ab1">{text}</p></div>' for text in story.paragraphs
            )
            cards = "".join(
                f'<a href="/{n}" class="css-77aa"><h3>{line["title"]}</h3></a>' for n, line in enumerate(others)
            )
            body = (
                f'<div id="__next"><div class="css-0"><header class="css-1"><div>{a.menu("span")}</div></header><div class="css-2">'
                f'<p class="css-k1">{story.kicker}</p><h1 class="css-t">{story.title}</h1><p class="css-l">{story.lead}</p>'
                f'<div class="css-m"><span class="css-d">{at.long}</span><span class="css-d">{fa(at.clock)}</span></div>{texts}</div>'
                f'<div class="css-r"><h2>{a.gone("بیشتر بخوانید")}</h2>{cards}</div></div></div>'
            )
        yield Page(
            name=f"next-{turn}",
            system="Next.js",
            content=_document(head, body),
            title=story.title,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            kicker=story.kicker if turn == 2 else "",
            code=str(90210 + turn) if turn < 2 else "",
            tags=story.tags if turn < 2 else (),
            absent=tuple(a.absent),
        )


def nuxt() -> Iterator[Page]:
    """Nuxt 2's function of the values that repeat, Nuxt 3's flat list, and a page rendered on the server."""
    for turn, story in enumerate(stories()[12:15]):
        a, at = Around(turn + 52), Moment(1403, 2 + turn, 27, 7, 50)
        html = "".join(f"<p>{text}</p>" for text in story.paragraphs)
        head = f"<title>{story.title}</title>"
        if turn == 0:
            literal = (
                f'{{layout:"default",data:[{{latest:[{{title:{json.dumps(a.headline())},image:a}}],article:{{id:b,title:'
                f"{json.dumps(story.title)},lead:{json.dumps(story.lead)},body:{json.dumps(html).replace('/', chr(92) + 'u002F')},"
                f"published_at:{json.dumps(at.iso)},pinned:!1,parent:void 0}}}}],error:a}}"
            )
            body = f'<div id="__nuxt"></div><script>window.__NUXT__=(function(a,b){{return {literal}}}(null,7731));</script>'
        elif turn == 1:
            flat: list[object] = [["Reactive", 1], {"data": 2, "state": 3}, {"news": 4}, {}]
            flat += [{"title": 5, "lead": 6, "content": 7, "published_at": 8, "tags": 9}]
            flat += [story.title, story.lead, html, at.iso, list(range(10, 10 + len(story.tags))), *story.tags]
            body = (
                f'<div id="__nuxt"></div><script type="application/json" id="__NUXT_DATA__">{json.dumps(flat)}</script>'
            )
        else:
            blocks = "".join(
                f'<div data-v-7ba5bd90 class="content-block"><div data-v-1><p data-v-7ba5bd90>{text}</p></div></div>'
                for text in story.paragraphs
            )
            slides = "".join(
                f'<div class="swiper-slide"><a href="/{n}">{line}</a></div>' for n, line in enumerate(a.headlines(4))
            )
            body = (
                f'<div id="__nuxt"><div id="__layout"><div><div class="top-bar">{a.menu("span")}</div><div class="page-news">'
                f'<h1 data-v-7ba5bd90>{story.title}</h1><div class="times"><span>{fa(at.clock)}</span><span>{at.slashed}</span></div>'
                f'<p class="excerpt">{story.lead}</p><div class="blocks">{blocks}</div></div><div class="swiper">{slides}</div>'
                f'<div class="bottom">{a.gone("تمام حقوق محفوظ است")}</div></div></div></div>'
            )
        yield Page(
            name=f"nuxt-{turn}",
            system="Nuxt",
            content=_document(head, body),
            title=story.title,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            tags=story.tags if turn == 1 else (),
            absent=tuple(a.absent),
        )


def jsonld() -> Iterator[Page]:
    """Programs of the browser that tell search engines the text and show nothing without running."""
    for turn, story in enumerate((stories()[15], stories()[0])):
        at = Moment(1400 + turn, 10, 30, 12, 0)
        facts = {
            "@context": "https://schema.org",
            "@type": ["Article", "NewsArticle"][turn],
            "headline": story.title,
            "description": story.lead,
            "articleBody": ("\n\n" if turn else "\n").join(story.paragraphs),
            "datePublished": at.iso,
            "keywords": "، ".join(story.tags) if turn else list(story.tags),
            "author": {"@type": "Person", "name": "نگار شفیعی"},
            "publisher": {"@type": "Organization", "name": "هامون نیوز"},
        }
        script = json.dumps([facts] if turn else facts, ensure_ascii=bool(turn))
        yield Page(
            name=f"jsonld-{turn}",
            system="JSON-LD alone",
            content=_document(
                f'<title>{story.title}</title><script type="application/ld+json">{script}</script>',
                '<div id="root"></div><noscript>برای دیدن این صفحه جاوا اسکریپت را فعال کنید.</noscript>',
            ),
            title=story.title,
            lead="",
            paragraphs=story.paragraphs,
            published=at.iso,
            tags=story.tags,
            source="هامون نیوز",
        )


def amp() -> Iterator[Page]:
    """AMP: elements of its own, consent, a sidebar."""
    for turn, (form, story) in enumerate(zip(("p", "wrap", "bold"), stories()[1:4], strict=True)):
        a, at = Around(turn + 57), Moment(1399, 3 + turn, 18, 15, 33)
        ad = f'<amp-ad width="300"><div fallback><p>{a.gone("تخفیف ویژهٔ فروشگاه ما را تا پایان هفته از دست ندهید")}</p></div></amp-ad>'
        text = paragraphs(story.paragraphs[:2], form) + ad + paragraphs(story.paragraphs[2:], form)
        date = (
            f'<time datetime="{at.iso}">{at.long}</time>'
            if turn != 1
            else f"<span>انتشار: {at.slashed} {at.clock}</span>"
        )
        tags = "".join(f'<a class="tag-link" href="/t/{n}">{tag}</a>' for n, tag in enumerate(story.tags))
        yield Page(
            name=f"amp-{turn}",
            system="AMP",
            content=_document(
                f'<title>{story.title} | {story.section} | کویر نیوز</title><link rel="canonical" href="https://kavir.example/n/1">',
                f'<amp-sidebar id="s"><ul>{a.menu()}</ul></amp-sidebar><div class="amp-header"><a href="/">کویر نیوز</a></div>'
                f'<div class="amp-article"><h1>{story.title}</h1><div class="amp-meta">{date}</div>'
                f'<amp-img src="1.jpg"></amp-img><div class="amp-lead">{story.lead}</div><div class="amp-body">{text}</div>'
                f'<div class="amp-tags"><span>برچسب‌ها:</span>{tags}</div></div>'
                f"<amp-list><div><h3>{a.gone('آخرین اخبار')}</h3>{a.links(3, 'div')}</div></amp-list>"
                f"<amp-user-notification><p>{a.gone('این سایت برای کارکرد بهتر از کوکی استفاده می‌کند.')}</p></amp-user-notification>",
            ),
            title=story.title,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            tags=story.tags,
            absent=tuple(a.absent),
        )


def bbc() -> Iterator[Page]:
    """Every paragraph in a block under names a compiler made; boxes one may skip amid the text."""
    for turn, story in enumerate(stories()[4:7]):
        a, at = Around(turn + 60), Moment(1400 + turn, 1 + turn, 25, 18, 0)
        texts = [
            f'<div dir="rtl" class="bbc-19j92fr"><p dir="rtl" class="bbc-cc9ww6">{text}</p></div>'
            for text in story.paragraphs
        ]
        promo = (
            f'<section role="region" aria-labelledby="podcast-promo" class="bbc-14kxdtt"><p><a href="#end">از {"پادکست"} رد شوید و به '
            f'خواندن ادامه دهید</a></p><strong id="podcast-promo">پادکست</strong><div><a href="/p">{a.headline()}</a><p>'
            f'{a.summary()}</p></div><p tabindex="-1" id="end">پایان پادکست</p></section>'
        )
        recommended = (
            f'<section aria-labelledby="recommendations-heading"><p class="skip"><a href="#e">از مطالب پیشنهادی رد شوید و به خواندن '
            f"ادامه دهید</a></p><h2>{a.gone('مطالب پیشنهادی')}</h2><ul>{a.links(3)}</ul><p>پایان مطالب پیشنهادی</p></section>"
        )
        figure = (
            f'<figure class="bbc-1qn0xuy"><div><img src="1.jpg"><p role="text">منبع تصویر، {a.gone("SEPIDAR")}</p></div>'
            f"<figcaption>{a.gone('کارگران در حال کار')}</figcaption></figure>"
        )
        texts.insert(1, figure)
        texts.insert(4, (promo, recommended, promo)[turn])
        subheading = '<div class="bbc-1hlj5hr"><h2 tabindex="-1">از نزدیک</h2></div>' if turn == 2 else ""
        stamp = f'<time class="bbc-1dafq0j" datetime="{at.date.isoformat()}">{at.long}</time>'
        if turn == 1:
            stamp += f'<time datetime="{at.iso}">به‌روز شده در {at.long}</time>'
        yield Page(
            name=f"bbc-{turn}",
            system="BBC",
            content=_document(
                f'<title>{story.title} - رادیو سپیدار</title><meta property="og:site_name" content="رادیو سپیدار">'
                f'<meta name="article:published_time" content="{at.iso}"><meta name="description" content="{story.lead}">',
                f'<header role="banner"><nav><ul>{a.menu()}</ul></nav></header><div><main role="main"><div><h1 id="content" tabindex="-1">'
                f'{story.title}</h1></div><div class="bbc-fa0wmp">{stamp}</div>'
                f'<div class="bbc-19j92fr"><p class="bbc-cc9ww6"><b>{story.lead}</b></p></div>{"".join(texts[:3])}{subheading}'
                f'{"".join(texts[3:])}</main><section role="complementary"><h2>{a.gone("خبرهای مهم")}</h2><ul>{a.links(3)}</ul>'
                f"</section></div><footer role='contentinfo'><p>{a.gone('بی‌بی‌سی مسئول محتوای سایت‌های دیگر نیست.')}</p></footer>",
            ),
            title=story.title,
            lead=story.lead,
            paragraphs=(*story.paragraphs[:2], "از نزدیک", *story.paragraphs[2:]) if turn == 2 else story.paragraphs,
            published=at.iso,
            source="رادیو سپیدار",
            absent=tuple(a.absent),
        )


def pangea() -> Iterator[Page]:
    """As Radio Farda: media blocks, "also read" boxes and players between the paragraphs of one ``wsw``."""
    for turn, story in enumerate(stories()[6:9]):
        a, at = Around(turn + 63), Moment(1398 + turn, 6, 3, 13, 25)
        box = (
            f'<div class="wsw__embed"><div class="media-block also-read"><a href="/a/1"><div class="media-block__content"><span '
            f'class="also-read__label">{a.gone("بیشتر در این باره:")}</span><h4>{a.headline()}</h4></div></a></div></div>'
        )
        player = (
            f'<div class="wsw__embed"><div class="media-pholder media-pholder--audio"><div class="c-mmp"><h3>{a.headline()}</h3>'
            f'<audio src="1.mp3"></audio><span>0:00</span><span>0:02:31</span><a href="1.mp3">لینک مستقیم</a></div></div></div>'
        )
        texts = "".join(f"<p>{text}</p>" for text in story.paragraphs[:2]) + (box if turn != 1 else player)
        texts += "".join(f"<p>{text}</p>" for text in story.paragraphs[2:4]) + (player if turn == 2 else "")
        texts += "".join(f"<p>{text}</p>" for text in story.paragraphs[4:])
        tags = "".join(
            f'<li class="tags__item"><a class="link" href="/t/{n}">{tag}</a></li>' for n, tag in enumerate(story.tags)
        )
        lead = f'<div class="intro m-t-md"><p>{story.lead}</p></div>' if turn != 2 else ""
        paragraphs_ = story.paragraphs
        yield Page(
            name=f"pangea-{turn}",
            system="Pangea (Radio Farda)",
            content=_document(
                f'<title>{story.title}</title><meta property="og:site_name" content="رادیو نارون">',
                f'<div class="hdr"><nav class="nav"><ul>{a.menu()}</ul></nav></div><div class="hdr-container"><div class="category">'
                f'<a href="/z">{story.section}</a></div><h1 class="title pg-title">{story.title}</h1><div class="publishing-details">'
                f'<div class="published"><span class="date"><time pubdate="pubdate" datetime="{at.iso}">{at.long}</time></span></div>'
                f'</div><div class="share--box"><a href="#">همرسانی</a><a href="#">چاپ</a></div></div>'
                f'<div class="body-container"><div id="article-content" class="content-floated-wrap fb-quotable">'
                f'<div class="wsw">{lead}{texts}</div><ul class="tags">{tags}</ul></div>'
                f'<div class="media-block-wrap"><h2 class="section-head">{a.gone("بیشتر در بخش گزارش")}</h2>{a.links(3)}</div>'
                f'<div class="comments"><h3>{a.gone("نظرات بینندگان")}</h3><p>{a.comment()}</p></div></div>',
            ),
            title=story.title,
            lead=story.lead if turn != 2 else "",
            paragraphs=paragraphs_,
            published=at.iso,
            tags=story.tags,
            source="رادیو نارون",
            absent=tuple(a.absent),
        )


def iranintl() -> Iterator[Page]:
    """Sections of hashed names, headlines between dots amid the text, the lead in the head too."""
    for turn, (form, story) in enumerate(zip(("p", "linked", "p"), stories()[9:12], strict=True)):
        a, at = Around(turn + 66), Moment(1401 + turn, 11, 1 + turn, 20, 30)
        ring = "".join(
            f'<li class="ReadMore_dot__x"><span>•</span><a href="/{n}">{line}</a></li>'
            for n, line in enumerate(a.headlines(2))
        )
        texts = paragraphs(story.paragraphs[:3], form) + f'<div class="ReadMore_box__9xz"><ul>{ring}</ul></div>'
        texts += paragraphs(story.paragraphs[3:], form)
        when = f"{at.long}، {fa(at.clock)} {'‎(‎+۳:۳۰ گرینویچ)' if turn == 1 else 'به وقت تهران' if turn == 2 else ''}"
        yield Page(
            name=f"iranintl-{turn}",
            system="Iran International",
            content=_document(
                f"<title>{story.title} | تلویزیون نارون</title><meta property='og:description' content='{story.lead}'>",
                f'<div class="Layout_x"><div class="Menu_y">{a.menu("span")}</div><main><article><header class="Article_head__1a">'
                f'<h1>{story.title}</h1><p class="Article_sum__2b">{story.lead}</p><div class="Article_time__3c"><span>{when}</span></div>'
                f'</header><div class="Article_body__4d">{texts}</div><div class="Article_more__5e"><p>{a.gone("پربیننده‌ترین‌ها")}</p>'
                f"<ol>{a.links(4)}</ol></div></article></main><aside><p>{a.gone('برنامه‌های امشب را زنده ببینید و با ما همراه باشید.')}</p>"
                "</aside></div>",
            ),
            title=story.title,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            absent=tuple(a.absent),
        )


def telegram() -> Iterator[Page]:
    """Previews of one message: Telegram's own page, its widget, and the head alone."""
    for turn, story in enumerate(stories()[13:16]):
        a, at = Around(turn + 69), Moment(1402, 9, 4 + turn, 22, 14)
        message = "\n\n".join((story.title, story.lead, *story.paragraphs))
        head = '<title>Telegram: Contact @kavir</title><meta property="og:title" content="خبر کویر"><meta property="og:site_name" content="Telegram">'
        head += f'<meta property="og:description" content="{message}">'
        if turn == 1:
            head += "<title>Telegram Widget</title>"
        widget = (
            f'<div class="tgme_widget_message js-widget_message" data-post="kavir/7"><div class="tgme_widget_message_bubble">'
            f'<div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="https://t.me/kavir"><span '
            f'dir="auto">خبر کویر</span></a></div><div class="tgme_widget_message_text js-message_text" dir="auto"><b>{story.title}</b>'
            f'<br/><br/>{"<br/><br/>".join((story.lead, *story.paragraphs))}</div><div class="tgme_widget_message_footer"><div '
            f'class="tgme_widget_message_info"><span class="tgme_widget_message_views">۳.۲K</span><span><a href="https://t.me/kavir/7">'
            f'<time datetime="{at.iso}">{at.clock}</time></a></span></div></div></div></div>'
        )
        action = f'<div class="tgme_page_action"><a href="tg://resolve">{a.gone("View In Channel")}</a></div>'
        body = (widget, f'<div class="tgme_page">{widget}{action}</div>', f'<div class="tgme_page">{action}</div>')[
            turn
        ]
        yield Page(
            name=f"telegram-{turn}",
            system="Telegram previews",
            content=_document(head, body),
            title=story.title,
            lead="",
            paragraphs=(story.lead, *story.paragraphs),
            published=at.iso if turn < 2 else "",
            source="خبر کویر",
            absent=tuple(a.absent),
        )


def blogfa() -> Iterator[Page]:
    """Blogs: the name of the blog is the title of the page, about and archive beside the post."""
    for turn, (form, story) in enumerate(zip(("br", "rtl", "justify"), stories()[1:4], strict=True)):
        a, at = Around(turn + 72), Moment(1388 + turn, 5 + turn, 15, 23, 11)
        about = a.gone("در این وبلاگ از کوه و کویر و آدم‌هایش می‌نویسم و از خواندن نظر شما خوشحال می‌شوم.")
        names = (
            ("post", "title", "content", "date"),
            ("PostHeader", "PostTitle", "PostBody", "PostInfo"),
            ("p1", "t1", "b1", "i1"),
        )[turn]
        when = f"نوشته شده در {at.weekday} {at.long} ساعت {fa(at.clock)} توسط سامان | <a href='#'>نظر بدهید</a>"
        side = f'<div class="sidebar"><div>درباره وبلاگ</div><p>{about}</p><div>آرشیو</div>{a.links(3, "div")}</div>'
        post = (
            f'<div class="{names[0]}"><div class="{names[1]}"><a href="/post/7">{story.title}</a></div><div class="{names[2]}">'
            f'{paragraphs((story.lead, *story.paragraphs), form)}</div><div class="{names[3]}">{when}</div></div>'
        )
        yield Page(
            name=f"blogfa-{turn}",
            system="Blogfa",
            content=_document(
                f"<title>کوه و کویر - {story.title}</title>" if turn else f"<title>{story.title}</title>",
                f'<div id="header"><h1><a href="/">کوه و کویر</a></h1><h2>یادداشت‌های یک کوه‌نورد</h2></div>'
                f'<div id="wrap">{side + post if turn == 1 else post + side}</div>',
            ),
            title=story.title,
            lead="",
            paragraphs=(story.lead, *story.paragraphs),
            published=at.iso,
            absent=tuple(a.absent),
        )


def blogsky() -> Iterator[Page]:
    """Blogs of newer services: an article with a header and a footer of tags, comments below."""
    for turn, (form, story) in enumerate(zip(("p", "div"), stories()[4:6], strict=True)):
        a, at = Around(turn + 75), Moment(1397 + turn, 1, 29, 20, 40)
        tags = "".join(f'<a href="/tag/{n}">{tag}</a>' for n, tag in enumerate(story.tags))
        comments = "".join(
            f'<div class="c"><b>{a.reader()}</b> {at.slashed} {at.clock}<p>{a.comment()}</p><a href="#">پاسخ</a></div>'
            for _ in range(3)
        )
        yield Page(
            name=f"blogsky-{turn}",
            system="Blogsky",
            content=_document(
                f"<title>{story.title} :: کوه و کویر</title>",
                f'<div class="blog-title"><a href="/">کوه و کویر</a></div><div class="posts"><div class="post-item"><h2><a href="/p">'
                f'{story.title}</a></h2><div class="dt">{at.weekday} {at.long}، {fa(at.clock)}</div><div class="body-x">'
                f'{paragraphs((story.lead, *story.paragraphs), form)}</div><div class="ft">برچسب‌ها : {tags}</div></div>'
                f'<div class="cm"><h4>نظرات {fa(3)}</h4>{comments}</div></div><div class="links"><h4>پیوندها</h4>{a.links(4, "div")}</div>',
            ),
            title=story.title,
            lead="",
            paragraphs=(story.lead, *story.paragraphs),
            published=at.iso,
            tags=story.tags,
            absent=tuple(a.absent),
        )
