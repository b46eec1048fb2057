"""``khabarjoo web``: how it is started and ended. What it shows is tested beside `searcher/web`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from khabarjoo.index.article import Article
from khabarjoo.searcher.cli.web_command import _listen
from tests.corpus import make_index

pytest.importorskip("uvicorn", reason="the reading room needs khabarjoo[web]")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    make_index(tmp_path / "index", [Article("rain", "باران در رشت")])
    return tmp_path / "index"


def start(*arguments: object, **environment: str) -> subprocess.Popen[str]:
    program = [sys.executable, "-m", "khabarjoo", "web", "--no-browser", *map(str, arguments)]
    return subprocess.Popen(
        program, env=os.environ | environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_what_is_answered_is_sent_without_delay() -> None:
    async def is_delayed() -> bool:
        met: asyncio.Future[asyncio.StreamWriter] = asyncio.get_running_loop().create_future()
        with _listen("127.0.0.1", 0) as listening:
            server = await asyncio.start_server(lambda _, sending: met.set_result(sending), sock=listening)
            _, asking = await asyncio.open_connection(*listening.getsockname())
            answering = await met
            told = answering.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            asking.close()
            answering.close()
            server.close()
        return not told

    assert not asyncio.run(is_delayed())


def test_it_prints_its_address_answers_there_and_ends_with_ctrl_c(index: Path) -> None:
    process = start("--index", index, "--port", 0)
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}api/search?q=%D8%A8%D8%A7%D8%B1%D8%A7%D9%86", timeout=60) as answer:
            assert [hit["id"] for hit in json.load(answer)["hits"]] == ["rain"]
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert err.count("\n") == 1


def test_others_are_let_in_with_a_password_only(index: Path) -> None:
    refused = start("--index", index, "--host", "0.0.0.0", KHABARJOO_WEB_PASSWORD="")
    _, err = refused.communicate(timeout=60)
    assert refused.returncode == 2
    assert err == "khabarjoo: others can reach 0.0.0.0: set a password in $KHABARJOO_WEB_PASSWORD first\n"
    process = start("--index", index, "--host", "0.0.0.0", "--port", 0, KHABARJOO_WEB_PASSWORD="سخت")
    try:
        address = process.stdout.readline().strip()
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(address, timeout=60)
    finally:
        process.terminate()
        process.communicate(timeout=60)


def test_a_port_that_is_taken_and_an_index_that_is_not_there_are_one_line(index: Path, run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, out, err = run("web", "--no-browser", "--index", str(index), "--port", str(port))
    assert (code, out) == (2, "")
    assert f"127.0.0.1, port {port}: address already in use" in err
    code, _, err = run("web", "--no-browser", "--index", str(index.with_name("none")))
    assert (code, err.count("\n")) == (2, 1)


def test_without_what_it_needs_it_says_what_to_install(index: Path, run, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    code, _, err = run("web", "--no-browser", "--index", str(index))
    assert code == 2
    assert "pip install 'khabarjoo[web]'" in err
