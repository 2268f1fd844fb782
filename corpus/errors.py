"""Say what went wrong, and what to type."""


class ExplainedError(Exception):
    """Anything that an operator can put right, told in prose with its remedy.

    ``what`` is the sentence shown; ``fix`` is what to do next. Both may be Chinese or English.
    """

    def __init__(self, what: str, *, fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what} {self.fix}".rstrip()
