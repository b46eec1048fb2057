"""Reads pages as a browser would: elements by what they are, and their text."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser


class Read:
    """A page, read."""

    def __init__(self, html: str) -> None:
        self.tree = LexborHTMLParser(html)

    def all(self, selector: str) -> list[str]:
        """The text of every element, white space in it one space."""
        return [" ".join(node.text().split()) for node in self.tree.css(selector)]

    def one(self, selector: str) -> str:
        """The text of the only element there is."""
        (found,) = self.all(selector)
        return found

    def links(self, selector: str = "a") -> list[str]:
        """Where links lead."""
        return [node.attributes["href"] or "" for node in self.tree.css(selector) if "href" in node.attributes]

    def values(self, selector: str) -> list[str]:
        """What options and the like stand for."""
        return [node.attributes.get("value") or "" for node in self.tree.css(selector)]

    def attribute(self, selector: str, name: str) -> str | None:
        """An attribute of the first element."""
        node = self.tree.css_first(selector)
        return node.attributes.get(name) if node else None
