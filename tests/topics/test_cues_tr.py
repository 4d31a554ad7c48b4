"""Turkish cues: sentences as Turkish readouts word them, with the topics they carry."""

from __future__ import annotations

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
MENTIONS: tuple[tuple[str, str], ...] = (
    ("Cumhurbaşkanı, Ukrayna'nın toprak bütünlüğüne desteğini yineledi.", "ukraine"),
    ("Karadeniz tahıl girişiminin sürmesinin önemi vurgulandı.", "ukraine"),
    ("NATO'nun caydırıcılığının güçlendirilmesi gerektiği belirtildi.", "nato"),
    ("Siber saldırılara karşı ortak adımlar değerlendirildi.", "cyber"),
    ("Tahran'ın nükleer anlaşmaya dönmesi istendi.", "iran"),
    ("Beş diplomatın sınır dışı edilmesi ve konsolosluğun kapatılması eleştirildi.", "diplomats"),
    ("Silahların kontrolü ve stratejik istikrar ele alındı.", "arms_control"),
    ("Yeni yaptırımların hazırlandığı bildirildi.", "sanctions_economy"),
    ("Avrupa güvenlik mimarisi ve AGİT'in rolü değerlendirildi.", "european_security"),
    ("Akkuyu projesi ve doğal gaz sevkiyatı görüşüldü.", "energy"),
    ("Gazze'de kalıcı ateşkes çağrısı yapıldı.", "middle_east"),
    ("Suriye ve Libya'daki gelişmeler ele alındı.", "middle_east"),
    ("Irak'ın istikrarının önemine dikkat çekildi.", "middle_east"),
    ("Taliban'ın sözlerini tutması beklendiği ifade edildi.", "afghanistan"),
    ("Kuzey Kore'nin füze denemesi kınandı.", "korea"),
    ("Tayvan Boğazı'nda barışın korunması istendi.", "china_taiwan"),
    ("İklim değişikliğiyle mücadele ele alındı.", "climate"),
    ("Aşı tedariki ve koronavirüsle mücadele görüşüldü.", "health_covid"),
    ("Tutuklu gazetecilerin serbest bırakılması talep edildi.", "human_rights_prisoners"),
    ("İnsan hakları konusundaki kaygılar iletildi.", "human_rights_prisoners"),
    ("Ticaret hacmi ve yatırımlar değerlendirildi.", "trade"),
    ("Gümrük Birliği'nin güncellenmesi istendi.", "trade"),
    ("Türkiye-Fransa ikili ilişkileri ele alındı.", "bilateral_relations"),
    ("İkinci Dünya Savaşı'nda hayatını kaybedenler anıldı.", "history_ww2"),
    ("Dışişleri bakanları gelecek hafta bir araya gelecek.", "summit_follow_up"),
    ("Çalışma grubu kurulması kararlaştırıldı.", "summit_follow_up"),
)

TRAPS: tuple[tuple[str, str], ...] = (
    ("Görüşme güven iklimi içinde geçti.", ""),
    ("Ukrayna üzerinden doğal gaz geçişi sürmelidir.", "energy"),
    ("Ekip büyük bir enerji ile çalıştı.", ""),
    ("Kültür elçisi sergiyi açtı.", ""),
    ("Taraflar temas halinde kalacak.", ""),
    ("Bu konuya ilişkin bir açıklama yapılmadı.", ""),
    ("Nazik ev sahipliği için teşekkür edildi.", ""),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("Tayvan konusu ele alınmadı.", "china_taiwan"),
    ("İran gündeme gelmedi.", "iran"),
)


OPENING = "Cumhurbaşkanı bugün mevkidaşıyla telefonda görüştü."
