"""Keep every sentence that the assistant says of its own accord, in Chinese and in English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assistant.question import Language


@dataclass(frozen=True, slots=True)
class Line:
    """The same words in both languages."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the words for a reader of ``language``; traditional characters are made when rendering."""
        return self.en if language is Language.ENGLISH and self.en else self.zh

    def filled(self, **values: str | tuple[str, str]) -> "Line":
        """Fill the braces; a pair gives the Chinese and the English value."""
        zh = {key: value if isinstance(value, str) else value[0] for key, value in values.items()}
        en = {key: value if isinstance(value, str) else value[1] for key, value in values.items()}
        return Line(self.zh.format(**zh), self.en.format(**en))


YES = Line("对，", "Yes: ")
NO = Line("不对，", "No: ")
MAY = Line("可以，", "Yes, it may: ")
NOT_STATED_SO = Line("文件没有这样写。", "The text does not say so.")
TEXT_SAYS = Line("文件是这样写的：", "The text puts it this way:")
NOT_FIGURE = Line("不是“{claimed}”，", "It is not “{claimed}”: ")
MAY_NOT_MUST = Line("文件没有说“必须”，写的是“{word}”：", "The text does not say “must”; it says “{word}”: ")

NOT_IN_LIST = Line(
    "{tier}的条文没有列出“{items}”；", "The provision for the {tier} level does not list “{items}”; "
)
LISTED_ELSEWHERE = Line(
    "“{items}”列在{other}的条文里；", "“{items}” is listed in the provision for the {other} level; "
)
IN_LIST = Line("{tier}的条文列有“{items}”：", "The provision for the {tier} level lists “{items}”: ")
MUST_HAVE = Line(
    "不行，{tier}应独立设置“{items}”：", "No: the {tier} level must set up “{items}” separately: "
)

NOT_STATED = Line("这几份文件没有写{missing}。", "These documents do not state {missing}.")
NOT_FOUND = Line(
    "这几份文件没有写到您问的这件事。", "These documents do not say anything about what you ask."
)
NONE_STATES = Line(
    "文件没有写{missing}：{titles}都没有提到。",
    "The text does not state {missing}: {titles} are silent on it.",
)
WHAT_YOU_ASK = Line("您问的这件事", "what you ask about")
THESE_DOCUMENTS = Line("这里收录的正式文件", "the official documents here")
EDITORIAL = Line("编者整理，非官方原文：", "Compiled by the editors, not an official text:")
EDITORIAL_CHECKED = Line(
    "编者整理的说明：核对日期：{date}；把握：{certainty}。",
    "The editors' notes: Checked on: {date}. Certainty: {certainty}.",
)
PARTLY = Line("文件没有写{missing}。", "The text does not state {missing}.")
NOT_PLAINLY = Line(
    "这一点文件可能没有直接写，最相关的规定是：",
    "The text may not say this in so many words; what it says nearest to it is:",
)
NOT_ALL = Line("您问的事，文件只写了一部分：", "The text states only part of what you ask:")
WROTE = Line("文件写了：", "What the text states:")
DID_NOT_WRITE = Line("文件没写：{missing}。", "What it does not state: {missing}.")
ELSEWHERE = Line(
    "这几份是北京市的文件，没有写其他地方的规定。",
    "These are documents of Beijing; they do not say what applies elsewhere.",
)
OUT_OF_SCOPE = Line(
    "这个问题不在本助手的范围内：这里只回答{titles}里写了什么。",
    "This is outside what this assistant covers: it only answers what is written in {titles}.",
)
DECLINED = Line(
    "这个要求不能照办。这里只按文件原文回答问题，请直接问您想了解的政策内容。",
    "This cannot be done. Answers here follow the text of the documents only; please ask what you want to know about them.",
)
DECLINED_HARMFUL = Line(
    "这类问题不能提供帮助。如果您想了解文件对社区社会组织的规定，可以直接提问。",
    "No help can be given with this. You are welcome to ask what the documents provide.",
)
EMPTY = Line(
    "请写下您的问题，例如：街道的孵化中心要有哪些房间？",
    "Please type a question, for example: What rooms must a subdistrict incubator have?",
)
TOO_LONG = Line(
    "问题太长了（最多 {limit} 字）。请分成几个问题来问。",
    "The question is too long (at most {limit} characters). Please ask in parts.",
)
WHICH_ONE = Line(
    "“{reference}”可能指下面几处，请说明是哪一处：", "“{reference}” may mean any of these; please say which:"
)
NO_ANTECEDENT = Line(
    "不清楚您接着问的是哪一件事。请把问题说完整，例如：街道的孵化中心叫什么名字？",
    "It is not clear what this refers to. Please ask in full, for example: What is the subdistrict incubator called?",
)
NO_SUCH_PROVISION = Line(
    "文件里没有“{reference}”。{range}", "There is no “{reference}” in these documents. {range}"
)
ARTICLE_RANGE = Line("《{title}》有第{first}条至第{last}条。", "{title} has Articles {first} to {last} only.")
NOT_INCLUDED = Line(
    "这几份文件只提到那份文件，没有收录它的条文内容。",
    "These documents only mention that document; its text is not among them.",
)
NO_NEIGHBOUR = Line("那一头没有别的条文了。", "There is no further provision on that side.")
COMES_FROM = Line("这句话出自{label}。", "This sentence is from {label}.")
WORDS_COME_FROM = Line("“{words}”出自{label}。", "“{words}” is from {label}.")
NOT_FOUND_WORDS = Line("这几份文件里没有“{words}”这个说法。", "“{words}” does not appear in these documents.")
READS = Line("{label}的原文：", "{label} reads:")
NEAREST = Line("最接近的条文：", "The nearest provision:")

