"""The real server: a process that listens, streams, fills up, and stops."""

import signal
import ssl
import subprocess
import sys
import time

import pytest
from web.serving import home, serving

from netctl.model.people import Grant
from netctl.settings import load
from netctl.store import Store

FEW = "web_threads = 12\nweb_streams = 4\n"


def run(environment, *options):
    command = [sys.executable, "-m", "netctl", "web", *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_pages_answer_while_every_stream_is_taken_and_one_more_is_told_to_ask_instead(tmp_path):
    with serving(home(tmp_path / "home", FEW)) as server:
        streams = [server.stream() for _ in range(4)]
        assert [stream.status for stream in streams] == [200] * 4
        assert all("changes" in stream.event() for stream in streams)
        assert server.stream().status == 503
        assert server.get("/help")[0] == 200
        assert server.get("/live/marks?topics=changes")[0] == 200


def test_a_stream_whose_reader_left_is_free_for_the_next(tmp_path):
    with serving(home(tmp_path / "home", "web_threads = 12\nweb_streams = 1\n")) as server:
        first = server.stream()
        first.event()
        first.close()
        ends = time.monotonic() + 60
        while (second := server.stream()).status == 503 and time.monotonic() < ends:
            second.ended()
        assert second.status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_with_streams_open_and_tells_their_readers(tmp_path, number):
    with serving(home(tmp_path / "home", FEW)) as server:
        streams = [server.stream() for _ in range(4)]
        for stream in streams:
            stream.event()
        server.process.send_signal(number)
        assert all(stream.ended() for stream in streams)
        assert server.process.wait(timeout=60) == 0


def test_a_stream_tells_that_a_topic_moved(tmp_path):
    environment = home(tmp_path / "home", FEW)
    with serving(environment) as server:
        stream = server.stream("audit")
        before = stream.event()
        with Store.open(load(environment).database_url) as store, store.writing() as books:
            books.users.add("sato", [Grant("viewer")], "suzuki")
        assert stream.event() != before


def test_it_says_how_to_add_the_first_user(tmp_path):
    environment = home(tmp_path / "home")
    done = run(environment, "--listen", "127.0.0.1:0")
    assert done.returncode == 9
    assert "netctl users add" in done.stderr


def test_it_does_not_listen_to_other_machines_in_clear_text(tmp_path):
    environment = home(tmp_path / "home")
    with serving(environment):
        pass
    done = run(environment, "--listen", "0.0.0.0:0")
    assert (done.returncode, "NETCTL-E0952" in done.stderr) == (9, True)


def test_it_says_who_has_the_address(tmp_path):
    environment = home(tmp_path / "home")
    with serving(environment) as server:
        done = run(environment, "--listen", f"127.0.0.1:{server.port}")
    assert (done.returncode, "NETCTL-E0953" in done.stderr) == (9, True)
    assert "already in use" in done.stderr


@pytest.mark.parametrize("settings", ['tls_certificate = "nowhere.pem"\n', 'tls_certificate = "a"\ntls_key = "b"\n'])
def test_it_says_that_certificate_and_key_are_no_pair(tmp_path, settings):
    done = run(home(tmp_path / "home", settings), "--listen", "127.0.0.1:0")
    assert (done.returncode, "NETCTL-E0955" in done.stderr) == (9, True)


def certificate(folder):
    """A certificate for 127.0.0.1 that signs itself, with its key."""
    files = [str(folder / "certificate.pem"), str(folder / "key.pem")]
    options = "-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1".split()
    command = [
        "openssl",
        "req",
        *options,
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-out",
        files[0],
        "-keyout",
        files[1],
    ]
    subprocess.run(command, check=True, capture_output=True)
    return files


def test_over_tls_pages_answer_streams_flow_and_a_reader_who_left_is_noticed(tmp_path):
    chain, key = certificate(tmp_path)
    settings = f'web_threads = 12\nweb_streams = 1\ntls_certificate = "{chain}"\ntls_key = "{key}"\n'
    trust = ssl.create_default_context(cafile=chain)
    with serving(home(tmp_path / "home", settings), trust=trust) as server:
        assert server.get("/help")[0] == 200
        first = server.stream()
        assert "changes" in first.event()
        assert server.stream().status == 503
        first.close()
        ends = time.monotonic() + 60
        while (second := server.stream()).status == 503 and time.monotonic() < ends:
            second.ended()
        assert second.status == 200


def test_a_zone_whose_name_holds_a_slash_has_a_page_however_the_slash_is_written(tmp_path):
    with serving(home(tmp_path / "home")) as server:
        for zone in ("16/28.2.0.192.in-addr.arpa", "16%2F28.2.0.192.in-addr.arpa"):
            for form in (
                f"/zones/internal/{zone}",
                f"/zones/internal/{zone}.json",
                f"/api/v1/zones/internal/{zone}/records",
            ):
                assert server.get(form)[0] == 200
