"""Judge what a statement says is not so: it is right when the text says something else in that place, or does not list it."""

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.grounding.bodies import Tier, find_groups
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Kind, lay
from assistant.grounding.modality import Force
from assistant.grounding.plain import bare, plain
from assistant.grounding.source import Source
from corpus.library import Library
from corpus.shadow import shadow

Judge = Callable[[str], bool]
"""Says whether the provisions cited bear a statement out."""

_NOT = r"(?:并不是|不是|并非是?|而非|绝非|而不是|不应是|不叫|不称为?|不能叫)"
_NOT_BUT = re.compile(
    rf"^(?P<head>[^,;。]*?)(?:,)?{_NOT}(?P<denied>[^,;。]+?),?(?:而是|而叫|是|属于|而)(?P<said>[^,;。]+)(?P<rest>.*)$"
)
_BUT_NOT = re.compile(
    rf"^(?P<head>.*?)(?:,|;)?(?:而|且|并|也)?{_NOT}(?P<denied>[^,;。]+)(?P<rest>(?:[,;。].*)?)$"
)
_COPULA = re.compile(r"(?:应当?|要|须)?(?:是|命名为|名称为|名为|叫做?|称为|属于|由(?!于))")
_BINDING = re.compile(
    r"(?:的)?(?:一项|一种|什么)?(?:硬性|强制性?|必须|义务性?|刚性|法定|必需)(?:的|要求|规定|任务|义务|做法|条件|标准)*"
)
_LOOSE = ("可以的", "鼓励的", "提倡的", "支持的")
_VERB = r"(?:列出|列入|列明|列举|列|写明|写进|写到|写|提到|提及|提出|提|出现|规定|说明|说到|说|包括|包含|含有?|安排|设)"
_UNLISTED = (
    re.compile(
        rf"^(?P<head>.*?)(?:并)?(?:没有|没|未)(?:被|再|把|将)?{_VERB}(?:了|有|过|着)?(?P<item>[^,;。]+)。?$"
    ),
    re.compile(
        r"^(?P<head>.*?(?:清单|名单|列表|目录|功能区|内容|名目|其中|一栏|条款|规定)(?:里面|里头|里|中|上)?)"
        r"(?:,|并|却|就|还)*(?:没有|没|不含|不包括|不包含)(?P<item>[^,;。]+)。?$"
    ),
    re.compile(
        r"^(?P<item>[^,;。]+?)(?:并)?(?:不在|未列入|没有?列入|没有?列进|未纳入|不属于)(?P<head>[^,;。]+?)(?:之列|之中|之内|之一|里面|里头|里|中|内|范围)*。?$"
    ),
    re.compile(
        r"^(?P<item>[^,;。]+?)[,、]?(?P<head>[^,;。]*?(?:清单|名单|列表|目录|功能区|内容)(?:里面|里头|里|中|上)?)(?:并|却|就|还)*(?:没有|没列|未列|没提|未提)(?:出|到)?。?$"
    ),
)
_HAS_BUT_NOT = re.compile(
    r"^(?P<head>[^,;。]+?(?:里面|里头|里|中|上)?)(?:有|列有|列了|包括)(?P<said>[^,;。]+),?(?:但|却|而)?(?:没有|没|未)(?:列|列出|提|提到|包括|设)?(?P<item>[^,;。]+)。?$"
)
_ELSEWHERE = re.compile(
    r"^(?P<said>(?P<item>[^,;。是]{4,12})(?:只|仅)?是[^,;。]+),(?:而|但)?(?P<head>[^,;。]+?)(?:并|却|就|则)*(?:没有|没列|未列|没提|未提|没写)(?:出|到|它|这一?项)?。?$"
)
_BEYOND = (
    re.compile(
        r"^(?P<one>[^,;。]+?)比(?P<other>[^,;。]+?)(?:要)?(?:多|(?P<less>少))(?:列出?|设|写|提|安排|规定)?(?:了|出)?(?:一[个项间类种])(?P<item>[^,;。]+)。?$"
    ),
    re.compile(
        r"^(?:和|与|跟|同|相较于?|相比于?|比起|较之)(?P<other>[^,]+?)(?:相比|比较|比起来|比)?,(?P<one>[^,;。]+?)(?:要)?(?:多|(?P<less>少))(?:列出?|设|写|提|安排|规定)?(?:了|出)?(?:一[个项间类种])(?P<item>[^,;。]+)。?$"
    ),
)
_ONLY_ENCOURAGED = re.compile(
    r"^(?P<head>[^,;。]*?)(?:并)?(?:不强制|不强求|不硬性要求|没有强制|没有强求|没有硬性要求)(?:要求)?(?P<what>[^,;。]+),(?:而|只|只是|仅|仅仅|是|而是)*(?P<loose>提倡|鼓励|支持|倡导|可以)(?:的|而已)?。?$"
)
_NOUNS = (
    r"比例|金额|数额|面积|收费标准|收费|费用|租金|电话|地址|人数|编制|工资|薪酬|待遇|处罚|罚则|资质|学历|年龄"
)
_OPEN = re.compile(
    rf"^(?:(?P<rest>[^;。]+),)?(?P<head>[^,;。]*?)(?:并|也|都|却|但)*(?:没有|没|未)(?:具体|明确)?(?:规定|写明|写|明确|说明|说|给出|定|限定|设定)(?:了|过|死)?(?P<of>[^,;。]*?)(?:具体|明确|固定)?的?(?P<noun>{_NOUNS})(?:数|要求|标准)?。?$"
)
_ABOUT_DOCUMENT = re.compile(r"指引|方案|通知|文件|文中|里面?|中")
_ONLY = (
    re.compile(
        r"^(?P<item>[^,;。只]+?)(?:就|也)?(?:只|仅|只是)(?:列|写|出现|放|设|规定)?(?:了|入)?在(?P<head>[^,;。]+?)(?:里面|里头|里|中|上|之中|之列)?。?$"
    ),
    re.compile(
        r"^(?:只有|唯有|仅有?)(?P<head>[^,;。有设列]+?)(?:才|的[^,;。有设列]{2,4}里?)?(?:有|设有?|列有?|要设|列了|列出|提供|要提供|应提供)(?P<item>[^,;。]+)。?$"
    ),
)
_UNFIT = re.compile(
    r"^(?:对)?(?:不|没有?|尚不|未)(?:具备|符合|达到|够|有)?条件的(?P<who>[^,;。]+?),?(?:方案|指引|文件|文中)?(?:并)?(?:没有|没|未|不)(?:作|做|提出)?(?:硬性)?要求(?:其|它们|他们|必须|一定)*(?P<what>[^,;。]+)。?$"
)
_COMPARED = re.compile(
    r"(?:和|与|跟|同|相较于?|相比于?|比起|较之|不同于)(?P<other>[^,]+?)(?:相比|比较|比起来|比|不同|不一样)?,"
)
_UNIT = re.compile(r"^(?:[一这]?(?:个|项|间|类|种|条))|(?:这一?(?:项|类|个|间)?|(?<=.{4})(?:服务|功能))$")


