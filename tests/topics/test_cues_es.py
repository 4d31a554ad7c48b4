"""Spanish cues: sentences as Spanish readouts word them, with the topics they carry."""

from __future__ import annotations

# Every sentence was written for this test; the topics are coded by the rules of the gold annotation.
MENTIONS: tuple[tuple[str, str], ...] = (
    ("El presidente reiteró su apoyo a Ucrania y condenó la agresión rusa.", "ukraine"),
    ("Pidieron el pleno cumplimiento de los acuerdos de Minsk.", "ukraine"),
    ("Subrayaron la unidad de los aliados de la OTAN.", "nato"),
    ("Hablaron de los ciberataques contra infraestructuras críticas.", "cyber"),
    ("Instaron a Teherán a volver al acuerdo nuclear.", "iran"),
    ("Lamentó la expulsión de cinco diplomáticos y el cierre del consulado.", "diplomats"),
    ("Acogieron con satisfacción la prórroga del tratado New START.", "arms_control"),
    ("La Unión prepara nuevas sanciones.", "sanctions_economy"),
    ("Abordaron el uso de los activos congelados.", "sanctions_economy"),
    ("Defendieron una arquitectura europea de seguridad basada en la OSCE.", "european_security"),
    ("Trataron el suministro de gas y las renovables.", "energy"),
    ("Exigieron un alto el fuego en Gaza.", "middle_east"),
    ("Expresaron su preocupación por la situación en el mar Rojo.", "middle_east"),
    ("Los talibanes deben permitir la salida de quienes lo deseen.", "afghanistan"),
    ("Condenaron los lanzamientos de misiles de Pyongyang.", "korea"),
    ("Insistieron en la paz en el estrecho de Taiwán.", "china_taiwan"),
    ("Compartieron la urgencia de actuar contra el cambio climático.", "climate"),
    ("Coordinaron el reparto de vacunas.", "health_covid"),
    ("Pidió la liberación inmediata de los presos políticos.", "human_rights_prisoners"),
    ("Recordó la importancia del respeto de los derechos humanos.", "human_rights_prisoners"),
    ("Analizaron el acuerdo entre la UE y Mercosur y los aranceles.", "trade"),
    ("Repasaron el estado de las relaciones bilaterales.", "bilateral_relations"),
    ("Homenajearon a los combatientes de la Segunda Guerra Mundial.", "history_ww2"),
    ("Los ministros de Exteriores se reunirán la próxima semana.", "summit_follow_up"),
    ("El presidente aceptó la invitación a visitar Rabat.", "summit_follow_up"),
    ("Las empresas españolas participarán en proyectos energéticos.", "trade energy"),
)

TRAPS: tuple[tuple[str, str], ...] = (
    ("La reunión se celebró en un clima de confianza.", ""),
    ("Sin embargo, queda mucho por hacer.", ""),
    ("Trabaja con mucha energía.", ""),
    ("La alianza de museos presta sus cuadros.", ""),
    ("El tránsito de gas ruso por Ucrania debe continuar.", "energy"),
    ("Acordaron mantenerse en contacto.", ""),
)

DENIALS: tuple[tuple[str, str], ...] = (
    ("No se abordó la cuestión de Taiwán.", "china_taiwan"),
    ("Irán no figuraba en el orden del día.", "iran"),
)


OPENING = "El presidente habló hoy con su homólogo."
