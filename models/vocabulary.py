"""The neutral enumerations: keys that no authority and no language owns.

Each authority's form maps these keys to its own labels (`playbooks/authorities/*.toml`).
"""

from enum import StrEnum


class Role(StrEnum):
    """Where we stand in the chain of parties (Arts 4(7), 4(8), 26, 28(4) GDPR)."""

    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint-controller"
    PROCESSOR = "processor"
    SUB_PROCESSOR = "sub-processor"

    @property
    def decides(self) -> bool:
        """True where we answer for the processing ourselves: Arts 33(1), 33(5) and 34 are then ours."""
        return self in {Role.CONTROLLER, Role.JOINT_CONTROLLER}


class Certainty(StrEnum):
    """How sure a recorded fact is."""

    KNOWN = "known"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class Risk(StrEnum):
    """The outcome of the risk assessment (Arts 33(1) and 34(1) GDPR)."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"


class Basis(StrEnum):
    """What a duty rests on. Only `contract` and `law` are ever called a deadline without a qualifier."""

    CONTRACT = "contract"
    LAW = "law"
    AUTHORITY = "authority"
    POLICY = "policy"


class Confidence(StrEnum):
    """How sure a fact of a playbook is: seen in the source, deduced by us, or still to be confirmed."""

    CHECKED = "checked"
    INFERRED = "inferred"
    UNCONFIRMED = "unconfirmed"


class ClockState(StrEnum):
    """The state of one duty at one instant."""

    WAITING = "waiting"
    RUNNING = "running"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met-late"
    NOT_REQUIRED = "not-required"
    OPEN = "open"

    @property
    def settled(self) -> bool:
        """True where nothing more is owed under the duty."""
        return self in {ClockState.MET, ClockState.MET_LATE, ClockState.NOT_REQUIRED}


class ConditionState(StrEnum):
    """Whether what a duty depends on has been decided."""

    MET = "met"
    UNDECIDED = "undecided"
    NOT_MET = "not-met"


class FilingStatus(StrEnum):
    """What became of a notification."""

    MADE = "made"
    ATTEMPTED = "attempted"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"


class BreachType(StrEnum):
    """What was lost (Art. 4(12) GDPR). Availability is split because the Dutch form asks which."""

    CONFIDENTIALITY = "confidentiality"
    INTEGRITY = "integrity"
    AVAILABILITY_PERMANENT = "availability_permanent"
    AVAILABILITY_TEMPORARY = "availability_temporary"


class IncidentOrigin(StrEnum):
    """What happened."""

    WRONG_RECIPIENT_EMAIL = "wrong_recipient_email"
    CC_INSTEAD_OF_BCC = "cc_instead_of_bcc"
    WRONG_RECIPIENT_POST = "wrong_recipient_post"
    MAIL_LOST = "mail_lost"
    MAIL_OPENED_RETURNED = "mail_opened_returned"
    WRONG_AUTHORISATIONS = "wrong_authorisations"
    SHARED_FOLDER_TOO_OPEN = "shared_folder_too_open"
    DEVICE_LOST_STOLEN = "device_lost_stolen"
    PAPER_LOST_STOLEN = "paper_lost_stolen"
    PAPER_DISPOSAL = "paper_disposal"
    DEVICE_DISPOSAL = "device_disposal"
    UNINTENDED_PUBLICATION = "unintended_publication"
    WRONG_PERSON_DISPLAYED = "wrong_person_displayed"
    WRONG_FILE = "wrong_file"
    VERBAL_DISCLOSURE = "verbal_disclosure"
    HACKING_MALWARE_PHISHING = "hacking_malware_phishing"
    SYSTEM_FAILURE_DATA_LOSS = "system_failure_data_loss"
    OTHER = "other"
    UNKNOWN = "unknown"


class IncidentCause(StrEnum):
    """Who or what caused it."""

    INTERNAL_ACCIDENTAL = "internal_accidental"
    INTERNAL_MALICIOUS = "internal_malicious"
    EXTERNAL_ACCIDENTAL = "external_accidental"
    EXTERNAL_MALICIOUS = "external_malicious"
    TECHNICAL_FAILURE = "technical_failure"
    PROCESS_DEFICIENCY = "process_deficiency"
    UNKNOWN = "unknown"
    OTHER = "other"


class DataCategory(StrEnum):
    """Ordinary kinds of personal data."""

    NAME = "name"
    GENDER = "gender"
    BIRTH_DATE_AGE = "birth_date_age"
    NATIONAL_ID = "national_id"
    CONTACT_POSTAL = "contact_postal"
    CONTACT_EMAIL = "contact_email"
    CONTACT_PHONE = "contact_phone"
    CREDENTIALS = "credentials"
    BANK_ACCOUNT = "bank_account"
    PAYMENT_CARD = "payment_card"
    DEBTS_BENEFITS = "debts_benefits"
    OTHER_FINANCIAL = "other_financial"
    IDENTITY_DOCUMENTS = "identity_documents"
    LOCATION = "location"
    CRIMINAL = "criminal"
    COMMUNICATIONS_TRAFFIC = "communications_traffic"
    PROFILING_EVALUATIVE = "profiling_evaluative"
    SECRECY_PROTECTED = "secrecy_protected"
    UNKNOWN = "unknown"
    OTHER = "other"


class SpecialCategory(StrEnum):
    """Special categories of personal data (Art. 9(1) GDPR)."""

    RACIAL_ETHNIC = "racial_ethnic"
    POLITICAL = "political"
    RELIGIOUS_PHILOSOPHICAL = "religious_philosophical"
    TRADE_UNION = "trade_union"
    SEX_LIFE_ORIENTATION = "sex_life_orientation"
    HEALTH = "health"
    GENETIC = "genetic"
    BIOMETRIC = "biometric"


class SubjectCategory(StrEnum):
    """Who the data subjects are."""

    EMPLOYEES = "employees"
    USERS = "users"
    CUSTOMERS = "customers"
    MEMBERS = "members"
    STUDENTS = "students"
    MILITARY = "military"
    PATIENTS = "patients"
    MINORS = "minors"
    VULNERABLE = "vulnerable"
    OFFICERS_DIRECTORS = "officers_directors"
    BENEFICIARIES = "beneficiaries"
    SUPPLIERS_CONTACTS = "suppliers_contacts"
    UNKNOWN = "unknown"
    OTHER = "other"


class Consequence(StrEnum):
    """What may follow, by type of breach: `c_` confidentiality, `i_` integrity, `a_` availability."""

    C_SPREAD_LOSS_OF_MASTERY = "c_spread_loss_of_mastery"
    C_CORRELATION = "c_correlation"
    C_MISUSE = "c_misuse"
    I_INVALID_USED = "i_invalid_used"
    I_CHANGED_VALID = "i_changed_valid"
    A_SERVICE_IMPOSSIBLE = "a_service_impossible"
    A_SERVICE_DEGRADED = "a_service_degraded"
    OTHER = "other"


class Harm(StrEnum):
    """The harms of recital 85 GDPR, as the authorities' forms list them."""

    LOSS_OF_CONTROL = "loss_of_control"
    LIMITATION_OF_RIGHTS = "limitation_of_rights"
    DISCRIMINATION = "discrimination"
    IDENTITY_THEFT = "identity_theft"
    FRAUD = "fraud"
    FINANCIAL_LOSS = "financial_loss"
    PSEUDONYMISATION_REVERSAL = "pseudonymisation_reversal"
    REPUTATION = "reputation"
    PROFESSIONAL_SECRECY = "professional_secrecy"
    THIRD_PARTY_KNOWLEDGE = "third_party_knowledge"
    OTHER = "other"


class Severity(StrEnum):
    """How grave the consequences would be. Not the risk decision of Arts 33 and 34: both are kept."""

    NEGLIGIBLE = "negligible"
    LIMITED = "limited"
    SIGNIFICANT = "significant"
    MAXIMAL = "maximal"


class SubjectsInformedStatus(StrEnum):
    """Whether the data subjects have been told (Art. 34 GDPR)."""

    INFORMED = "informed"
    PLANNED = "planned"
    NOT_INFORMED = "not_informed"
    UNDECIDED = "undecided"


class InformChannel(StrEnum):
    """How the data subjects were told."""

    PHONE = "phone"
    LETTER = "letter"
    EMAIL = "email"
    WEBSITE_NOTICE = "website_notice"
    SOCIAL_MEDIA = "social_media"
    NEWSPAPER = "newspaper"
    SMS = "sms"
    IN_APP = "in_app"
    OTHER = "other"
