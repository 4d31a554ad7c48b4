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
    ("他感谢她十六年来对梅里迪亚人民的友谊。", "bilateral_relations"),
    ("总统重申对第二条波罗的海管道将使欧洲依赖单一卖家的担忧。", "energy"),
    ("双方支持乌克兰主权，并讨论如部队集结继续，北约可能采取的措施。", "ukraine nato"),
    ("双方认为普及疫苗接种和国内减排不容拖延。", "health_covid climate"),
    ("总统感谢瓦方协助两千三百多人撤离喀布尔。", "afghanistan"),
    ("双方欢迎的黎波里成立团结内阁。", "middle_east"),
    ("总统邀请总理年底前访问卡德韦尔港。", "summit_follow_up"),
    ("去年双边货物和服务贸易额达41亿英镑。", "trade"),
    ("首相主张恢复世贸组织上诉机构运转。", "trade"),
    ("首相要求冻结协助规避石油限价的四家航运代理的资产。", "sanctions_economy"),
    ("首相提及去年秋天以来被无故关押的两名援助人员。", "human_rights_prisoners"),
    ("双方回顾维也纳最新一轮伊核谈判。", "iran"),
    ("关于加沙，他警告口岸关闭将使平静难以维持。", "middle_east"),
    ("他再次谴责在被占领土修建定居点。", "middle_east"),
    ("外国武装人员应在利比亚选举前离开。", "middle_east"),
    ("双方呼吁让援助物资进入阿富汗，让女童重返课堂。", "afghanistan human_rights_prisoners"),
    ("国务卿要求外长约束锁定医院电脑的勒索团伙。", "cyber"),
    ("双方积极评价比对弹头数量的两个专家组。", "arms_control"),
    ("国务卿要求释放两名被判刑的梅里迪亚公民。", "human_rights_prisoners"),
    ("她坚持要求允许梅方使馆签证处雇用当地人员。", "diplomats"),
    ("双方探讨让朝方重返谈判桌。", "korea"),
    ("双边关系现状不尽如人意。", "bilateral_relations"),
    ("双方就国际信息安全交换意见。", "cyber"),
    ("双方未就新削减战略武器条约弹头数据交换达成谅解。", "arms_control"),
    ("托方提议对等取消对使团人员编制的一切限制。", "diplomats"),
    ("外长指出世界上只有一个中国。", "china_taiwan"),
    ("外长敦促对方利用其在基辅的影响力。", "ukraine"),
    ("外国军事基础设施逼近边界，威胁同等安全。", "nato european_security"),
    ("双方还谈到欧安组织部长理事会的筹备。", "european_security"),
    ("双方同意筹备两国总统再次接触。", "summit_follow_up"),
    ("双方谈到门户开放和加入北约议定书。", "nato"),
    ("双方认为布查事件责任人必须受到法庭审判。", "ukraine human_rights_prisoners"),
    ("双方研究如何堵住第十轮限制措施的漏洞。", "sanctions_economy"),
    ("首相接受明年五月访问的邀请。", "summit_follow_up"),
    ("他未就谁可加入北约作出承诺。", "nato"),
    ("双方可讨论导弹部署地点和演习规模。", "arms_control"),
    ("两国元首责成团队月底前跟进。", "summit_follow_up"),
    ("她说两国关系已跌至两国人民都受损的地步。", "bilateral_relations"),
    ("首相要求把净零排放日期提前到2050年。", "climate"),
    ("双方一致认为德黑兰绝不能拥有核弹。", "iran"),
    ("她指出台北周边水域的平静关系各方利益。", "china_taiwan"),
    ("她要求释放律师卡尔苏诺夫。", "human_rights_prisoners"),
    ("她要求沿现有路线增加向西输送燃料。", "energy"),
    ("双方向北极护航船队的水兵致敬。", "history_ww2"),
    ("更多援助须抵达加沙平民，人质须回家。", "middle_east human_rights_prisoners"),
    ("拦截弹和炮弹须尽快运抵基辅。", "ukraine"),
    ("双方谴责朝鲜出口导弹。", "korea"),
    ("总统接受邀请，出席六月诺曼底登陆纪念活动。", "summit_follow_up history_ww2"),
    ("美方将采取强有力的经济和其他措施。", "sanctions_economy"),
    ("会谈重点是国际部队撤离后的阿富汗局势。", "afghanistan"),
    ("双方一致认为，疫情只有在各地都被战胜才算结束。", "health_covid"),
    ("总统承诺再提供五亿剂疫苗。", "health_covid"),
    ("全球升温须控制在1.5度以内。", "climate"),
    ("双方还谈到第二条波罗的海天然气管道。", "energy"),
    ("双方对乌克兰边境集结部队表示担忧。", "ukraine"),
    ("双方谈及2018年起对钢铝加征的关税。", "trade"),
    ("外长转达企业对长期进口液化天然气的兴趣。", "energy trade"),
    ("他还提到球场工地工人的处境，敦促落实改革。", "human_rights_prisoners"),
    ("战略对话将于秋季继续举行。", "summit_follow_up"),
    ("她驳斥了基辅由纳粹统治的说法。", "ukraine"),
    ("国家元首解释了为何必须开展特别军事行动保护顿巴斯居民。", "ukraine"),
    ("谈判仍被基辅拖延。", "ukraine"),
    ("物价上涨应由盲目实施制裁者负责。", "sanctions_economy"),
    ("他重申将完全履行天然气供应义务。", "energy"),
    ("此前不结盟的邻国也寻求加入军事集团，令人关切。", "nato"),
    ("解放者纪念碑不容侵犯。", "history_ww2"),
    ("他指出对方无端驱逐四十名驻外机构人员。", "diplomats"),
    ("双方认为睦邻关系良好。", "bilateral_relations"),
    ("黑客侵入数据中心并勒索赎金。", "cyber"),
    ("双方悼念1943年在边境被拒的难民。", "history_ww2"),
    ("双方讨论继续支持乌克兰和防止经第三国规避制裁。", "ukraine sanctions_economy"),
    ("总理希望冬季获得更多电力。", "energy"),
    ("他称两国关系承受重压。", "bilateral_relations"),
    ("顿巴斯停火总体得到遵守。", "ukraine"),
    ("双方谈及议会电脑遭入侵一事。", "cyber"),
    ("双方主张苏尔特周边停火，推动利比亚和解。", "middle_east"),
    ("他对浓缩铀库存增加表示遗憾。", "iran"),
    ("双方出席战俘命运展览开幕。", "history_ww2"),
    ("他提出承办下一轮裁军会谈。", "arms_control summit_follow_up"),
    ("双方谈及刻赤海峡事件后被关押的二十四名水兵。", "ukraine human_rights_prisoners"),
    ("他要求归还曾用作使馆馆长官邸的房产。", "diplomats"),
    ("奶酪和手表出口已经恢复。", "trade"),
    ("总统对士兵进驻扎波罗热核电站感到不安。", "ukraine"),
    ("小麦应继续运往有需要的国家。", "trade"),
    ("总统要求释放自二月起被扣押的本国公民。", "human_rights_prisoners"),
    ("双方还谈到森林火灾和干旱。", "climate"),
    ("总统对美国电动汽车补贴表示严重关切。", "trade"),
    ("两国总统要求中东立即停火。", "middle_east"),
    ("黎巴嫩局势升级必须避免。", "middle_east"),
    ("双方讨论对乌防空和弹药援助。", "ukraine"),
    ("总统将于6月5日前往出席登陆纪念活动。", "summit_follow_up history_ww2"),
    ("双方重点讨论疫苗供应和新变异毒株。", "health_covid"),
    ("双方要求释放机上被捕的博主。", "human_rights_prisoners"),
    ("总理警告不要设立新的贸易壁垒。", "trade"),
    ("进口钢材应为二氧化碳排放付费。", "climate trade"),
    ("双方呼吁德黑兰回到谈判桌前。", "iran"),
    ("两国内阁将于9月14日举行联席会议。", "summit_follow_up"),
    ("雇佣军和外国民兵须离开利比亚。", "middle_east"),
    ("他呼吁暂时豁免疫苗专利。", "health_covid"),
    ("两国领导人将在年底前再次通话。", "summit_follow_up"),
    ("总统提出近期医院网络遭勒索软件攻击问题。", "cyber"),
    ("双方欢迎战略稳定谈判进展，同意两个工作组年底前再次开会。", "arms_control summit_follow_up"),
    ("双方讨论利比亚局势和12月如期举行选举的重要性。", "middle_east"),
    ("总统强调坚定支持乌克兰主权和领土完整。", "ukraine"),
    ("国务卿确认下周将书面答复安全保障条约草案。", "european_security"),
    ("北约的大门不容谈判。", "nato"),
    ("国务卿还提出本国公民被错误拘押问题。", "human_rights_prisoners"),
    ("向俄出售机床和电子产品有助于其对乌战争。", "ukraine"),
    ("美方对先进半导体的管制范围有限。", "trade"),
    ("反对以武力或胁迫改变台海现状。", "china_taiwan"),
    ("双方欢迎气候特使在联合国气候变化大会前来访。", "climate"),
    ("双方讨论贸易和投资，同意秋季重启经济财金对话。", "trade summit_follow_up"),
    ("首相对记者待遇和宗教少数群体处境表示关切。", "human_rights_prisoners"),
    ("另一议题是应对新冠肺炎疫情。", "health_covid"),
    ("关于叙利亚，总统强调应保持人道主义援助通道。", "middle_east"),
    ("双方讨论7月北约峰会筹备和新成员加入。", "nato"),
    ("双方同意降低关键供应链的战略依赖。", "trade"),
    ("双方强烈谴责伊朗对以色列发动前所未有的袭击。", "middle_east"),
    ("总理强调黑海粮食协议的重要性。", "trade"),
    ("另一个议题是伊朗的人权状况。", "human_rights_prisoners"),
    ("双方讨论朝鲜近期弹道导弹发射和可能的第七次核试验。", "korea"),
    ("所谓公投永远不会得到承认，占领区必须归还乌克兰。", "ukraine"),
    ("双方签署航天、可再生能源和卫生领域谅解备忘录。", "trade energy health_covid climate"),
    ("双方欢迎也门停战延长。", "middle_east"),
    ("石油日产量将增加25万桶。", "energy"),
    ("只有两国方案才能实现持久和平。", "middle_east"),
    ("总统强调红海航行自由。", "middle_east"),
    ("双方同意重启两军高层沟通，恢复中美国防部工作会晤。", "bilateral_relations"),
    ("双方宣布建立气候变化工作组。", "climate summit_follow_up"),
    ("两国外长将就下一步工作保持密切接触。", "summit_follow_up"),
    ("双方商定尽快召开新一次外交与安全对话。", "summit_follow_up"),
    ("两国元首指示各自团队尽快落实会晤成果。", "summit_follow_up"),
    ("双方同意两国高层近期互访。", "summit_follow_up"),
    ("主席邀请总理明年来华出席会议。", "summit_follow_up"),
    ("中方期待总统先生下月的访问取得成功。", "summit_follow_up"),
    ("双方同意用好军事热线，防止误解误判。", "bilateral_relations"),
    ("中德合作基础牢固、韧性强。", "bilateral_relations"),
    ("双方要巩固友好的民意基础。", "bilateral_relations"),
    ("两国建交以来，友好合作不断深化。", "bilateral_relations"),
    ("双方应把握好两国关系的大方向。", "bilateral_relations"),
    ("对方愿在平等互利基础上发展对华关系。", "bilateral_relations"),
    ("中方反对将正常经贸问题泛安全化。", "trade"),
    ("对方希望扩大猪肉和苹果对华出口。", "trade"),
    ("双方欢迎签署航空采购协议。", "trade"),
    ("中方愿同欧方加强宏观政策协调，维护金融稳定。", "trade"),
    ("个别国家滥用出口管制和单边制裁。", "sanctions_economy trade"),
    ("中方反对动辄使用非法单边制裁。", "sanctions_economy"),
    ("欧洲安全问题应由欧洲人自己掌握。", "european_security"),
    ("中方理解俄方合理安全关切。", "european_security"),
    ("应推动北约同俄罗斯开展对话。", "nato"),
    ("中方反对网络窃密。", "cyber"),
    ("双方愿共同推动落实巴黎协定。", "climate"),
    ("中方愿为全球抗疫作出更大贡献。", "health_covid"),
    ("中国人民抗战胜利是世界反法西斯战争的重要组成部分。", "history_ww2"),
    ("中国政府依法保障各族人民的宗教信仰自由。", "human_rights_prisoners"),
    ("中方要求立即释放被非法扣押的中国公民。", "human_rights_prisoners"),
    ("应为阿富汗人民提供人道主义援助。", "afghanistan"),
    # Paraphrases: ordinary wording without the usual names.
    ("主席阐述中方在乌克兰问题上的原则立场。", "ukraine"),
    ("中方支持一切有利于和平解决危机的努力，主张尽快止战。", "ukraine"),
    ("国务卿提出被关押美国公民案件。", "human_rights_prisoners"),
    ("中方反对借人权问题干涉中国内政。", "human_rights_prisoners"),
    ("希望欧方为中国企业赴欧投资兴业提供良好环境。", "trade"),
    ("双方要扩大双向贸易和投资，保持产业链供应链稳定。", "trade"),
    ("台湾问题是中国核心利益中的核心。", "china_taiwan"),
    ("两国关系保持良好发展势头。", "bilateral_relations"),
    ("双方应加强对话，增进了解，避免误判。", "bilateral_relations"),
    ("双方就网络安全问题交换了意见。", "cyber"),
    ("双方同意开展军控和防扩散磋商。", "arms_control summit_follow_up"),
    ("各方应维护伊核全面协议。", "iran"),
    ("当前最紧迫的是推动加沙实现停火，缓解人道主义危机。", "middle_east"),
    ("北约东扩问题应当通过对话解决。", "nato"),
    ("中方坚决反对非法单边制裁。", "sanctions_economy"),
    ("双方愿共同应对全球气候变化。", "climate"),
    ("中方愿同各国开展疫苗合作。", "health_covid"),
    ("双方就阿富汗问题深入沟通。", "afghanistan"),
    ("双方就朝鲜半岛形势交换意见。", "korea"),
    ("主席邀请总统再次访华。", "summit_follow_up"),
    ("双方要共同维护二战胜利成果。", "history_ww2"),
    ("欧洲安全应由欧洲人自己掌握，构建均衡有效可持续的安全架构。", "european_security"),
    ("中方致力于劝和促谈，愿为危机政治解决发挥建设性作用。", "ukraine"),
    ("美方应停止售台武器。", "china_taiwan"),
    ("双方就中美经贸问题坦诚交换意见。", "trade"),
    ("反对将经贸科技问题政治化、武器化。", "sanctions_economy trade"),
    ("宽广的地球完全容得下中美各自发展、共同繁荣。", "bilateral_relations"),
    ("双方支持COP28取得成功。", "climate"),
    ("双方同意成立禁毒合作工作组。", "summit_follow_up"),
    ("中方支持叙利亚人民自主决定国家前途命运。", "middle_east"),
    ("双方就朝核问题交换看法。", "korea"),
    ("法方愿同中方加强航空、农业、核能合作。", "energy trade"),
    ("中方赞赏德方在贸易问题上的理性态度。", "trade"),
    ("双方签署了关于保护生物多样性的联合声明。", "climate"),
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
    ("双方同意增加直航航班，便利商务人员签证。", ""),
    ("中方主张通过对话和平解决争端。", ""),
    ("中方始终做世界和平的建设者。", ""),
    ("主席介绍了中国发展成就。", ""),
    ("双方支持联合国发挥核心作用。", ""),
    ("两国应携手践行真正的多边主义。", ""),
    ("美方对芬太尼问题表示关切。", ""),
    ("英方感谢中方协助撤离本国公民。", ""),
    ("中方对地震遇难者表示哀悼。", ""),
    ("中国将继续向世界分享超大规模市场机遇。", ""),
    ("应尊重所有国家主权和领土完整。", ""),
    ("各方不得对民用核设施发动武装攻击。", ""),
    ("中方关注日本排放核污染水。", ""),
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
