"""What hits tell of their articles: read from the index when it is asked for, not before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from .damage_check import checked
from .query.plan import plain_words

if TYPE_CHECKING:
    from khabarjoo.index.article import Article

    from .engine import Engine, Found
    from .query.plan import Plan
    from .quotes import Quote
    from .results import Fragment
    from .snippets import Marking


class EngineSource:
    """Reads for all hits of one page what they tell. ``blame`` looks into errors, as for a searcher's methods."""

    def __init__(self, engine: Engine, blame: Callable[[Exception], None], plan: Plan) -> None:
        self._engine = engine
        self.blame = blame
        self._plan = plan

    @checked
    def article(self, found: Found) -> Article:
        """Returns the whole article."""
        return self._engine.read(found)

    @checked
    def origin(self, found: Found) -> str:
        """Returns the file that it was read from."""
        return self._engine.origin(found)

    @checked
    def quotes(self, found: Found) -> tuple[Quote, ...]:
        """Returns the statements of the article that the query asks for; none where it asks for none."""
        if plain_words(self._plan.root) is not None:
            return ()
        from .speaker_plans import quotes_of  # late, as few queries ask for any

        return quotes_of(self._engine, found, self._plan)

    @checked
    def snippet(self, found: Found, article: Article) -> list[Fragment]:
        """Returns the sentences that answer the query best."""
        return self._marking.of(found).snippet(article)

    @checked
    def title(self, found: Found, article: Article) -> list[Fragment]:
        """Returns the whole title, with what the query matched."""
        return self._marking.of(found).title(article)

    @cached_property
    def _marking(self) -> Marking:
        return self._engine.marking(self._plan.root)
