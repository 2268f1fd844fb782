"""Read what the operator has set; the only module that looks at the environment."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_SWITCHES = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def prepare() -> None:
    """Switch off telemetry and downloads; the first call of every entry point, before any other import.

    A model hub is reached only when ``POLICY_ALLOW_DOWNLOADS=1``. Loopback never goes through a proxy.
    """
    os.environ.update(_SWITCHES)
    if os.environ.get("POLICY_ALLOW_DOWNLOADS") != "1":
        os.environ.update(_OFFLINE)
    for name in ("NO_PROXY", "no_proxy"):
        known = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join([*known, *(host for host in _LOOPBACK if host not in known)])
