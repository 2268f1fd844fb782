"""Keep the strings of feedback and the staff page, in Chinese and in English."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import Status
from assistant.feedback.opinion import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackStrings:
    """All words of feedback and of the staff page in one language."""

    # Under an answer
    was_it_useful: str
    useful: str
    useless: str
    kept_when: str
    """Stands beside the buttons: what pressing them keeps."""
    what_was_wrong: str
    choose_any: str
    reasons: Mapping[Reason, str]
    comment: str
    hint: str
    send: str
    cancel: str
    thanks: str
    gone: str
    full: str
    not_kept: str
    unanswered_kept: str
    """Said on the page where questions that could not be answered are kept."""

    # The staff page
    title: str
    password: str
    log_in: str
    log_out: str
    wrong_password: str
    wait: str
    """Braces: ``seconds``."""
    once_more: str
    """After a session has ended or a form came from elsewhere."""
    unanswered: str
    unanswered_how: str
    """What the list of unanswered questions is made of when every one is kept."""
    unanswered_off: str
    """The same where only those are known that somebody gave an opinion on."""
    none_unanswered: str
    opinions: str
    none_opinions: str
    show: str
    all_opinions: str
    shown_of: str
    """Braces: ``shown``, ``count``."""
    times: str
    """Braces: ``count``."""
    also_asked: str
    """Braces: ``count``."""
    last_asked: str
    day: str
    verdict: str
    question: str
    follow_up: str
    answer: str
    provisions: str
    role: str
    state: str
    states: Mapping[Status, str]
    group: str
    group_asked: str
    asked: str
    language: str
    delete: str
    delete_for_good: str
    deleted: str
    export: str
    export_unanswered: str
    export_opinions: str
    export_cases: str
    cases_how: str
    ledger_trouble: str
    kept_in: str
    """Braces: ``path``."""


CHINESE = FeedbackStrings(
    was_it_useful="这个回答",
    useful="有用",
    useless="没用",
    kept_when="点了才会保存这一问一答，不记是谁问的。",
    what_was_wrong="哪里没帮上忙？",
    choose_any="可以选几项，也可以不选",
    reasons={
        Reason.WRONG_SOURCE: "来源不对",
        Reason.OUT_OF_DATE: "已过期",
        Reason.INCOMPLETE: "不完整",
        Reason.UNCLEAR: "看不懂",
        Reason.OTHER: "其他",
    },
    comment="想补充的话（可不填）",
    hint="请不要写姓名、住址。证件号、电话号码、银行卡号和邮箱会自动隐去。",
    send="提交",
    cancel="取消",
    thanks="已记下，谢谢。",
    gone="这个回答已经过了时限，没有保存。请重新提问后再点。",
    full="存放意见的地方满了，这次没有保存。请告诉工作人员。",
    not_kept="没能保存，请稍后再试。",
    unanswered_kept="没能答出的问题会隐去号码后留存，供改进用。",
    title="工作人员页",
    password="口令",
    log_in="进入",
    log_out="退出",
    wrong_password="口令不对。",
    wait="试错次数太多，请等 {seconds} 秒再试。",
    once_more="请重新输入口令。",
    unanswered="没能答出的问题",
    unanswered_how="相近的问法归在一起，问得多的在前。号码已隐去，只记日期。",
    unanswered_off="现在没有开启留存：读者点过“有用”“没用”的问题才会出现在这里。要记下全部没能答出的问题，请设置 POLICY_KEEP_UNANSWERED=true。",
    none_unanswered="还没有没能答出的问题。",
    opinions="读者意见",
    none_opinions="还没有人留下意见。",
    show="只看",
    all_opinions="全部",
    shown_of="显示最近 {shown} 条，共 {count} 条；导出的是全部。",
    times="{count} 次",
    also_asked="另有 {count} 种问法",
    last_asked="最近一次",
    day="日期",
    verdict="评价",
    question="问题",
    follow_up="追问",
    answer="当时的回答",
    provisions="所引条文",
    role="提问者",
    state="结果",
    states={
        Status.ANSWERED: "已答",
        Status.PARTIAL: "部分答出",
        Status.NOT_IN_CORPUS: "文件没写",
        Status.OUT_OF_SCOPE: "不在范围内",
        Status.NEEDS_CLARIFICATION: "请说明",
        Status.DECLINED: "不能照办",
        Status.ERROR: "出错",
    },
    group="组",
    group_asked="全组次数",
    asked="次数",
    language="语言",
    delete="删除",
    delete_for_good="确定删除，不能恢复",
    deleted="已删除。",
    export="导出",
    export_unanswered="没能答出的问题（CSV）",
    export_opinions="读者意见（CSV）",
    export_cases="评测用例草稿（JSONL）",
    cases_how="草稿的写法同 evals/cases；basis 写明要核对什么，核对、补全后才能放进去。",
    ledger_trouble="存放意见的文件打不开：",
    kept_in="保存在 {path}，只有运行本程序的账户能读。",
)

ENGLISH = FeedbackStrings(
    was_it_useful="This answer",
    useful="Useful",
    useless="Not useful",
    kept_when="This question and answer are kept only if you press; who asked is not.",
    what_was_wrong="What was wrong?",
    choose_any="Choose any, or none",
    reasons={
        Reason.WRONG_SOURCE: "Wrong source",
        Reason.OUT_OF_DATE: "Out of date",
        Reason.INCOMPLETE: "Incomplete",
        Reason.UNCLEAR: "Hard to understand",
        Reason.OTHER: "Something else",
    },
    comment="In your own words (optional)",
    hint="Please write no names or addresses. Numbers of identity cards, telephones and bank cards, and e-mail addresses, are hidden.",
    send="Send",
    cancel="Cancel",
    thanks="Noted, thank you.",
    gone="That answer is too old; nothing was kept. Please ask again, then press.",
    full="There is no more room for opinions; nothing was kept. Please tell the staff.",
    not_kept="It could not be kept. Please try again later.",
    unanswered_kept="Unanswered questions are kept to improve this page; numbers in them are hidden.",
    title="Staff page",
    password="Password",
    log_in="Enter",
    log_out="Log out",
    wrong_password="That is not the password.",
    wait="Too many wrong passwords. Please wait {seconds} seconds.",
    once_more="Please enter the password again.",
    unanswered="Questions that could not be answered",
    unanswered_how="Those that ask nearly the same stand together, the most asked first. Numbers are hidden; only the day is kept.",
    unanswered_off="They are not being kept: only those that somebody gives an opinion on appear here. To keep them all, set POLICY_KEEP_UNANSWERED=true.",
    none_unanswered="There are none yet.",
    opinions="Opinions of readers",
    none_opinions="Nobody has given one yet.",
    show="Show",
    all_opinions="All",
    shown_of="The latest {shown} of {count}; an export has them all.",
    times="{count} ×",
    also_asked="{count} more wordings",
    last_asked="Last asked",
    day="Day",
    verdict="Verdict",
    question="Question",
    follow_up="follow-up",
    answer="The answer then",
    provisions="Provisions cited",
    role="Asked by",
    state="Outcome",
    states={
        Status.ANSWERED: "answered",
        Status.PARTIAL: "answered in part",
        Status.NOT_IN_CORPUS: "not in the texts",
        Status.OUT_OF_SCOPE: "out of scope",
        Status.NEEDS_CLARIFICATION: "unclear",
        Status.DECLINED: "declined",
        Status.ERROR: "failed",
    },
    group="Group",
    group_asked="Asked, whole group",
    asked="Asked",
    language="Language",
    delete="Delete",
    delete_for_good="Delete for good",
    deleted="Deleted.",
    export="Export",
    export_unanswered="Unanswered questions (CSV)",
    export_opinions="Opinions (CSV)",
    export_cases="Drafts of evaluation cases (JSONL)",
    cases_how="Drafts in the shape of evals/cases; basis says what has to be checked before they go there.",
    ledger_trouble="The file of opinions cannot be opened:",
    kept_in="Kept in {path}, which only this program’s account can read.",
)