def rightly_denied(statement: str, sources: Sequence[Source], library: Library, judge: Judge) -> bool:
    """Say whether a statement denies something, rightly, and the rest of it holds."""
    text = shadow(statement).text.replace("!", "。").strip()
    spelt = _spelt(text)
    if spelt != text and judge(spelt):
        return True
    text = spelt
    if _of_the_unfit(text, judge) or _left_open(text, sources, judge) or _only_there(text, sources, judge):
        return True
    if any(_more_listed(one, other, item, sources, judge) for one, other, item in _listed_beyond(text)):
        return True
    return (
        any(
            judge(said) and not any(map(judge, denied)) and not _together(said, denied[0], sources)
            for said, denied in _contrasts(text)
        )
        or _not_binding(text, judge)
        or any(
            (not said or judge(said)) and _unlisted(head, item, sources, library, judge)
            for said, head, item in _listings(text)
        )
    )


def _contrasts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what 「是甲，不是乙」 and 「不是乙，而是甲」 say, with what they would say of the other."""
    match = _NOT_BUT.match(text)
    if match and match["head"].strip():
        head, rest = match["head"], match["rest"]
        for link in ("是", ""):
            yield f"{head}{link}{match['said']}{rest}", [f"{head}是{match['denied']}", head + match["denied"]]
    match = _BUT_NOT.match(text)
    if match and match["head"].strip():
        head = match["head"]
        copulas = list(_COPULA.finditer(head))
        for copula in copulas[-1:]:
            others = [head[: copula.end()] + match["denied"], f"{head}是{match['denied']}"]
            if match["denied"].startswith(copula.group()):
                others.append(head[: copula.start()] + match["denied"])
            yield head + match["rest"], others


def _spelt(text: str) -> str:
    """Return 「是“可”」 as 「是可以的」: the modal words that a statement quotes, spelt out."""
    text = re.sub(r"是[\"'](?:应当?|必须|须|要)[\"']", "是必须的", text)
    text = re.sub(r"是[\"']可以?[\"']", "是可以的", text)
    return re.sub(r"是[\"'](鼓励|提倡|支持)[\"']", r"是\1的", text)


def _left_open(text: str, sources: Sequence[Source], judge: Judge) -> bool:
    """Say whether 「没有规定具体比例」 is said where the text gives none, and the rest holds."""
    match = _OPEN.match(text)
    if match is None:
        return False
    noun = match["noun"]
    for source in sources:
        if noun in source.text.replace(f"一定{noun}", ""):
            return False
        if f"一定{noun}" in source.text and source.quantities:
            return False
    if match["rest"]:
        return judge(match["rest"])
    about = _ABOUT_DOCUMENT.sub("", plain(match["head"] + match["of"]))
    return not about or any(
        all(piece.kind is not Kind.BARE for piece in lay(about, source)) for source in sources
    )


def _only_there(text: str, sources: Sequence[Source], judge: Judge) -> bool:
    """Say whether 「只列在市级机构的内容里」 is said of what the cited text has for that tier, and for no other."""
    match = next(filter(None, (pattern.match(text) for pattern in _ONLY)), None)
    if match is None:
        return False
    head, item = match["head"], _UNIT.sub("", match["item"].strip(" ,、"))
    words, tiers = bare(item), _tiers_of(plain(head))
    if len(words) < 4 or len(tiers) != 1 or not judge(f"{head}有{item}"):
        return False
    told = [
        (frozenset(tier for body in clause.subject for tier in body.tiers), words in bare(clause.text))
        for source in sources
        for clause in source.clauses
    ]
    others = frozenset(tier for spoken, _ in told for tier in spoken) - tiers
    return bool(others) and not any(here and spoken != tiers for spoken, here in told)


def _together(said: str, denied: str, sources: Sequence[Source]) -> bool:
    """Say whether the text names what is said and what is denied in one list, so that both may be so."""
    one, other = (_COPULA.split(plain(words))[-1] for words in (said, denied))
    return any(
        clause.text.count("、")
        and any(word in clause.text for word in _told(one, source))
        and any(word in clause.text for word in _told(other, source) - _told(one, source))
        for source in sources
        for clause in source.clauses
    )


def _told(words: str, source: Source) -> set[str]:
    return {piece.told for piece in lay(words, source) if piece.places and len(piece.told) > 3}


def _of_the_unfit(text: str, judge: Judge) -> bool:
    """Say whether 「不具备条件的乡镇，没有要求成立」 is said of what the text asks only of those that are fit."""
    match = _UNFIT.match(text)
    if match is None:
        return False
    who, what = match["who"], match["what"]
    return judge(f"具备条件的{who}应{what}") and not judge(f"{who}应{what}")


def _not_binding(text: str, judge: Judge) -> bool:
    """Say whether 「不是强制的」 is said of what the text allows or encourages."""
    only = _ONLY_ENCOURAGED.match(text)
    if only and judge(f"{only['head']}{only['loose']}{only['what']}"):
        return True
    match = re.match(rf"^(?P<head>[^,;。]+?),?(?:也|并)?{_NOT}(?P<must>{_BINDING.pattern})。?$", text)
    if match is None:
        return False
    head = match["head"]
    return not judge(f"{head}是必须的") and any(judge(f"{head}是{loose}") for loose in _LOOSE)


def _listings(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is said besides, the list that is spoken of, and what is said not to be in it."""
    for pattern in _UNLISTED:
        match = pattern.match(text)
        if match and match["head"].strip():
            yield "", match["head"].strip(" ,、"), match["item"].strip(" ,、")
    both = _HAS_BUT_NOT.match(text)
    if both:
        yield f"{both['head']}有{both['said']}", both["head"], both["item"]
    topic = _ELSEWHERE.match(text)
    if topic:
        yield topic["said"], topic["head"], topic["item"]


