"""Answers about where: the people concerned, ourselves, and which authorities that makes competent."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from incident.notices.filling import Filling
from incident.notices.notice import Item
from models.countries import EEA


def several_countries(_: str, filling: Filling) -> Item:
    """Yes where people in several countries were recorded, no for one."""
    codes = filling.countries
    if not codes:
        return filling.missing()
    return filling.yes(*(filling.wording.country(code) for code in codes)) if len(codes) > 1 else filling.no()


def countries(_: str, filling: Filling) -> Item:
    """Answer with the countries of the people concerned."""
    return _named(filling.countries, filling)


def eea_countries(_: str, filling: Filling) -> Item:
    """Answer with those countries of the people concerned that are in the European Economic Area."""
    return _named((code for code in filling.countries if code in EEA), filling)


def people_by_country(_: str, filling: Filling) -> Item:
    """Answer with the people of each country; as one figure for a script only where there is one country."""
    item = filling.fact("people_by_country")
    if not isinstance(item.value, Mapping) or "not_applicable" in item.value:
        return replace(item, value=None)
    counts = list(item.value.values())
    return replace(item, value=counts[0].get("value") if len(counts) == 1 else None)


def cross_border(_: str, filling: Filling) -> Item:
    """People in several states do not make the processing cross-border: a person says so, the countries beside it."""
    names = [filling.wording.country(code) for code in filling.countries]
    return replace(filling.missing(), remarks=(filling.wording.listed(names),) if names else ())


def cross_border_in_eea(_: str, filling: Filling) -> Item:
    """No for a controller outside the European Economic Area: the question is about those established in it."""
    return filling.no() if _in_eea(filling) is False else cross_border("", filling)


def outside_eea(_: str, filling: Filling) -> Item:
    """No where we are established in the European Economic Area; elsewhere a person says so."""
    return filling.no() if _in_eea(filling) else filling.missing()


def eea_representative(_: str, filling: Filling) -> Item | None:
    """Asked only of who is not established in the European Economic Area; the settings name none."""
    return filling.missing() if _in_eea(filling) is False else None


def competent_authority(_: str, filling: Filling) -> Item:
    """Answer with the authority of the settings."""
    authority = filling.case.rules.authorities.get(filling.case.organisation.authority or "")
    return filling.known(authority.name, authority.name) if authority else filling.missing()


def _named(codes: Iterable[str], filling: Filling) -> Item:
    text = filling.wording.listed(filling.wording.country(code) for code in codes)
    return filling.known(text, text) if text else filling.missing()


def _in_eea(filling: Filling) -> bool | None:
    country = filling.case.organisation.country
    return country in EEA if country else None
