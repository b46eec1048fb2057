"""From questions about speakers and other names to plans that an engine can carry out, and to what answers them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from .query.name_matching import noted
from .query.notes import Note
from .query.plan import Filters, MatchAll, MatchNone, Plan, Said
from .query.speaker_nodes import asks_speakers, beside, bound, said_in

if TYPE_CHECKING:
    from .engine import Engine, Found
    from .query.user_tables import UserTables
    from .quotes import Quote

_NAMESAKES = 5  # that are named in a note


def also_called(names: Sequence[str], tables: UserTables | None) -> tuple[str, ...]:
    """Names of speakers, and what else those go by in the user's own file."""
    return tables.also_called(tuple(names)) if tables is not None else tuple(names)


def with_names(
    engine: Engine, tables: UserTables | None, plan: Plan, filters: Filters, *, perhaps: bool = False
) -> Plan:
    """Returns a plan within filters, with its speakers and those of the filters (`with_speakers`), and with a note for
    each other name that no article has (`noted`).
    """
    if filters.speakers or asks_speakers(plan.root):
        plan = with_speakers(engine, tables, plan, filters.speakers, perhaps=perhaps)
        filters = replace(filters, speakers=())
    return noted(plan.narrowed(filters), engine.names)


def with_speakers(
    engine: Engine, tables: UserTables | None, plan: Plan, wanted: Sequence[str], *, perhaps: bool = False
) -> Plan:
    """Returns a plan in which speakers, those in it and others wanted, are full names that the engine knows.

    Notes tell of names that several have, and that nobody has; and when the engine does not know who said what.
    """
    kept = tuple(note for note in plan.notes if note.kind != "nothing")
    if not engine.tells_speakers:
        return Plan(Said(()), notes=(*kept, Note("no speakers")))
    notes: dict[Note, None] = {}

    def stand(names: tuple[str, ...]) -> tuple[str, ...]:
        also = also_called(names, tables)
        for name in names:
            found = list(engine.speakers((name,)))
            if len(found) > 1:
                more = ["…"] if len(found) > _NAMESAKES else []
                notes[Note("no single speaker", "، ".join([*found[:_NAMESAKES], *more]))] = None
            elif not found and also == names:
                notes[Note("no speaker", name)] = None
        return tuple(engine.speakers(also))

    root = plan.root
    if wanted:
        root = beside(MatchAll() if root == MatchNone() else root, Said(tuple(wanted), perhaps=perhaps))
    root = bound(root, stand)
    return Plan(root, notes=(*kept, *notes))


def quotes_of(engine: Engine, found: Found, plan: Plan) -> tuple[Quote, ...]:
    """Returns the statements of an article that a plan asks for, in the order of its text."""
    from .quotes import FIELDS, Quote

    asked = list(said_in(plan.root))
    if not asked or not engine.tells_speakers:
        return ()
    article = engine.read(found)
    told = dict.fromkeys(statement for said in asked for statement in engine.statements(found, said))
    ordered = sorted(told, key=lambda said: (FIELDS.index(said.field), said.start))
    return tuple(Quote(found.id, article, statement) for statement in ordered)
