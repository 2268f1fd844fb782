"""Keep the strings of the frame, the conversation and the reader, in Chinese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.question import LONGEST_QUESTION, Language, Role
from assistant.web.strings import course, facilities, feedback, residents
from assistant.web.strings.course import CourseStrings
from assistant.web.strings.facilities import FacilitiesStrings
from assistant.web.strings.feedback import FeedbackStrings
from assistant.web.strings.residents import ResidentsStrings


@dataclass(frozen=True, slots=True, kw_only=True)
class Strings:
    """All words of the page in one language; a field that is missing in either does not type-check."""

    language: Language
    html_lang: str
    """BCP 47 tag for the page itself."""
    path: str
    """Where the page in this language is served."""

    # The frame
    name: str
    skip_to_question: str
    other_language: str
    other_language_tag: str
    switch_language: str
    display: str
    large_text: str
    high_contrast: str
    dark: str
    originals: str
    rooms: str
    chat_room: str
    generated: str
    opening: str
    unopened: str
    """Why nothing can be answered yet; the cause and the remedy follow."""
    needs_script: str

    # The first screen
    welcome: str
    """What this is and what it knows; braces: ``count``, ``documents``."""
    welcome_document: str
    """Braces: ``title``, ``date``."""
    between_titles: str
    dated: str
    """Braces: ``date``."""
    all_issued: str
    """Said once when all documents have the same date; braces: ``date``."""
    and_more: str
    """Said after the first documents when there are many; braces: ``count``."""
    try_one: str
    role: str
    roles: Mapping[Role, str]
    examples: Mapping[Role, tuple[str, str, str, str]]

    # The conversation
    conversation: str
    asked: str
    replied: str
    question_label: str
    placeholder: str
    send: str
    stop: str
    retry: str
    clear: str
    cleared: str
    cleared_screen: str
    """The same, where something of what was said is kept."""
    keys: str
    waiting: str
    stopped: str
    copy: str
    copied: str
    copy_failed: str
    sources: str
    more_quoted: str
    """Braces: ``count``."""
    not_official: str
    table: str
    tiers: tuple[str, ...]
    """How an answer's table heads its columns when it compares tiers."""
    only: str
    """Asks on about one of them; braces: ``tier``."""
    wrote: str
    did_not_write: str
    not_in_text: str
    out_of_scope: str
    declined: str
    unclear: str
    went_wrong: str
    nearest: str
    candidates: str
    whom_to_ask: str
    notes: str
    too_long: str
    """Braces: ``limit``, ``length``."""
    failed: str
    too_many: str
    lost: str
    copy_head: str
    copy_sources: str

    # The other rooms, each in a module of its own
    residents: ResidentsStrings
    facilities: FacilitiesStrings
    course: CourseStrings
    feedback: FeedbackStrings

    # The reader
    reader: str
    contents: str
    document_list: str
    previous: str
    following: str
    close_reader: str
    back_to_questions: str
    own_page: str
    print_page: str
    share: str
    bilingual: str
    print_provision: str
    still_in_force: str
    about_document: str
    find: str
    find_label: str
    find_end: str
    found: str
    """Braces: ``words``, ``at``, ``count``."""
    found_none: str
    """Braces: ``words``."""
    found_elsewhere: str
    found_in: str
    """Braces: ``document``, ``count``."""
    found_nowhere: str
    found_try: str
    hit_before: str
    hit_after: str
    official_page: str
    checked: str
    issued_on: str
    issued_by: str
    number: str
    status: str
    translation_note: str
    no_translation: str
    no_such_provision: str
    """Braces: ``provision``."""
    quotation_gone: str

    def count(self, number: int) -> str:
        """Write a number as in running text: small ones in words."""
        few = "零一两三四五六七八九十"
        if self.language is Language.ENGLISH:
            return (
                ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")[number]
                if number <= 10
                else str(number)
            )
        return few[number] if number <= 10 else f" {number} "

    def date(self, year: int, month: int, day: int) -> str:
        """Write a date as a reader of this language expects it."""
        if self.language is Language.ENGLISH:
            return f"{day} {_MONTHS[month - 1]} {year}"
        return f"{year}年{month}月{day}日"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

