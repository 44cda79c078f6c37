"""A PostgreSQL of its own for a benchmark: on a free port, in a folder that goes away."""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

CONNECTIONS = 400


def start() -> str:
    """Start the server and return its DATABASE_URL; it stops when the program ends.

    Durability is on as in production (fsync, synchronous commits).
    """
    bin_folder = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    folder = Path(tempfile.mkdtemp(prefix="pmqa-postgresql-"))
    folder.chmod(0o711)
    data = folder / "data"
    as_user: dict = {"cwd": "/"}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
        as_user |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program: str, *words: str) -> None:
        command = [str(bin_folder / program), "-D", str(data), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **as_user)

    run("initdb", "-U", "pmqa", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections={CONNECTIONS}"
    )
    run("pg_ctl", "-l", str(folder / "log"), "-w", "-t", "60", "-o", options, "start")

    def stop() -> None:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgres://pmqa@127.0.0.1:{port}/postgres"
