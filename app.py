"""Serve the page: python app.py --host 127.0.0.1 --port 7860."""

from assistant.settings import prepare

prepare()

from assistant.web.serve import main  # noqa: E402  (the switches must be set before anything is imported)

if __name__ == "__main__":
    main()
