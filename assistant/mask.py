"""Hide personal numbers in a question before it leaves the process."""

import re

from corpus.shadow import shadow

_GAP = r"[ \-.]?"
_MASKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("电话号码", re.compile(rf"(?<!\d)\+?86{_GAP}1[3-9](?:{_GAP}\d){{9}}(?!\d)")),
    ("身份证号", re.compile(rf"(?<![\da-z])[1-9](?:{_GAP}\d){{16}}{_GAP}[\dx](?![\da-z])")),
    (
        "身份证号",
        re.compile(
            rf"(?<![\da-z])[1-9](?:{_GAP}\d){{5}}(?:{_GAP}[3-9])(?:{_GAP}\d)(?:{_GAP}[01])(?:{_GAP}\d)(?:{_GAP}[0-3])(?:{_GAP}\d){{4}}(?![\da-z])"
        ),
    ),
    ("银行卡号", re.compile(rf"(?<![\da-z])[1-9](?:{_GAP}\d){{12,18}}(?![\da-z])")),
    ("电话号码", re.compile(rf"(?<!\d)1[3-9](?:{_GAP}\d){{9}}(?!\d)")),
    ("电话号码", re.compile(r"(?<!\d)\(?0\d{2,3}\)?[ \-]?\d{7,8}(?:[\-转]\d{1,5})?(?!\d)")),
)


def masked(text: str) -> str:
    """Return ``text`` with identity-card, bank-card and phone numbers replaced by their kind, as in 【电话号码】.

    Full-width digits and digits set apart by single spaces or hyphens are found too.
    """
    plain = list(shadow(text).text)
    for kind, pattern in _MASKS:
        for match in reversed(list(pattern.finditer("".join(plain)))):
            label = f"【{kind}】"
            plain[match.start() : match.end()] = label
            text = text[: match.start()] + label + text[match.end() :]
    return text