CHINESE = Strings(
    language=Language.CHINESE,
    html_lang="zh-CN",
    path="/",
    name="社区社会组织政策问答",
    skip_to_question="跳到提问框",
    other_language="English",
    other_language_tag="en",
    switch_language="Switch to English",
    display="显示",
    large_text="大字版",
    high_contrast="高对比",
    dark="深色",
    originals="文件原文",
    rooms="栏目",
    chat_room="问答",
    generated="本页回答由程序生成，以文件原文为准。",
    opening="正在打开，请稍候……",
    unopened="现在还不能回答问题，文件原文可以照常阅读。",
    needs_script="本页需要浏览器启用 JavaScript。文件原文可以直接阅读：",
    welcome="这里只回答{count}份文件写了什么：{documents}。每句回答都注明出处，文件没写的会直说。",
    welcome_document="《{title}》{date}",
    between_titles="",
    dated="（{date}）",
    all_issued="，{date}印发",
    and_more=" 等",
    try_one="可以这样问",
    role="我是",
    roles={Role.RESIDENT: "居民", Role.STAFF: "工作人员", Role.TRAINER: "培训师"},
    examples={
        Role.RESIDENT: (
            "街道的孵化中心要有哪些房间？",
            "我们想成立一支合唱队，要去哪里备案？",
            "社区社会组织能得到哪些支持？",
            "这份实施方案现在还有效吗？",
        ),
        Role.STAFF: (
            "市、区、街道三级机构的房间要求有什么不同？",
            "区级孵化机构的牌子应该怎么写？",
            "孵化机构的建设运营经费从哪里来？",
            "孵化中心的面积要多少平方米？",
        ),
        Role.TRAINER: (
            "专题培训最少多少学时，什么时候前办？",
            "“育才”工程要求做哪些事？",
            "到2023年每个社区要有多少个社区社会组织？",
            "培训内容应当包括哪些方面？",
        ),
    },
    conversation="问答记录",
    asked="问",
    replied="答",
    question_label="您的问题",
    placeholder="用您自己的话提问",
    send="提问",
    stop="停止",
    retry="重新回答",
    clear="清除",
    cleared="已清除，本页没有留下任何记录。",
    cleared_screen="已清除，屏幕上不再有刚才的问答。",
    keys="Enter 提问，Shift+Enter 换行，/ 回到这里，↑ 找回上一问，Esc 停止",
    waiting="正在查找原文……",
    stopped="已停止，回答不完整。",
    copy="复制回答",
    copied="已复制",
    copy_failed="浏览器不允许复制，请选中文字后自行复制。",
    sources="依据",
    more_quoted="另引{count}处原文",
    not_official="编者整理，非官方原文",
    table="对照表",
    tiers=("市级", "区级", "街道乡镇级"),
    only="只看{tier}",
    wrote="文件写了",
    did_not_write="文件没写",
    not_in_text="文件里没有写",
    out_of_scope="不在这几份文件的范围内",
    declined="这个要求不能照办",
    unclear="请说明是哪一处",
    went_wrong="没有答出来",
    nearest="最接近的条文",
    candidates="可能是",
    whom_to_ask="可以问谁",
    notes="说明",
    too_long="问题最长 {limit} 字，您写了 {length} 字。请缩短后再问，原文还在提问框里。",
    failed="程序出了错，这个问题没有答出来。问题没有丢，请点“重新回答”再试。",
    too_many="提问太快了，请过几秒再试。",
    lost="与程序的连接断开了。请确认程序仍在运行，然后刷新本页。",
    copy_head="本回答由程序生成，以文件原文为准。",
    copy_sources="出处：",
    reader="文件原文",
    contents="目录",
    document_list="文件",
    previous="上一条",
    following="下一条",
    close_reader="关闭原文",
    back_to_questions="返回问答",
    own_page="单独打开",
    print_page="打印",
    share="复制链接",
    bilingual="对照英文",
    print_provision="打印这一条",
    still_in_force="还有效吗？",
    about_document="文件信息",
    find="查找",
    find_label="在本文件中查找",
    find_end="结束查找",
    found="“{words}”：第 {at} 处，共 {count} 处",
    found_none="这份文件里没有“{words}”。",
    found_elsewhere="可以看：",
    found_in="{document}（{count} 处）",
    found_nowhere="其他文件里也没有。",
    found_try="请换个说法，或者直接提问。",
    hit_before="上一处",
    hit_after="下一处",
    issued_on="印发日期",
    official_page="官方页面",
    checked="核对日期",
    issued_by="发文机关",
    number="文号",
    status="状态",
    translation_note="英文为参考译文，以中文原文为准。",
    no_translation="这份文件没有英文译文。",
    no_such_provision="没有“{provision}”这一条，下面从头显示。",
    quotation_gone="原文已有改动，找不到所引的字句。",
    residents=residents.CHINESE,
    facilities=facilities.CHINESE,
    course=course.CHINESE,
    feedback=feedback.CHINESE,
)

