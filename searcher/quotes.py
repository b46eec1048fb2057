"""What somebody is reported to have said: statements with the articles they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from khabarjoo.analyzers.reported_speech import Statement
    from khabarjoo.index.article import Article

FIELDS = ("title", "lead", "body")
"""The texts of an article, in their order."""

_SENTENCE_ENDS = ".!؟?\n"
_KINDS = {
    "quotation": "نقل قول",
    "direct": "به نقل",
    "indirect": "به مضمون",
    "headline": "تیتر",
    "report": "گزارش",
    "answer": "پاسخ",
}
_LONGEST_NAMING = 240


class Quote(NamedTuple):
    """A statement that an article reports. It is reported as said by its speaker: no more is promised.

    Only a statement of kind ``quotation`` is verbatim. One that is not `Statement.is_shown` is a perhaps.
    """

    id: str
    article: Article
    statement: Statement

    @property
    def text(self) -> str:
        """What is reported as said, as the article prints it."""
        said = self.statement
        return _field(self.article, said.field)[said.start : said.end]

    @property
    def attribution(self) -> str:
        """Who is reported to say it: the name, the role as printed there, the kind; and what names him elsewhere."""
        said = self.statement
        who = "، ".join(filter(None, (said.name or said.printed, said.role if said.role != said.name else "")))
        told = f"{who} ({_KINDS[said.kind]})"
        return f"{told} · {said.printed or said.verb}: {self.naming}" if self.naming else told

    @property
    def naming(self) -> str:
        """The sentence that names the speaker, where the one that quotes him says وی or the like; '' where it need not.

        A long one is cut.
        """
        place = self.statement.named
        if place is None or self.statement.resolution == "printed":
            return ""
        text = _field(self.article, place.field)
        start = max(text.rfind(end, 0, place.start) for end in _SENTENCE_ENDS) + 1
        ends = [at for end in _SENTENCE_ENDS if (at := text.find(end, place.end)) >= 0]
        start = max(start, place.start - _LONGEST_NAMING // 2)
        return " ".join(text[start : min(min(ends, default=len(text)), start + _LONGEST_NAMING)].split())


def _field(article: Article, name: str) -> str:
    return {"title": article.title, "lead": article.lead, "body": article.body}[name]
