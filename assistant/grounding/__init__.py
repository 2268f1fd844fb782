"""Decide whether a provision supports a statement: the parts of ``ground()``."""
