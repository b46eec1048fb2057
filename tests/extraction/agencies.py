"""Pages as the content systems of Iranian agencies and newspapers make them."""

from __future__ import annotations

from collections.abc import Iterator

from .making import Around, Moment, Page, fa, paragraphs, stories


def pages() -> Iterator[Page]:
    """All pages of this module."""
    for system in (iransamaneh, nastooh, studiokhabar, dolphin, sepehr, tables, webforms, tasnim, plain):
        yield from system()


def iransamaneh() -> Iterator[Page]:
    """Short class names with underscores; the same word in all of them."""
    for turn, (form, story) in enumerate(zip(("p", "br", "div", "justify"), stories()[0:4], strict=True)):
        a, at = Around(turn), Moment(1400 + turn, 4 + turn, 19 - turn, 11, 20 + turn)
        code = str(769201 + turn * 1371)
        box = (
            f'<div class="related_news_box"><div class="related_title">بیشتر بخوانید</div>{a.links(2, "div")}</div>'
            if turn % 2
            else f'<p><strong>بیشتر بخوانید: </strong><a href="/fa/news/1">{a.headline()}</a></p>'
        )
        text = paragraphs(story.paragraphs[:2], form) + ("<p></p>" if form == "br" else "") + box
        text += paragraphs(story.paragraphs[2:], form)
        code_line = f'<div class="news_nav news_id_c"><span class="news_nav_title">کد خبر: </span>{fa(code)}</div>'
        date_line = (
            f'<div class="news_nav news_pdate_c"><span class="news_nav_title">تاریخ انتشار: </span>{at.long} - '
            f'{fa(at.clock)}<span class="fa_date">{at.date:%d %B %Y}</span></div>'
        )
        heading = (
            f'<div class="rutitr">{story.kicker}</div><h1 class="title"><a href="/fa/news/{code}">{story.title}</a></h1>',
            f'<div class="title"><h2 class="rutitr">{story.kicker}</h2><h1>{story.title}</h1></div>',
        )[turn // 2]
        tags = "".join(f'<a class="tags_item" href="/fa/tags/{n}">{tag}</a>' for n, tag in enumerate(story.tags))
        comments = "".join(
            f'<div class="comments_item"><div class="comment_info">{a.reader()} | {fa("12:30")} - {at.slashed}</div>'
            f'<div class="comments">{a.comment()}</div></div>'
            for _ in range(2)
        )
        inner = f"""
<div class="main_col"><div class="news_toolbar">{(code_line + date_line) if turn % 2 else (date_line + code_line)}
<div class="news_nav news_comments_c">تعداد نظرات: {fa(2)} نظر</div><a class="print_ico" href="#">چاپ</a></div>
{heading}<div class="subtitle">{story.lead}</div>
<div class="body" id="newsbody">{text}</div>
<div class="tags_title">برچسب ها: {tags}</div>
<div class="news_related"><div class="header">{a.gone("مطالب مرتبط")}</div><ul>{a.links(3)}</ul></div>
<div class="comments_container"><div class="comm_title">نظرات بینندگان</div>{comments}
<form><div>{a.gone("نام و نام خانوادگی شما:")}</div><input name="n"><div>نظر:</div><textarea></textarea></form></div></div>
<div class="left_col"><div class="box_header">پربازدیدها</div>{a.links(4, "div", ' class="title5"')}</div>"""
        yield Page(
            name=f"iransamaneh-{turn}",
            system="IranSamaneh",
            content=(
                f'<!DOCTYPE html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{story.title}</title>'
                '<meta property="og:site_name" content="هامون نیوز"></head><body>'
                f'<div class="header"><div class="menu_c"><ul>{a.menu()}</ul></div></div>{inner}'
                f'<div class="footer_c">{a.gone("کلیه حقوق این سایت برای هامون نیوز محفوظ است")}</div></body></html>'
            ).encode(),
            title=story.title,
            kicker=story.kicker,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            code=code,
            tags=story.tags,
            source="هامون نیوز",
            absent=tuple(a.absent),
        )


def nastooh() -> Iterator[Page]:
    """Sections and boxes with well-chosen names, the facts in lists."""
    for turn, (form, story) in enumerate(zip(("p", "rtl", "bold", "linked"), stories()[4:8], strict=True)):
        a, at = Around(turn + 4), Moment(1399 + turn, 9 + turn % 3, 7 + turn, 8 + turn, 5)
        code = str(84120033 + turn * 977)
        text = paragraphs(story.paragraphs[:3], form)
        if turn % 2:
            text += f'<section class="box related-items inline"><header><h2>{a.gone("در همین زمینه")}</h2></header>'
            text += f"<ul>{a.links(2)}</ul></section>"
        else:
            text += f'<figure class="item-img"><img src="1.jpg"><figcaption>{a.gone("نمایی از روز نخست")}</figcaption></figure>'
        text += paragraphs(story.paragraphs[3:], form)
        tags = "".join(f'<li><a href="/tag/{n}" rel="Index, Tag">{tag}</a></li>' for n, tag in enumerate(story.tags))
        facts = (
            f'<div class="item-nav row"><div class="col-6 item-date"><span>{at.weekday} {at.long} - {fa(at.clock)}</span>'
            f'</div><div class="col-6 item-code"><span>کد خبر: </span><span class="copyable">{fa(code)}</span></div></div>'
        )
        items = "".join(
            f"<li><figure><img></figure><div class=desc><h3><a href=/n/{n}>{line}</a></h3><p>{a.summary()}</p></div></li>"
            for n, line in enumerate(a.headlines(3))
        )
        comments = (
            f'<section class="box comments" id="comments"><header><h2>نظرات</h2></header><ul><li><div class="meta">'
            f'<span class="author">{a.reader()}</span><time>{at.slashed}</time></div><p>{a.comment()}</p></li></ul></section>'
        )
        head = f'<div class="item-header">{facts if turn % 2 else ""}<div class="item-title">'
        head += f'<h4 class="kicker subtitle">{story.kicker}</h4><h1 class="title" itemprop="headline">'
        head += f'<a href="/news/{code}">{story.title}</a></h1></div></div>'
        yield Page(
            name=f"nastooh-{turn}",
            system="Nastooh",
            content=(
                f'<!doctype html><html dir="rtl" lang="fa-IR"><head><meta charset="utf-8">'
                f"<title>{story.title} - خبرگزاری هامون</title>"
                f'<meta property="og:title" content="{story.title}"><meta name="description" content="{story.lead}">'
                f'</head><body class="news"><header id="masthead"><div class="menu"><ul>{a.menu()}</ul></div></header>'
                f'<main id="main"><article id="item">{head}<div class="item-summary">'
                f'<p class="summary introtext" itemprop="description">{story.lead}</p></div>{"" if turn % 2 else facts}'
                f'<div class="item-body"><div itemprop="articleBody" class="item-text">{text}</div></div>'
                f'<section class="box tags"><header><h2>برچسب‌ها</h2></header><div><ul>{tags}</ul></div></section>'
                f'</article>{comments}<section class="box latest"><header><h2>{a.gone("آخرین اخبار")}</h2></header>'
                f"<ul>{items}</ul></section></main><footer><p>{a.gone('تمامی حقوق محفوظ است')}</p></footer></body></html>"
            ).encode(),
            title=story.title,
            kicker=story.kicker,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            code=code,
            tags=story.tags,
            source="خبرگزاری هامون",
            absent=tuple(a.absent),
        )


def studiokhabar() -> Iterator[Page]:
    """Bootstrap rows; the paragraphs stand in several sibling blocks around pictures and boxes."""
    for turn, story in enumerate(stories()[8:11]):
        a, at = Around(turn + 8), Moment(1396 + turn, 2 + turn, 11, 14, 7 + turn)
        code, half = str(515000 + turn * 31), 2 + turn % 2
        parts = (
            f'<div class="news_content_part">{paragraphs(story.paragraphs[:half], "p")}</div>'
            f'<div class="img-container"><img src="p.jpg"><span class="img-text">{a.gone("عکس: بایگانی هامون")}</span></div>'
            f'<div class="news_content_part2">{paragraphs(story.paragraphs[half:], "p")}</div>'
        )
        also = f'<div class="col-xs-12"><div class="more-title">{a.gone("از دست ندهید")}</div>{a.links(2, "p")}</div>'
        date = (
            f'<span class="published">تاریخ انتشار: {at.weekday} {fa(at.day)} {at.long.split(" ", 1)[1]} ساعت {fa(at.clock)}'
            f'</span><span class="code-label">شناسه خبر: {fa(code)}</span>'
        )
        tags = "، ".join(f'<a href="/t/{n}">{tag}</a>' for n, tag in enumerate(story.tags))
        teasers = "".join(
            f'<div class="media"><div class="media-body"><a href="/{n}"><b>{line}</b></a><div>{a.summary()}</div></div></div>'
            for n, line in enumerate(a.headlines(3))
        )
        columns = [
            f'<div class="col-md-8"><div class="row"><div class="col-xs-12 bar">{date}</div></div>'
            f'<div class="over-title">{story.kicker}</div><h1 class="news-title">{story.title}</h1>'
            f'<div class="lead-box"><strong>{story.lead}</strong></div><div class="row text-row">{parts}</div>'
            f'{also if turn else ""}<div class="row">کلیدواژه‌ها: {tags}</div></div>',
            f'<div class="col-md-4"><div class="panel-head">{a.gone("پیشنهاد سردبیر")}</div>{teasers}</div>',
        ]
        if turn == 1:
            columns.reverse()
        yield Page(
            name=f"studiokhabar-{turn}",
            system="StudioKhabar",
            content=(
                f'<html><head><meta charset="utf-8"><title>{story.title} | {story.section} | کویر نیوز</title></head><body>'
                f'<div class="navbar-collapse"><ul class="nav navbar-nav">{a.menu()}</ul></div>'
                f'<div class="container"><ol class="breadcrumb"><li><a href="/">خانه</a></li><li><a href="/s">'
                f'{story.section}</a></li></ol><div class="row">{"".join(columns)}</div></div>'
                f'<div class="container-fluid bottom">{a.gone("استفاده از مطالب کویر نیوز با ذکر منبع بلامانع است")}</div>'
                "</body></html>"
            ).encode(),
            title=story.title,
            kicker=story.kicker,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            code=code,
            tags=story.tags,
            source="کویر نیوز",
            absent=tuple(a.absent),
        )


def dolphin() -> Iterator[Page]:
    """Names in CamelCase that say little, labels in cells, text right in a block with line breaks."""
    for turn, (form, story) in enumerate(zip(("br1", "br", "p"), stories()[11:14], strict=True)):
        a, at = Around(turn + 11), Moment(1397 + turn, 11, 3 + turn, 17, 45)
        code = str(33410 + turn)
        rows = [
            f"<tr><td>شماره خبر:</td><td>{fa(code)}</td></tr>",
            f"<tr><td>تاریخ انتشار :</td><td>{at.long} - {fa(at.clock)}</td></tr>",
            f"<tr><td>گروه:</td><td>{story.section}</td></tr>",
        ]
        if turn == 1:
            rows.reverse()
        signs = f"<div>{a.gone('انتهای پیام/')}</div>" if turn != 1 else ""
        tags = " ".join(f'<span><a href="/Tag/{n}">{tag}</a></span>' for n, tag in enumerate(story.tags))
        before = f'<div class="ContentPanel NavPanel">{a.links(3, "div")}</div>'
        yield Page(
            name=f"dolphin-{turn}",
            system="Dolphin",
            content=(
                f'<!DOCTYPE html><html><head><meta charset="utf-8"/><title>دیلمان پرس :: {story.title}</title></head><body>'
                f'<div id="ctlMenu">{a.menu("span")}</div>{before if turn == 2 else ""}'
                f'<div class="NewsPanel"><div class="NewsRoTitr">{story.kicker}</div><div class="NewsTitr"><h2>{story.title}'
                f'</h2></div><div class="NewsLid Lid">{story.lead}</div><table class="NewsInfo">{"".join(rows)}</table>'
                f'<div class="NewsMatn">{paragraphs(story.paragraphs, form)}</div>{signs}'
                f'<div class="KeyWords"><b>کلمات کلیدی</b>{tags}</div></div>'
                f'<div class="PollPanel"><div>{a.gone("نظر شما دربارهٔ سایت ما چیست؟")}</div><input type="radio">خوب</div>'
                f'<div class="ContentPanel"><div class="Head">پربیننده ترین</div>{a.links(4, "div")}</div></body></html>'
            ).encode(),
            title=story.title,
            kicker=story.kicker,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            code=code,
            tags=story.tags,
            source="دیلمان پرس",
            absent=tuple(a.absent),
        )


def sepehr() -> Iterator[Page]:
    """Print newspapers on the web: the number of the edition, the page, no time of the day."""
    for turn, (form, story) in enumerate(zip(("p", "unclosed", "div"), stories()[14:16] + stories()[2:3], strict=True)):
        a, at = Around(turn + 14), Moment(1394 + turn, 7, 20 + turn, 0, 0)
        label = (f"تاریخ: {at.short}", f"تاریخ درج: {at.weekday} {at.long}", f"روزنامه موج نو - {at.long}")[turn]
        wrapped = f'<div class="col2"><section>{paragraphs(story.paragraphs[3:], form)}</section></div>'
        yield Page(
            name=f"sepehr-{turn}",
            system="Sepehr (newspapers)",
            content=(
                f'<html dir="rtl"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
                f"<title>روزنامه موج نو</title></head><body><div id=head><h1>روزنامه موج نو</h1>"
                f"<div>{label}</div><div>شماره {fa(2210 + turn)} - صفحه {fa(4 + turn)}</div></div>"
                f'<div id="pages">{a.menu("span")}</div><div id="content"><h4>{story.kicker}</h4><h2>{story.title}</h2>'
                f'<div class="col1"><section>{paragraphs(story.paragraphs[:3], form)}</section></div>{wrapped}'
                f'<p class="sign">{a.gone("ارسال به دوستان | نسخه چاپی")}</p></div>'
                f'<div id="side"><h4>{a.gone("سایر خبرهای این صفحه")}</h4><ul>{a.links(4)}</ul></div></body></html>'
            ).encode(),
            title=story.title,
            kicker=story.kicker,
            lead="",
            paragraphs=story.paragraphs,
            published=at.date.isoformat(),
            source="روزنامه موج نو",
            absent=tuple(a.absent),
        )


def tables() -> Iterator[Page]:
    """Layout by tables in windows-1256, as pages before 2008 were."""
    for turn, (form, story) in enumerate(zip(("br", "font", "p", "br1"), stories()[5:9], strict=True)):
        a, at = Around(turn + 21), Moment(1383 + turn, 10, 5 + turn, 13, 30)
        date = (f"تاریخ: {at.short}", f"{at.weekday} {at.long} - {fa(at.clock)}", f"{at.long}", f"تاریخ : {at.short}")[
            turn
        ]
        published = at.iso if turn == 1 else at.date.isoformat()
        side = f'<td width=170 bgcolor="#eeeeee"><b>تازه‌ترین خبرها</b><br>{a.links(5, "div")}</td>'
        picture = (
            '<table align=left><tr><td><img src="a.jpg"></td></tr><tr><td><font size=1>{}</font></td></tr></table>'
        )
        body = paragraphs(story.paragraphs, form)
        if turn % 2 == 0:
            body = picture.format(a.gone("گوشه‌ای از کار")) + body
        title = f'<font face="Titr" size=4><b>{story.title}</b></font>' if turn != 2 else f"<h2>{story.title}</h2>"
        rows = f"<tr><td><font color=red>{story.kicker}</font></td></tr><tr><td>{title}</td></tr>"
        rows += f"<tr><td class=date>{date}</td></tr><tr><td><b>{story.lead}</b></td></tr>"
        rows += f'<tr><td align="justify">{body}</td></tr>'
        main = f'<td valign=top><table width="100%">{rows}</table></td>'
        yield Page(
            name=f"tables-{turn}",
            system="Tables in windows-1256",
            content=(
                '<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1256">'
                f"<TITLE>{story.title}</TITLE></HEAD><BODY><table width=780 align=center><tr><td colspan=2>"
                f"{a.menu('nobr').replace('</nobr>', '</nobr> | ')}</td></tr><tr>{side + main if turn < 2 else main + side}"
                f"</tr><tr><td colspan=2 align=center><font size=1>{a.gone('تمامی حقوق برای روزنامه موج نو محفوظ است')}"
                "</font></td></tr></table></BODY></HTML>"
            )
            .replace("ۀ", "ه")
            .replace("ی", "ي")
            .encode("cp1256", "xmlcharrefreplace"),
            title=story.title,
            kicker=story.kicker,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=published,
            source="روزنامه موج نو",
            absent=tuple(a.absent),
        )


def webforms() -> Iterator[Page]:
    """The whole page in one form, ids that the server made."""
    for turn, (form, story) in enumerate(zip(("div", "justify", "wrap"), stories()[9:12], strict=True)):
        a, at = Around(turn + 25), Moment(1391 + turn, 5, 14, 9, 15 + turn)
        code = str(20188 + turn)
        tags = "".join(f'<a id="ctl00_T{n}">{tag}</a>' for n, tag in enumerate(story.tags))
        yield Page(
            name=f"webforms-{turn}",
            system="ASP.NET forms",
            content=(
                f'<!DOCTYPE html><html><head><title>{story.section} > {story.title}</title><meta charset="utf-8"></head>'
                '<body><form id="aspnetForm" action="News.aspx"><input type="hidden" value="x">'
                f'<div id="ctl00_pnlTop"><input type="text"><input type="submit" value="جستجو">{a.menu("span")}</div>'
                f'<div id="ctl00_cphMain_pnlNews"><span id="ctl00_lblRoTitr">{story.kicker}</span>'
                f'<h1><span id="ctl00_lblTitle">{story.title}</span></h1><div><span id="ctl00_lblDateT">تاریخ انتشار:</span>'
                f'<span id="ctl00_lblDate">{fa(at.clock)} - {at.slashed}</span><span id="ctl00_lblCodeT">کد مطلب:</span>'
                f'<span id="ctl00_lblCode">{code}</span></div><div id="ctl00_lblLead" class="lead">{story.lead}</div>'
                f'<div id="ctl00_lblBody">{paragraphs(story.paragraphs, form)}</div>'
                f'<div><span class="lbl">برچسب‌ها:</span>{tags}</div>'
                f'<div id="ctl00_pnlComments"><span>دیدگاه شما</span><textarea></textarea></div></div>'
                f'<div id="ctl00_pnlSide"><h3>{a.gone("پربازدیدترین اخبار")}</h3><ul>{a.links(4)}</ul></div></form></body></html>'
            ).encode(),
            title=story.title,
            kicker=story.kicker,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            code=code,
            tags=story.tags,
            absent=tuple(a.absent),
        )


def tasnim() -> Iterator[Page]:
    """An article element with the time in a list and related stories amid the text."""
    for turn, (form, story) in enumerate(zip(("rtl", "runs", "p"), stories()[12:15], strict=True)):
        a, at = Around(turn + 28), Moment(1402, 1 + turn * 4, 16, 19, 2)
        amid = f'<p><a href="/fa/news/1">{a.headline()}</a></p><p><a href="/fa/news/2">{a.headline()}</a></p>'
        if turn == 1:
            amid = f'<div class="inline-box"><span>{a.gone("بیشتر در این باره")}</span><a href="/2">{a.headline()}</a></div>'
        text = paragraphs(story.paragraphs[:2], form) + amid + paragraphs(story.paragraphs[2:], form)
        items = "".join(f'<a class="item" href="/t/{n}">#{tag}</a>' for n, tag in enumerate(story.tags))
        related = "".join(
            f'<article class="list-item"><a href="/{n}"><h2>{line}</h2><h4>{a.summary()}</h4><time>{at.long}</time></a></article>'
            for n, line in enumerate(a.headlines(3))
        )
        yield Page(
            name=f"tasnim-{turn}",
            system="Article elements",
            content=(
                f'<!DOCTYPE html><html lang="fa"><head><meta charset="utf-8"><title>{story.title} - خبرگزاری سپیدار | '
                f'Sepidar News Agency</title><meta property="og:title" content="{story.title}"/>'
                f'<meta name="keywords" content="{", ".join(story.tags)}"/></head><body><nav><ul>{a.menu()}</ul></nav>'
                f'<article class="single-news"><ul class="details"><li class="time">{at.long} - {fa(at.clock)}</li>'
                f'<li class="service"><a>{story.section}</a></li><li><a href="#">نسخه چاپی</a></li></ul>'
                f'<h1 class="title">{story.title}</h1><h3 class="lead">{story.lead}</h3><div class="story">{text}'
                f'<p>{a.gone("انتهای پیام/")}</p></div><div class="hashtags">{items}</div></article>'
                f'<section class="others"><h3>{a.gone("پیشنهاد ما")}</h3>{related}</section></body></html>'
            ).encode(),
            title=story.title,
            lead=story.lead,
            paragraphs=story.paragraphs,
            published=at.iso,
            tags=story.tags,
            source="خبرگزاری سپیدار",
            absent=tuple(a.absent),
        )


def plain() -> Iterator[Page]:
    """Pages written by hand: everything right under body."""
    for turn, (form, story) in enumerate(
        zip(("p", "div", "br"), (stories()[15], stories()[0], stories()[3]), strict=True)
    ):
        a, at = Around(turn + 31), Moment(1400, 4, 19 + turn, 11, 20)
        when = (
            f"<div>تاریخ انتشار: {at.long} ساعت {fa(at.clock)}</div>",
            f"<p>هامون نیوز - {at.long} - {fa(at.clock)}</p>",
            f"<p><small>منتشر شده در {at.slashed} {fa(at.clock)}</small></p>",
        )[turn]
        yield Page(
            name=f"plain-{turn}",
            system="Everything under body",
            content=(
                f'<html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{story.title}</title></head><body>'
                f"<h1>{story.title}</h1>{when}{paragraphs(story.paragraphs, form)}"
                f'<hr><p><a href="/">{a.gone("بازگشت")}</a></p></body></html>'
            ).encode(),
            title=story.title,
            lead="",
            paragraphs=story.paragraphs,
            published=at.iso,
            absent=tuple(a.absent),
        )
