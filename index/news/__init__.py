"""Knows news pages: outlets, sections, and the furniture printed around articles."""
