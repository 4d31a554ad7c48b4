"""Italian cues: sentences as Italian readouts word them, with the topics they carry."""

from __future__ import annotations

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
MENTIONS: tuple[tuple[str, str], ...] = (
    ("Il Presidente ha ribadito il sostegno all'Ucraina di fronte all'aggressione russa.", "ukraine"),
    ("Hanno chiesto la piena attuazione degli accordi di Minsk.", "ukraine"),
    ("Hanno sottolineato la coesione della NATO.", "nato"),
    ("Si è discusso di attacchi informatici e di cybersicurezza.", "cyber"),
    ("Hanno invitato Teheran a tornare all'accordo sul nucleare.", "iran"),
    ("Ha deplorato l'espulsione di quattro diplomatici e la chiusura del consolato.", "diplomats"),
    ("Il disarmo e il trattato New START restano essenziali.", "arms_control"),
    ("L'Unione adotterà nuove sanzioni.", "sanctions_economy"),
    ("Hanno parlato dell'utilizzo degli asset congelati.", "sanctions_economy"),
    ("Serve un'architettura di sicurezza fondata sull'OSCE.", "european_security"),
    ("Si è parlato di forniture di gas e di rinnovabili.", "energy"),
    ("Hanno chiesto un cessate il fuoco a Gaza.", "middle_east"),
    ("Al centro del colloquio la stabilizzazione della Libia.", "middle_east"),
    ("Hanno espresso preoccupazione per il Mar Rosso.", "middle_east"),
    ("I talebani devono consentire le partenze da Kabul.", "afghanistan"),
    ("Hanno condannato i lanci missilistici di Pyongyang.", "korea"),
    ("La pace nello Stretto di Taiwan è interesse di tutti.", "china_taiwan"),
    ("Hanno confermato l'impegno contro i cambiamenti climatici.", "climate"),
    ("Hanno coordinato la distribuzione dei vaccini.", "health_covid"),
    ("Ha chiesto la liberazione immediata degli ostaggi.", "human_rights_prisoners"),
    ("Ha sollevato il tema dei diritti umani.", "human_rights_prisoners"),
    ("L'interscambio e gli investimenti sono in crescita.", "trade"),
    ("I dazi annunciati sono ingiustificati.", "trade"),
    ("Hanno passato in rassegna le relazioni bilaterali.", "bilateral_relations"),
    ("Hanno reso omaggio ai caduti della Seconda guerra mondiale.", "history_ww2"),
    ("I ministri degli Esteri si incontreranno a maggio.", "summit_follow_up"),
    ("Il Presidente ha accettato l'invito a Parigi.", "summit_follow_up"),
)

TRAPS: tuple[tuple[str, str], ...] = (
    ("L'incontro si è svolto in un clima di fiducia.", ""),
    ("Il maestro, nato a Torino, ha diretto.", ""),
    ("Lavora con grande energia.", ""),
    ("Il transito di gas attraverso l'Ucraina deve proseguire.", "energy"),
    ("Hanno concordato di restare in contatto.", ""),
    ("L'alleanza dei musei presta i quadri.", ""),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("La questione di Taiwan non è stata affrontata.", "china_taiwan"),
    ("L'Iran non era all'ordine del giorno.", "iran"),
)


OPENING = "Il Presidente ha avuto oggi un colloquio telefonico con il suo omologo."
