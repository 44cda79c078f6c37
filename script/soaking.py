"""Runs pytest on a PostgreSQL and a Redis of its own: python -m script.soaking PYTEST-WORDS…"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile

from script.benches import _postgresql


def start_redis() -> str:
    folder = tempfile.mkdtemp(prefix="pmqa-redis-")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
    server = subprocess.Popen(["redis-server", *words], stdout=subprocess.DEVNULL)

    def stop() -> None:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"redis://127.0.0.1:{port}/0"


def main() -> int:
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or _postgresql.start()
    os.environ["REDIS_URL"] = os.environ.get("REDIS_URL") or start_redis()
    return subprocess.run([sys.executable, "-m", "pytest", *sys.argv[1:]]).returncode


if __name__ == "__main__":
    raise SystemExit(main())
