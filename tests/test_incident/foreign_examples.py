"""Records of other tools, made up, each in the shape that the tool documents."""

import io
import json
from datetime import datetime
from typing import Any

import openpyxl

TRIGGERED: dict[str, Any] = {
    "event": {
        "id": "01BX",
        "event_type": "incident.triggered",
        "resource_type": "incident",
        "occurred_at": "2026-10-02T18:45:22.169Z",
        "agent": {"id": "PLH1", "summary": "on call", "type": "user_reference"},
        "client": None,
        "data": {
            "id": "PGR0",
            "type": "incident",
            "number": 2,
            "status": "triggered",
            "title": "Logins from abroad",
            "urgency": "high",
            "service": {"id": "PF9", "summary": "Sign-in"},
            "assignees": [{"id": "P5"}],
            "priority": None,
        },
    }
}
RESOLVED: dict[str, Any] = {
    "event": {
        **TRIGGERED["event"],
        "event_type": "incident.resolved",
        "occurred_at": "2026-10-02T20:00:00Z",
        "data": {**TRIGGERED["event"]["data"], "created_at": "2026-10-02T18:45:22Z"},
    }
}

CASE: dict[str, Any] = {
    "_id": "~4152",
    "_type": "Case",
    "_createdAt": 1790000000000,
    "number": 7,
    "title": "Mailbox taken over",
    "description": "Rules forward mail.",
    "severity": 2,
    "startDate": 1789900000000,
    "tags": ["phishing"],
    "status": "New",
    "customFields": [],
}
CASE_WEBHOOK: dict[str, Any] = {
    "_type": "audit",
    "base": True,
    "details": {"_id": "~4152", "_type": "Case", "newDate": 1789990000000, "status": "InProgress"},
    "object": {
        "_id": "~4152",
        "id": "~4152",
        "_type": "case",
        "caseId": 7,
        "title": "Mailbox taken over",
        "description": "Rules forward mail.",
        "startDate": 1789900000000,
        "endDate": None,
        "tags": [],
        "status": "Open",
    },
}

IRIS_ROW: dict[str, Any] = {
    "case_id": 26,
    "case_uuid": "d1f2",
    "case_name": "#26 - Stolen laptop",
    "case_description": "Left on a train.",
    "case_open_date": "10/19/2026",
    "case_close_date": "",
    "case_soc_id": "SOC-24",
    "classification": "theft:laptop",
    "client_name": "Acme",
}
IRIS_REPLY: dict[str, Any] = {
    "status": "success",
    "message": "",
    "data": {"case_id": 27, "case_name": "#27 - Phishing", "open_date": "2026-10-20", "close_date": None},
}

ISSUE: dict[str, Any] = {
    "id": "99291",
    "key": "SEC-12",
    "fields": {
        "summary": "Export sent to the wrong address",
        "description": "By e-mail.",
        "created": "2026-07-20T23:15:24.000+0200",
        "resolutiondate": None,
        "labels": ["privacy"],
        "project": {"key": "SEC", "name": "Security"},
    },
}
NEWER_ISSUE: dict[str, Any] = {
    "key": "SEC-13",
    "fields": {
        "summary": "Paper files in the bin",
        "description": {
            "type": "doc",
            "version": 1,
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Found outside."}]}],
        },
        "created": "2026-07-21T08:00:00.000+0000",
        "labels": [],
        "project": {"key": "SEC"},
    },
}

TICKET: dict[str, Any] = {
    "number": "INC0010023",
    "sys_class_name": "incident",
    "sys_created_on": "2026-03-12 09:01:02",
    "opened_at": "2026-03-12 09:00:00",
    "resolved_at": "",
    "made_sla": "true",
    "priority": "3",
    "short_description": "Share open to everyone",
    "description": "",
    "category": "network",
    "opened_by": {"link": "https://instance.example/api/now/table/sys_user/1", "value": "1"},
}
TICKET_WITH_DISPLAY_VALUES: dict[str, Any] = {
    name: value if isinstance(value, dict) else {"display_value": "as shown", "value": value}
    for name, value in TICKET.items()
}

