"""Train the word vectors with sentence-transformers' own trainer."""

import tempfile
from collections.abc import Sequence

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from index.training.pairs import Pair

Rows = NDArray[np.float32]


def train(
    tokenizer: Tokenizer,
    rows: Rows,
    pairs: Sequence[Pair],
    *,
    batch: int,
    rate: float,
    epochs: float,
    seed: int,
    scale: float = 20.0,
    threads: int = 2,
) -> Rows:
    """Return the rows after training them to find each pair's relevant text among all texts of its batch."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=rows.copy())], device="cpu"
    )
    data = Dataset.from_dict(
        {
            "anchor": [pair.question for pair in pairs],
            "positive": [pair.relevant for pair in pairs],
            "negative": [pair.irrelevant for pair in pairs],
        }
    )
    loss = MatryoshkaLoss(
        model, MultipleNegativesRankingLoss(model, scale=scale), matryoshka_dims=[256, 128, 64]
    )
    with tempfile.TemporaryDirectory() as aside:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=aside,
            per_device_train_batch_size=batch,
            num_train_epochs=epochs,
            learning_rate=rate,
            lr_scheduler_type="linear",
            warmup_steps=0.1,
            weight_decay=0.0,
            seed=seed,
            data_seed=seed,
            use_cpu=True,
            dataloader_drop_last=True,
            save_strategy="no",
            logging_strategy="steps",
            logging_steps=50,
            report_to="none",
            disable_tqdm=True,
        )
        SentenceTransformerTrainer(model=model, args=arguments, train_dataset=data, loss=loss).train()
    trained: Rows = model[0].embedding.weight.detach().numpy().astype(np.float32)
    return trained
