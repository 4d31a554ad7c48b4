"""French cues: sentences as French readouts word them, with the topics they carry."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import sentences

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
MENTIONS: tuple[tuple[str, str], ...] = (
    (
        "Le Président a redit son attachement aux accords de Minsk et au travail mené en format Normandie.",
        "ukraine",
    ),
    (
        "Il a dénoncé la concentration de troupes à la frontière orientale et dit sa solidarité avec Kiev.",
        "ukraine",
    ),
    ("La France ne reconnaîtra jamais l'annexion illégale de la Crimée.", "ukraine"),
    ("Il a demandé que la zone autour de la centrale de Zaporijia soit démilitarisée.", "ukraine"),
    ("Ils ont fait le point sur les conséquences de l'invasion russe.", "ukraine"),
    ("Les pays de la coalition des volontaires se tiennent prêts.", "ukraine"),
    ("Ils ont souligné l'unité des alliés de l'OTAN.", "nato"),
    ("Ils ont rappelé que la porte de l'Alliance atlantique demeurait ouverte.", "nato"),
    ("La France prendra sa part au renforcement du flanc oriental.", "nato"),
    ("Ils ont appelé à porter l'effort de défense à un niveau supérieur.", "nato"),
    ("Ils sont préoccupés par la recrudescence des cyberattaques contre les hôpitaux.", "cyber"),
    ("Un échange a porté sur les rançongiciels et la sécurité des systèmes d'information.", "cyber"),
    ("Le Président a appelé Téhéran à revenir sans délai au respect de ses engagements nucléaires.", "iran"),
    ("Ils ont évoqué les perspectives d'un retour au JCPoA.", "iran"),
    ("L'accord de Vienne doit être préservé et strictement appliqué par toutes ses parties.", "iran"),
    ("Il a regretté l'expulsion de six diplomates et la fermeture du consulat.", "diplomats"),
    ("Les deux ministres souhaitent que chaque ambassade dispose des effectifs nécessaires.", "diplomats"),
    (
        "Il a salué la prolongation du traité New Start et proposé de relancer la maîtrise des armements.",
        "arms_control",
    ),
    ("La fin du traité FNI fait peser un risque de course aux armements.", "arms_control"),
    ("De nouvelles sanctions seront adoptées si aucun progrès n'est constaté.", "sanctions_economy"),
    ("Les mesures restrictives visant des entités ont été prolongées de six mois.", "sanctions_economy"),
    ("Les deux dirigeants ont évoqué l'usage des avoirs gelés.", "sanctions_economy"),
    ("Toute attaque aurait des conséquences massives et un coût très lourd.", "sanctions_economy"),
    ("Il a plaidé pour une architecture de confiance et de sécurité sur le continent.", "european_security"),
    ("Ils se sont entretenus des garanties de sécurité demandées.", "european_security"),
    ("La présidence de l'OSCE pourra compter sur leur soutien.", "european_security"),
    ("Ils ont abordé la hausse des prix du gaz et la sécurité des approvisionnements.", "energy"),
    ("La coopération dans le nucléaire civil sera approfondie.", "energy"),
    (
        "Il a rappelé l'urgence d'une trêve à Gaza et de l'ouverture de tous les points de passage.",
        "middle_east",
    ),
    ("Il a demandé le départ des mercenaires de Libye.", "middle_east"),
    ("Ils ont marqué leur attachement à la liberté de navigation en mer Rouge.", "middle_east"),
    ("Une solution à deux États reste le seul horizon possible.", "middle_east"),
    ("Ils ont échangé sur la situation au Moyen-Orient.", "middle_east"),
    ("Les talibans doivent laisser partir ceux qui le souhaitent.", "afghanistan"),
    ("Ils ont condamné les tirs de missiles de Pyongyang.", "korea"),
    ("Ils ont redit l'importance de la paix dans le détroit de Taïwan.", "china_taiwan"),
    ("Ils ont fait le point sur la préparation de la COP 26.", "climate"),
    ("Une ambition commune est nécessaire contre le réchauffement et pour la biodiversité.", "climate"),
    ("Ils ont parlé de la montée des eaux qui menace les petites îles.", "climate"),
    ("Ils ont discuté de l'accès de tous aux vaccins.", "health_covid"),
    ("La lutte contre la pandémie appelle une réponse coordonnée.", "health_covid"),
    ("Il a demandé la libération d'Alexeï Navalny.", "human_rights_prisoners"),
    (
        "Le Président a exprimé sa préoccupation sur la situation des droits de l'Homme.",
        "human_rights_prisoners",
    ),
    ("Il a évoqué le sort de nos compatriotes détenus.", "human_rights_prisoners"),
    ("Les otages doivent être libérés.", "human_rights_prisoners"),
    ("L'éducation des filles et les droits des femmes ne sont pas négociables.", "human_rights_prisoners"),
    (
        "Il a souhaité un meilleur accès au marché et des conditions de concurrence équitables.",
        "trade",
    ),
    ("Les droits de douane annoncés sont injustifiés.", "trade"),
    ("Des contrats ont été signés dans l'aéronautique et l'agroalimentaire.", "trade"),
    ("Ils ont parlé de la procédure sur le cognac.", "trade"),
    ("Ils ont évoqué la relation bilatérale.", "bilateral_relations"),
    ("Le dialogue de Trianon permet de rapprocher les sociétés civiles.", "bilateral_relations"),
    ("Ils ont fait le point sur les relations entre l'Union européenne et la Russie.", "bilateral_relations"),
    ("Ils ont salué la vigueur de l'amitié qui lie les deux peuples.", "bilateral_relations"),
    ("Ils rendront hommage aux anciens combattants de la Seconde Guerre mondiale.", "history_ww2"),
    ("Le Président participera aux commémorations du Débarquement.", "history_ww2 summit_follow_up"),
    (
        "Les deux présidents ont chargé leurs conseillers diplomatiques de poursuivre ce travail.",
        "summit_follow_up",
    ),
    ("Le Président a accepté l'invitation à se rendre en visite d'État l'an prochain.", "summit_follow_up"),
    ("Les ministres des Affaires étrangères se réuniront la semaine prochaine.", "summit_follow_up"),
    ("Ils sont convenus de se retrouver avant l'été.", "summit_follow_up"),
    ("Un groupe de travail sera mis en place.", "summit_follow_up"),
    ("Ils préparent le prochain sommet.", "summit_follow_up"),
    ("Ils ont évoqué l'Ukraine, la Syrie et le dossier nucléaire iranien.", "ukraine middle_east iran"),
    ("Les échanges commerciaux et les projets énergétiques progressent.", "trade energy"),
    (
        "Il a condamné le transfert forcé d'enfants ukrainiens et demandé leur retour.",
        "ukraine human_rights_prisoners",
    ),
    (
        "Un échange de prisonniers entre Kiev et Moscou est un signal positif.",
        "ukraine human_rights_prisoners",
    ),
    (
        "Il a rappelé les effets des sanctions sur les exportations de céréales et d'engrais.",
        "sanctions_economy trade",
    ),
    # Paraphrases: ordinary wording without the usual names.
    (
        "Le Président de la République a rappelé que les frontières ne sauraient être modifiées par la force.",
        "ukraine",
    ),
    ("Il a exhorté son homologue à mettre fin aux combats et à retirer ses troupes.", "ukraine"),
    ("Ils ont évoqué le soutien militaire apporté à Kiev.", "ukraine"),
    (
        "Ils sont convenus de la nécessité de faire avancer le règlement de la crise dans le Donbass.",
        "ukraine",
    ),
    ("Le Président a demandé la libération immédiate de nos compatriotes détenus.", "human_rights_prisoners"),
    (
        "Il a fait part de ses préoccupations concernant la situation au Xinjiang et à Hong Kong.",
        "china_taiwan human_rights_prisoners",
    ),
    ("Ils ont échangé sur l'ouverture du marché chinois aux entreprises françaises.", "trade"),
    ("La situation dans le détroit de Taïwan a été abordée.", "china_taiwan"),
    ("Ils ont passé en revue l'état de la relation bilatérale.", "bilateral_relations"),
    ("Le Président a souligné la responsabilité de la Russie dans les attaques informatiques.", "cyber"),
    ("Ils ont salué la prolongation du traité New Start.", "arms_control"),
    ("Le Président a appelé l'Iran à se conformer à ses obligations au titre de l'accord de Vienne.", "iran"),
    ("Il a appelé à un cessez-le-feu durable et à l'acheminement de l'aide à Gaza.", "middle_east"),
    ("Ils ont préparé le sommet de l'OTAN de Vilnius.", "nato"),
    (
        "Le Président a rappelé la détermination des Européens à accroître la pression par de nouvelles sanctions.",
        "sanctions_economy",
    ),
    ("Ils ont abordé la sécurité des approvisionnements en gaz.", "energy"),
    ("Ils ont échangé sur la préparation de la COP et la sortie du charbon.", "climate"),
    ("Ils ont évoqué l'accès équitable aux vaccins.", "health_covid"),
    ("Les opérations d'évacuation à Kaboul ont été évoquées.", "afghanistan"),
    ("Ils ont condamné les essais nucléaires nord-coréens.", "korea"),
    ("Le Président a invité son homologue à se rendre à Paris.", "summit_follow_up"),
    (
        "Les ministres des Affaires étrangères poursuivront ce travail dans les prochains jours.",
        "summit_follow_up",
    ),
    ("Les conditions de fonctionnement des ambassades ont été discutées.", "diplomats"),
    ("Ils ont rendu hommage aux combattants de la Seconde Guerre mondiale.", "history_ww2"),
    ("Le Président a rappelé son attachement à une architecture de sécurité en Europe.", "european_security"),
    (
        "Le Président a réaffirmé le soutien de la France à la souveraineté et à l'intégrité territoriale de l'Ukraine.",
        "ukraine",
    ),
    ("Il a insisté sur la sécurité de la centrale de Zaporijjia et la mission de l'AIEA.", "ukraine"),
    ("Ils ont évoqué la relance des négociations sur le programme nucléaire iranien.", "iran"),
    ("Ils ont souligné leur volonté d'approfondir le dialogue sur la stabilité stratégique.", "arms_control"),
    ("Le Président a plaidé pour un rééquilibrage des échanges économiques.", "trade"),
    ("Ils ont évoqué le Liban et la formation d'un gouvernement.", "middle_east"),
    ("Le Président a évoqué le cas d'Alexeï Navalny.", "human_rights_prisoners"),
    ("Ils ont échangé sur les tensions en mer de Chine méridionale.", "china_taiwan"),
    ("Les deux chefs d'État ont fait le point sur la coopération dans le nucléaire civil.", "energy"),
    (
        "Ils ont célébré les soixante ans de l'établissement des relations diplomatiques.",
        "bilateral_relations",
    ),
    ("Le Président a redit son engagement pour l'Alliance atlantique.", "nato"),
    ("Une nouvelle rencontre est prévue en marge du G20.", "summit_follow_up"),
    # Families met in published readouts, in invented sentences.
    ("Le Premier ministre a rappelé les droits de la personne.", "human_rights_prisoners"),
    ("Il a évoqué les Français que le pays détient arbitrairement.", "human_rights_prisoners"),
    ("Les ministres ont parlé du fort lien entre la Belgique et le Maroc.", "bilateral_relations"),
    ("Ils ont salué la vigueur des relations nippo-françaises.", "bilateral_relations"),
    (
        "Le chef de l'État souhaite une coopération plus dense entre la Norvège et la Tunisie.",
        "bilateral_relations",
    ),
    ("Ils ont salué une relation sereine et confiante.", "bilateral_relations"),
    ("La prochaine session du haut comité se tiendra à Lomé.", "summit_follow_up"),
    ("Ils sont convenus d'ouvrir des consultations approfondies.", "summit_follow_up"),
    ("La visite du ministre a été reportée et une nouvelle date sera fixée.", "summit_follow_up"),
    ("Ils ont discuté du commerce numérique et des tarifs de représailles.", "trade"),
    ("Ils souhaitent créer de bons emplois dans l'aérospatiale.", "trade"),
    ("Un accord vise à renforcer la sécurité économique.", "trade"),
    ("Il a demandé des pauses humanitaires.", "middle_east"),
    ("Il a redit le droit des Israéliens à vivre en paix.", "middle_east"),
    ("Ils ont abordé l'attitude de l'Iran dans son voisinage.", "middle_east"),
    ("Le Canada assume le rôle de pays-cadre du groupement multinational.", "nato"),
    ("Il a annoncé l'envoi de soldats en Lettonie.", "nato"),
    ("Il a demandé que soient immobilisés les actifs de la banque centrale.", "sanctions_economy"),
    ("La sécurité de l'Asie et celle de l'Europe sont indissociables, a-t-il dit.", "european_security"),
    ("Ils ont évoqué la transition énergétique.", "energy climate"),
    ("Le ministre a demandé la protection consulaire de deux voyageurs.", "diplomats"),
    ("Le retrait du TNP serait d'une extrême gravité.", "arms_control"),
    ("Ils ont parlé du nucléaire nord-coréen.", "korea"),
    ("Ils ont échangé sur le climat, la sécheresse et la forêt.", "climate"),
    ("Une conférence sur la protection des océans suivra.", "climate"),
    ("Les menaces hybrides appellent une réponse commune.", "cyber"),
    ("Il a rappelé les conséquences alimentaires de la guerre et le processus d'Istanbul.", "ukraine"),
    # Families of a second round: how ministries and heads of state tell whole talks, in invented sentences.
    ("Les ministres ont relevé la qualité des liens d'amitié et de coopération.", "bilateral_relations"),
    ("La coopération transfrontalière progresse de part et d'autre du fleuve.", "bilateral_relations"),
    ("Il souhaite hisser la coopération avec la Norvège à un niveau supérieur.", "bilateral_relations"),
    ("Ils ont parlé des relations Suisse-UE.", "bilateral_relations"),
    ("Les deux capitales veulent resserrer leurs liens.", "bilateral_relations"),
    ("Ils ont dressé le bilan du dernier sommet.", "summit_follow_up"),
    (
        "Ils ont examiné l'application des engagements pris lors de la visite d'État de mai.",
        "summit_follow_up",
    ),
    ("Un déplacement du Président à Oslo a été envisagé.", "summit_follow_up"),
    ("Ils sont convenus d'échanger à ce propos dans les prochaines semaines.", "summit_follow_up"),
    ("Le Premier ministre a dit son plaisir d'accueillir bientôt son homologue.", "summit_follow_up"),
    ("Ils ont abordé la situation en Méditerranée orientale.", "middle_east"),
    ("Le Roi a redit son soutien à la cause palestinienne.", "middle_east"),
    ("Il a invité Téhéran à répondre aux demandes de l'Agence internationale.", "iran"),
    ("Le maintien de l'embargo sur la viande bovine a été regretté.", "trade"),
    ("Ils ont rencontré des hommes d'affaires des deux rives de la Manche.", "trade"),
    ("Les entreprises souhaitent investir dans les infrastructures énergétiques du pays.", "trade energy"),
    ("Il a fait valoir que l'ordre sécuritaire du continent était ébranlé.", "european_security"),
    ("Le retour des hauts-commissaires a été convenu.", "diplomats"),
    ("La pression sur Moscou doit se maintenir.", "ukraine"),
    ("Il a dénoncé les ingérences étrangères dans les campagnes électorales.", "cyber"),
    ("Ils veulent aboutir à un cadre mondial pour la biodiversité.", "climate"),
    ("La concertation entre la France et la Norvège est étroite.", "bilateral_relations"),
    ("Ils entendent hisser ces relations à un rang plus élevé.", "bilateral_relations"),
    ("Une saison croisée aura pour thème les métiers d'art.", "bilateral_relations"),
    ("La réouverture de la représentation à Bagdad est à l'étude.", "diplomats"),
    ("Il redoute une conflagration régionale.", "middle_east"),
    ("L'accord conclu à Vienne doit survivre.", "iran"),
    ("La sûreté de la centrale ne doit pas être mise en jeu.", "ukraine"),
    ("Il faut limiter la taille des arsenaux des puissances.", "arms_control"),
    ("Une enquête vise les eaux-de-vie et les cosmétiques.", "trade"),
    ("Ils veulent résorber ces déséquilibres.", "trade"),
    ("La préparation de l'entrée des vins a porté sur la compétitivité des filières.", "trade"),
    ("Le sommet des alliés fixera la part de l'investissement dans la défense.", "nato"),
    ("Les hauts fonctionnaires poursuivront ce travail.", "summit_follow_up"),
    ("La session de la Haute commission mixte sera préparée par un comité de suivi.", "summit_follow_up"),
    ("Les alliés continueront d'imposer un coût élevé à Moscou.", "sanctions_economy"),
    ("Il a remercié son hôte pour l'envoi de générateurs d'oxygène.", "health_covid"),
    ("Ils souhaitent donner un nouvel essor au partenariat.", "bilateral_relations"),
    ("La situation des travailleurs frontaliers les occupe.", "bilateral_relations"),
    ("Il a vanté l'attractivité du pays et ses débouchés.", "trade"),
    ("La disparition des espèces les inquiète.", "climate"),
    ("Le roi leur rendra visite en mars.", "summit_follow_up"),
)

TRAPS: tuple[tuple[str, str], ...] = (
    ("Le transit du gaz russe par l'Ukraine doit se poursuivre.", "energy"),
    ("L'échange s'est tenu dans un climat de confiance.", ""),
    ("Le climat des affaires s'améliore.", "trade"),
    ("Il a fait preuve de beaucoup d'énergie au service de la paix.", ""),
    ("La voie de la diplomatie doit être privilégiée.", ""),
    ("L'ambassadrice de la culture a remis le prix.", ""),
    ("L'alliance des musées a prêté deux tableaux.", ""),
    ("Nos alliés et nos partenaires partagent cette vue.", ""),
    ("Les opinions de part et d'autre, y compris outre-Atlantique, l'attendent.", ""),
    ("L'expédition a atteint le sommet de la montagne.", ""),
    ("La mission spatiale commune décollera de Kourou.", ""),
    ("Le sénateur Anatole Renard assistait à la remise.", ""),
    ("Un tribunal avait prononcé une sanction pénale.", ""),
    ("Le directeur général de l'Agence internationale de l'énergie atomique a rendu son rapport.", ""),
    ("Les émissions de gaz à effet de serre doivent reculer.", "climate"),
    ("Le Groupe de Minsk doit reprendre son travail sur le Haut-Karabagh.", ""),
    ("Ils ont appelé à la désescalade entre l'Arménie et l'Azerbaïdjan.", ""),
    ("Malgré la pandémie, le festival a eu lieu.", ""),
    ("L'état de santé du chanteur s'améliore.", ""),
    ("Le centre recevra un peintre d'origine iranienne.", ""),
    ("L'attaque de l'Iran contre Israël a été condamnée.", "middle_east"),
    ("Les migrants attendent le débarquement des passagers.", ""),
    ("Le débat n'a pas été pris en otage par les calendriers.", ""),
    ("Depuis 1945, la paix est notre bien commun.", ""),
    ("Ils sont convenus de rester en contact.", ""),
    ("Ils ont parlé du satellite commun d'observation.", ""),
    ("Le plafonnement du prix du pétrole doit être respecté.", "sanctions_economy"),
    ("Le Président du Conseil européen y a été associé.", ""),
    ("Ils ont reçu leurs partenaires bilatéraux et multilatéraux.", ""),
    ("Les dirigeants de l'OTAN se réuniront en juillet.", "nato"),
    ("Le prochain sommet du Commonwealth a été évoqué.", ""),
    ("L'entretien s'est tenu dans un climat de franche cordialité.", ""),
    ("La France et l'Inde agiront de concert dans l'Indopacifique.", ""),
    ("Le pays se tiendra aux côtés de ses voisins.", ""),
    ("Aucune discussion sur l'Ukraine ne vaut sans les Ukrainiens.", "ukraine"),
    ("Le ministre a effectué une visite de travail à Lisbonne les 3 et 4 mai.", ""),
    ("Les élections législatives auront lieu en septembre.", ""),
    ("Le Conseil européen se réunira en décembre.", ""),
    ("La réunion des ministres du G7 se tiendra à Kyoto.", ""),
    ("Il a été reçu par le ministre délégué chargé du Commerce extérieur.", ""),
    ("Ils ont évoqué la Communauté politique européenne.", ""),
    ("Il a fait part de ses vœux au président égyptien.", ""),
    ("Le diplomate a exposé ses vues.", ""),
    ("Ils ont préparé le prochain Conseil européen.", ""),
    ("Il a salué sa participation à la conférence des donateurs.", ""),
    ("La piraterie dans le golfe de Guinée les préoccupe.", ""),
    ("Les frappes contre les infrastructures énergétiques doivent cesser.", "ukraine"),
    ("Cette invitation honore le ministre.", ""),
    ("La question kurde a été évoquée.", ""),
    ("Ils se sont parlé des canaux bilatéraux de livraison.", ""),
    ("La répression transnationale et le crime organisé doivent être combattus.", ""),
    ("La cérémonie de commémoration des relations diplomatiques a eu lieu à Berne.", "bilateral_relations"),
    ("Les citoyens rapatriés de la province de Hubei, en Chine, vont bien.", ""),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("Le dossier iranien n'a pas été abordé.", "iran"),
    ("L'élargissement de l'OTAN ne figurait pas à l'ordre du jour.", "nato"),
    ("Contrairement à ce qui a été écrit, les sanctions n'ont pas été évoquées.", "sanctions_economy"),
    ("Il n'a pas été question de Taïwan.", "china_taiwan"),
    ("La Corée n'a été mentionnée à aucun moment.", "korea"),
)


OPENING = "Le Président s'est entretenu ce jour avec son homologue."

tagged = partial(sentences.tagged, "fr", opening=OPENING)


def test_negated_demand_is_a_mention() -> None:
    assert tagged("La Russie ne doit pas attaquer l'Ukraine.")[0] == ({"ukraine"}, set())


def test_one_weak_cue_carries_on_the_topic_of_the_sentence_before() -> None:
    before, after = tagged("Ils ont parlé de la Syrie.", "L'aide humanitaire doit y parvenir.")
    assert before[0] == after[0] == {"middle_east"}
    assert tagged("L'aide humanitaire doit y parvenir.")[0][0] == set()


def test_whole_texts_are_tagged_nearly_right() -> None:
    hit = wrong = missed = 0
    content = (Path(__file__).parent / "texts" / "fr.txt").read_text(encoding="utf-8")
    for text in content.split("\n\n")[1:]:
        rows = [line.split("|", 1) for line in text.splitlines()]
        passages, start = [], 0
        for index, (_, sentence) in enumerate(rows):
            end = start + len(sentence.strip())
            passages.append(Passage("r", index, Span(start, end), sentence.strip(), "fr"))
            start = end + 1
        found = {(h.passage_index, h.topic_id) for h in tag_topics(passages, load_scheme()) if not h.denied}
        marked = [(i, label) for i, (labels, _) in enumerate(rows) for label in labels.split()]
        gold = {(i, label) for i, label in marked if label[-1] not in "~!"}
        inferred = {(i, label[:-1]) for i, label in marked if label[-1] == "~"}
        hit += len(found & gold)
        wrong += len(found - gold - inferred)
        missed += len(gold - found)
    # Above the goal for unseen text (0.90): the texts were at hand when the cues were written.
    assert 2 * hit / (2 * hit + wrong + missed) >= 0.94
