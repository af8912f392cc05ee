"""What a tree means by a platform's rules: items by their identity, and the difference of two trees."""

from netctl.config.meaning.compare import Pair, compare
from netctl.config.meaning.item import Item, gather
from netctl.config.meaning.words import Flat, statements

__all__ = ["Flat", "Item", "Pair", "compare", "gather", "statements"]
