"""The whole recipe, stage by stage: words, first vectors, statutes alone, labelled questions."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.expansion import read_lexicon
from index.training.articles import Article, read_articles
from index.training.aside import is_kept_aside, split_stard
from index.training.labelled import Labelled, read_stard, read_written
from index.training.lexicon import Rewording
from index.training.negatives import Finder
from index.training.pairs import labelled_pairs, make_pairs, passage_text
from index.training.start import first_vectors
from index.training.trainer import train
from index.training.words import build_tokenizer, choose_words, cut, cut_all, teach

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What was chosen on the questions kept aside; one set for all."""

    dimension: int = 256
    at_least: int = 4
    pairs: int = 300_000
    pair_batch: int = 1024
    pair_rate: float = 4e-3
    rounds: int = 4
    label_batch: int = 512
    label_rate: float = 2e-3
    pairs_among_labels: int = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that is learned from."""

    articles: list[Article]
    asked: list[Labelled]
    lexicon: dict[str, list[str]]


def read_material(laws: Path, stard: Path, *, keep_aside: bool) -> Material:
    """Read statutes and labelled questions; with `keep_aside`, leave out those that settings are chosen by."""
    everything = read_articles(laws)
    articles = list({article.text: article for article in reversed(everything)}.values())[::-1]
    consulted, written = read_stard(stard), read_written(everything)
    if keep_aside:
        consulted = [consulted[place] for place in split_stard(consulted).training]
        written = [one for one in written if not is_kept_aside(one.law)]
    return Material(articles=articles, asked=consulted + written, lexicon=read_lexicon())


def start(material: Material, settings: Settings, *, seed: int) -> tuple[Tokenizer, Rows]:
    """Make the tokenizer and the first vectors."""
    named = [word for legal, everyday in material.lexicon.items() for word in (legal, *everyday)]
    texts = [f"{article.title}\n{article.text}" for article in material.articles]
    statutes = cut_all(texts, taught=named)
    teach(named)
    spoken = [cut(" ".join([one.question, *one.wordings])) for one in material.asked]
    tokenizer = build_tokenizer(choose_words(statutes, spoken, named, at_least=settings.at_least))
    together = [" ".join([one.question, *one.wordings, one.relevant[0]]) for one in material.asked]
    entries = [" ".join([legal, *everyday]) for legal, everyday in material.lexicon.items()]
    ids = [encoding.ids for encoding in tokenizer.encode_batch(texts + together + entries)]
    weights = [1.0] * len(texts) + [3.0] * len(together) + [20.0] * len(entries)
    size = tokenizer.get_vocab_size()
    return tokenizer, first_vectors(ids, weights, size=size, dimension=settings.dimension, seed=seed)


def learn_from_statutes(
    material: Material, tokenizer: Tokenizer, rows: Rows, settings: Settings, *, seed: int
) -> Rows:
    """Train on pairs made from statutes and lexicon alone."""
    pairs = make_pairs(material.articles, Rewording(material.lexicon), count=settings.pairs, seed=seed)
    return train(
        tokenizer, rows, pairs, batch=settings.pair_batch, rate=settings.pair_rate, epochs=1, seed=seed
    )


def learn_from_questions(
    material: Material, tokenizer: Tokenizer, rows: Rows, finder: Finder, settings: Settings, *, seed: int
) -> Rows:
    """Train on labelled questions with near misses, a few statute pairs among them."""
    pairs = labelled_pairs(material.asked, finder, rounds=settings.rounds, seed=seed)
    pairs += make_pairs(
        material.articles, Rewording(material.lexicon), count=settings.pairs_among_labels, seed=seed + 7
    )
    return train(
        tokenizer, rows, pairs, batch=settings.label_batch, rate=settings.label_rate, epochs=1, seed=seed
    )


def make_model(
    material: Material, settings: Settings, *, seed: int, say: Callable[[str], None]
) -> tuple[Tokenizer, Rows]:
    """Run every stage and return the tokenizer and the final rows."""
    began = time.monotonic()

    def tell(stage: str) -> None:
        say(f"{time.monotonic() - began:6.0f} s  {stage}")

    tell(
        f"{len(material.articles)} articles, {len(material.asked)} labelled questions, {len(material.lexicon)} terms"
    )
    tokenizer, rows = start(material, settings, seed=seed)
    tell(f"first vectors of {len(rows)} words")
    general = learn_from_statutes(material, tokenizer, rows, settings, seed=seed)
    tell("learned from statutes")
    finder = Finder(tokenizer, [passage_text(article) for article in material.articles])
    final = learn_from_questions(material, tokenizer, general, finder, settings, seed=seed)
    tell("learned from questions")
    return tokenizer, final
