"""What the recorded sessions in tests/recorded/ say. Written by us in the makers' formats; names and numbers are invented."""

from pathlib import Path

from netctl.model.facts import DeviceFacts

RECORDED = Path(__file__).parent / "recorded"
DAY, HOUR, MINUTE = 86400, 3600, 60

FACTS = {
    "alaxala": DeviceFacts(
        "rx-1", "ALAXALA", "AX3660S-48T4XW", "TB03EXAMPLE0001", "12.1.W", 16 * DAY + 3 * HOUR + 7 * MINUTE
    ),
    "arista_eos": DeviceFacts("rx-1", "Arista", "DCS-7050SX3-48YC8-F", "JPE0EXAMPLE", "4.28.3M", 93784),
    "cisco_ios": DeviceFacts(
        "rx-1", "Cisco", "ISR4331/K9", "FDO0EXAMPLE", "17.3.4a", (365 + 14 + 3) * DAY + 4 * HOUR + 5 * MINUTE
    ),
    "cisco_iosxr": DeviceFacts("rx-1", "Cisco", "NCS-55A1-24H-S", "FOC0EXAMPLE", "7.5.2", 23 * DAY + HOUR + 7 * MINUTE),
    "cisco_nxos": DeviceFacts(
        "rx-1", "Cisco", "Nexus9000 C93180YC-FX Chassis", "FDO0CHASSIS", "10.2(3)", 12 * DAY + 3 * HOUR + 5
    ),
    "frr": DeviceFacts("rx-1", "FRRouting", "Example Router 1000", "EX0001000", "8.4.4", 93784),
    "fujitsu_sir": DeviceFacts("rx-1", "Fujitsu", "Si-R G120", "00000042", "V20.54", 16 * DAY + 3 * HOUR + 7 * MINUTE),
    "furukawa_fitelnet": DeviceFacts("rx-1", "Furukawa Electric", "F220 EX", "", "V01.07(00)", None),
    "juniper_junos": DeviceFacts("rx-1", "Juniper", "mx204", "JN0EXAMPLE", "21.4R3-S5.4", 1046676),
    "nec_ix": DeviceFacts("rx-1", "NEC", "IX2235", "", "10.10.21", 17 * DAY + 4 * HOUR + 6 * MINUTE),
    "yamaha": DeviceFacts(
        "rx-1", "Yamaha", "RTX1300", "M0EXAMPLE1", "23.00.12", 5 * DAY + 21 * HOUR + 12 * MINUTE + 17
    ),
}
