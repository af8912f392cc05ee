import pytest

from netctl.config.yang import normalise_document

IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces"
BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
NORMAL = f"""<data xmlns="{BASE}">
  <interfaces xmlns="{IF}">
    <interface>
      <name>ac2p1</name>
      <description>a &lt;b&gt; &amp; c</description>
      <type xmlns:ianaift="urn:ietf:params:xml:ns:yang:iana-if-type">ianaift:ethernetCsmacd</type>
      <ipv6 xmlns="urn:ietf:params:xml:ns:yang:ietf-ip">
        <address>
          <ip>3fff::1</ip>
          <prefix-length>127</prefix-length>
        </address>
      </ipv6>
    </interface>
    <interface>
      <name>ac10p1</name>
    </interface>
  </interfaces>
  <management xmlns="urn:netctl:yang:management">
    <login-banner>two
lines</login-banner>
    <allowed-prefix>3fff:1::/64</allowed-prefix>
    <allowed-prefix>3fff:2::/64</allowed-prefix>
    <syslog>
      <level>informational</level>
    </syslog>
  </management>
</data>
"""
OTHERWISE = f"""<?xml version="1.0" encoding="UTF-8"?>
<rpc-reply xmlns="{BASE}" message-id="7" xmlns:i="{IF}" xmlns:p="urn:ietf:params:xml:ns:yang:ietf-ip"><!-- said -->
 <data>
  <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm"><enable-nacm>true</enable-nacm></nacm>
  <m:management xmlns:m="urn:netctl:yang:management"><m:syslog>
     <m:level>informational</m:level></m:syslog>
     <m:allowed-prefix>3fff:2::/64</m:allowed-prefix><m:allowed-prefix>3fff:1::/64</m:allowed-prefix>
     <m:login-banner>two
lines</m:login-banner></m:management>
  <i:interfaces>
   <i:interface><i:name>ac10p1</i:name></i:interface>
   <i:interface>
    <p:ipv6><p:address><p:prefix-length>127</p:prefix-length><p:ip>3fff::1</p:ip></p:address></p:ipv6>
    <i:type xmlns:x="urn:ietf:params:xml:ns:yang:iana-if-type">x:ethernetCsmacd</i:type>
    <i:description>a &lt;b&gt; &#38; c</i:description><i:name>ac2p1</i:name></i:interface>
  </i:interfaces>
 </data>
</rpc-reply>"""


def test_a_reply_in_any_order_and_with_any_prefixes_reads_the_same():
    assert normalise_document(OTHERWISE) == NORMAL


def test_the_normal_form_stays_as_it_is():
    assert normalise_document(NORMAL) == NORMAL


def test_a_config_element_is_read_like_data():
    assert normalise_document(NORMAL.replace("<data ", "<config ").replace("</data>", "</config>")) == NORMAL


def test_what_netctl_does_not_own_is_left_out():
    assert "nacm" not in normalise_document(OTHERWISE)


def test_an_element_somebody_added_within_shows():
    added = NORMAL.replace("      <name>ac10p1</name>\n", "      <name>ac10p1</name>\n      <enabled>false</enabled>\n")
    foreign = added.replace("<enabled>false</enabled>", '<speed xmlns="urn:x">1</speed>')
    assert normalise_document(added) == added
    assert '      <speed xmlns="urn:x">1</speed>\n' in normalise_document(foreign)


def test_an_empty_datastore_is_an_empty_document():
    assert normalise_document(f'<data xmlns="{BASE}"/>') == f'<data xmlns="{BASE}">\n</data>\n'


@pytest.mark.parametrize("text", ["", "no document", "<data>", f'<data xmlns="{BASE}"><x></data>', "\x00", "<a/><b/>"])
def test_what_is_no_document_is_a_value_error(text):
    with pytest.raises(ValueError):
        normalise_document(text)


def test_no_entity_is_expanded_and_no_file_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("value")
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<!DOCTYPE data [<!ENTITY f SYSTEM "{secret}"><!ENTITY l0 "ha">{bomb}]>' + NORMAL.replace(
        "two\nlines", "&f;&l9;"
    )
    try:
        text = normalise_document(document)
    except ValueError:
        return
    assert "value" not in text
    assert "haha" not in text
