"""What is told of the keys and signatures of zones: more sentences that `netctl.words.telling` reads.

They are those of `netctl.zones.dnssec_stages`, `netctl.control.dns.dnssec_story`, `dnssec_chain` and `dnssec_advice`,
and of whoever verifies signatures.
"""

from __future__ import annotations

from collections.abc import Mapping

_KEYS = r"(?P<keys>key \d+(?: and key \d+)*)"

SIGNING: Mapping[str, str] = {
    # the steps of a change of keys
    "signing-zone-signed": "the zone is signed",
    "signing-step-unsigned": "copies without signatures run out",
    "signing-step-vouched": "its DS stands in the zone above",
    "signing-step-published": "the new key is published",
    "signing-step-signs": "the new key signs, old signatures are replaced",
    "signing-step-signatures": "copies of old signatures run out",
    "signing-step-key-gone": "the server takes the old key away",
    "signing-step-signs-keys": "the new key is published and signs the keys",
    "signing-step-ds": "the DS in the zone above is replaced",
    "signing-step-ds-copies": "copies of the old DS run out",
    "signing-step-both": "the zone is signed with both algorithms",
    "signing-step-new-signatures": "copies without the new signatures run out",
    "signing-step-keys-gone": "the server takes the old keys and signatures away",
    "signing-step-ds-leaves": "the DS leaves the zone above",
    "signing-step-ds-gone": "copies of the DS run out",
    "signing-step-all-gone": "the server takes keys and signatures away",
    # what a change of keys waits for
    "signing-key": r"key (?P<tag>\d+)",
    "signing-some-signed": r"(?P<some>\d+) of (?P<total>\d+) RRsets are signed",
    "signing-some-signed-with": r"(?P<some>\d+) of (?P<total>\d+) RRsets are signed with (?P<algorithm>\S+)",
    "signing-some-left": rf"(?P<some>\d+) of (?P<total>\d+) RRsets are still signed by {_KEYS}",
    "signing-names-unsigned": "resolvers may still know names without their signatures",
    "signing-names-old": "resolvers may still know names with the old signatures alone",
    "signing-nobody-vouches": "nobody above vouches for the zone yet",
    "signing-signs-no-more": rf"{_KEYS} signs? no more",
    "signing-not-needed": "nobody needs it any longer",
    "signing-keys-not-needed": rf"nobody needs {_KEYS} any longer",
    "signing-no-keys-needed": "nobody needs the keys any longer",
    "signing-side-by-side": rf"{_KEYS} sign everything side by side",
    "signing-signs-next": rf"everybody may know {_KEYS}: the server signs with it next",
    "signing-keys-remembered": rf"resolvers may still know the keys without {_KEYS}",
    "signing-not-signing": rf"{_KEYS} does not sign the keys yet",
    "signing-none-signing": r"no key of (?P<algorithm>\S+) signs the keys yet",
    "signing-ds-unknown": "nobody here knows which DS stands in the zone above",
    "signing-ds-none": rf"no DS above is of {_KEYS}",
    "signing-ds-stands": rf"the DS of {_KEYS} still stands above",
    "signing-ds-remembered": rf"resolvers may still know the DS of {_KEYS}",
    "signing-ds-vouches": "a DS may still vouch for the zone",
    "signing-ds-known": "resolvers may still know the DS",
    # what a person does
    "signing-do-plan-declared": (
        r"(?P<command>netctl plan)  # the DS is declared as it must be, and not yet served by (?P<where>\S+)"
    ),
    "signing-do-plan": r"(?P<command>netctl plan)  # the next change takes it to (?P<where>\S+)",
    "signing-do-look": (
        r"on (?P<server>\S+): (?P<command>rndc loadkeys .+)  # looks for the DS now, not within the hour"
    ),
    "signing-do-take-out": r"have every DS of (?P<zone>\S+) taken out of the zone above",
    "signing-do-undeclare": r"(?P<file>\S+): no `ds:`",
    "signing-do-above": r"in the zone above: (?P<record>\S+ IN DS .+)",
    "signing-do-then": r"then on (?P<server>\S+): (?P<command>rndc .+)",
    # what a person may want to know
    "signing-note-apex": r"of (?P<total>\d+) RRsets the signatures of the apex were verified; --whole verifies all",
    "signing-note-undeclared": "it is signed, and not declared to be",
    "signing-note-weak": r"(?P<algorithms>\S+(?:, \S+)*) is too weak to sign with \(RFC 8624\)",
    "signing-note-iterations": r"NSEC3 with iterations or salt costs and protects nothing \(RFC 9276\)",
    "signing-note-denial": r"absence is proven by (?P<found>\S+), and the policy says (?P<wanted>\S+)",
    "signing-note-nobody-said": r"no server of (?P<zone>\S+) said which DS it has",
    "signing-note-above-unknown": (
        "who is above is not one of the network's zones, and `ds:` says nothing: nobody knows its DS"
    ),
    "signing-note-above-unsigned": r"(?P<zone>\S+) has its DS, and is not signed itself: nobody believes it",
    "signing-note-above-broken": r"(?P<zone>\S+) above is broken itself",
    # what whoever validates refuses
    "signing-flaw-no-keys": "it is declared to be signed, and served without keys",
    "signing-flaw-served-no-keys": "it serves the zone without keys",
    "signing-flaw-ds-no-keys": r"the (?P<place>zone above|file) has a DS, and the zone has no keys",
    "signing-flaw-ds-other": (
        r"no DS of (?P<place>the zone above|its file) \((?P<tags>[^)]+)\) is of a key that signs the keys"
    ),
    "signing-flaw-ds-other-on": (
        r"no DS of the zone above \((?P<tags>[^)]+)\) is of a key that signs the keys \(on (?P<servers>[^)]+)\)"
    ),
    "signing-flaw-ds-unproven": r"the DS above is not proven by (?P<server>\S+): (?P<why>[^;]+)",
    "signing-flaw-keys-differ": "its keys are not those of the primary, at the same serial",
    "signing-flaw-no-signature": r"(?P<name>\S+) (?P<type>\S+): no signature holds: (?P<why>[^;]+)",
    "signing-flaw-not-there": r"(?P<name>\S+) (?P<type>\S+): it is not there",
    "signing-why-none": "it has none",
    "signing-why-wrong": "it does not verify",
    "signing-why-expired": "it has expired",
    "signing-why-early": "it does not hold yet",
    "signing-why-no-key": r"no key (?P<key>\S+) stands at the apex",
    "signing-why-algorithm": r"algorithm (?P<algorithm>\S+) is not known here",
    "signing-flaw-keys-only": r"keys of (?P<algorithm>\S+) sign keys and nothing else",
    "signing-flaw-no-proof": "neither NSEC nor NSEC3 proves what is not there",
    "signing-flaw-gap": r"no (?P<kind>NSEC3?) proves what is not there",
    "signing-flaw-link": r"its (?P<kind>NSEC3?) leads to (?P<found>\S+), not to (?P<wanted>\S+)",
}
