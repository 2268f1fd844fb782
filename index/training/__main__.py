"""Make the bundled model again: python -m index.training --laws DIR --stard DIR --out index/model [--seed 0]."""

import argparse
from pathlib import Path


def main() -> None:
    """Read the folders, run the recipe, write the model."""
    parser = argparse.ArgumentParser(
        prog="python -m index.training", description="Train the bundled embedding model."
    )
    parser.add_argument("--laws", type=Path, required=True, help="the folder that holds articles.jsonl.gz")
    parser.add_argument(
        "--stard", type=Path, required=True, help="the folder that holds STARD's training part"
    )
    parser.add_argument("--out", type=Path, required=True, help="where to write the model")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--keep-aside", action="store_true", help="leave out the questions that settings are chosen by"
    )
    options = parser.parse_args()

    from index.training.recipe import Settings, make_model, read_material
    from index.training.shrink import write_model

    material = read_material(options.laws, options.stard, keep_aside=options.keep_aside)
    tokenizer, rows = make_model(
        material, Settings(), seed=options.seed, say=lambda line: print(line, flush=True)
    )
    write_model(options.out, tokenizer, rows)


if __name__ == "__main__":
    main()
