"""What fields are called: the names people give to them in dumps, and which of a record's names each of ours goes by.

Case, spaces, ZWNJ, hyphens and underscores make no difference, nor do the suffixes of Solr's dynamic fields. What is
named by the user (``--map``) comes before all that stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..news.line_matching import letters

# Best name first. Beside what people write themselves, the names are those of
#   RSS, Atom and JSON Feed 1.1 (jsonfeed.org), schema.org, WordPress (wp_posts and its REST API);
#   feedparser (entries), news-please (ExtractedInformation), trafilatura (its JSON output);
#   pn_summary (Farahani et al. 2020: article, summary, network) and wiki_summary (article, highlights), as on GitHub;
#   Persian news on Kaggle (published_datetime, agency_name, short_link, service, abstract), ISNA-M (github);
#   Targoman's corpus of Persian news (aboveTitle, subtitle), NeuCLIR 1 (ir-datasets: time, cc_file), MIRACL (docid);
#   Persica and TNews (as hazm's readers of these corpora name them), Hamshahri (DOCID, CAT).
NAMES: dict[str, str] = {
    "id": "id, _id, doc_id, docid, docno, document_id, article_id, news_id, post_id, message_id, guid, uuid, شناسه,"
    " آی‌دی",
    "title": "title, headline, titr, head, news_title, post_title, main_title, title_fa, news_headline, عنوان, تیتر,"
    " عنوان خبر, تیتر خبر",
    "kicker": "rutitr, rootitr, roo_titr, ru_titr, kicker, overline, uptitle, above_title, pre_title, over_title,"
    " upper_title, sur_title, super_title, روتیتر, رو تیتر",
    "lead": "lead, lid, summary, description, abstract, excerpt, standfirst, sutitr, subtitle, intro, brief,"
    " highlights, teaser, introduction, short_description, news_lead, news_summary, news_abstract, لید, خلاصه, چکیده,"
    " سوتیتر, زیرتیتر, خلاصه خبر",
    "body": "body, text, content, article_body, full_text, news_text, main_text, html, raw_text, post_content,"
    " paragraphs, article, article_text, article_content, news_body, news_content, body_text, content_text,"
    " content_html, text_content, page_content, raw_content, clean_text, document_text, story, متن, بدنه, متن خبر,"
    " متن کامل, محتوا, شرح خبر",
    "published": "published, published_at, date_published, pub_date, publish_date, publication_date, publish_time,"
    " published_time, published_datetime, publish_datetime, date_publish, published_on, datetime, date_time, date,"
    " timestamp, post_date, created, created_at, news_date, news_datetime, utc_date, jalali_date, persian_date,"
    " shamsi_date, release_date, time, تاریخ انتشار, زمان انتشار, تاریخ, تاریخ خبر, زمان",
    "clock": "time, hour, clock, news_time, ساعت, زمان",
    "source": "source, outlet, agency, news_agency, publisher, site, site_name, website, domain, newspaper,"
    " source_name, news_source, channel_name, media_name, منبع, خبرگزاری, رسانه, روزنامه, پایگاه خبری, سایت",
    "outlet_code": "agency_name, network, source_hostname, source_domain, hostname, agency_code",
    "category": "category, section, cat, topic, service, subject, categories, news_group, category_name, category_fa,"
    " section_name, news_category, news_service, دسته, دسته بندی, گروه, سرویس, موضوع, بخش",
    "tags": "tags, tag, keywords, keyword, labels, label, hashtags, news_tags, tag_names, برچسب, برچسب ها, کلیدواژه,"
    " کلیدواژه ها, کلمات کلیدی",
    "url": "url, link, href, permalink, canonical_url, page_url, news_url, short_link, short_url, source_url,"
    " article_url, web_url, news_link, external_url, لینک, نشانی, آدرس, پیوند, نشانی خبر, لینک خبر",
    "code": "code, news_code, newscode, کد, کد خبر, شناسه خبر",
}

MAPPABLE = ("id", "title", "kicker", "lead", "body", "published", "source", "category", "tags", "url", "code")
"""The fields that ``--map`` may set."""

FieldMap = tuple[tuple[str, str], ...]
"""What the user says of a file's fields: (one of `MAPPABLE`, the name it has there), the best name first."""

