"""The reading room: a searcher in the browser, for people and, under ``/api``, for programs on this machine."""
