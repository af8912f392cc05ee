"""Records of every type that dnspython knows, in presentation form, relative to a zone."""

from __future__ import annotations

import dns.rdata
import dns.rdataclass
import dns.rdatatype

_KEY = "AwEAAcW5" + "q" * 40
_SHA1, _SHA256, _SHA384 = "ab" * 20, "cd" * 32, "ef" * 48

SAMPLES: dict[str, list[str]] = {
    "A": ["192.0.2.1", "203.0.113.255"],
    "AAAA": ["2001:db8::1", "2001:DB8:0:0::A", "::ffff:192.0.2.1", "::"],
    "AFSDB": ["1 Files", "2 files.gov-wan.example."],
    "AMTRELAY": ["10 0 1 192.0.2.1", "10 1 2 2001:db8::1", "10 0 3 Relay", "10 0 0 ."],
    "APL": ["1:192.0.2.0/24 !2:2001:db8::/32", "1:198.51.100.0/28"],
    "AVC": ['"app-name:WOLFGANG|app-class:OAM"'],
    "BRID": ["AQIDBA=="],
    "CAA": [
        '0 issue "ca.gov-wan.example"',
        '128 iodef "mailto:a@gov-wan.example"',
        "0 issuewild ;".replace(";", '";"'),
    ],
    "CDNSKEY": [f"257 3 13 {_KEY}"],
    "CDS": [f"12345 13 2 {_SHA256}", "0 0 0 00"],
    "CERT": [f"PKIX 1 RSASHA256 {_KEY}", f"65534 65535 13 {_KEY}"],
    "CNAME": ["Www", "@", "elsewhere.example.", r"a\.b", "*.x"],
    "CSYNC": ["66 3 A NS AAAA"],
    "DHCID": ["AAIBY2/AuCccgoJbsaxcQc9TUapptP69lOjxfNuVAA2kjEA="],
    "DLV": [f"12345 13 2 {_SHA256}"],
    "DNAME": ["Elsewhere.example.", "other"],
    "DNSKEY": [f"256 3 13 {_KEY}", f"257 3 8 {_KEY}"],
    "DS": [f"12345 13 1 {_SHA1}", f"12345 13 2 {_SHA256}", f"1 8 4 {_SHA384.upper()}"],
    "DSYNC": ["CDS NOTIFY 5353 Notify.example."],
    "EUI48": ["00-00-5e-00-53-2a"],
    "EUI64": ["00-00-5e-ef-10-00-00-2a"],
    "GPOS": ["-22.6882 116.8652 250.0"],
    "HHIT": ["AQIDBA=="],
    "HINFO": ['"ROUTER" "FRR"', "a b"],
    "HIP": [f"2 200100107B1A74DF365639CC39F1D578 {_KEY}", f"2 200100107B1A74DF365639CC39F1D578 {_KEY} Rvs.example."],
    "HTTPS": ["1 .", '1 Svc.example. alpn="h2,h3" port=8443 ipv6hint=2001:db8::1', "0 Www"],
    "IPSECKEY": [
        f"10 1 2 192.0.2.38 {_KEY}",
        f"10 2 2 2001:db8::38 {_KEY}",
        f"10 3 2 Gate.example. {_KEY}",
        f"10 0 2 . {_KEY}",
    ],
    "ISDN": ['"150862028003217" "004"', '"150862028003217"'],
    "KEY": [f"256 3 13 {_KEY}"],
    "KX": ["10 Kx", "20 kx.example."],
    "L32": ["10 10.1.2.0"],
    "L64": ["10 2001:0db8:1140:1000"],
    "LOC": ["35 41 22.000 N 139 41 30.000 E 40.00m 1.00m 10000.00m 10.00m", "0 0 0 S 0 0 0 W 0m"],
    "LP": ["10 L64-subnet1.example."],
    "MX": ["10 Mail", "0 .", "65535 mail.example."],
    "NAPTR": [
        '100 50 "s" "http+I2L+I2C" "" _http._tcp.Rivers.example.',
        '1 2 "u" "E2U+sip" "!^.*$!sip:a@b.example!" .',
    ],
    "NID": ["10 0014:4fff:ff20:ee64"],
    "NINFO": ['"told once"'],
    "NS": ["Ns1", "ns1.example.", "@"],
    "NSAP": ["0x47.0005.80.005a00.0000.0001.e133.ffffff000161.00"],
    "NSAP-PTR": ["Foo.example."],
    "NSEC": ["Host.example. A MX RRSIG NSEC TYPE1234", "@ NS SOA"],
    "NSEC3": ["1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr A RRSIG", "1 0 0 - 2t7b4g4vsa5smi47k61mv5bv1a22bojr"],
    "NSEC3PARAM": ["1 0 12 aabbccdd", "1 0 0 -"],
    "OPENPGPKEY": [_KEY],
    "PTR": ["Www", "www.lakes.gov-wan.example."],
    "PX": ["10 Ma.example. Mb.example.", "65535 a b"],
    "RESINFO": ['"qnamemin" "exterr=15,17" "infourl=https://www.gov-wan.example/"'],
    "RP": ["Mbox.example. Txt.example.", ". ."],
    "RRSIG": [f"A 13 3 3600 20261222000000 20261122000000 12345 Gov-WAN.example. {_KEY}"],
    "RT": ["0 Intermediate.example.", "65535 ."],
    "SIG": [f"A 13 3 3600 20261222000000 20261122000000 12345 Gov-WAN.example. {_KEY}"],
    "SMIMEA": [f"3 0 1 {_SHA256}"],
    "SOA": ["Ns1 Hostmaster 2026112201 3600 600 86400 300", r"ns1 a\.b.example. 0 1h 10m 1d 5m"],
    "SPF": ['"v=spf1 -all"'],
    "SRV": ["0 5 5060 Sip", "65535 0 0 ."],
    "SSHFP": [f"4 2 {_SHA256}", f"1 1 {_SHA1}"],
    "SVCB": ["1 Svc.example. alpn=dot port=853", "0 pool", '2 . key65333="a\\032b" mandatory=key65333'],
    "TLSA": [f"3 1 1 {_SHA256}", "2 0 0 0102"],
    "TXT": [
        '"v=spf1 -all"',
        "a b c",
        '"quote \\" and \\\\ and \\200"',
        f'"{"x" * 255}" "{"y" * 255}"',
        '""',
        '"a;b(c)"',
    ],
    "URI": ['10 1 "https://www.gov-wan.example/"'],
    "WALLET": ['"none" "of ours"'],
    "WKS": ["192.0.2.1 6 25 53 80", "192.0.2.1 17"],
    "X25": ['"123456789"'],
    "ZONEMD": [f"2026112201 1 1 {_SHA384}"],
    "TYPE65280": [r"\# 4 c0000201", r"\# 0"],
    "MINFO": [r"\# 4 01610000"],
}

_MESSAGES_ONLY = {"OPT", "TSIG", "TKEY"}


def known_types() -> set[str]:
    """Every type that dnspython has a class for and that stands in zones."""
    found = set()
    for type_ in dns.rdatatype.RdataType:
        kind = dns.rdata.get_rdata_class(dns.rdataclass.IN, type_)
        if kind is not dns.rdata.GenericRdata:
            found.add(dns.rdatatype.to_text(type_))
    return found - _MESSAGES_ONLY


ALL = sorted((type_, text) for type_, texts in SAMPLES.items() for text in texts)
