# %% [markdown]
# # Your own two texts, your own topics
#
# Nothing here is about diplomacy: two clubs report on one meeting. What does it take to compare them?
# %%
import tempfile
from pathlib import Path

from readout_diff import Readout, compare, load_scheme

ours = Readout.from_text(
    "The boards of both clubs met on Monday. They agreed on the transfer of the goalkeeper for a fee of 12 million. "
    "The new stadium will be shared from next season. The meeting was held in a good atmosphere.",
    party="FC North",
    lang="en",
)
theirs = Readout.from_text(
    "Die Vorstände trafen sich am Montag. Beim Wechsel des Torhüters einigte man sich auf eine Ablöse von 14 Millionen. "
    "Die Gewalt der Anhänger beim letzten Spiel wurde scharf verurteilt.",
    party="SV Süd",
    lang="de",
)
c = compare(ours, theirs)
print(c.signature)
# %% [markdown]
# The passages are linked without any topics, by what they say:
# %%
c.pairs[["a_text", "b_text", "confidence", "relation"]].round(2)
# %% [markdown]
# ## A scheme of your own
#
# A topic is a name, labels and cues a language: words or phrases that are enough to carry it. `*` stands for any ending.
# %%
SCHEME = """
id = "football"
version = "1"

[topics.transfers.labels]
en = "Transfers"
[topics.transfers.cues]
en = ["transfer", "fee"]
de = ["wechsel*", "ablöse*"]

[topics.stadium.labels]
en = "Stadium"
[topics.stadium.cues]
en = ["stadium*"]
de = ["stadion*", "arena"]

[topics.violence.labels]
en = "Violence of fans"
[topics.violence.cues]
en = ["violence", "riot*"]
de = ["gewalt", "ausschreitung*"]
"""
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "football.toml"
    path.write_text(SCHEME, encoding="utf-8")
    football = load_scheme(path)
football.ids, football.languages
# %%
c = compare(ours, theirs, scheme=football)
c.topics[["label", "passages_a", "passages_b", "side"]]
# %% [markdown]
# ## Languages without cues
#
# The scheme knows no French. Then nothing is claimed to be absent: the side is `unknown`.
# %%
french = Readout.from_text(
    "Les deux clubs se sont mis d'accord sur le transfert du gardien de but.", lang="fr"
)
compare(ours, french, scheme=football).topics[["label", "side"]]
# %% [markdown]
# ## The claim
# %%
assert dict(zip(c.topics.topic, c.topics.side, strict=True)) == {
    "transfers": "both",
    "stadium": "a",
    "violence": "b",
}
