"""Turn bytes into text, and rid text of what a file format put into it."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

_SUPPLEMENT = (
    "⺀冫⺁厂⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺒巳⺓幺⺔彑⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭"
    "⺩王⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳罒⺴罒⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车"
    "⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿"
    "⻯竜⻰龙⻱龜⻲亀⻳龟"
)
RADICALS: Mapping[int, str] = MappingProxyType(
    {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | {ord(radical): plain for radical, plain in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
)
"""The characters that radicals look like: browsers write 民 as ⺠ into PDF files, and NFKC leaves half of them."""

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE_END = re.compile("\r\n|\r|\u2028|\u2029|\x85")
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装第條個國為會來時說們這規與機關應當據區級發辦業務員"
)


class Undecodable(ValueError):
    """Bytes that are text in none of the known encodings."""


def decode(content: bytes, *, declared: str = "") -> str:
    """Return bytes as text: by their mark, else UTF-8, else GB18030 or Big5, whichever reads as Chinese.

    ``declared`` is what the file says of itself; it only decides where the bytes leave a choice.
    Raises Undecodable.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    if 0 in content:  # a text has no such byte, except in UTF-16
        encodings: tuple[str, ...] = ("utf-16-le", "utf-16-be")
    elif declared.lower().startswith("big5"):
        encodings = ("big5hkscs", "gb18030")
    else:
        encodings = ("gb18030", "big5", "big5hkscs")
        with suppress(UnicodeDecodeError):
            return content.decode("utf-8")
    readings = []
    for encoding in encodings:
        try:
            readings.append(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    if not readings:
        raise Undecodable("none of UTF-8, GB18030 and Big5")
    return max(readings, key=_looks_chinese)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(f"{encoding}, byte {error.start}") from error


def _looks_chinese(text: str) -> float:
    wide = [character for character in text if character > "\x7f"]
    return sum(character in _COMMON for character in wide) / max(1, len(wide))


def is_text(text: str) -> bool:
    """Say whether decoded bytes are text, and not a picture or a program that happened to decode."""
    controls = sum(
        unicodedata.category(character) in ("Cc", "Cn", "Co") and character not in "\n\r\t\f\x0b"
        for character in text
    )
    return controls * 50 <= len(text)


def clean(text: str) -> str:
    """Return text with one kind of line end and without what cannot be seen; words and punctuation stay as they are.

    Radicals become the characters that they stand for, and runs of more than two empty lines become two.
    """
    text = _LINE_END.sub("\n", text.replace("\x0c", "\n")).translate(RADICALS)
    text = _INVISIBLE.sub("", text).replace("\xa0", " ")
    text = re.sub(r"[ \t]+(?=\n)", "", text)
    return re.sub(r"\n{4,}", "\n\n\n", text).strip("\n")
