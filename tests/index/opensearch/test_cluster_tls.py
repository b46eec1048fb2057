"""What is said to a cluster behind a proxy that wants encryption and a password; the proxy is nginx."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import khabarjoo
from khabarjoo.index.opensearch.address import API_KEY, CA_FILE, PASSWORD, USER, ClusterAddress, read_address
from khabarjoo.index.opensearch.cluster import Cluster
from khabarjoo.index.opensearch.cluster_errors import Denied, Untrusted, WantsEncryption
from tests.corpus import random_articles
from tests.searcher.cluster_for_tests import HOSTS, WITHOUT, fill, forget

MISSING = [program for program in ("nginx", "openssl") if shutil.which(program) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"no {' and no '.join(MISSING)} here")

CONFIGURATION = """
daemon off; master_process off; pid {home}/pid; error_log {home}/log;
events {{ }}
http {{
  access_log off; client_max_body_size 200m; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/a; uwsgi_temp_path {home}/b; scgi_temp_path {home}/c;
  map $http_authorization $is_known {{ default 0; "Basic {basic}" 1; "ApiKey key" 1; }}
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {home}/server.pem; ssl_certificate_key {home}/server.key;
    location / {{ if ($is_known = 0) {{ return 401; }} proxy_pass http://{behind}; }}
  }}
}}
"""


class Answering(BaseHTTPRequestHandler):
    """A server that says of itself what OpenSearch does, and no more."""

    def do_GET(self) -> None:
        body = json.dumps({"version": {"number": "2.19.6", "distribution": "opensearch"}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: object) -> None:
        pass


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority of our own, another, and a certificate that the first has signed for 127.0.0.1."""
    home = tmp_path_factory.mktemp("tls")
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]

    def make(name: str, *options: str) -> None:
        files = ["-keyout", f"{home}/{name}.key", "-out", f"{home}/{name}.pem", "-subj", f"/CN={name}"]
        subprocess.run([*new, *files, *options], check=True, capture_output=True)

    signs = ("-addext", "keyUsage=critical,keyCertSign")  # Python 3.13 and later believe no authority without it
    make("ca", *signs)
    make("another", *signs)
    signed = ("-CA", f"{home}/ca.pem", "-CAkey", f"{home}/ca.key", "-addext", "basicConstraints=critical,CA:FALSE")
    make("server", *signed, "-addext", "subjectAltName=IP:127.0.0.1")
    return home


@pytest.fixture(scope="module")
def behind() -> Iterator[str]:
    """Host and port of what the proxy hides: a node of a real cluster, or else what looks like one."""
    if HOSTS:
        yield HOSTS.partition(",")[0]
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def port(home: Path, behind: str) -> Iterator[int]:
    """The port on which the proxy listens."""
    process, port = _proxy(home, behind)
    yield port
    process.terminate()
    process.wait()


def _proxy(home: Path, behind: str) -> tuple[subprocess.Popen[bytes], int]:
    basic = base64.b64encode(b"reader:secret").decode()
    for _ in range(5):  # somebody else may have taken a port that was free
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        path = home / "nginx.conf"
        path.write_text(CONFIGURATION.format(home=home, port=port, basic=basic, behind=behind), encoding="utf-8")
        process = subprocess.Popen(["nginx", "-c", str(path), "-e", str(home / "log")], stderr=subprocess.DEVNULL)
        while process.poll() is None:
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    return process, port
            time.sleep(0.05)
    pytest.fail((home / "log").read_text(encoding="utf-8"))


@pytest.fixture
def address(port: int, home: Path, monkeypatch: pytest.MonkeyPatch) -> ClusterAddress:
    for name in (USER, PASSWORD, API_KEY, CA_FILE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(CA_FILE, str(home / "ca.pem"))
    return read_address(f"opensearch+https://127.0.0.1:{port}/behind-a-proxy")


def ask(address: ClusterAddress) -> str:
    """What a cluster says that it is."""
    cluster = Cluster(address)
    try:
        cluster.require_version()
        return str(cluster.ask(lambda client: client.info())["version"]["distribution"])
    finally:
        cluster.close()


def test_a_password_and_the_file_of_an_authority_open_the_door(
    address: ClusterAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(USER, "reader")
    monkeypatch.setenv(PASSWORD, "secret")
    assert ask(address) == "opensearch"


def test_a_key_opens_it_too(address: ClusterAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(API_KEY, "key")
    assert ask(address) == "opensearch"


@pytest.mark.parametrize("password", ["", "wrong"])
def test_whoever_has_no_password_or_another_is_told_where_one_is_given(
    address: ClusterAddress, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv(USER, "reader" if password else "")
    monkeypatch.setenv(PASSWORD, password)
    with pytest.raises(Denied, match=f"access denied.*set {USER} and {PASSWORD}"):
        ask(address)


@pytest.mark.parametrize("authority", ["", "another.pem"])
def test_a_certificate_of_an_authority_that_is_not_known_is_not_believed(
    address: ClusterAddress, monkeypatch: pytest.MonkeyPatch, home: Path, authority: str
) -> None:
    monkeypatch.setenv(CA_FILE, str(home / authority) if authority else "")
    monkeypatch.setenv(API_KEY, "key")
    with pytest.raises(Untrusted, match=f"certificate verify failed.*{CA_FILE}"):
        ask(address)


def test_what_is_wrong_about_a_certificate_is_told(
    address: ClusterAddress, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv(CA_FILE, str(home / "another.pem"))
    with pytest.raises(Untrusted, match=r"certificate verify failed: \w[\w ]+; "):
        ask(address)


def test_a_certificate_for_another_host_is_not_believed(
    address: ClusterAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(API_KEY, "key")
    with pytest.raises(Untrusted, match="certificate verify failed"):
        ask(read_address(str(address).replace("127.0.0.1", "localhost")))


def test_an_address_without_encryption_is_told_to_have_some(
    address: ClusterAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(API_KEY, "key")
    with pytest.raises(WantsEncryption, match=r"opensearch\+https:"):
        ask(read_address(str(address).replace("+https", "")))


@pytest.mark.skipif(not HOSTS, reason=WITHOUT)
def test_an_index_on_a_cluster_is_written_and_searched_behind_a_proxy(
    address: ClusterAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    from random import Random

    monkeypatch.setenv(API_KEY, "key")
    try:
        fill(address, random_articles(Random(1), 30))
        with khabarjoo.open(str(address)) as news:
            assert len(news) == 30
            assert news.search("باران")
    finally:
        forget(address)
