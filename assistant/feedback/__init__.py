"""Keep what people say of answers, and what could not be answered; group it, and hand it on.

``opinion`` says what is kept and hides what is personal, ``ledger`` keeps it in one SQLite file, ``likeness`` puts
questions together that ask the same, ``export`` makes tables and evaluation cases of it.
"""
