"""``python -m searcher`` is the ``khabarjoo`` command."""

import sys

from .cli import main

sys.exit(main())
