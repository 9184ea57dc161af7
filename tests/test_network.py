"""A whole session in a network namespace of its own: nothing leaves the machine.

Beside the loopback the namespace has one other interface, with the default route and the name
server behind it. Whatever a process tries to reach, also from native code, goes out there and is
counted by the kernel.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMESPACE = """
set -e
ip link set lo up
ip link add out type veth peer name far
sysctl -qw net.ipv6.conf.out.disable_ipv6=1 net.ipv6.conf.far.disable_ipv6=1
ip link set far up
ip link set out up
ip addr add 10.9.0.1/24 dev out
ip route add default via 10.9.0.2
echo "nameserver 10.9.0.2" > "$WORK/resolv.conf"
mount --bind "$WORK/resolv.conf" /etc/resolv.conf
"$@"
"""
COUNT = "awk '/ out:/ {print \"sent\", $11}' /proc/net/dev"
SESSION = """
"$PYTHON" -m rag ingest "$WORK/articles" >/dev/null
"$PYTHON" -m rag ask "Who declined to comment on the convoy?" --json >/dev/null
PORT=8731 "$PYTHON" app.py >"$WORK/app.log" 2>&1 &
app=$!
"$PYTHON" - <<'PY'
import json, time, urllib.request
base = "http://127.0.0.1:8731"
for _ in range(120):
    try:
        urllib.request.urlopen(base + "/healthz", timeout=2).read()
        break
    except OSError:
        time.sleep(0.5)
for path in ("/", "/widget/", "/widget.js", "/api/articles", "/api/openapi.json"):
    assert urllib.request.urlopen(base + path, timeout=20).status == 200, path
body = json.dumps({"question": "Wie viele Zivilisten wurden getötet?"}).encode()
request = urllib.request.Request(
    base + "/api/ask", body, {"content-type": "application/json"})
answer = json.load(urllib.request.urlopen(request, timeout=60))
assert answer["citations"], answer
print("answered")
PY
kill $app
sleep 1
"""


def in_namespace(script: str, work: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["unshare", "-rnm", "bash", "-c", NAMESPACE, "bash", "bash", "-ec", script],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        env={
            "WORK": str(work),
            "PYTHON": sys.executable,
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": str(work),
            "RAG_DATA_DIR": str(work / "library"),
        },
    )


@pytest.fixture
def namespaces(tmp_path: Path) -> Path:
    """A work folder, where network namespaces can be made."""
    if not shutil.which("unshare") or not shutil.which("ip"):
        pytest.skip("needs unshare and ip (Debian: util-linux, iproute2)")
    if in_namespace("true", tmp_path).returncode:
        pytest.skip("this machine lets no process make network namespaces")
    return tmp_path


def test_an_attempt_to_leave_the_machine_is_counted(namespaces: Path) -> None:
    attempt = 'timeout 2 "$PYTHON" -c "import socket; socket.gethostbyname(\'a.example\')" || true;'
    done = in_namespace(attempt + COUNT, namespaces)
    assert int(done.stdout.split()[-1]) > 0, done.stderr


def test_a_whole_session_never_leaves_the_machine(namespaces: Path, articles: Path) -> None:
    shutil.copytree(articles, namespaces / "articles")
    done = in_namespace(SESSION + COUNT, namespaces)
    log = (namespaces / "app.log").read_text() if (namespaces / "app.log").exists() else ""
    assert done.returncode == 0, done.stderr + log
    assert done.stdout.split() == ["answered", "sent", "0"], done.stdout + done.stderr
