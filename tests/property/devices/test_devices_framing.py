import pytest
from hypothesis import given
from hypothesis import strategies as st
from ncclient.transport.session import NetconfBase

from netctl.devices.netconf.framing import BoundedFraming
from netctl.errors import ReplyMalformed

MESSAGES = st.lists(
    st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="]<"), min_size=1, max_size=80)
    .map(str.strip)
    .filter(bool),
    min_size=1,
    max_size=6,
)


class Session:
    """What the framing needs of ncclient's session."""

    def __init__(self, base):
        self._base = base
        self.messages = []

    def _dispatch_message(self, text):
        self.messages.append(text)


def framed(message, base, cuts):
    data = message.encode()
    if base == NetconfBase.BASE_10:
        return data + b"]]>]]>"
    out, start = b"", 0
    for cut in [*sorted({cut % len(data) for cut in cuts} - {0}), len(data)]:
        out += b"\n#%d\n%s" % (cut - start, data[start:cut])
        start = cut
    return out + b"\n##\n"


@given(MESSAGES, st.sampled_from([NetconfBase.BASE_10, NetconfBase.BASE_11]), st.lists(st.integers(0, 500)), st.data())
def test_however_the_bytes_come_the_messages_are_the_same(messages, base, cuts, data):
    stream = b"".join(framed(message, base, cuts) for message in messages)
    session = Session(base)
    framing = BoundedFraming(session)
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        framing.parse(stream[:size])
        stream = stream[size:]
    assert session.messages == messages


@given(st.binary(max_size=300), st.sampled_from([NetconfBase.BASE_10, NetconfBase.BASE_11]))
def test_any_bytes_are_either_awaited_or_refused(data, base):
    session = Session(base)
    try:
        BoundedFraming(session).parse(data)
    except ReplyMalformed:
        pass


@given(st.integers(1, 40), st.sampled_from([NetconfBase.BASE_10, NetconfBase.BASE_11]))
def test_a_message_past_the_limit_is_refused_before_it_is_whole(over, base):
    framing = BoundedFraming(Session(base), limit=1000)
    prefix = b"" if base == NetconfBase.BASE_10 else b"\n#%d\n" % (1000 + over)
    with pytest.raises(ReplyMalformed, match="more than 1000 bytes"):
        framing.parse(prefix + b"x" * (1000 + over))


@pytest.mark.parametrize("text", [b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<a/><!ENTITY x>"])
def test_a_document_type_declaration_is_refused_before_any_parser_sees_it(text):
    with pytest.raises(ReplyMalformed, match="document type"):
        BoundedFraming(Session(NetconfBase.BASE_10)).parse(text + b"]]>]]>")


def test_the_first_message_after_the_hello_may_come_with_it_in_the_other_framing():
    session = Session(NetconfBase.BASE_10)

    def switch(text):
        session.messages.append(text)
        session._base = NetconfBase.BASE_11

    session._dispatch_message = switch
    BoundedFraming(session).parse(b"<hello/>]]>]]>\n#4\n<a/>\n##\n")
    assert session.messages == ["<hello/>", "<a/>"]
