"""Keep what a course says of its own accord, in Chinese and in English; everything else is taken from the texts."""

from assistant.phrases import Line

TITLE = Line("政策培训课程（面向{audience}）", "Policy course for: {audience}")

# Remarks on the words of a quotation; what stands in quotation marks is in it
FORCE = Line(
    "讲的时候照原文用词：{words}，不要互换。", "Keep to the words of the text: {words}; do not exchange them."
)
OPEN_LIST = Line(
    "原文的列举以“等”收尾，列举未尽。", "The list in the text ends in “等”: it is not exhaustive."
)
PAST = Line("原文写的时间（“{when}”）已经过去。", "The time given in the text (“{when}”) is past.")

# The names of the files, and what heads them
FILES = {
    "notes": Line("讲师讲稿", "Speaker notes"),
    "handout": Line("学员讲义", "Handout"),
    "slides": Line("幻灯片", "Slides"),
    "quiz": Line("测验题", "Quiz"),
    "key": Line("测验答案", "Answer key"),
    "sources": Line("出处表", "Sources"),
    "pack": Line("全部文件", "All files"),
}
HEAD = Line("{file}（面向{audience}）", "{file} for: {audience}")
PACK_FOLDER = Line("政策培训课程", "Policy course")

# What is said of the choices
AUDIENCE = Line("授课对象：{audience}", "Audience: {audience}")
BASIS = Line(
    "文件写明的培训对象：“{words}”（{label}）",
    "Named in the text as people to be trained: “{words}” ({label})",
)
NO_BASIS = Line(
    "文件没有把{audience}单独写明为培训对象；选用哪些条文是编者的安排。",
    "No document names these as people to be trained: {audience}. Which provisions are used is the editors' choice.",
)
UNITS_CHOSEN = Line(
    "选用哪些条文是编者的安排，可以增减。",
    "Which provisions are used is the editors' choice and can be changed.",
)
HOURS = Line("课时：{hours}学时，共{minutes}分钟", "Time: {hours} class hours, {minutes} minutes in all")
HOURS_BASIS = Line("原文写的是“{words}”（{label}）。", "The text says “{words}” ({label}).")
HOURS_FEWER = Line(
    "本课程为{hours}学时，少于原文所写的学时。",
    "This course has {hours} class hours, fewer than the text names.",
)
HOURS_ASSUMED = Line(
    "1学时按{minutes}分钟计，是编者的设定，原文没有写1学时是多少分钟；各讲和各条的时间也由编者按篇幅分配。",
    "A class hour is reckoned as {minutes} minutes: the editors' assumption, the text does not say how long one is. "
    "The time of each session and provision is shared out by the editors, by length.",
)
STANDING = Line("用之前先看", "Before you use this")

# The sessions
TIMETABLE = Line("课程安排", "Timetable")
SESSION = Line("第{number}讲", "Session {number}")
SESSION_HEAD = Line(
    "第{number}讲　{title}（{hours}学时，{minutes}分钟）",
    "Session {number}: {title} ({hours}, {minutes} minutes)",
)
HOURS_OF = Line("{hours}学时", "{hours} class hours")
MINUTES_OF = Line("{minutes}分钟", "{minutes} min")
PART_HEAD = Line("{label}（{minutes}分钟）", "{label} ({minutes} minutes)")
QUIZ_SESSION = Line("测验与讲评", "Quiz and discussion of the answers")
QUIZ_COUNT = Line(
    "测验题共{count}题，另附答案。", "The quiz has {count} questions; the answers are in a file of their own."
)
QUIZ_FEWER = Line(
    "所选条文只能出{count}题，比要求的{wanted}题少。",
    "The provisions chosen yield {count} questions, fewer than the {wanted} asked for.",
)
TOTAL = Line("合计", "Total")
COLUMNS = (
    Line("讲次", "Session"), Line("内容", "Subject"), Line("条文", "Provisions"), Line("时间", "Time"),
)  # fmt: skip
SOURCE = Line("——{label}", "— {label}")
CITED = Line("{words}（{label}）", "{words} ({label})")
REMARK = Line("提示：{words}", "Hint: {words}")
TRANSLATION = Line("参考译文：{words}", "Reference translation: {words}")
TRANSLATED = Line("", "English is a reference translation; the Chinese text prevails.")
OWN = Line("讲师自拟，未经原文核对", "Written by the trainer; not checked against the text")
OWN_MARK = Line(
    "【讲师自拟，未经原文核对】{words}", "[Written by the trainer; not checked against the text] {words}"
)
CONTINUED = Line("{title}（续）", "{title} (continued)")
SAYS = Line("原文说了什么", "What the text says")
ADDED = Line("讲师补充", "Added by the trainer")

# The quiz
FORMS = {
    "single": Line("单项选择题", "Single choice"),
    "true_false": Line("判断题", "True or false"),
    "fill": Line("填空题", "Fill in"),
}
FORM_TASKS = {
    "single": Line("每题只有一个选项与原文一致。", "Only one option is what the text says."),
    "true_false": Line(
        "与原文一致的写“对”，不一致的写“错”。", "Write 对 where the text says so, and 错 where it does not."
    ),
    "fill": Line("按原文填写。", "Fill in the words of the text."),
}
WORDS = Line("原文：“{words}”", "In the text: “{words}”")
NUMBERED = Line("{number}. {words}", "{number}. {words}")
NUMBERED_STATEMENT = Line("{number}.（　　）{words}", "{number}. (　　) {words}")
OPTION = Line("{letter}. {words}", "{letter}. {words}")
KEY_COLUMNS = (
    Line("题号", "No."), Line("答案", "Answer"), Line("原文说了什么", "What the text says"), Line("出处", "Source"),
)  # fmt: skip
KEY_NOTE = Line(
    "错误选项和错误说法都由条文改动一处而成，逐一与全部文件核对过：没有一条原文这样写。",
    "Wrong options and false statements were made by changing one thing in a provision, and each was checked against all the documents: none says so.",
)
QUIZ_ANSWERS = {"对": Line("对", "对 (true)"), "错": Line("错", "错 (false)")}

# The sheet of sources
SOURCE_FACTS = {
    "number": Line("文号", "Number"),
    "issuer": Line("发文机关", "Issued by"),
    "issued_on": Line("成文日期", "Issued on"),
    "official_page": Line("官方页面", "Official page"),
    "checked_on": Line("核对日期", "Checked on"),
}
SOURCE_COLUMNS = (Line("条文", "Provision"), Line("用在哪里", "Used in"))
USED_SESSIONS = Line("第{numbers}讲", "session {numbers}")
USED_QUESTIONS = Line("测验第{numbers}题", "question {numbers}")
LIST_COMMA = Line("、", ", ")
LIST_SEMICOLON = Line("；", "; ")
