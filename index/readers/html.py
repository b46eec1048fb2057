"""."""
from collections.abc import Iterator
from index.readers.reading import Input, Reading
def read(source: Input) -> Iterator[Reading]:
    """."""
    yield from ()
