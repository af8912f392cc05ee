"""Alerts at real receivers: syslog over UDP, TCP and a socket, a mail relay with and without TLS, a signed webhook."""

import email
import email.policy
import json
import re
import socket
import threading
from dataclasses import replace
from typing import get_args

import pytest
from receivers import Hook, Relay, certificate, serving
from stores import fresh

from netctl.credentials.sources import EnvironmentSource
from netctl.errors import AlertNotTaken, SecretMissing, SinkInvalid
from netctl.model.problems import SEVERITIES, Alert, AlertKind
from netctl.observe.sinks import Courier, deliver, open_sinks
from netctl.observe.sinks.webhook import signature
from netctl.observe.sinks.wording import headline
from netctl.settings import Settings
from netctl.store import Store
from netctl.words.catalogue import LANGUAGES

ALERT = Alert(
    event="opened",
    at="2026-11-22T05:40:00.000000Z",
    id="P-000007",
    code="WATCH-SITE-CUT-OFF",
    service="reachability",
    severity="high",
    kind="site",
    subject="rivers-hq",
    organisation="rivers",
    detail='no way is left: line "1" is cut, 河川庁 ]',
    symptoms=("core-main-1 WATCH-PORT ac1p1 ac1p1 is down",),
    symptom_count=3,
    opened_at="2026-11-22T05:40:00.000000Z",
)
SECRETS = EnvironmentSource({"NETCTL_SECRET_ALERTS_HOOK": "a key nobody guesses", "NETCTL_SECRET_ALERTS_RELAY": "word"})


def sink(tmp_path, *, language="en", **settings):
    chosen = Settings(home=tmp_path, alert_timeout=5, alert_language=language, **settings)
    (found,) = open_sinks(chosen, SECRETS)
    return found


# ── syslog ───────────────────────────────────────────────────────────────────────────────────────────────────────────

