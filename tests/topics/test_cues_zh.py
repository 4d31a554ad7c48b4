"""Chinese cues: sentences as Chinese readouts word them, with the topics they carry."""

from __future__ import annotations

import pytest

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
MENTIONS: tuple[tuple[str, str], ...] = (
    ("双方就乌克兰局势深入交换意见。", "ukraine"),
    ("中方始终站在和平一边，支持俄乌双方恢复直接谈判。", "ukraine"),
    ("外长阐述了中方在乌克兰危机上的原则立场。", "ukraine"),
    ("当务之急是推动局势降温，避免扎波罗热核电站发生人道主义灾难。", "ukraine"),
    ("中方关于政治解决乌克兰危机的立场文件受到各方重视。", "ukraine"),
    ("北约持续东扩是危机的根源之一。", "nato"),
    ("北约不应插手亚太事务。", "nato"),
    ("中方支持构建均衡、有效、可持续的欧洲安全架构。", "european_security"),
    ("应当尊重各国合理安全关切。", "european_security"),
    ("台湾问题是中美关系中最重要、最敏感的问题。", "china_taiwan bilateral_relations"),
    ("美方应恪守一个中国原则和中美三个联合公报。", "china_taiwan"),
    ("对方重申美方不支持“台独”。", "china_taiwan"),
    ("“台独”分裂势力的冒险行径是台海和平的最大威胁。", "china_taiwan"),
    ("双方还就南海局势坦诚交换看法。", "china_taiwan"),
    ("涉港、涉疆、涉藏问题纯属中国内政。", "human_rights_prisoners china_taiwan"),
    ("中方坚决反对以人权为借口干涉别国内政。", "human_rights_prisoners"),
    ("中国愿同德方一道，推动中德全方位战略伙伴关系不断迈上新台阶。", "bilateral_relations"),
    ("中法关系始终走在中国同西方国家关系前列。", "bilateral_relations"),
    ("双方应加强政治互信，妥善管控分歧。", "bilateral_relations"),
    ("中欧是伙伴而不是对手。", "bilateral_relations"),
    ("中方愿同英方加强贸易、投资和金融服务合作。", "trade"),
    ("双边贸易额去年突破2000亿欧元。", "trade"),
    ("希望法方为中国企业提供公平、公正、非歧视的营商环境。", "trade"),
    ("美方加征关税的做法损人不利己。", "trade"),
    ("中欧班列累计开行突破十万列。", "trade"),
    ("欧盟对电动汽车征收反补贴税令人关切。", "trade"),
    ("中方反对没有国际法依据的单边制裁和长臂管辖。", "sanctions_economy"),
    ("美方应解除对中国企业的非法制裁。", "sanctions_economy trade"),
    ("要落实好两国元首在巴厘岛达成的共识。", "summit_follow_up"),
    ("两国元首责成双方工作团队尽快磋商。", "summit_follow_up"),
    ("主席欢迎总统明年再次访华。", "summit_follow_up"),
    ("双方商定年内举行新一轮中德政府磋商。", "summit_follow_up"),
    ("双方同意成立人工智能政府间对话机制。", "summit_follow_up"),
    ("中方支持恢复履行伊朗核问题全面协议。", "iran"),
    ("双方就伊核问题保持沟通。", "iran"),
    ("中方对巴以冲突造成大量平民伤亡深感痛心。", "middle_east"),
    ("“两国方案”是解决巴勒斯坦问题的根本出路。", "middle_east"),
    ("红海局势持续紧张，影响国际航运。", "middle_east"),
    ("国际社会应帮助叙利亚早日恢复稳定。", "middle_east"),
    ("双方就阿富汗局势交换意见，同意推动塔利班包容建政。", "afghanistan"),
    ("中方关注朝鲜半岛局势发展。", "korea"),
    ("应坚持半岛无核化目标。", "korea"),
    ("双方应继续在应对气候变化领域开展合作。", "climate"),
    ("中国将力争2030年前实现碳达峰、2060年前实现碳中和。", "climate"),
    ("中法共同推动联合国生物多样性大会取得成功。", "climate"),
    ("中方愿继续为发展中国家提供新冠疫苗。", "health_covid"),
    ("双方要开展联防联控，共同抗击疫情。", "health_covid"),
    ("双方愿加强能源合作，落实好天然气管道项目。", "energy"),
    ("核电合作是两国合作的旗舰项目。", "energy bilateral_relations"),
    ("中方一贯反对任何形式的网络攻击。", "cyber"),
    ("双方应共同维护网络空间和平。", "cyber"),
    ("中方依法保护外国驻华使馆和外交人员安全。", "diplomats"),
    ("双方就重开成都、休斯敦总领馆交换意见。", "diplomats"),
    ("双方就战略稳定和军控问题进行沟通。", "arms_control"),
    ("中方愿同各方共同防止外空军备竞赛。", "arms_control"),
    ("今年是中国人民抗日战争暨世界反法西斯战争胜利80周年。", "history_ww2"),
    ("中美曾并肩抗击法西斯，飞虎队的故事广为传颂。", "history_ww2"),
    ("两国人民友谊源远流长。", "bilateral_relations"),
    ("希望各方尽快释放全部被扣押人员。", "human_rights_prisoners"),
)

