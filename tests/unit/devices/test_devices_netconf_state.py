"""What a NETCONF server tells of its machine, as RFC 7317 and RFC 8348 have it."""

from lxml import etree
from ncclient.operations import RPCError

from netctl.devices.netconf import state

REPLY = """
<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><data>
  <system-state xmlns="urn:ietf:params:xml:ns:yang:ietf-system">
    <platform><os-name>ExampleOS</os-name><os-release>4.2.1</os-release><machine>x86_64</machine></platform>
    <clock>
      <current-datetime>2026-11-22T10:00:00+09:00</current-datetime><boot-datetime>2026-11-22T00:00:00Z</boot-datetime>
    </clock>
  </system-state>
  <hardware xmlns="urn:ietf:params:xml:ns:yang:ietf-hardware" xmlns:i="urn:ietf:params:xml:ns:yang:iana-hardware">
    <component><name>psu-1</name><class>i:power-supply</class><parent>box</parent><serial-num>PS1</serial-num></component>
    <component><name>box</name><class>i:chassis</class><mfg-name>Example Corp</mfg-name>
      <model-name>Router 1000</model-name><serial-num>EX0001000</serial-num></component>
  </hardware>
</data></rpc-reply>
"""


class Server:
    """A session that answers one thing."""

    def __init__(self, reply):
        self.reply = reply

    def rpc(self, operation):
        assert etree.QName(operation).localname == "get"
        if isinstance(self.reply, Exception):
            raise self.reply
        return etree.fromstring(self.reply)


def test_machine_software_and_uptime_are_read_from_the_standard_modules():
    assert state.told(Server(REPLY)) == {
        "os_version": "ExampleOS 4.2.1",
        "uptime": "3600",
        "vendor": "Example Corp",
        "model": "Router 1000",
        "serial_number": "EX0001000",
    }


def test_without_a_class_the_component_that_is_in_no_other_is_the_machine():
    assert state.told(Server(REPLY.replace("i:chassis", "i:unknown")))["serial_number"] == "EX0001000"


def test_a_server_without_the_modules_tells_nothing():
    empty = '<rpc-reply xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"><data/></rpc-reply>'
    assert state.told(Server(empty)) == {}


def test_a_server_that_refuses_the_question_tells_nothing():
    error = etree.fromstring('<rpc-error xmlns="urn:ietf:params:xml:ns:netconf:base:1.0"/>')
    assert state.told(Server(RPCError(error))) == {}


def test_a_clock_that_makes_no_sense_tells_no_uptime():
    for broken in ("yesterday", "2026-11-22T00:00:00", "2026-11-23T00:00:00Z"):
        assert "uptime" not in state.told(Server(REPLY.replace("2026-11-22T00:00:00Z", broken)))
