# %% [markdown]
# # What did each side say about the same call?
#
# On 7 December 2021 the presidents of the United States and of Russia spoke by video. A German blog quoted what the
# White House and the Kremlin each published about it. Which subjects did only one of them mention?
# %%
from pathlib import Path

from readout_diff import compare, load_readouts

white_house, kremlin, allies = load_readouts(Path("../seeds/000_78d42d08e289e3ea.txt"))
c = compare(white_house, kremlin)
print(c.signature)
# %% [markdown]
# That line says with what the comparison was made: version, languages, encoders, pipelines, topic scheme, parameters.
# With the same line someone else gets the same result.
#
# The article holds three statements; the Kremlin's is in German:
# %%
for readout in (white_house, kremlin, allies):
    print(f"{readout.publisher:12} {readout.lang}  {len(readout.text):5} characters  {readout.text[:60]}...")
# %% [markdown]
# ## The whole result at a glance
# %%
c
# %% [markdown]
# ## Subjects, side by side
#
# `share` is the part of each account's words that stand in passages with the subject.
# %%
c.topics[c.topics.side != "neither"][
    ["label", "side", "passages_a", "passages_b", "share_a", "share_b"]
].round(2)
# %% [markdown]
# ## What only the Kremlin mentions
#
# Absence is a claim, so it comes with its evidence: the passage of the other side that is nearest, how likely it reports
# the same, and whether the finding can be relied on (`robust`): it also holds if the threshold moves, and the subject is
# named in two passages, or in one while a passage is worded like it.
# %%
c.only("b")[["label", "text", "nearest_text", "probability", "robust"]].round(2)
# %% [markdown]
# ## Passages that report the same thing
# %%
for pair in c.pairs.itertuples():
    print(f"{pair.confidence:.2f}  {', '.join(pair.topics)}")
    print(f"      {pair.a_text}\n      {pair.b_text}\n")
# %% [markdown]
# ## The report
#
# `c.to_html("report.html")` writes one page that can be mailed; it loads nothing from elsewhere.
# %%
page = c.to_html()
print(f"{len(page.encode()) // 1000} kB, {page.count('<script src')} scripts from elsewhere")
# %% [markdown]
# ## The claim
#
# NATO and the embassies stand only in the Kremlin's account, arms control only in the White House's; both report on
# Ukraine, cyber security and Iran.
# %%
assert {"nato", "diplomats"} <= set(c.only("b").topic)
assert "arms_control" in set(c.only("a").topic)
assert {"ukraine", "cyber", "iran"} <= set(c.topics.topic[c.topics.side == "both"])