FORM = re.compile(
    rb"<(?P<priority>\d+)>1 (?P<at>\S+) (?P<host>\S+) netctl (?P<process>\d+) (?P<event>\S+) "
    rb"\[netctl@32473 (?P<said>.*)\] \xef\xbb\xbf(?P<text>.*)\Z"
)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_syslog_over_udp_is_one_datagram_of_rfc_5424(tmp_path, family):
    with socket.socket(family, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1" if family == socket.AF_INET else "::1", 0))
        receiver.settimeout(5)
        host, port = receiver.getsockname()[:2]
        place = f"udp:{host}:{port}" if family == socket.AF_INET else f"udp:[{host}]:{port}"
        sink(tmp_path, alert_syslog=place).send([ALERT])
        found = FORM.match(receiver.recv(65536))
    assert (found["priority"], found["at"], found["event"]) == (b"26", ALERT.at.encode(), b"opened")
    assert b'id="P-000007" code="WATCH-SITE-CUT-OFF" severity="high"' in found["said"]
    assert found["text"].decode() == f"P-000007 high WATCH-SITE-CUT-OFF rivers-hq: {ALERT.detail} (Site cut off)"


def test_syslog_over_tcp_counts_its_octets(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        ended = replace(ALERT, event="closed", subject='a"b]c\\d')
        sink(tmp_path, alert_syslog=f"tcp:127.0.0.1:{server.getsockname()[1]}").send([ALERT, ended])
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as stream:
            data = stream.read()
    messages = []
    while data:
        length, _, data = data.partition(b" ")
        messages.append(FORM.match(data[: int(length)]))
        data = data[int(length) :]
    assert [found["priority"] for found in messages] == [b"26", b"29"]
    assert rb'subject="a\"b\]c\\d"' in messages[1]["said"]


def test_syslog_to_a_local_daemon_goes_to_its_socket(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as daemon:
        daemon.bind(str(tmp_path / "log"))
        daemon.settimeout(5)
        sink(tmp_path, alert_syslog=f"unix:{tmp_path}/log").send([ALERT])
        assert FORM.match(daemon.recv(65536))


def test_a_syslog_that_is_not_there_is_told(tmp_path):
    with pytest.raises(AlertNotTaken):
        sink(tmp_path, alert_syslog=f"unix:{tmp_path}/nobody").send([ALERT])


# ── mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_one_mail_tells_all_the_worst_first(tmp_path):
    worse = replace(ALERT, id="P-000009", severity="medium", subject="line\r\nBcc: everybody@noc.example")
    with serving(Relay()) as relay:
        place = f"smtp://{relay.place}?from=netctl@noc.example&to=noc@noc.example&to=board@noc.example"
        sink(tmp_path, alert_mail=place, public_url="https://netctl.example/").send(
            [worse, ALERT, replace(ALERT, event="closed", id="P-000001")]
        )
    ((sender, receivers, content),) = relay.letters
    assert (sender, receivers) == ("netctl@noc.example", ["noc@noc.example", "board@noc.example"])
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert message["Subject"].startswith("[netctl] P-000007 high WATCH-SITE-CUT-OFF rivers-hq")
    assert message["Subject"].endswith("(and 2 more)")
    assert message["Bcc"] is None
    text = message.get_content()
    assert [line for line in text.split() if line.startswith("P-0000")] == ["P-000007", "P-000009", "P-000001"]
    assert "河川庁" in text
    assert "https://netctl.example/problems/P-000009" in text.split()
    assert "… and 2 more" in text


def test_mail_is_encrypted_and_signed_in_where_that_is_asked_for(tmp_path, monkeypatch):
    chain, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(chain))
    with serving(Relay(context)) as relay:
        options = "from=netctl@noc.example&to=noc@noc.example&starttls=1&secret=alerts/relay"
        sink(tmp_path, alert_mail=f"smtp://netctl@{relay.place}?{options}").send([ALERT])
    assert len(relay.letters) == 1
    assert any(line.startswith("AUTH PLAIN") for line in relay.said)


def test_a_relay_that_cannot_prove_who_it_is_is_told_nothing(tmp_path):
    _, context = certificate(tmp_path)
    with serving(Relay(context)) as relay:
        options = "from=netctl@noc.example&to=noc@noc.example&starttls=1"
        with pytest.raises(AlertNotTaken):
            sink(tmp_path, alert_mail=f"smtp://{relay.place}?{options}").send([ALERT])
    assert relay.letters == []
    assert not any(line.startswith(("MAIL", "AUTH")) for line in relay.said)


def test_a_relay_without_tls_is_not_used_where_tls_is_asked_for(tmp_path):
    with serving(Relay()) as relay:
        options = "from=netctl@noc.example&to=noc@noc.example&starttls=1"
        with pytest.raises(AlertNotTaken):
            sink(tmp_path, alert_mail=f"smtp://{relay.place}?{options}").send([ALERT])
    assert relay.letters == []


# ── webhook ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_webhook_gets_json_that_it_can_check(tmp_path):
    with serving(Hook()) as hook:
        pages = "https://netctl.example"
        sink(tmp_path, alert_webhook=hook.url, alert_webhook_secret="alerts/hook", public_url=pages).send([ALERT])
    ((headers, body),) = hook.calls
    (told,) = json.loads(body)["alerts"]
    assert (told["event"], told["id"], told["severity"], told["symptom_count"]) == ("opened", "P-000007", "high", 3)
    assert told["url"] == "https://netctl.example/problems/P-000007"
    moment = headers["X-Netctl-Timestamp"]
    assert headers["X-Netctl-Signature"] == signature("a key nobody guesses", moment, body)
    assert headers["X-Netctl-Signature"] != signature("another key", moment, body)


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_answers_anything_but_yes_has_not_taken_it(tmp_path, status):
    with serving(Hook()) as hook:
        hook.status = status
        with pytest.raises(AlertNotTaken, match=str(status)):
            sink(tmp_path, alert_webhook=hook.url).send([ALERT])
    assert len(hook.calls) == 1


# ── languages ────────────────────────────────────────────────────────────────────────────────────────────────────────

CUT_OFF = replace(
    ALERT,
    detail="no way to the backbone is left: rivers-hq-r1 does not answer, line rivers-hq:2 is cut",
    symptoms=("core-main-1 WATCH-PORT ac1p1 ac1p1 is down", "core-main-1 WATCH-NEW"),
)


def test_alerts_are_told_in_japanese_unless_the_settings_say_otherwise(tmp_path):
    assert Settings(home=tmp_path).alert_language == "ja"
    with serving(Relay()) as relay, serving(Hook()) as hook:
        place = f"smtp://{relay.place}?from=netctl@noc.example&to=noc@noc.example"
        for kind in ({"alert_mail": place}, {"alert_webhook": hook.url}):
            sink(tmp_path, language="ja", **kind).send([CUT_OFF, replace(CUT_OFF, event="closed")])
    message = email.message_from_bytes(relay.letters[0][2], policy=email.policy.default)
    title = "P-000007 重大度「高」 拠点が孤立 rivers-hq："
    assert message["Subject"].startswith(f"[netctl] {title}")
    assert message["Subject"].endswith("（ほか1件）")
    text = message.get_content()
    assert f"{title}基幹網への経路がすべて失われた：rivers-hq-r1 が応答しない、回線 rivers-hq:2 が切断" in text
    assert "  発生 2026-11-22 14:40:00 JST\n" in text
    assert "  - core-main-1：ポートの停止：ac1p1 が停止\n  - core-main-1 WATCH-NEW\n  … ほか1件" in text
    told = json.loads(hook.calls[0][1])["alerts"]
    assert told[0]["text"].startswith(title)
    assert told[1]["text"].startswith("【終了】P-000007")
    assert told[0]["detail"] == CUT_OFF.detail, "what programs read is the same in every language"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", get_args(AlertKind))
@pytest.mark.parametrize("severity", SEVERITIES)
def test_every_alert_there_can_be_has_words(language, event, severity):
    for code in ("WATCH-LINE-DOWN", "WATCH-SOMETHING-NEW"):
        text = headline(replace(ALERT, event=event, severity=severity, code=code), language)
        assert "P-000007" in text
        assert code in text
        assert "rivers-hq" in text


# ── settings ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "wrong",
    [
        {"alert_syslog": "log.example"},
        {"alert_syslog": "udp:log.example"},
        {"alert_syslog": "udp:3fff::514:514"},
        {"alert_syslog": "udp:log.example:99999"},
        {"alert_syslog": "unix:log"},
        {"alert_mail": "relay.example"},
        {"alert_mail": "smtp://relay.example"},
        {"alert_mail": "smtp://relay.example?from=a@b.example"},
        {"alert_mail": "smtp://relay.example:x?from=a@b.example&to=c@b.example"},
        {"alert_mail": "smtp://u@relay.example?from=a@b.example&to=c@b.example&secret=alerts/relay"},
        {"alert_mail": "smtp://u:p@relay.example?from=a@b.example&to=c@b.example&starttls=1"},
        {"alert_mail": "smtp://relay.example?from=a@b.example&to=c@b.example%0d%0aBcc:d@b.example"},
        {"alert_webhook": "ftp://hook.example/"},
        {"alert_webhook": "https://"},
        {"alert_webhook": "https://u:p@hook.example/"},
        {"alert_severity": "urgent", "alert_syslog": "unix:/dev/log"},
        {"alert_language": "fr", "alert_syslog": "unix:/dev/log"},
        {"timezone": "Moon/Tycho", "alert_syslog": "unix:/dev/log"},
    ],
)
def test_a_setting_that_names_no_sink_is_refused(tmp_path, wrong):
    with pytest.raises(SinkInvalid):
        open_sinks(Settings(home=tmp_path, **wrong), SECRETS)


def test_a_secret_that_is_nowhere_is_told_before_the_first_alert(tmp_path):
    with pytest.raises(SecretMissing):
        sink(tmp_path, alert_webhook="https://hook.example/", alert_webhook_secret="alerts/none")


# ── the courier ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def store(tmp_path):
    with Store.open(fresh(tmp_path / "netctl.db")) as store:
        yield store


def waiting(store, name):
    with store.reading() as books:
        return books.outbox.due(name, 10)


def test_a_sink_that_fails_keeps_no_other_from_being_told(tmp_path, store):
    with serving(Hook()) as hook, serving(Relay(refuse=True)) as relay:
        place = f"smtp://{relay.place}?from=netctl@noc.example&to=noc@noc.example"
        settings = Settings(home=tmp_path, alert_mail=place, alert_webhook=hook.url, alert_timeout=5)
        sinks = open_sinks(settings, SECRETS)
        with store.writing() as books:
            books.outbox.add([ALERT, replace(ALERT, id="P-000008")], [each.name for each in sinks])
        assert set(deliver(store, sinks)) == {"mail"}
        assert len(hook.calls) == 1
        assert deliver(store, sinks) == {}
        assert len(hook.calls) == 1
        assert waiting(store, "webhook") == waiting(store, "mail") == ()


def test_the_courier_delivers_as_soon_as_it_is_woken(tmp_path, store):
    taken = threading.Event()

    class Listener:
        name = "webhook"
        told = ()

        def send(self, alerts):
            self.told = tuple(alerts)
            taken.set()

    listener = Listener()
    with Courier(store, [listener]) as courier:
        with store.writing() as books:
            books.outbox.add([ALERT], ["webhook"])
        courier.wake()
        assert taken.wait(10)
    assert listener.told == (ALERT,)
    assert waiting(store, "webhook") == ()


def test_a_courier_without_sinks_does_nothing(store):
    with Courier(store, ()) as courier:
        courier.wake()
    assert not any(thread.name == "alerts" for thread in threading.enumerate())
