"""How `python app.py` is started, from outside."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag import serving
from rag.errors import InputError

ROOT = Path(__file__).parents[1]


def app(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    hidden = ("RAG_", "HOST", "PORT")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(hidden)}
    return subprocess.run(
        [sys.executable, "app.py", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env=environment | {"RAG_DATA_DIR": str(data)},
    )


def test_help_is_printed_at_once_and_nothing_is_served(tmp_path: Path) -> None:
    started = time.monotonic()
    done = app("--help", data=tmp_path)
    assert time.monotonic() - started < 5
    assert done.returncode == 0
    assert "--port PORT" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_option_is_refused(tmp_path: Path) -> None:
    done = app("--prot", "7861", data=tmp_path)
    assert done.returncode == 2
    assert "unrecognized arguments: --prot" in done.stderr


def test_a_port_in_use_is_told_in_one_line_with_another(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = app("--port", str(port), data=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        f"Port {port} of 127.0.0.1 is in use; stop what listens there, or choose another: "
        f"python app.py --port {port + 1}"
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_free_is_left_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serving.require_free("127.0.0.1", port)
    serving.require_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(InputError, match=r"Nothing can listen at 192\.0\.2\.1:7860"):
        serving.require_free("192.0.2.1", 7860)
