"""Questions to answers: the query language, engines, snippets, output, the shell and the command line."""
