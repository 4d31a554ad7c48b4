"""Whose a statement is: sentences as articles word them, with the state whose office publishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_diff.language import normalise_code
from readout_diff.loaders.article import split_article
from readout_diff.loaders.publishers import Office, publisher_table
from readout_diff.loaders.sites import find_sites

LANGUAGES = (
    # the name of a language is no state
    ("das wir im spanischen Original abdrucken", None),
    ("Der Text liegt auf der englischen und der türkischen Seite vor", "Türkiye"),
    ("auf der polnischen Version der Seite der Kanzlei des tschechischen Ministerpräsidenten", "Czechia"),
    ("Das Präsidialamt in Astana, auf Russisch:", "Kazakhstan"),
    ("Aus dem Russischen von uns, die Mitteilung aus Astana:", "Kazakhstan"),
    ("aus dem Litauischen übersetzt", None),
    ("Die deutsche Übersetzung stammt von uns.", None),
    ("eine deutschsprachige Zeitung", None),
    ("Die Republik Moldau, im Russischen:", "Moldova"),
    ("translated from Turkish", None),
    ("Der Makler in Hua Hin spricht Deutsch.", None),
    ("Теперь для тех, кто в школе учил немецкий:", None),
    ("For readers without French:", None),
    ("Pour les lecteurs sans l'anglais :", None),
    ("Berlin spricht mit Warschau, hier die deutsche Erklärung:", "Germany"),
    ("Published in Russian on the site of the Kazakh presidency:", "Kazakhstan"),
    ("The Russian-language site of the Armenian foreign ministry has this:", "Armenia"),
    ("On the Russian version of its website the Uzbek presidency writes:", "Uzbekistan"),
    ("in Russian and Kazakh", None),
    ("auf Russisch und Kasachisch", None),
    ("en russe et kazakh", None),
    ("на русском и турецком языках", None),
    ("our own Polish translation", None),
    ("traduit du russe par nos soins", None),
    ("Le texte, publié en russe par la présidence kazakhe :", "Kazakhstan"),
    ("la version russe du site de la présidence arménienne indique :", "Armenia"),
    ("en langue espagnole", None),
    ("traduction allemande de la rédaction", None),
    ("На английской версии сайта канцелярии премьер-министра Польши находим следующее:", "Poland"),
    ("На русской и немецкой версии сайта", None),
    ("В немецкой версии сайта правительства Венгрии сказано:", "Hungary"),
    ("привожу по-немецки", None),
    ("перевод с турецкого мой", None),
    ("Немецкий перевод наш.", None),
    # a state is one all the same
    ("aus dem türkischen Präsidialamt heißt es:", "Türkiye"),
    ("im Deutschen Bundestag", "Germany"),
    ("Aus dem Polnischen Außenministerium:", "Poland"),
    ("die russische Mitteilung", "Russia"),
    ("The Turkish version of the call reads:", "Türkiye"),
    ("In Japan the ministry said:", "Japan"),
    ("from Iranian state media", "Iran"),
    ("LE TEXTE RUSSE", "Russia"),
    ("la version russe de l’entretien", "Russia"),
    ("En Russie, la présidence écrit :", "Russia"),
    ("на турецкой стороне", "Türkiye"),
)
ABBREVIATED = (
    ("В связи с наводнением на юге Узбекистана МИД КР выступил с обращением.", "Kyrgyzstan"),
    ("Как сообщили в МИД РК", "Kazakhstan"),
    ("МИДа РТ", "Tajikistan"),
    ("в Министерстве иностранных дел РУз", "Uzbekistan"),
    ("Пресс-служба президента РБ", "Belarus"),
    ("МИД РА", "Armenia"), ("МИД АР", "Azerbaijan"), ("МИД РМ", "Moldova"),
    ("Минэнерго РФ", "Russia"),
    ("Министерство энергетики РК сообщает", "Kazakhstan"),
    ("Правительство РТ сообщает", None),  # of a region
    ("Компания КР сообщает", None),
    ("турецкий МИД", "Türkiye"),
    ("МИД Узбекистана", "Uzbekistan"),
    ("Ministry of Foreign Affairs, Beijing", "China"),
    ("—Department of Foreign Affairs (DFA), Manila, in a press statement on March 1", "Philippines"),
    ("the Ministry of Foreign Affairs (MOFA) of Japan", "Japan"),
    ("MOFA Tokyo", "Japan"),
    ("Le MAE roumain", "Romania"),
)  # fmt: skip
OFFICES = (
    ("Das Departement für Umwelt, Verkehr, Energie und Kommunikation (UVEK) verschickte seine Zusammenfassung.", "Switzerland"),
    ("Das Departement für auswärtige Angelegenheiten teilte mit:", "Switzerland"),
    ("Le Conseil fédéral écrit :", "Switzerland"),
    ("Das VBS schreibt:", "Switzerland"),
    ("Der Schweizer Bundesrat teilt mit:", "Switzerland"),
    ("Der Bundesrat hat dem Gesetz zugestimmt.", None),
    ("Das US-Departement für Landwirtschaft", "United States"),
    ("La Cancillería argentina publicó:", "Argentina"),
    ("Der Itamaraty brauchte zwei Tage.", "Brazil"),
    ("The Akorda press service said:", "Kazakhstan"),
    ("Le communiqué de Baabda :", "Lebanon"),
    ("The Farnesina said:", "Italy"),
    ("La Moncloa a publié :", "Spain"),
    ("Das Büro des polnischen Ministerpräsidenten schreibt:", "Poland"),
    ("Канцелярия премьер-министра Польши сообщила:", "Poland"),
    ("Канцелярия премьер-министра Великобритании сообщила:", "United Kingdom"),
    ("Кабинет министров Азербайджана", "Azerbaijan"),
    ("Ведомство печати федерального правительства рассказало об этом так:", "Germany"),
    ("das Außenministerium der Republik Korea", "South Korea"),
    ("Das koreanische Außenministerium", "South Korea"),
    ("the Hellenic Ministry of Foreign Affairs", "Greece"),
    ("Le SPF Affaires étrangères a envoyé ce communiqué :", "Belgium"),
)  # fmt: skip
SUBJECTS = (
    # what is said of another in passing
    (
        "Mit diesem Text meldete sich Pristina, noch bevor die serbische Delegation das Gebäude des Europäischen"
        " Auswärtigen Dienstes verlassen hatte.",
        "Kosovo",
    ),
    ("Nachdem das Weiße Haus seine Fassung veröffentlicht hatte, zog Ankara nach:", "Türkiye"),
    ("While the White House kept silent, the Polish government published this:", "Poland"),
    ("Kyiv answered, although the Kremlin had asked it not to:", "Ukraine"),
    ("Athènes a publié ce texte, alors que le Kremlin gardait le silence.", "Greece"),
    ("Анкара ответила, прежде чем Кремль опубликовал свой текст:", "Türkiye"),
    # to whom, and where
    ("In einem Brief an das Auswärtige Amt schreibt die türkische Botschaft:", "Türkiye"),
    ("A letter to the European Commission from Warsaw says:", "Poland"),
    ("Outside the Kremlin, Astana's delegation gave out this text:", "Kazakhstan"),
    ("Le texte, remis à la Commission européenne par Tunis :", "Tunisia"),
    ("У здания МИД РФ посольство Казахстана распространило текст:", "Kazakhstan"),
    # whose text is answered
    ("Managua rejects the alarmist communiqué issued by the Ministry of Foreign Affairs of Costa Rica.", "Nicaragua"),
    ("Kiew weist die Erklärung des Kreml zurück:", "Ukraine"),
    ("Rabat rejette la déclaration de la présidence algérienne :", "Morocco"),
    ("Ереван отверг заявление МИД Азербайджана:", "Armenia"),
    # organisations
    ("La Commission de la CEDEAO a publié ceci :", "ECOWAS"),
    ("The Secretariat of the League of Arab States wrote:", "Arab League"),
    ("Im Wortlaut der Mitteilung der ASEAN:", "ASEAN"),
    ("В ОДКБ опубликовали такой текст:", "CSTO"),
    ("海湾合作委员会发表声明：", "Gulf Cooperation Council"),
    ("The China Coast Guard (CCG) said in a statement:", "China"),
    # an organisation as the occasion
    ("Malaysia's foreign ministry wrote after the ASEAN summit:", "Malaysia"),
    ("The Saudi foreign ministry, which chairs the GCC, wrote:", "Saudi Arabia"),
    ("The Emirati foreign ministry on the Gulf Cooperation Council meeting:", "United Arab Emirates"),
    ("Nigeria's presidency, which chairs ECOWAS, wrote:", "Nigeria"),
    ("The Arab League summit in Baghdad: what Iraq's foreign ministry said:", "Iraq"),
    ("МИД Казахстана о встрече ОДКБ:", "Kazakhstan"),
    ("东盟外长会后，中国外交部发表声明：", "China"),
    ("Zur SOZ-Tagung berichtet das chinesische Außenministerium:", "China"),
    ("The Ivorian presidency published this:", "Côte d'Ivoire"),
    # but an office that speaks is one
    ("Before noon the Kremlin published this:", "Russia"),
    ("Das antwortete der Sprecher des Kreml:", "Russia"),
    ("The denial came in a statement by the Kremlin:", "Russia"),
)  # fmt: skip
PRESS = (
    ("Wir drucken ihn, weil er in den deutschen Agenturen auf eine Zeile schrumpfte:", None),
    ("The Turkish media have printed half of it:", None),
    ("Российские СМИ об этом молчали.", None),
    ("Les journaux français n'en ont rien dit.", None),
    ("The Turkish press service wrote:", "Türkiye"),
    ("The Iranian news agency carried this text:", "Iran"),
    ("Die türkische Presseerklärung im Wortlaut:", "Türkiye"),
)
# what is said of a government, word by word
ADJECTIVES = {
    "le gouvernement {} a publié": (
        "azéri costaricain djiboutien dominicain émirien gambien haïtien jamaïcain malaisien namibien nicaraguayen salvadorien"
        " sierra-léonais sri-lankais tanzanien yéménite zambien zimbabwéen ivoirien béninois turc grec tchadien nigérien"
    ),
    "die {} Regierung": (
        "weißrussische birmanische botsuanische zentralafrikanische costaricanische dominikanische emiratische malaysische"
        " madagassische sierra-leonische taiwanische tansanische sambische simbabwische haitianische kirgisische"
    ),
    "Как сообщило {} правительство": (
        "буркинийское центральноафриканское костариканское джибутийское эмиратское ганское гвинейское гаитянское ивуарийское"
        " ямайское македонское голландское южносуданское чадское тоголезское зимбабвийское кыргызстанское"
    ),
    "The {} government said": "Ecuadorean Kazakhstani Luxembourgish Uzbekistani Tajikistani Ivorian Nigerien Emirati",
}  # fmt: skip
SITES = (
    ("Source : kremlin.ru, 2 avril 2025", "Russia"),
    ("Quelle: akorda.kz", "Kazakhstan"),
    ("Источник: mfa.gov.az", "Azerbaijan"),
    ("https://www.mfa.am/en/press-releases/2027/03/01", "Armenia"),
    ("mofa.go.jp", "Japan"), ("mea.gov.in", "India"), ("www.gov.pl/web/premier", "Poland"), ("gov.il", "Israel"),
    ("sis.gov.eg", "Egypt"), ("mofa.gov.sa", "Saudi Arabia"), ("mfa.ir", "Iran"), ("state.gov", "United States"),
    ("president.gov.ua", "Ukraine"), ("elysee.fr", "France"), ("auswaertiges-amt.de", "Germany"), ("mzv.gov.cz", "Czechia"),
    ("cancilleria.gob.ec", "Ecuador"), ("diplomatie.gouv.sn", "Senegal"), ("admin.ch", "Switzerland"), ("president.uz", "Uzbekistan"),
    ("fmprc.gov.cn", "China"), ("premier.gov.ru", "Russia"),
    ("news.am", None), ("post@mfa.gov.az", None), ("president.example.org", None), ("mfa.gov.az.example.org", None),
)  # fmt: skip


@pytest.mark.parametrize(("words", "party"), [*LANGUAGES, *ABBREVIATED, *OFFICES, *SUBJECTS, *PRESS, *SITES])
def test_an_office_is_known_by_what_articles_say(words: str, party: str | None) -> None:
    hit = publisher_table().best(words)
    assert (hit.office.party if hit is not None else None) == party


@pytest.mark.parametrize(
    "words", [frame.format(word) for frame, words in ADJECTIVES.items() for word in words.split()]
)
def test_an_adjective_names_its_state(words: str) -> None:
    assert any(hit.office.party for hit in publisher_table().find(words))


def test_an_embassy_is_no_news_agency() -> None:
    hit = publisher_table().best("The Chinese embassy wrote:")
    assert hit is not None
    assert (hit.office.party, hit.office.news) == ("China", False)


def test_a_site_is_called_after_its_office() -> None:
    (site,) = find_sites("Zitat von www.mfa.gov.tr/no-241")
    assert (site.domain, site.name) == ("tr", "Ministry of Foreign Affairs of {party}")


SPOKE = "“The Secretary met the Minister in Xiamen on 1 March. The two sides had frank and candid discussions at length.”"
MORE = "“The two sides had an exchange of views. The Secretary stressed that the shoal has always been so and will be.”"


def test_a_dashed_line_belongs_to_the_quotation_above() -> None:
    split = split_article(
        "\n\n".join(
            [
                "Two statements",
                "What came out of it for the public were two statements.",
                SPOKE,
                "—Department of Foreign Affairs (DFA), Manila, in a press statement",
                MORE,
                "— Ministry of Foreign Affairs, Beijing, English version",
                "That is all there is, I think.",
            ]
        )
    )
    assert [(readout.party, readout.text) for readout in split.statements][-1] == ("China", MORE.strip("“”"))
    assert "Philippines" not in {readout.party for readout in split.statements[1:]}


NOTE = (
    "The President spoke today with the Chancellor about the harvest and the ports. They agreed that inspections should"
    " resume before the autumn."
)


@pytest.mark.parametrize(
    ("lead", "party", "publisher"),
    [
        ("The Turkish readout:", "Türkiye", "Government of Türkiye"),
        ("THE SAUDI READOUT:", "Saudi Arabia", "Government of Saudi Arabia"),
        ("Ankara:", "Türkiye", "Ankara"),
        ("What Akorda put out an hour later reads:", "Kazakhstan", "Akorda"),
        ("This is what the Residency published:", None, "Residency"),
    ],
)
def test_a_publisher_is_the_name_of_an_office(lead: str, party: str | None, publisher: str) -> None:
    (readout,) = split_article(f"Two calls\n\n{lead}\n\n{NOTE}\n\nThat is all there is, I think.").statements
    assert (readout.party, readout.publisher) == (party, publisher)


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("la version turque", "Türkiye"),
        ("die Mail aus Jerewan", "Armenia"),
        ("le texte de Bogota", "Colombia"),
        ("le ministre argentin", "Argentina"),
        ("le président colombien", "Colombia"),
        ("le communiqué ouzbek", "Uzbekistan"),
        ("le ministre tadjik", "Tajikistan"),
        ("le ministère indonésien", "Indonesia"),
        ("le ministre mauritanien", "Mauritania"),
        ("die venezolanische Regierung", "Venezuela"),
        ("the Burkinabe communiqué", "Burkina Faso"),
        ("a statement from Delhi", "India"),
        ("сообщение из Абу-Даби", "United Arab Emirates"),
        ("делили поровну", None),
    ],
)
def test_states_and_capitals_are_known_in_their_forms(words: str, party: str | None) -> None:
    named = {hit.office.party for hit in publisher_table().find(words)} - {None}
    assert named == ({party} if party else set())


@pytest.mark.parametrize(
    "words",
    ["wer kein Türkisch spricht", "readers of Turkish", "pas de version turque", "no Turkish version yet", "qui lisent le turc"],
)  # fmt: skip
def test_a_language_that_somebody_reads_is_no_state(words: str) -> None:
    assert publisher_table().best(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "Die Kanzlei für Kosovo der serbischen Regierung war die Erste:",
        "The Serbian government's Office for Kosovo wrote:",
        "Сообщение Канцелярии по Косову Правительства Сербии:",
    ],
)
def test_what_an_office_is_in_charge_of_is_not_whose_it_is(words: str) -> None:
    hit = publisher_table().best(words)
    assert hit is not None
    assert hit.office.party == "Serbia"


def test_a_foreign_office_is_that_of_the_state_named_beside_it() -> None:
    pakistan = publisher_table().best("Pakistan's Foreign Office said in a statement:")
    britain = publisher_table().best("The British Foreign Office said in a statement:")
    assert pakistan is not None
    assert britain is not None
    assert (pakistan.office.party, britain.office.party) == ("Pakistan", "United Kingdom")


@pytest.mark.parametrize(
    ("states", "party"),
    [("Österreich", "Austria"), ("Österreich und Deutschland", "Germany"), ("Ungarn", "Germany")],
)
def test_an_office_may_have_a_namesake_in_a_state_the_article_names(states: str, party: str) -> None:
    text = (
        f"In {states} ist man überrascht, dass die Fähren seit neun Tagen nicht mehr fahren.\n\n"
        "Das Bundeskanzleramt verbreitete am Abend diese Aussendung:\n\n"
        "„Der Bundeskanzler traf heute in Eisenstadt mit dem Ministerpräsidenten zusammen. Die beiden erörterten die"
        " Lage an der Grenze und vereinbarten, die Kontrollen im Mai neu zu bewerten.“\n\n"
        "Das ist der Stoff, aus dem die Schlagzeilen waren, und mehr steht wirklich nicht darin."
    )
    assert [readout.party for readout in split_article(text).statements] == [party]


@pytest.mark.parametrize(
    ("lead", "party"),
    [
        ("After the call with Minsk the Polish foreign ministry said in a readout:", "Poland"),
        ("After the meeting the Polish foreign ministry published this statement:", "Poland"),
        ("Because of the row the Polish government wrote:", "Poland"),
        ("Auf die Note aus Minsk antwortete man mit einer Erklärung des litauischen Außenministeriums:", "Lithuania"),
        ("Rome responded with this statement by the Italian foreign ministry:", "Italy"),
        ("sagte der Premier.In der Erklärung des italienischen Außenministeriums heißt es:", "Italy"),
        ("Un texte du conseil fédéral allemand :", "Germany"),
        ("Speaking outside the White House, Senator Graham said:", None),
    ],
)  # fmt: skip
def test_who_acts_is_told_from_who_is_named_in_passing(lead: str, party: str | None) -> None:
    hit = publisher_table().best(lead)
    assert (hit.office.party if hit is not None else None) == party


def test_a_namesake_is_meant_where_the_other_state_is_only_named_as_a_language() -> None:
    table = publisher_table(None)
    vienna = "Der österreichische Bundeskanzler telefonierte mit Ankara."
    for text, party in (
        (vienna, "Austria"),
        (f"{vienna} Hier ist der Text in deutscher Übersetzung:", "Austria"),
        (f"{vienna} Die deutsche Regierung schwieg.", "Germany"),
        ("Der Bundeskanzler telefonierte mit Ankara.", "Germany"),
    ):
        assert table.meant(Office("Bundesregierung", "Germany"), text).party == party
    both = f"{vienna} Die deutsche Regierung schwieg."
    for sentence, party in (
        ("Zuerst die österreichische Version, verbreitet vom Bundeskanzleramt über OTS:", "Austria"),
        ("Die deutsche Version, verbreitet vom Bundeskanzleramt:", "Germany"),
        ("Das Bundeskanzleramt schreibt:", "Germany"),
    ):
        assert table.meant(Office("Bundesregierung", "Germany"), sentence, both).party == party


def test_official_languages_are_codes_of_states_that_are_known(tmp_path: Path) -> None:
    table = publisher_table(None)
    known = {name for name, _ in table.countries} | set(table.domains.values())
    assert table.languages.keys() <= known
    assert all(normalise_code(code) == code for codes in table.languages.values() for code in codes)
    assert table.languages["Switzerland"] == {"de", "fr", "it"} | table.languages["Switzerland"] & {
        "rm",
        "gsw",
    }
    own = tmp_path / "own.toml"
    own.write_text('[countries]\n"Meridia" = ["meridia"]\n[languages]\n"Meridia" = ["pt"]\n', "utf-8")
    assert publisher_table(own).languages["Meridia"] == {"pt"}
    assert publisher_table(own).languages["Austria"] == {"de"}
