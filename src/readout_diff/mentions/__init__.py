"""What passages name, under keys that hold across languages."""

from readout_diff.mentions.finding import find_mentions, find_names, keys, mentions_of
from readout_diff.mentions.mention import Mention
from readout_diff.mentions.sounds import sound_key

__all__ = ["Mention", "find_mentions", "find_names", "keys", "mentions_of", "sound_key"]