NAME_FILLED = Line("{place}的机构应命名为“{name}”。", "For {place} the name is “{name}”.")
NAME_FILLED_PLAIN = Line(
    "按这个格式，{place}的名称是“{name}”。", "In this form, the name for {place} is “{name}”."
)
TOTAL = Line(
    "{count}个{scope}按平均数推算，应不少于{total}个{unit}（{count}×{each}＝{total}）。",
    "For {count} {scope}, reckoned by the average, no fewer than {total} {unit} ({count}×{each}={total}).",
)
TOTAL_ALL = Line(
    "合计不少于{total}个（{sum}＝{total}）。", "Altogether no fewer than {total} ({sum}={total})."
)
AVERAGE_NOTE = Line(
    "原文是平均拥有数的目标，不是对每一个社区的定额；乘出来的数只是按平均数推算。",
    "The text sets a target for the average, not a quota for each community; the product is only reckoned from the average.",
)
PHASE_ON = Line("{month}处于{phases}。", "{month} falls in the {phases}.")
PHASE_BOTH = Line(
    "{month}是两个阶段交接的月份：{phases}都包括这个月。",
    "{month} is where two phases meet: both {phases} include it.",
)
PHASE_BEFORE = Line(
    "{month}在部署之前，方案安排从{first}开始。",
    "{month} is before the plan's first phase, which starts in {first}.",
)
PHASE_AFTER = Line(
    "{month}已经超出方案安排的阶段：各阶段到{last}为止。",
    "{month} is after the plan's phases, which ended in {last}.",
)
IN_COMMON = Line("{tiers}都列有{items}", "{tiers} all list {items}")
ONLY_AT = Line("{tier}另列有{items}", "{tier} also lists {items}")
AS_NEEDED = Line("○ 根据需要设立", "○ as needed")
MATTER = Line("事项", "Matter")
SHARE = Line(
    "{whole}的{percent}%是{part}，也就是不低于{part}。",
    "{percent}% of {whole} is {part}, that is, no less than {part}.",
)
NOT_LISTED = Line("未列出", "not listed")
LISTED = Line("● 列出", "● listed")
OPEN_LIST = Line(
    "原文以“等”收尾，列举未尽；“未列出”不等于“不需要”。",
    "The lists in the text are open-ended; “not listed” does not mean “not required”.",
)
DUTIES_OF = Line("文件对{actor}写明的事项共{count}项：", "The text sets out {count} matters for {actor}:")
DROPPED = Line(
    "有一句话与条文对不上，已经略去。", "One statement was left out because the text does not support it."
)
WRITTEN = Line(
    "文字由语言模型整理，每一句都与所引原文核对过；引文由程序照原文录出。",
    "Worded by a language model, every statement checked against the text cited; the quotations are printed by the program.",
)
INTERPRETED = Line(
    "语言模型帮助理解了问题；回答和引文由程序照原文给出。",
    "A language model helped to read the question; answer and quotations are the program's, from the text.",
)
MODEL_FAILED = Line(
    "语言模型这次没有给出完整的回答（{why}），以下直接引用原文。",
    "The language model gave no complete answer this time ({why}); what follows is quoted from the text.",
)
MODEL_NOT_BORNE_OUT = Line(
    "语言模型写的内容没有通过核对，以下直接引用原文。",
    "What the language model wrote did not pass the checks; what follows is quoted from the text.",
)
LEFT_OUT = Line(
    "另有{count}处条文也与此有关，这里没有列出。",
    "Another {count} provisions touch on this and are not listed here.",
)
RECKONED_TRANSLATION = Line("", "English is a reference translation; the Chinese text prevails.")
NOT_OFFICIAL = Line("编者整理，非官方原文。", "Compiled by the editors; not an official text.")