def _listed_beyond(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the two lists and the item of 「甲比乙多列了丙」."""
    for pattern in _BEYOND:
        match = pattern.match(text)
        if match:
            one, other = match["one"], match["other"]
            yield (other, one, match["item"]) if match["less"] else (one, other, match["item"])


def _more_listed(one: str, other: str, item: str, sources: Sequence[Source], judge: Judge) -> bool:
    """Say whether the first list has the item and the second, which is there too, has not."""
    item = _UNIT.sub("", _UNIT.sub("", item.strip(" ,、")))
    return (
        len(bare(item)) > 3
        and judge(f"{one}有{item}")
        and not judge(f"{other}有{item}")
        and not _has(other, bare(item), sources)
        and _of_another_tier(one, other)
        and any(judge(f"{other}有{member}") for source in sources for member in members_of(source))
    )


def _of_another_tier(one: str, other: str) -> bool:
    """Say whether the two are of one kind and of different tiers."""
    first, second = (
        [body for group in find_groups(plain(words)) for body in group.bodies] for words in (one, other)
    )
    return bool(first and second) and first[-1].tiers != second[-1].tiers


def _unlisted(head: str, item: str, sources: Sequence[Source], library: Library, judge: Judge) -> bool:
    """Say whether the list that ``head`` speaks of is there and goes without ``item``, which is named elsewhere."""
    item = _UNIT.sub("", _UNIT.sub("", item))
    compared = _COMPARED.match(head)
    if compared:
        head = head[compared.end() :]
        if not judge(f"{compared['other']}有{item}"):
            return False
    words = bare(item)
    if len(words) < 4 or not _named(words, library):
        return False
    if _has(head, words, sources):
        return False
    listed = [member for source in sources for member in members_of(source) if member != words]
    return any(judge(f"{head}有{member}") for member in listed) and not any(
        judge(said) for said in (f"{head}有{item}", f"{head}列出{item}", f"{item}属于{head}")
    )


def _has(head: str, words: str, sources: Sequence[Source]) -> bool:
    """Say whether a clause of the text names ``words`` for the tier that ``head`` speaks of, or for no tier."""
    tiers = _tiers_of(plain(head))
    for source in sources:
        for clause in source.clauses:
            if words not in bare(clause.text):
                continue
            told = frozenset(tier for body in clause.subject for tier in body.tiers)
            if not tiers or not told or tiers & told:
                return True
    return False


def _tiers_of(words: str) -> frozenset[Tier]:
    claim = Claim(words, Force.PLAIN, ())
    return frozenset(tier for _, _, tiers in claim.places for tier in tiers)


def _named(words: str, library: Library) -> bool:
    """Say whether one of the library's documents has the words."""
    return any(
        words in bare(library.text_of(provision.id))
        for provision in library.provisions()
        if provision.is_leaf
    )


def members_of(source: Source) -> tuple[str, ...]:
    """Return what the provision lists with 、, the first and the last member of each list left out."""
    return tuple(
        dict.fromkeys(
            member for clause in source.clauses for member in clause.text.split("、")[1:-1] if len(member) > 2
        )
    )
