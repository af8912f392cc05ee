from netctl.config.frr import normalise_running

PRINTED = """Building configuration...

Current configuration:
!
frr version 8.4.4
frr defaults traditional
hostname r1
no ip forwarding
no ipv6 forwarding
service integrated-vtysh-config
!
interface ac10p1
 description ten
exit
!
interface ac2p1
 description two
exit
!
router bgp 64500
 neighbor 192.0.2.1 remote-as 64501
 !
 address-family ipv4 unicast
  neighbor 192.0.2.1 activate
 exit-address-family
exit
!
ip prefix-list b seq 10 permit 192.0.2.0/24
ip prefix-list b seq 5 deny 192.0.2.0/28
ip prefix-list a seq 5 permit 192.0.2.0/24
!
route-map z permit 20
exit
!
route-map z permit 10
 set local-preference 0
exit
!
route-map a permit 10
exit
!
end
"""

NORMAL = """frr defaults traditional
hostname r1
service integrated-vtysh-config
!
interface ac2p1
 description two
exit
!
interface ac10p1
 description ten
exit
!
router bgp 64500
 neighbor 192.0.2.1 remote-as 64501
 !
 address-family ipv4 unicast
  neighbor 192.0.2.1 activate
 exit-address-family
exit
!
ip prefix-list a seq 5 permit 192.0.2.0/24
ip prefix-list b seq 5 deny 192.0.2.0/28
ip prefix-list b seq 10 permit 192.0.2.0/24
!
route-map a permit 10
exit
!
route-map z permit 10
 set local-preference 0
exit
!
route-map z permit 20
exit
!
end
"""


def test_what_frr_prints_comes_in_one_order_without_what_changes_by_itself():
    assert normalise_running(PRINTED) == NORMAL


def test_the_normal_form_stays_as_it_is():
    once = normalise_running(PRINTED)
    assert normalise_running(once) == once


def test_terminal_line_ends_and_missing_line_breaks_do_not_matter():
    assert normalise_running(PRINTED.replace("\n", "\r\n").rstrip()) == normalise_running(PRINTED)


def test_stanzas_nobody_expected_are_kept():
    added = PRINTED.replace(
        "ip prefix-list b seq 10", "segment-routing\n traffic-eng\n exit\nexit\n!\nip prefix-list b seq 10"
    )
    assert "segment-routing\n traffic-eng\n exit\nexit\n!\n" in normalise_running(added)


def test_a_single_line_nobody_expected_is_kept():
    assert "ip nht resolve-via-default\n" in normalise_running(
        PRINTED.replace("!\nend", "ip nht resolve-via-default\n!\nend")
    )


def test_nothing_is_still_a_configuration():
    assert normalise_running("") == "end\n"
