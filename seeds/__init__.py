"""A sample of news pages as outlets publish and scrapers leave them, written for this project and free to use.

`pages` holds the files, `manifest.json` what each of them says, `queries.tsv` and `qrels.tsv` forty judged queries.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def pages_folder() -> Path:
    """Returns the folder of the sample's pages, ready to be indexed.

    >>> sorted({page.suffix for page in pages_folder().iterdir()})
    ['.html', '.jsonl', '.txt']
    """
    return Path(str(files(__name__) / "pages"))
