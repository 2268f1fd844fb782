"""Keep the strings of the course pack, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStrings:
    """All words of the room in one language."""

    room: str
    welcome: str

    # What is chosen
    choices: str
    audience: str
    named: str
    """What the text says of teaching them; braces: ``words``."""
    not_named: str
    time: str
    hours: str
    minutes: str
    assumed: str
    """Braces: ``minutes``."""
    questions: str
    provisions: str
    chosen: str
    """Braces: ``count``; the script fills it."""
    usual: str
    make: str
    remake: str
    making: str
    changed: str
    made: str
    """Braces: ``sessions``, ``questions``, ``minutes``."""

    # What was made
    download: str
    writing: str
    """Braces: ``file``."""
    saved: str
    """Braces: ``file``."""
    review: str
    timetable: str
    keep: str
    """Braces: ``words``."""
    keep_question: str
    """Braces: ``number``."""
    edit: str
    edit_label: str
    accept: str
    restore: str
    cancel: str
    checking: str
    own: str
    exact: str
    borne_out: str
    question_borne_out: str
    hint: str
    title: str
    quiz: str
    answer: str
    no_questions: str
    sources: str
    lost: str
    went_wrong: str


CHINESE = CourseStrings(
    room="备课",
    welcome="选好对象、课时和条文，编出课程安排、讲稿、讲义、幻灯片、测验和出处表。引文逐字取自文件，解释只说文件说过的话，每一句都注明出处。",
    choices="选择",
    audience="讲给谁听",
    named="文件写明的培训对象：“{words}”",
    not_named="文件没有单独写明为培训对象",
    time="讲多久",
    hours="学时",
    minutes="每学时分钟数",
    assumed="1学时按{minutes}分钟计是编者的设定，文件没有写1学时是多少分钟。",
    questions="测验题数",
    provisions="讲哪些条文",
    chosen="已选{count}条",
    usual="恢复默认",
    make="编写课程",
    remake="重新编写",
    making="正在编写课程……",
    changed="选择已改动，请点“重新编写”更新下面的课程；划掉和改写过的内容会保留。",
    made="课程已编好：共{sessions}讲，测验{questions}题，合计{minutes}分钟。",
    download="下载",
    writing="正在生成{file}……",
    saved="{file}已生成，请看浏览器的下载。",
    review="下载以前可以逐句看：去掉勾选，这一句就不写进文件；点“改写”可以换成自己的话，改写的话会与条文核对。",
    timetable="课程安排",
    keep="保留：{words}",
    keep_question="保留第{number}题",
    edit="改写",
    edit_label="改写后的话",
    accept="核对并采用",
    restore="恢复原句",
    cancel="取消",
    checking="正在核对……",
    own="讲师自拟，未经原文核对",
    exact="与原文逐字相同",
    borne_out="已改写，与条文核对相符",
    question_borne_out="已改写，答案与条文核对相符",
    hint="提示",
    title="标题",
    quiz="测验与讲评",
    answer="答案",
    no_questions="所选条文出不了题。",
    sources="出处表",
    lost="与程序的连接断开了，内容还在本页，请稍后再试。",
    went_wrong="程序出了错，内容还在本页，请再试一次。",
)

ENGLISH = CourseStrings(
    room="Course pack",
    welcome="Choose audience, hours and provisions, and get a timetable, speaker notes, a handout, slides, a quiz and a sheet of sources. Quotations are the very words of the texts, explanations say only what the texts say, and every line names its provision.",
    choices="Choices",
    audience="Who is taught",
    named="Named in the text as people to be trained: “{words}”",
    not_named="Not named in any document as people to be trained",
    time="How long",
    hours="Class hours",
    minutes="Minutes of a class hour",
    assumed="A class hour of {minutes} minutes is the editors' assumption: no document says how long one is.",
    questions="Questions in the quiz",
    provisions="Which provisions",
    chosen="{count} chosen",
    usual="Back to the usual choice",
    make="Make the course",
    remake="Make it again",
    making="Making the course…",
    changed="The choices have changed: choose “Make it again” to bring the course below up to date. What was struck out or rewritten is kept.",
    made="The course is made: {sessions} sessions, {questions} quiz questions, {minutes} minutes in all.",
    download="Download",
    writing="Writing {file}…",
    saved="{file} is written; see your browser's downloads.",
    review="Before downloading, go through it line by line: a line that is not ticked is left out of the files. “Rewrite” puts your own words in its place; they are checked against the provision.",
    timetable="Timetable",
    keep="Keep: {words}",
    keep_question="Keep question {number}",
    edit="Rewrite",
    edit_label="The line in your words",
    accept="Check and use",
    restore="Restore the line",
    cancel="Cancel",
    checking="Checking…",
    own="Written by the trainer; not checked against the text",
    exact="The very words of the text",
    borne_out="Rewritten; the provision bears it out",
    question_borne_out="Rewritten; the provision bears the answer out",
    hint="Hint",
    title="Title",
    quiz="Quiz and discussion of the answers",
    answer="Answer",
    no_questions="The provisions chosen yield no questions.",
    sources="Sources",
    lost="The connection to the program is lost. Everything is still on this page; please try again in a while.",
    went_wrong="Something went wrong. Everything is still on this page; please try again.",
)
