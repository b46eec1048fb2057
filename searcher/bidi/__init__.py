"""Persian that reads right on any terminal: what the terminal does of itself, and what is left for us to do.

`terminals` tells the one from the environment; `paragraphs` does the other: it shapes, wraps and reorders, with
the styles of the letters carried along.
"""