ENGLISH = Strings(
    language=Language.ENGLISH,
    html_lang="en",
    path="/en/",
    name="Community Organization Policy: Questions and Answers",
    skip_to_question="Skip to the question box",
    other_language="中文",
    other_language_tag="zh-Hans",
    switch_language="切换到中文",
    display="Display",
    large_text="Large text",
    high_contrast="High contrast",
    dark="Dark",
    originals="Original texts",
    rooms="Sections",
    chat_room="Questions",
    generated="Answers on this page are generated by a program; the original Chinese text prevails.",
    opening="Opening, one moment…",
    unopened="Questions cannot be answered yet; the original texts can be read as usual.",
    needs_script="This page needs JavaScript. The original texts can be read directly:",
    welcome="This answers only what {count} documents say: {documents}. Every statement names its provision; what they do not say is said plainly.",
    welcome_document="{title}{date}",
    between_titles="; ",
    dated=" ({date})",
    all_issued=", issued on {date}",
    and_more=" and others",
    try_one="You could ask",
    role="I am",
    roles={Role.RESIDENT: "a resident", Role.STAFF: "staff", Role.TRAINER: "a trainer"},
    examples={
        Role.RESIDENT: (
            "What rooms must a subdistrict incubator have?",
            "We want to start a choir. Where do we file it?",
            "What support can community organizations get?",
            "Is the plan still in force?",
        ),
        Role.STAFF: (
            "How do the required rooms differ between city, district and subdistrict?",
            "What must a district incubator be called?",
            "Where does the money for running an incubator come from?",
            "How many square metres must an incubator have?",
        ),
        Role.TRAINER: (
            "How many hours must the training have at least, and by when?",
            "What does the talent project ask for?",
            "How many organizations should each community have by 2023?",
            "What should the training cover?",
        ),
    },
    conversation="Questions and answers",
    asked="Q",
    replied="A",
    question_label="Your question",
    placeholder="Ask in your own words",
    send="Ask",
    stop="Stop",
    retry="Answer again",
    clear="Clear",
    cleared="Cleared. Nothing is kept on this page.",
    cleared_screen="Cleared. Nothing is left on the screen.",
    keys="Enter asks, Shift+Enter starts a new line, / comes back here, ↑ recalls the last question, Esc stops",
    waiting="Looking in the texts…",
    stopped="Stopped; the answer is incomplete.",
    copy="Copy answer",
    copied="Copied",
    copy_failed="The browser does not allow copying; please select the words and copy them.",
    sources="Sources",
    more_quoted="{count} more quotations",
    not_official="Compiled by the editors; not an official text",
    table="Comparison",
    tiers=("municipal", "city", "district", "subdistrict and township"),
    only="What about {tier}?",
    wrote="What the text states",
    did_not_write="What it does not state",
    not_in_text="Not stated in the documents",
    out_of_scope="Outside these documents",
    declined="This cannot be done",
    unclear="Please say which one",
    went_wrong="No answer was made",
    nearest="Nearest provision",
    candidates="It may be",
    whom_to_ask="Whom to ask",
    notes="Note",
    too_long="A question may have {limit} characters; this one has {length}. Please shorten it: it is still in the box.",
    failed="Something went wrong and there is no answer. The question is not lost: choose “Answer again”.",
    too_many="That was too fast. Please try again in a few seconds.",
    lost="The connection to the program is lost. Check that it is still running, then reload this page.",
    copy_head="Generated by a program; the original Chinese text prevails.",
    copy_sources="Sources:",
    reader="Original text",
    contents="Contents",
    document_list="Documents",
    previous="Previous",
    following="Next",
    close_reader="Close the original",
    back_to_questions="Back to the questions",
    own_page="Own page",
    print_page="Print",
    share="Copy link",
    bilingual="Show English",
    print_provision="Print provision",
    still_in_force="Still in force?",
    about_document="About this document",
    find="Find",
    find_label="Find in this document",
    find_end="End search",
    found="“{words}”: {at} of {count}",
    found_none="This document does not have “{words}”.",
    found_elsewhere="You could look at:",
    found_in="{document} ({count})",
    found_nowhere="Nor do the others.",
    found_try="Try other words, or ask a question.",
    hit_before="Previous match",
    hit_after="Next match",
    issued_on="Issued on",
    official_page="Official page",
    checked="Checked on",
    issued_by="Issued by",
    number="Number",
    status="Status",
    translation_note="The English is a reference translation; the Chinese text prevails.",
    no_translation="There is no English translation of this document.",
    no_such_provision="There is no provision “{provision}”; the document is shown from its start.",
    quotation_gone="The text has changed and does not have these words any more.",
    residents=residents.ENGLISH,
    facilities=facilities.ENGLISH,
    course=course.ENGLISH,
    feedback=feedback.ENGLISH,
)

LANGUAGES = (CHINESE, ENGLISH)
MAX_QUESTION = LONGEST_QUESTION
"""Code points of a question that are accepted."""


def strings_for(tag: str | None) -> Strings:
    """Return the strings for ``?lang=``; anything that is not English is read in Chinese."""
    return ENGLISH if tag is not None and tag.lower().startswith("en") else CHINESE
