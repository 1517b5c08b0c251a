"""Guessing what each column holds, from its name in several languages and tools, and from its first values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.importing.parsing import NumberStyle, degrees, money, number
from accounts.importing.problems import BadValue

SAMPLES_SHOWN = 5
EXACT, PART = 0.95, 0.6
LEAST = 0.3

# Compared without case, accents, spaces and signs; the first names of a field weigh most.
_NAMES = {
    "external_id": "id accountid externalid customerid customernumber accountnumber repid employeeid crmid recordid "
    "odscode providerid storenum kundennummer kundennr kundenid numeroclient codeclient idcliente codigocliente "
    "klantnummer accountno custno number",
    "name": "name accountname companyname company customername customer account businessname organisation organization "
    "repname fullname storename firma firmenname kunde nom raisonsociale societe client nombre empresa cliente "
    "razonsocial ragionesociale naam bedrijf",
    "lat": "latitude lat billinglatitude shippinglatitude geolat homelat homelatitude breitengrad breite latitud "
    "latitudine breedtegraad y",
    "lon": "longitude lon lng long billinglongitude shippinglongitude geolon geolng homelon homelongitude laengengrad "
    "langengrad laenge longitud longitudine lengtegraad x",
    "street": "street address billingstreet address1 addressline1 streetaddress streetaddr shippingstreet strasse "
    "strassehausnummer adresse rue direccion calle indirizzo via straat adres",
    "city": "city town billingcity shippingcity homecity strcity ort stadt ville ciudad citta plaats gemeente locality",
    "region": "state region billingstate province stateprovince statecode shippingstate strstate bundesland "
    "departement provincia regione provincie county",
    "postal_code": "postalcode zip zipcode postcode billingpostalcode postal shippingpostalcode homezip homepostalcode "
    "plz postleitzahl codepostal codigopostal cp cap",
    "country": "country billingcountry countrycode shippingcountry land pays pais paese nation",
    "phone": "phone phonenumber telephone mobile tel telefon telefono telefoon telephonenumber",
    "segment": "segment industry sector type category industrysector accounttype businesstype class branche secteur "
    "sectorindustria settore",
    "crm_owner": "owner ownerid accountowner crmowner salesrep salesperson salespersonid rep ownername ownerfullname "
    "vertreter betreuer commercial vendedor agente verkoper",
    "revenue": "revenue annualrevenue sales annualsales turnover totalrevenue salesamount totalpaymentsusd "
    "annualsalesusd umsatz jahresumsatz chiffredaffaires ca ventas ingresos fatturato omzet loanamountusd amount",
    "potential": "potential expectedrevenue opportunity salespotential potenzial potentiel potencial potenziale",
    "pipeline": "pipeline openpipeline openopportunities openamount pipelineamount forecast",
    "visits_per_year": "visitsperyear visits visitfrequency callfrequency visitsayear besuche besuchefrequenz visites "
    "visitas visite bezoeken",
    "service_min_per_visit": "servicemin serviceminutes minutespervisit visitduration visitminutes servicetime "
    "serviceminpervisit durationmin besuchsdauer",
    "visits_done": "visitsdone donevisits actualvisits visitsactual visitslastyear visitsmade completedvisits "
    "visitscompleted plannedvisits",
    "size": "size employees numberofemployees headcount staff jobs jobsreported beds mitarbeiter effectif empleados "
    "dipendenti medewerkers",
    "email": "email emailaddress mail courriel correo",
    "team": "team salesteam teamname vertriebsteam equipe equipo squadra",
    "capacity_h": "capacityh capacity capacityhours hours hoursperyear workinghours kapazitaet stunden capacite heures "
    "horas ore uren",
    "field_share": "fieldshare fieldtime shareinfield aussendienstanteil",
}
_PARTS = {
    "external_id": {"id", "number", "no", "nr"},
    "name": {"name"},
    "lat": {"lat", "latitude"},
    "lon": {"lon", "lng", "longitude"},
    "street": {"street", "address"},
    "city": {"city", "town"},
    "region": {"state", "province"},
    "postal_code": {"zip", "postcode", "postal"},
    "country": {"country"},
    "phone": {"phone", "telephone"},
    "segment": {"segment", "industry", "sector"},
    "crm_owner": {"owner", "rep", "salesperson"},
    "revenue": {"revenue", "sales", "turnover", "amount", "umsatz"},
    "potential": {"potential"},
    "pipeline": {"pipeline"},
    "visits_per_year": {"visits"},
    "service_min_per_visit": {"minutes", "duration"},
    "visits_done": {"visited"},
    "size": {"employees", "size", "jobs", "beds", "headcount"},
    "email": {"email", "mail"},
    "team": {"team"},
    "capacity_h": {"capacity", "hours"},
    "field_share": {"share"},
}
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ê": "e", "á": "a", "à": "a",
                       "ó": "o", "ò": "o", "í": "i", "ì": "i", "ú": "u", "ñ": "n", "ç": "c"})  # fmt: skip
_WORDS = re.compile(r"[a-z]+|\d+")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Suggestion:
    field: str | None
    confidence: float


def suggest(header: Sequence[str], columns: Sequence[Sequence[str]], *, fields: Sequence[str]) -> list[Suggestion]:
    """For each column the likeliest field and how sure that is; a field goes to one column only."""
    bids = [
        (_by_name(name, field) * _by_values(values, field), -position, field, position)
        for position, (name, values) in enumerate(zip(header, columns, strict=True))
        for field in fields
        if field in _NAMES
    ]
    chosen: dict[int, Suggestion] = {}
    taken: set[str] = set()
    for confidence, _, field, position in sorted(bids, reverse=True):
        if confidence >= LEAST and position not in chosen and field not in taken:
            chosen[position] = Suggestion(field, round(confidence, 2))
            taken.add(field)
    return [chosen.get(position, Suggestion(None, 0.0)) for position in range(len(header))]


def looks_like(column: str, field: str) -> bool:
    return _by_name(column, field) >= PART


def _by_name(name: str, field: str) -> float:
    words = _WORDS.findall(_HUMPS.sub(" ", name).lower().translate(_FOLD))
    names = _NAMES[field].split()
    joined = "".join(words)
    if joined in names:
        return EXACT - 0.01 * min(names.index(joined), 25)
    if any(word in _PARTS[field] for word in words):
        return PART - 0.02 * min(len(words), 5)
    return 0.0


def _by_values(values: Sequence[str], field: str) -> float:
    """1 when the first values fit the field, down to a third when none does."""
    parse = _CHECKS.get(field)
    filled = [value for value in values if value.strip()]
    if not filled:
        return 0.8
    if parse is None:
        return 1.0
    return 1 / 3 + 2 / 3 * sum(_fits(parse, value) for value in filled) / len(filled)


def _fits(parse: Any, value: str) -> bool:
    for style in NumberStyle:
        try:
            parse(style)(value)
        except BadValue:
            continue
        return True
    return False


_CHECKS = {
    "lat": lambda style: degrees(90),
    "lon": lambda style: degrees(180),
    **dict.fromkeys(("revenue", "potential", "pipeline"), lambda style: money(style, "USD")),
    **dict.fromkeys(("visits_per_year", "service_min_per_visit", "visits_done", "size", "capacity_h"), number),
}
