"""Searches an index folder on this machine."""
