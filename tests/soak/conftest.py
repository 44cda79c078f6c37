import os

import pytest

from tests.soak.processes import Processes, RedisServer


@pytest.fixture
def redis_server(request, tmp_path):
    """A Redis server of the test's own, where the suite runs with Redis or the test is about it."""
    if not os.environ.get("REDIS_URL") and not request.node.get_closest_marker("redis"):
        yield None
        return
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def processes(committed_database, redis_server, tmp_path):
    """Start processes of the portal by `processes(smtp_port)`; all end with the test."""
    started = []

    def begin(smtp_port: int) -> Processes:
        started.append(Processes(tmp_path, redis_server.url if redis_server else "", smtp_port))
        return started[-1]

    yield begin
    for group in started:
        group.stop()