OUTLINE_HEAD = Line(
    "根据文件整理的讲课提纲，每一条都注明出处：",
    "An outline drawn from the documents; every line names its provision:",
)
QUIZ_HEAD = Line(
    "根据文件出的题，答案都注明出处：",
    "Questions drawn from the documents; every answer names its provision:",
)
QUIZ_TRUE = Line("判断：{statement}", "True or false: {statement}")
QUIZ_ANSWER = Line("答案：{answer}", "Answer: {answer}")

INTERNAL = Line(
    "这个问题没能答出来，程序出了错；问题没有丢，请再试一次。",
    "Something went wrong and the question was not answered; please try again.",
)
UNREADABLE = Line("第{line}行不是有效的问题：{why}", "Line {line} is not a valid question: {why}")

ITEMS: Mapping[str, str] = MappingProxyType(
    {
        "党建活动室": "Party-building activity room",
        "会议培训室": "meeting and training room",
        "综合服务区": "general service area",
        "资源配置区": "resource allocation area",
        "流动办公区": "mobile office area",
        "交流展示区": "exchange and display area",
        "多功能的活动区(室)": "multi-purpose activity areas (rooms)",
        "政策咨询": "policy advice",
        "人员培训": "staff training",
        "调查研究": "surveys and research",
        "能力建设": "capacity building",
        "资源配置": "resource allocation",
        "展览展示": "exhibition and display",
        "观摩交流": "study visits and exchange",
        "培育孵化": "nurturing and incubation",
        "品牌推广": "brand promotion",
        "合作交流": "cooperation and exchange",
        "适应区域发展需求的特色服务": "special services that suit the area's development needs",
        "资产设备管理": "asset and equipment management",
        "场地使用": "use of premises",
        "档案管理": "records management",
        "信息系统": "information systems",
        "后勤保障": "logistical support",
    }
)
"""What rooms, services and rules are called in the reference translation of their provisions."""


def items_said(items: Sequence[str]) -> tuple[str, str]:
    """Return members of a list in both languages, joined; one without an English name keeps its own."""
    return "、".join(items), ", ".join(ITEMS.get(item, item) for item in items)