VERIS: dict[str, Any] = {
    "incident_id": "0A1B",
    "schema_version": "1.3.4",
    "security_incident": "Confirmed",
    "summary": "A list was published.",
    "action": {"error": {"variety": ["Publishing error"], "vector": ["Unknown"]}},
    "actor": {"internal": {"variety": ["Unknown"], "motive": ["NA"]}},
    "attribute": {
        "confidentiality": {
            "data": [{"variety": "Medical", "amount": 12}, {"variety": "Personal"}],
            "data_disclosure": "Yes",
            "data_total": 12,
            "data_victim": ["Patient"],
        }
    },
    "discovery_method": {"external": {"variety": ["Customer"]}},
    "timeline": {"incident": {"year": 2010, "month": 4, "day": 9}, "discovery": {"unit": "Months", "value": 2}},
    "victim": {"victim_id": "Acme Hospital", "country": ["US"], "industry": "622110", "employee_count": "Unknown"},
}

CNIL_HEADER = (
    "Date de réception de la notification;Secteur d'activité de l'organisme concerné;Natures de la violation;"
    "Nombre de personnes impactées;Typologies des données impactées;Données sensibles;Origines de l'incident;"
    "Causes de l'incident;Information des personnes\N{NO-BREAK SPACE}"
)
CNIL_ROW = (
    "2026-05;Activités financières et d''assurance;Perte de la confidentialité,Perte de la disponibilité;"
    "Entre 301 et 5000 personnes;"
    "Etat civil (ex : nom, sexe, date de naissance, âge...),NIR (Numéro d'Inscription au Répertoire);Oui;"
    "Piratage, logiciel malveillant (par exemple rançongiciel) et/ou hameçonnage;Acte externe malveillant;"
    "Non, mais elles le seront"
)

HHS = (
    "Name of Covered Entity,State,Covered Entity Type,Individuals Affected,Breach Submission Date,Type of Breach,"
    "Location of Breached Information,Business Associate Present,Web Description\n"
    '"Acme Clinic, Inc.",TX,Healthcare Provider,"1,500",10/21/2026,Hacking/IT Incident,Network Server,Yes,\n'
)

REGISTER = (
    "Reference;Title;Discovered;Began;Kind of breach;Cause;Data concerned;Number of people;Effects;Measures taken\n"
    "R-1;Letter to the wrong client;18/11/2026 14:30;17/11/2026;disclosed;mistake of ours;Names;1;None;Asked back\n"
    "R-2;Old backup lost;2019;2019;lost for good;technical;names;12 000;Unknown;None\n"
)


SEEN, BEGAN = map(datetime.fromisoformat, ("2026-11-18T14:30", "2026-11-17"))
"""As a workbook keeps times: without a zone, a day as its midnight."""


def as_json(data: Any) -> bytes:
    """Write JSON as tools do: laid out over lines."""
    return json.dumps(data, indent=2).encode()


def as_lines(*records: Any) -> bytes:
    """Write JSON Lines."""
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def workbook() -> bytes:
    """Return a register as a workbook: a note above the header, dates as Excel keeps them."""
    book = openpyxl.Workbook()
    book.active.append(["Notes only"])
    sheet = book.create_sheet("Register")
    sheet.append(["Kept by the DPO"])
    sheet.append([])
    sheet.append(["Reference", "Title", "Discovered", "Began", "Number of people"])
    sheet.append(["R-1", "Letter to the wrong client", SEEN, BEGAN, 3])
    sheet["C4"].number_format = "dd/mm/yyyy hh:mm"
    sheet["D4"].number_format = "[$-en-US]dd/mm/yyyy"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


SOURCES: dict[str, bytes] = {
    "cnil": f"Extraction générée le 01/09/2026\n{CNIL_HEADER}\n{CNIL_ROW}\n".encode("cp1252"),
    "dfir-iris": as_json({"status": "success", "message": "", "data": [IRIS_ROW]}),
    "hhs-ocr": HHS.encode(),
    "jira": as_json({"startAt": 0, "total": 2, "issues": [ISSUE, NEWER_ISSUE]}),
    "pagerduty": as_lines(TRIGGERED, RESOLVED),
    "register": REGISTER.encode(),
    "servicenow": as_json({"result": [TICKET]}),
    "thehive": as_json([CASE]),
    "veris": as_lines(VERIS),
}
"""One source in each format that ships."""
