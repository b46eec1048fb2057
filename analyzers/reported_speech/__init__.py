"""Reported speech: who said what in an article, by tables and rules over the analyzer's words."""

from .reader import SPEECH_VERSION, SpeechReader, default_reader
from .statement import SHOWN, Statement, name_key

__all__ = ["SHOWN", "SPEECH_VERSION", "SpeechReader", "Statement", "default_reader", "name_key"]
