"""The words for those who do the work; everybody imports them from `words`."""

from console.domain.word import Word


class Profession(Word):
    """What a practitioner is."""

    PARAMEDIC = "paramedic", "Paramedic"
    PARAMEDIC_PRACTITIONER = "paramedic_practitioner", "Paramedic practitioner"
    ADVANCED_PRACTITIONER = "advanced_practitioner", "Advanced practitioner"
    NURSE_PRACTITIONER = "nurse_practitioner", "Nurse practitioner"
    GP = "gp", "GP"
    MIDWIFE = "midwife", "Midwife"
    MENTAL_HEALTH_NURSE = "mental_health_nurse", "Mental-health nurse"
    PHARMACIST = "pharmacist", "Pharmacist"
    DENTIST = "dentist", "Dentist"
    SOCIAL_CARE_WORKER = "social_care_worker", "Social-care worker"


class Employer(Word):
    """Who employs a practitioner."""

    AMBULANCE_TRUST = "ambulance_trust", "Ambulance trust"
    FEDERATION = "federation", "Federation"
    PRACTICE = "practice", "GP practice"
    COMMUNITY_TRUST = "community_trust", "Community trust"


class Placement(Word):
    """What a shift is worked as, apart from who employs the practitioner."""

    HOME_VISITING = "home_visiting", "Home visiting"
    HUB = "hub", "Hub"
    CAS = "cas", "CAS"
    FRONT_LINE = "front_line", "Front line"
    GP_PRACTICE = "gp_practice", "GP practice"


class Availability(Word):
    """What a practitioner is doing now, derived from shift and visits."""

    FREE = "free", "Free"
    ALLOCATED = "allocated", "Allocated"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    EN_ROUTE = "en_route", "En route"
    ON_SCENE = "on_scene", "On scene"
    AT_HUB = "at_hub", "Seeing a patient"
    OFF_DUTY = "off_duty", "Off duty"
