"""German cues: sentences as German readouts word them, with the topics they carry."""

from __future__ import annotations

import pytest

from readout_diff.passages import Passage
from readout_diff.readout import Span
from readout_diff.topics.scheme import load_scheme
from readout_diff.topics.tagging import tag_topics

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
ROWS: tuple[tuple[str, str], ...] = (
    # relations
    ("Beide Länder seien durch gemeinsame Werte verbunden.", "bilateral_relations"),
    ("Der Minister nannte Norland einen wichtigen Partner.", "bilateral_relations"),
    ("Der Präsident bezeichnete das Land als engsten Bündnispartner.", "bilateral_relations"),
    ("Die norländisch-südländischen Beziehungen sind ausgezeichnet.", "bilateral_relations"),
    ("Erörtert wurden einzelne Punkte der russisch-serbischen Tagesordnung.", "bilateral_relations"),
    (
        "Man wolle die Beziehungen zwischen der Schweiz und Georgien auf eine neue Stufe heben.",
        "bilateral_relations",
    ),
    ("Die Kanzlerin dankte dem Präsidenten für die vertrauensvolle Zusammenarbeit.", "bilateral_relations"),
    ("Neben bilateralen Themen wurden internationale Fragen besprochen.", "bilateral_relations"),
    ("Beide Seiten sollten das politische gegenseitige Vertrauen festigen.", "bilateral_relations"),
    ("Die Zusammenarbeit in verschiedenen Bereichen solle weiter ausgebaut werden.", "bilateral_relations"),
    ("Das Verhältnis sei auf einem Tiefpunkt angelangt.", "bilateral_relations"),
    ("Sie vereinbarten, die strategische Partnerschaft zu vertiefen.", "bilateral_relations"),
    ("Das Gespräch verlief in freundschaftlicher Atmosphäre.", ""),
    # meetings to come
    (
        "Der Kanzler lud den neuen Premierminister zu einem baldigen Besuch nach Berlin ein.",
        "summit_follow_up",
    ),
    ("Der Präsident nahm die Einladung zu einem Staatsbesuch an.", "summit_follow_up"),
    ("Beide kündigten wechselseitige Besuche an.", "summit_follow_up"),
    ("Das nächste Außenministertreffen wird im Frühsommer stattfinden.", "summit_follow_up"),
    ("Die Außenminister wurden beauftragt, die Einzelheiten zu klären.", "summit_follow_up"),
    ("Die Fachminister sollen in Kürze zusammenkommen.", "summit_follow_up"),
    ("Er freue sich, sie bald in Bern begrüßen zu dürfen.", "summit_follow_up"),
    ("Das Treffen fand am Rande der Generalversammlung statt.", ""),
    ("Die Parlamentarier treffen sich regelmäßig.", "bilateral_relations"),
    # trade
    ("Die Volkswirtschaften beider Länder sind eng verflochten.", "trade"),
    ("Sie wollen die Handelsstreitigkeiten rasch beilegen.", "trade"),
    ("Das Handelsvolumen erreichte im Vorjahr 27 Milliarden Franken.", "trade"),
    ("Er sprach sich für ein faires Geschäftsumfeld und den Abbau von Zöllen aus.", "trade"),
    ("Die wirtschaftliche und regionale Zusammenarbeit soll gestärkt werden.", "trade"),
    ("Beide wandten sich gegen Protektionismus.", "trade"),
    ("Das Volumen des gegenseitigen Handels sei um zehn Prozent gestiegen.", "trade"),
    ("Es handelt sich um eine gemeinsame Aufgabe.", ""),
    ("Unternehmen seien zu fairem Wettbewerb berechtigt.", "trade"),
    ("Die Bundesministerin für wirtschaftliche Zusammenarbeit nahm an dem Gespräch teil.", ""),
    ("Die gemeinsame Verteidigung erfordert angemessene Investitionen in die Fähigkeiten.", ""),
    # energy, climate, health
    ("Erörtert wurde die Zusammenarbeit im Energiebereich.", "energy"),
    ("Die Ukraine müsse Transitland bleiben.", "energy"),
    ("Die Versorgung mit Kernbrennstoff sei gesichert.", "energy"),
    ("Der Gastransit durch die Ukraine müsse auch künftig gesichert sein.", "energy"),
    ("Der Ausbau der Flugverbindungen werde den Touristenstrom erhöhen.", ""),
    ("Gesprochen wurde über Energie und Klima.", "climate energy"),
    ("Die Kanzlerin bedauerte den Ausstieg aus dem Pariser Klimaschutzabkommen.", "climate"),
    ("Das Gespräch fand in einem Klima der Offenheit statt.", ""),
    ("Thema war die gemeinsame Bewältigung der globalen Gesundheitskrise.", "health_covid"),
    ("Der Kauf von Impfdosen nach einer Zulassung durch die EMA wurde angesprochen.", "health_covid"),
    ("Ein Besuch sei geplant, sobald die pandemische Situation dies erlaube.", "summit_follow_up"),
    # sanctions
    ("Die Sanktionen beträfen nicht den Export von Getreide.", "sanctions_economy trade"),
    ("Ein solcher Schritt werde gravierende Konsequenzen haben.", "sanctions_economy"),
    ("Der Rat nahm neue restriktive Maßnahmen an.", "sanctions_economy"),
    # Ukraine
    ("Er müsse seinen erbarmungslosen Feldzug beenden.", "ukraine"),
    ("Der Kanzler verwies auf die Massierung russischer Streitkräfte an der Grenze.", "ukraine"),
    ("Die widerrechtlich besetzten Gebiete werde man nie anerkennen.", "ukraine"),
    ("Sie dankte für militärische, wirtschaftliche und humanitäre Unterstützung.", ""),
    ("Die russische Diplomatie sei gefordert.", ""),
    ("Ein Aktionsplan der Gruppe der Zwanzig wurde vereinbart.", ""),
    ("Erörtert wurde der Schutz der Energieanlagen vor Beschuss.", "ukraine"),
    ("Er warnte vor der Lieferung weitreichender Waffen.", "ukraine"),
    ("Die Beschlüsse gelten nicht für die Militärhilfe für Taiwan.", "china_taiwan"),
    # European security, NATO, arms control
    (
        "Der Minister sprach über den Vorsitz in der OSZE und die Sicherheitslage in Europa.",
        "european_security",
    ),
    ("Sie verurteilten die Verletzung des estnischen Luftraums.", "european_security"),
    ("Das Denken des Kalten Krieges diene der Entwicklung Europas nicht.", "european_security"),
    ("Der Generalsekretär dankte für den Beitrag zur Nato.", "nato"),
    ("Von dem Gipfel müsse ein Signal der Geschlossenheit der Allianz ausgehen.", "nato"),
    ("Er wies den Vorwurf zurück, eine schmutzige Bombe einsetzen zu wollen.", "arms_control"),
    ("Die Nuklearwaffenstaaten sollen ihre Kernwaffenbestände verringern.", "arms_control"),
    ("Der Teststoppvertrag müsse endlich in Kraft treten.", "arms_control"),
    # Middle East and Iran
    ("Russland verurteile die Angriffe Israels auf das Nachbarland.", "middle_east"),
    ("Der Kanzler unterstrich die Solidarität mit den Menschen in Israel.", "middle_east"),
    ("Die Gewaltspirale in der Region müsse durchbrochen werden.", "middle_east"),
    (
        "Sie sprachen über das ballistische Raketenprogramm des Iran und dessen Regionalaktivitäten.",
        "middle_east",
    ),
    ("Man wolle zwischen dem Iran und Israel vermitteln.", "middle_east"),
    ("Teheran dürfe niemals eine Nuklearwaffe erlangen.", "iran"),
    ("Die Anreicherungskapazität sei erneut gestiegen.", "iran"),
    ("Besprochen wurden die Nuklearverhandlungen in Genf.", "iran"),
    # Asia
    ("Die Lage auf der koreanischen Halbinsel sei kritisch.", "korea"),
    ("Nordkoreanische Soldaten kämpfen gegen die Ukraine.", "ukraine"),
    ("Thema war der Frieden in der Straße von Taiwan.", "china_taiwan"),
    ("Man arbeite an der Ausreise der Ortskräfte aus Kabul.", "afghanistan"),
    # human rights
    (
        "Die Verantwortlichen für den Mord an dem Journalisten müssten zur Rechenschaft gezogen werden.",
        "human_rights_prisoners",
    ),
    ("Die Kanzlerin verlangte eine rasche und transparente Aufklärung.", "human_rights_prisoners"),
    (
        "Im Mittelpunkt standen das Justiz- und Strafvollzugssystem sowie die Todesstrafe.",
        "human_rights_prisoners",
    ),
    ("Die Demonstrations- und die Informationsfreiheit müssten gewährt werden.", "human_rights_prisoners"),
    ("Er verurteilte den Anschlag und sprach von einem Bruch des Völkerrechts.", ""),
    ("Die Bemühungen sind darauf gerichtet, die Versorgung zu sichern.", ""),
    # cyber, diplomats, history
    ("Der Angriff wurde der Gruppe APT29 zugeordnet, die eine Sicherheitslücke ausnutzte.", "cyber"),
    ("Vier Botschaftsangehörige wurden zu unerwünschten Personen erklärt.", "diplomats"),
    ("Im Zentrum stand das Schutzmachtmandat.", "diplomats"),
    (
        "An den Feiern zur Befreiung der Häftlinge des Konzentrationslagers nahm kein Vertreter teil.",
        "history_ww2",
    ),
    ("Der Vernichtungskrieg kostete Millionen das Leben.", "history_ww2"),
    ("Die Gräueltaten der NS-Besatzung bleiben unvergessen.", "history_ww2"),
    # relations: neighbours, candidates for a union, forums
    (
        "Die Minister lobten das ausgezeichnete Einvernehmen zwischen Norland und Südland.",
        "bilateral_relations",
    ),
    ("Beide Länder pflegen traditionell gute Kontakte.", "bilateral_relations"),
    ("Im Land der Seen arbeiten die beiden Staaten seit jeher eng zusammen.", "bilateral_relations"),
    ("Er sagte Unterstützung auf dem Weg des Landes in die EU zu.", "bilateral_relations"),
    ("Auch der Stand der Beitrittsverhandlungen wurde besprochen.", "bilateral_relations"),
    ("Die Visa-Liberalisierung bleibe das Ziel.", "bilateral_relations"),
    ("Norland messe den Beziehungen zu Südland hohe Bedeutung bei.", "bilateral_relations"),
    ("Man wolle einander in internationalen Organisationen unterstützen.", "bilateral_relations"),
    ("An der Konferenz des Forums für norländische Zusammenarbeit nahmen viele Gäste teil.", ""),
    # meetings to come, or what earlier ones agreed
    ("Beide wollen den Austausch von Delegationen fördern.", "bilateral_relations summit_follow_up"),
    ("Der beim Staatsbesuch erzielte Konsens werde aktiv umgesetzt.", "summit_follow_up"),
    ("Bis zum Sommer soll ein Arbeitsplan ausgearbeitet werden.", "summit_follow_up"),
    ("Die Gemischte Kommission tritt im Herbst in Harnau zusammen.", "summit_follow_up"),
    ("Der Minister lud Unternehmen ein, das Land kennenzulernen.", ""),
    ("Im Mittelpunkt des Besuchs standen politische Konsultationen.", ""),
    # the nuclear file, and the agency elsewhere
    ("Das Nuklearthema wurde eingehend besprochen.", "iran"),
    ("Der Gouverneursrat der IAEO werde sich damit befassen.", "iran"),
    ("Beim Kernkraftwerk Saporischschja müssten die Fachleute der IAEO Zugang erhalten.", "ukraine"),
    # others
    ("Die Inselstreitigkeiten im Ostmeer wurden angesprochen.", "china_taiwan"),
    ("Beide Seiten wollen ihre Märkte weiter öffnen.", "trade"),
    ("Die Regierungskommission Oberrhein feierte ihr Jubiläum.", ""),
    ("Der Ausstieg sei ein Schritt der Klimawende.", "climate"),
    ("Das Land setze die Entwicklungsziele der Vereinten Nationen um.", ""),
    ("Norland will den Gaskorridor ausbauen.", "energy"),
    ("Der Besuch des amtierenden OSZE-Vorsitzenden begann am Morgen.", ""),
    ("Die Stabilität in Südosteuropa sei ein gemeinsames Anliegen.", "european_security"),
    ("Beide Seiten prüfen, wieder Botschafter auszutauschen.", "diplomats"),
    ("Das Verbot von Streumunition bleibe ein Ziel.", "arms_control"),
    ("Der Präsident sprach eine Gegeneinladung aus.", "summit_follow_up"),
    ("Er stellte einen Besuch in Harnau in Aussicht.", "summit_follow_up"),
    ("Sie dankte für die gute Organisation des Treffens.", ""),
    ("Es gelte, verlorenes Vertrauen zurückzugewinnen.", "bilateral_relations"),
    ("Die Einheiten von EUFOR Althea wurden gewürdigt.", "european_security"),
    ("Ein gerechter und dauerhafter Friede brauche Geduld.", "ukraine"),
    ("Auch der Kampf gegen Malaria wurde besprochen.", "health_covid"),
    ("Die Wasserknappheit in der Steppe bereite Sorge.", "climate"),
    # wording of published accounts
    ("Der Minister wurde von einer Wirtschaftsdelegation begleitet.", ""),
    ("Die Fachminister sollen ihre Gespräche fortsetzen.", "summit_follow_up"),
    ("Beide tauschten sich zur Vorbereitung des Treffens der Kontaktgruppe in Ramstein aus.", "ukraine"),
    ("Er verwies auf die Drohnen über polnischem Gebiet.", "european_security"),
    ("Beide Länder wollen im Rahmen der G20 ihr Zusammenwirken weiter ausbauen.", "bilateral_relations"),
    (
        "Norland und Südland sind eng miteinander verflochten.",
        "bilateral_relations",
    ),
    ("Die Zusammenarbeit im Bereich Wirtschaftssicherheit solle gestärkt werden.", "trade"),
    ("Er warb für offene Zusammenarbeit und das Völkerrecht.", ""),
    (
        "Der Kanzler berichtete von dem Treffen zwischen dem amerikanischen und dem russischen Präsidenten.",
        "",
    ),
    ("Sie vereinbarten, ihren konstruktiven Austausch fortzuführen.", ""),
    ("Sie verabredeten, weiterhin persönliche Kontakte zu pflegen.", ""),
    ("Die Regierungskonsultationen sind für den kommenden Montag anberaumt.", "summit_follow_up"),
    ("Er hoffe, dass der Minister schon bald Norland einen Besuch abstatten werde.", "summit_follow_up"),
    ("Es wurden drei Erklärungen unterzeichnet.", ""),
    (
        "Der Aktionsplan für die kommenden drei Jahre soll rasch umgesetzt werden.",
        "summit_follow_up",
    ),
    ("Das aggressive Vorgehen habe ein klares Preisschild.", "sanctions_economy"),
    ("Die Bewältigung der wirtschaftlichen Folgen der Pandemie wurde besprochen.", "health_covid"),
    ("Beide bekannten sich zu einer Welt ohne Atomwaffen.", "arms_control"),
    ("Eine nukleare Bewaffnung des Iran müsse verhindert werden.", "iran"),
    ("Der nordkoreanische Nukleartest sei scharf zu verurteilen.", "korea"),
    ("Die indirekten Gespräche mit den Vereinigten Staaten in Maskat gingen weiter.", "iran"),
    ("Gedankt wurde für Beiträge zur OSZE-Beobachtermission.", "european_security"),
    ("Die Türkei könne als Garant für die Sicherheit der Ukraine auftreten.", "european_security ukraine"),
    ("Unternehmen bräuchten Rechtssicherheit und faire Ausschreibungen.", "trade"),
    ("Beide erörterten die Reformen in der Ukraine.", ""),
    ("Ein Treffen des Gouverneursrats steht bevor.", "iran"),
    ("Die Anerkennung eines palästinensischen Staates stehe nicht auf der Tagesordnung.", "middle_east"),
    ("Die Versorgung mit Schutzmasken und Vakzinen war Thema.", "health_covid"),
    ("Deutschland verlegt eine Brigade nach Litauen und steht zu seiner Beistandspflicht.", "nato"),
    ("Vereinbart wurde eine engere konsularische Zusammenarbeit.", "diplomats"),
    ("Sie würdigten das Werk der Versöhnung.", "history_ww2"),
)

