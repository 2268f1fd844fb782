"""The command line: ask, show, verify, index, check."""

from assistant.settings import prepare

prepare()

from assistant.command import main  # noqa: E402  (the switches must be set before anything is imported)

if __name__ == "__main__":
    main()