_TEXTS = ("title", "kicker", "lead", "body")
_NAMES_REMEMBERED = 1 << 12
# What Solr's default schema hangs on the names of dynamic fields.
_SUFFIX = re.compile(r"_(?:txt(?:_[a-z]{2,3})?|t|s|ss|ts|dt|dts|fa|i|is|l)$")


class MapError(ValueError):
    """A mapping of fields that cannot be read. The text of the error says why, in words for the user."""


def field_map(texts: Iterable[str]) -> FieldMap:
    """Reads ``field=name`` as people write it.

    >>> field_map(["published=pubdate"])
    (('published', 'pubdate'),)

    Raises:
        MapError: there is no such field, or no name.
    """
    pairs: list[tuple[str, str]] = []
    for text in texts:
        field, sign, name = (part.strip() for part in text.partition("="))
        if not sign or not name:
            raise MapError(f"“{text}” sets no field; write FIELD=NAME, such as published=pubdate")
        if field not in MAPPABLE:
            raise MapError(f"there is no field “{field}” to set; there are {', '.join(MAPPABLE)}")
        pairs.append((field, name))
    return tuple(pairs)


_LONGEST_NAME = 200
_LONGEST_LAYOUT = 2000  # all its names together
_LAYOUTS_REMEMBERED = 256


def key(name: str) -> str:
    """Returns a field's name as it is looked up; of a name too long to be one of ours the beginning.

    >>> key("Published_At"), key("برچسب‌ها") == key("برچسب ها")
    ('publishedat', True)
    """
    return _key(name[:_LONGEST_NAME])


@lru_cache(maxsize=_NAMES_REMEMBERED)
def _key(name: str) -> str:
    return letters(name)


FIELD_NAMES = {field: tuple(map(key, names.split(","))) for field, names in NAMES.items()}
_TEXT_NAMES = frozenset(name for field in _TEXTS for name in FIELD_NAMES[field])
_KNOWN = frozenset(name for names in FIELD_NAMES.values() for name in names)


def known(names: Iterable[object]) -> int:
    """Returns how many of these names we know."""
    return sum(_known_key(str(name)) in _KNOWN for name in names)


def has_text(names: Iterable[object], mapping: FieldMap = ()) -> bool:
    """Returns whether one of these names is that of a title, a lead or a body, without which a record is no article."""
    mapped = {key(name) for field, name in mapping if field in _TEXTS}
    return any((mapped and key(str(name)) in mapped) or _known_key(str(name)) in _TEXT_NAMES for name in names)


def _known_key(name: str) -> str:
    """The key of a name; that without a suffix of Solr's, where only that is known."""
    found = key(name)
    if found in _KNOWN:
        return found
    cut = key(_SUFFIX.sub("", name))
    return cut if cut in _KNOWN else found


class Layout(NamedTuple):
    """The names of a record: those each of our fields goes by, the best first, and all of them."""

    fields: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]

    def has(self, *fields: str) -> bool:
        """Returns whether one of these fields is there under any name."""
        return any(self.fields[field] for field in fields)


def layout(names: tuple[str, ...], mapping: FieldMap = ()) -> Layout:
    """Returns the layout of records with these names; those of one dump have the same, and it is remembered."""
    read = _layout if sum(map(len, names)) <= _LONGEST_LAYOUT else _layout.__wrapped__
    return read(names, mapping)


@lru_cache(maxsize=_LAYOUTS_REMEMBERED)
def _layout(names: tuple[str, ...], mapping: FieldMap) -> Layout:
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(_known_key(name), name)
    mine = [(field, name) for field, wanted in mapping for name in names if key(name) == key(wanted)]
    mapped = {name for _, name in mine}
    fields: dict[str, tuple[str, ...]] = {}
    for field, known_names in FIELD_NAMES.items():
        chosen = [name for to, name in mine if to == field]
        usual = (by_key[name] for name in known_names if name in by_key)
        fields[field] = tuple(dict.fromkeys((*chosen, *(name for name in usual if name not in mapped))))
    return Layout(fields, names)