# Openings that report: the subject stands behind the words that tell of the call.
OPENINGS: tuple[tuple[str, str], ...] = (
    ("Der Kanzler hat am Abend mit dem Präsidenten telefoniert.", ""),
    (
        "Der Kanzler hat sich am Abend mit dem Präsidenten zum russischen Angriffskrieg ausgetauscht.",
        "ukraine",
    ),
    ("Der Kanzler hat am Abend mit dem ukrainischen Präsidenten telefoniert.", ""),
    ("In dem Telefonat betonte der Kanzler, die Allianz sei geschlossen und die NATO stark.", "nato"),
    ("Der Kanzler hat mit dem Präsidenten telefoniert und bekräftigte die Hilfe für Gaza.", "middle_east"),
    (
        "Beide sind heute zusammengetroffen und haben vereinbart, die Beziehungen zu stärken.",
        "bilateral_relations",
    ),
    (
        "Auf Bitten von Kessler legte der Präsident seine Einschätzung des Krieges in der Ukraine dar.",
        "ukraine",
    ),
    (
        "Beim Telefonat wurde neben bilateralen Beziehungen auch über Handel gesprochen.",
        "bilateral_relations trade",
    ),
    ("Beide haben in einem Telefongespräch die bilateralen Beziehungen erörtert.", "bilateral_relations"),
)


