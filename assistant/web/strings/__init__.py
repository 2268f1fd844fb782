"""Keep every string of the page, in Chinese and in English: a module for each room."""

from assistant.web.strings.base import CHINESE, ENGLISH, LANGUAGES, MAX_QUESTION, Strings, strings_for

__all__ = ["CHINESE", "ENGLISH", "LANGUAGES", "MAX_QUESTION", "Strings", "strings_for"]
