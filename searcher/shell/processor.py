"""Shows what is typed legibly, by way of prompt_toolkit: the cursor is mapped to where its character is seen."""

from __future__ import annotations

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.utils import explode_text_fragments

from ..bidi.terminals import VISUAL_ORDER, Layout
from ..clean import clean
from .legible import has_right_to_left, seen_line

_CLASS_OF_CONTROLS = "class:control-character"


class LegibleProcessor(Processor):
    """Puts a line in the order of the screen, where the terminal does not, and lets no control character through."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The line as it is seen. Styles stay with their characters."""
        fragments = explode_text_fragments(transformation_input.fragments)
        text = "".join(_harmless(fragment[1]) for fragment in fragments)
        styles = [fragment[0] for fragment in fragments]
        if self._layout not in VISUAL_ORDER or not has_right_to_left(text):
            return Transformation([(style, char) for style, char in zip(styles, text, strict=True)])
        line = seen_line(text, self._layout)
        starts, at = [], 0  # where each cell begins in what is written
        for cell in line.cells:
            starts.append(at)
            at += len(cell.text)
        written: StyleAndTextTuples = [
            (styles[cell.place] if cell.place < len(styles) else "", cell.text) for cell in line.cells
        ]
        sources = [cell.place for cell in line.cells for _ in cell.text]
        return Transformation(
            written,
            source_to_display=lambda place: starts[line.columns[min(max(place, 0), len(text))]],
            display_to_source=lambda place: sources[min(max(place, 0), len(sources) - 1)],
        )


def _harmless(char: str) -> str:
    """The character, or one that stands for it where it could act on a terminal; always one."""
    return char if clean(char) == char and char not in "\n\t" else "\N{REPLACEMENT CHARACTER}"