TRAPS: tuple[tuple[str, str], ...] = (
    ("乌兹别克斯坦是中亚重要国家。", ""),
    ("合作释放出积极信号。", ""),
    ("这关系到世界和平与发展。", ""),
    ("克里米亚半岛风光秀丽。", "ukraine"),
    ("中国选手夺得新冠军。", ""),
    ("大会将在线上平台举行，各方对台词进行了修改。", ""),
    ("国际关系的基本准则必须得到遵守。", ""),
    ("双方同意继续保持沟通。", ""),
    ("会谈坦诚、深入、富有成果。", ""),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("双方没有讨论朝鲜问题。", "korea"),
    ("会谈未涉及伊朗核问题。", "iran"),
    ("有关双方讨论涉港问题的报道与事实不符。", "china_taiwan"),
    ("台湾问题不在会谈议程之内。", "china_taiwan"),
)


def tagged(*sentences: str, first: int = 3) -> list[tuple[set[str], set[str]]]:
    """Return the topics mentioned and the topics denied in each of the sentences from number `first` on."""
    passages, start = [], 0
    for index, text in enumerate(sentences, first):
        passages.append(Passage("r", index, Span(start, start + len(text)), text, "zh"))
        start += len(text) + 1
    hits = tag_topics(passages, load_scheme())
    return [
        (
            {h.topic_id for h in hits if h.passage_index == i and not h.denied},
            {h.topic_id for h in hits if h.passage_index == i and h.denied},
        )
        for i in range(first, first + len(passages))
    ]


@pytest.mark.parametrize(("sentence", "topics"), MENTIONS)
def test_mention(sentence: str, topics: str) -> None:
    assert tagged(sentence)[0] == (set(topics.split()), set())


@pytest.mark.parametrize(("sentence", "topics"), TRAPS)
def test_words_in_another_sense_carry_no_topic(sentence: str, topics: str) -> None:
    assert tagged(sentence)[0][0] == set(topics.split())


@pytest.mark.parametrize(("sentence", "topics"), DENIALS)
def test_denied_subject_is_no_mention(sentence: str, topics: str) -> None:
    assert tagged(sentence)[0] == (set(), set(topics.split()))


def test_negated_demand_is_a_mention() -> None:
    assert tagged("美方不应再向台湾出售武器。")[0] == ({"china_taiwan"}, set())


def test_refuted_accusation_is_a_mention() -> None:
    assert tagged("所谓强迫劳动的说法与事实不符。")[0] == ({"human_rights_prisoners"}, set())


def test_weak_cue_needs_the_sentence_before() -> None:
    before, after = tagged("双方就乌克兰问题交换意见。", "各方应推动早日停火。")
    assert before[0] == after[0] == {"ukraine"}
    assert tagged("各方应推动早日停火。")[0][0] == set()


def test_opening_carries_no_topic_before_its_subject() -> None:
    text = "国家主席应约同乌克兰总统通电话。"
    assert tagged(text, first=0)[0][0] == set()


def test_each_subject_of_a_long_sentence_counts() -> None:
    text = "双方还就乌克兰危机、中东局势、朝鲜半岛形势和气候变化等问题交换意见。"
    assert tagged(text)[0][0] == {"ukraine", "middle_east", "korea", "climate"}
