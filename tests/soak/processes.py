"""Real processes for fault tests: workers, schedulers, a web server, Redis, a killing mail sink."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection

from tests.notifications.conftest import Sink, free_port

LONG = os.environ.get("SOAK") == "1"
CELERY = [sys.executable, "-W", "ignore", "-m", "celery", "--quiet", "--app", "pmqa_portal"]


def database_url() -> str:
    """Return the address of the database in which the test itself works."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


def wait_until(is_true: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.1)


def answers(port: int) -> bool:
    import socket

    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


class Processes:
    """Starts processes of the portal with a common environment and ends them all."""

    def __init__(self, folder: Path, redis_url: str, smtp_port: int):
        self.folder, self.running = folder, []
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.soak.settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": redis_url,
            "SOAK_SMTP_PORT": str(smtp_port),
            "PYTHONPATH": str(settings.BASE_DIR),
            "C_FORCE_ROOT": "1",
        }
        shutil.rmtree(settings.DATA_DIR / "queue", ignore_errors=True)

    def start(self, name: str, command: list[str]) -> subprocess.Popen:
        log = (self.folder / f"{name}.log").open("wb")
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def worker(self, number: int, children: int) -> subprocess.Popen:
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        name = f"w{number}@soak"
        command = [*CELERY, "worker", "-n", name, "-c", str(children), "-l", "WARNING", *quiet]
        # As everywhere a worker runs: what ends by a fault is started again.
        return self.start(f"worker{number}", [str(settings.BASE_DIR / "script/keep"), *command])

    def scheduler(self, number: int) -> subprocess.Popen:
        table = str(self.folder / f"beat{number}")
        return self.start(
            f"scheduler{number}", [*CELERY, "beat", "-l", "WARNING", "--pidfile=", "-s", table]
        )

    def web(self) -> int:
        port = free_port()
        command = [sys.executable, "-m", "gunicorn", "pmqa_portal.wsgi", "--threads", "4"]
        options = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning"]
        self.start("web", [*command, *options])
        wait_until(lambda: answers(port), 60, "the web server answers")
        return port

    def logs(self) -> str:
        return "\n".join(
            f"== {path.name}\n{path.read_text(errors='replace')[-3000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )

    def stop(self) -> None:
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        for process in self.running:
            process.wait()


class RedisServer:
    """A Redis of the test's own that may be stopped; it forgets everything when it is."""

    def __init__(self, folder: Path):
        self.port, self.folder, self.process = free_port(), folder, None
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        words = [
            "--bind",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        with (self.folder / "redis-server.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["redis-server", *words, "--dir", str(self.folder)], stdout=log, stderr=log
            )
        wait_until(lambda: answers(self.port), 10, "Redis answers")

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


class KillingSink(Sink):
    """Takes every message; kills some of the processes that hand one over, after its answer.

    The process is stopped before it can read the answer, so it never notes that it has sent.
    """

    def __init__(self, kills: int, every: int):
        super().__init__()
        self.kills, self.every, self.killed = kills, every, 0

    async def handle_DATA(self, server, session, envelope):
        self.arrived.append(envelope.content)
        if self.killed < self.kills and len(self.arrived) % self.every == 0:
            sender = process_of_port(session.peer[1])
            if sender and sender != os.getpid():
                self.killed += 1
                os.kill(sender, signal.SIGSTOP)
                asyncio.get_running_loop().call_later(0.05, os.kill, sender, signal.SIGKILL)
        return "250 OK"


def process_of_port(port: int) -> int | None:
    """Return the process whose TCP connection leaves from the port (Linux)."""
    wanted = f":{port:04X}"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(wanted):
            link = f"socket:[{fields[9]}]"
            for entry in Path("/proc").glob("[0-9]*/fd/*"):
                with contextlib.suppress(OSError):
                    if os.readlink(entry) == link:
                        return int(entry.parts[2])
    return None


@contextlib.contextmanager
def mail_server(sink: Sink):
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
