"""Where problems are told outside: syslog, mail and webhook, each a file; the courier carries to them."""

from netctl.observe.sinks.courier import Courier, deliver
from netctl.observe.sinks.open import SINKS, Sink, open_sinks

__all__ = ["SINKS", "Courier", "Sink", "deliver", "open_sinks"]
