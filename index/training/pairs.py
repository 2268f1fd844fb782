"""Make pairs of a question-like text and an article out of the statutes alone."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

from index.training.articles import Article
from index.training.labelled import Labelled
from index.training.lexicon import Rewording
from index.training.negatives import Finder
from index.training.words import cut

OPENINGS = (
    "",
    "",
    "",
    "",
    "请问",
    "您好，",
    "想问一下",
    "我想咨询",
    "朋友",
    "我家",
    "我们公司",
    "老板",
    "邻居",
    "有人",
    "他",
    "她",
    "我爸",
    "孩子",
    "我们小区",
    "单位",
    "如果",
    "我",
    "我在外地，",
    "昨天",
    "去年",
    "因为",
    "听说",
    "对方",
    "请教一下，",
)
ENDINGS = (
    "怎么办",
    "该怎么办？",
    "合法吗",
    "可以吗？",
    "违法吗？",
    "有什么规定",
    "有规定吗",
    "怎么处罚？",
    "要坐牢吗",
    "会被罚款吗",
    "该找谁",
    "应该找哪个部门",
    "能告他吗",
    "要赔偿吗？",
    "赔多少",
    "要多久",
    "需要什么手续",
    "需要哪些材料",
    "怎么申请",
    "能不能退",
    "谁负责？",
    "谁说了算",
    "算不算",
    "怎么认定",
    "有效吗？",
    "犯法吗",
    "行不行",
    "能不能要回来",
    "是怎么规定的？",
    "有没有期限",
    "几天内",
    "要交钱吗",
    "我该怎么做？",
    "责任怎么划分",
    "怎么处理？",
    "怎么维权",
    "去哪里办理？",
    "有什么好处",
    "什么条件",
    "",
)


ASIDES = tuple((Path(__file__).parent / "asides.txt").read_text(encoding="utf-8").split())
"""What people say around a question and that no statute answers."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, the text it should find and one it should not."""

    question: str
    relevant: str
    irrelevant: str


LONGEST = 240


def passage_text(article: Article, *, chapter: bool = False) -> str:
    """The text of an article as the index embeds it, title first; a long one ends early, to save time."""
    text = article.text[:LONGEST]
    return f"{article.title} {article.chapter}\n{text}" if chapter else f"{article.title}\n{text}"


def clauses_of(text: str) -> list[str]:
    """Split a text into its clauses."""
    return [
        clause
        for clause in re.split(r"[，。；：、？！\n]|[（(][一二三四五六七八九十]+[)）]", text)
        if len(clause) >= 3
    ]


def drop_words(text: str, rng: random.Random, *, share: float) -> str:
    """Leave out about `share` of the words of a text."""
    return "".join(word for word in cut(text) if rng.random() >= share)


def tell_more(question: str, rng: random.Random, *, share: float) -> str:
    """Surround about `share` of the questions by a story, as people do."""
    if rng.random() >= share:
        return question
    told = rng.sample(ASIDES, rng.choice((1, 2, 2, 3, 4, 6)))
    before = rng.randrange(len(told) + 1)
    return "，".join([*told[:before], question, *told[before:]])


def pseudo_question(article: Article, rewording: Rewording, rng: random.Random) -> str:
    """Ask about one or two clauses of an article in everyday words."""
    clauses = clauses_of(article.text)
    start = rng.randrange(len(clauses))
    wanted = clauses[start : start + rng.choice((1, 1, 2, 2, 3))]
    said = rewording.reword("，".join(wanted)[:60], rng, share=0.8)
    said = drop_words(said, rng, share=rng.choice((0.0, 0.1, 0.25, 0.4)))
    topic = ""
    if rng.random() < 0.2:
        topic = re.sub("中华人民共和国|条例$|法$|规定$|办法$|暂行", "", article.law)[:16] + " "
    return tell_more(f"{topic}{rng.choice(OPENINGS)}{said}{rng.choice(ENDINGS)}", rng, share=0.3)


def without(text: str, part: str) -> str:
    """The text with one part taken out."""
    return text.replace(part, "", 1)


def make_pairs(articles: list[Article], rewording: Rewording, *, count: int, seed: int) -> list[Pair]:
    """Make `count` pairs: half pseudo-questions, then sentences out of their article, then titles; shuffled."""
    rng = random.Random(seed)
    by_law: dict[str, list[Article]] = {}
    for article in articles:
        by_law.setdefault(article.law_id, []).append(article)
    usable = [article for article in articles if len(article.text) >= 15 and clauses_of(article.text)]
    pairs: list[Pair] = []
    while len(pairs) < count:
        article = usable[rng.randrange(len(usable))]
        other = rng.choice(by_law[article.law_id])
        if other is article:
            continue
        chapter = rng.random() < 0.3
        away, draw = passage_text(other, chapter=chapter), rng.random()
        sentences = [sentence for sentence in re.split(r"(?<=[。；\n])", article.text) if len(sentence) >= 8]
        if draw < 0.62:
            question, home = pseudo_question(article, rewording, rng), passage_text(article, chapter=chapter)
        elif draw < 0.85 and len(sentences) >= 2:
            question = rng.choice(sentences)
            rest = (without(article.text, question) if rng.random() < 0.8 else article.text)[:LONGEST]
            home = f"{article.title}\n{rest}" if rng.random() < 0.7 else rest
            if rng.random() < 0.5:
                question = rewording.reword(question, rng, share=0.6)
        elif draw < 0.93:
            question = drop_words(f"{article.law} {article.chapter} {article.text[:20]}", rng, share=0.2)
            home, away = article.text[:LONGEST], other.text[:LONGEST]
        else:
            question, home = drop_words(article.text, rng, share=0.6)[:80], passage_text(article)
        pairs.append(Pair(question, home, away))
    return pairs


def labelled_pairs(asked: list[Labelled], finder: Finder, *, rounds: int, seed: int) -> list[Pair]:
    """Pair every question, keyword list and answer with each relevant text, `rounds` times with new wrong texts."""
    rng = random.Random(seed)
    near = finder.wrong_but_near([one.question for one in asked], [one.relevant for one in asked])
    pairs: list[Pair] = []
    for one, wrong in zip(asked, near, strict=True):
        for _ in range(rounds):
            asked_as = [(tell_more(one.question, rng, share=0.3), text) for text in one.relevant]
            asked_as += [(wording, text) for text in one.relevant for wording in one.wordings]
            asked_as += [(one.question, wording) for wording in one.wordings]
            pairs += [
                Pair(wording, text[:LONGEST], rng.choice(wrong)[:LONGEST]) for wording, text in asked_as
            ]
    rng.shuffle(pairs)
    return pairs