def topics(text: str) -> set[str]:
    """Tag a sentence that stands alone."""
    passage = Passage("a", 0, Span(0, len(text)), text, "de")
    return {hit.topic_id for hit in tag_topics([passage], load_scheme()) if not hit.denied}


def topics_behind_an_opening(text: str) -> set[str]:
    """Tag a sentence that follows an opening line and a line without a subject."""
    lines = (
        "Der Präsident hat heute mit seinem Amtskollegen telefoniert.",
        "Das Gespräch dauerte 40 Minuten.",
    )
    texts = (*lines, text)
    passages = [Passage("a", i, Span(0, len(t)), t, "de") for i, t in enumerate(texts)]
    hits = tag_topics(passages, load_scheme())
    return {hit.topic_id for hit in hits if hit.passage_index == len(lines) and not hit.denied}


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_sentence(text: str, expected: str) -> None:
    assert topics_behind_an_opening(text) == set(expected.split())


@pytest.mark.parametrize(("text", "expected"), OPENINGS)
def test_opening(text: str, expected: str) -> None:
    assert topics(text) == set(expected.split())


def test_a_guest_is_no_subject() -> None:
    first = "Der Kanzler hat heute mit dem iranischen Präsidenten Raisi telefoniert."
    second = "Er dankte Präsident Raisi für das Gespräch."
    passages = [Passage("a", i, Span(0, len(t)), t, "de") for i, t in enumerate((first, second))]
    assert not tag_topics(passages, load_scheme())
