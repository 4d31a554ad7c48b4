"""Polish cues: sentences as Polish readouts word them, with the topics they carry."""

from __future__ import annotations

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
MENTIONS: tuple[tuple[str, str], ...] = (
    ("Prezydent zapewnił o dalszym wsparciu dla Ukrainy.", "ukraine"),
    ("Strony opowiedziały się za realizacją porozumień mińskich.", "ukraine"),
    ("Wzmocnimy wschodnią flankę NATO.", "nato"),
    ("Mówiono o cyberatakach na szpitale.", "cyber"),
    ("Wezwano Teheran do powrotu do porozumienia nuklearnego.", "iran"),
    ("Wydalono pięciu dyplomatów i zamknięto konsulat.", "diplomats"),
    ("Poparto przedłużenie traktatu New START i kontrolę zbrojeń.", "arms_control"),
    ("Potrzebny jest kolejny pakiet sankcji.", "sanctions_economy"),
    ("Dyskutowano o wykorzystaniu zamrożonych aktywów.", "sanctions_economy"),
    ("Polska oczekuje poszanowania zasad OBWE i architektury bezpieczeństwa.", "european_security"),
    ("Mówiono o dostawach gazu i energetyce odnawialnej.", "energy"),
    ("Wezwano do zawieszenia broni w Strefie Gazy.", "middle_east"),
    ("Wyrażono zaniepokojenie sytuacją w Syrii i na Morzu Czerwonym.", "middle_east"),
    ("Talibowie muszą umożliwić wyjazd z Kabulu.", "afghanistan"),
    ("Potępiono wystrzelenie rakiet przez Koreę Północną.", "korea"),
    ("Podkreślono znaczenie pokoju w Cieśninie Tajwańskiej.", "china_taiwan"),
    ("Potwierdzono wolę walki ze zmianami klimatu.", "climate"),
    ("Uzgodniono wspólny zakup szczepionek.", "health_covid"),
    ("Zażądano uwolnienia więźniów politycznych.", "human_rights_prisoners"),
    ("Zwrócono uwagę na łamanie praw człowieka.", "human_rights_prisoners"),
    ("Handel i inwestycje rosną.", "trade"),
    ("Sprzeciwiono się nowym cłom na stal.", "trade"),
    ("Oceniono stan stosunków dwustronnych.", "bilateral_relations"),
    ("Oddano hołd ofiarom drugiej wojny światowej.", "history_ww2"),
    ("Ministrowie spotkają się w przyszłym tygodniu.", "summit_follow_up"),
    ("Prezydent przyjął zaproszenie do Paryża.", "summit_follow_up"),
)

TRAPS: tuple[tuple[str, str], ...] = (
    ("Spotkanie upłynęło w klimacie zaufania.", ""),
    ("Tranzyt rosyjskiego gazu przez Ukrainę trwa.", "energy"),
    ("Ekipa zdobyła szczyt Rysów z wielką energią.", ""),
    ("Ambasadorka kultury otworzyła wystawę.", ""),
    ("Strony pozostaną w kontakcie.", ""),
    ("Korespondenci czekali na korektę.", ""),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("Kwestii Tajwanu nie poruszono.", "china_taiwan"),
    ("O Iranie nie było mowy.", "iran"),
)


OPENING = "Prezydent rozmawiał dziś telefonicznie ze swoim odpowiednikiem."
