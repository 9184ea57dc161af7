"""How the server is started: its options, and whether its port is free.

Loads nothing heavy, so that help and mistakes are told at once.
"""

from __future__ import annotations

import argparse
import errno
import socket

from rag.errors import InputError

LAST_PORT = 65535


def parser() -> argparse.ArgumentParser:
    """The options of `python app.py`; the other settings are environment variables."""
    made = argparse.ArgumentParser(
        prog="python app.py",
        description="Belegt: the chat page, the widget and the API in one process. Every option "
        "is also an environment variable.",
    )
    made.add_argument("--host", help="the address it listens on (HOST, default 127.0.0.1)")
    made.add_argument("--port", help="the port it listens on (PORT, default 7860)")
    made.add_argument("--data-dir", metavar="DIR", help="the library (RAG_DATA_DIR)")
    return made


def require_free(host: str, port: int) -> None:
    """Raises InputError where another process listens there, or nobody can."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise InputError(
                f"Nothing can listen at {host}:{port} ({error.strerror}); choose another: "
                "python app.py --host HOST --port PORT"
            ) from error
        raise InputError(
            f"Port {port} of {host} is in use; stop what listens there, or choose another: "
            f"python app.py --port {port % LAST_PORT + 1}"
        ) from error
