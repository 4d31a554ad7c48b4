"""What passages name, under keys that hold across languages."""

from readout_diff.mentions.finding import find_mentions, find_names, keys, mentions_of
from readout_diff.mentions.mention import Mention

__all__ = ["Mention", "find_mentions", "find_names", "keys", "mentions_of"]
