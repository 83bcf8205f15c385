"""Who works at Ropewalk Group, and the stranger next door."""

from dataclasses import dataclass

from teams.enums import Role

MARKETING, SALES, PRODUCT, SUCCESS = "Marketing", "Sales", "Product", "Success"

INGRID = "owner@demo.example"
TOMASZ = "admin@demo.example"
AMARA = "marketing@demo.example"
LUCIA = "lucia.ferrari@demo.example"
YUSUF = "yusuf.demir@demo.example"
DESI = "sales@demo.example"
ANDREI = "andrei.ionescu@demo.example"
CHLOE = "chloe.martin@demo.example"
MATEUS = "product@demo.example"
MEI = "mei.tanaka@demo.example"
OKSANA = "oksana.hrytsenko@demo.example"
JANA = "success@demo.example"
SAMUEL = "samuel.adeyemi@demo.example"
PRIYA = "priya.raman@demo.example"
HENRIK = "viewer@demo.example"

CALLUM = "stranger@other.example"
NOOR = "noor.haddad@other.example"


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    role: Role
    team: str = ""
    timezone: str = "UTC"
    is_admin: bool = False


DEMO_PEOPLE = (
    Person(INGRID, "Ingrid Solheim", Role.OWNER, timezone="Europe/Oslo"),
    Person(TOMASZ, "Tomasz Wilk", Role.ADMIN, timezone="Europe/Warsaw", is_admin=True),
    Person(AMARA, "Amara Okafor", Role.EDITOR, MARKETING, "Europe/London"),
    Person(LUCIA, "Lucia Ferrari", Role.EDITOR, MARKETING, "Europe/Rome"),
    Person(YUSUF, "Yusuf Demir", Role.EDITOR, MARKETING, "Europe/Istanbul"),
    Person(DESI, "Desislava Petkova", Role.EDITOR, SALES, "Europe/Sofia"),
    Person(ANDREI, "Andrei Ionescu", Role.EDITOR, SALES, "Europe/Bucharest"),
    Person(CHLOE, "Chloé Martin", Role.EDITOR, SALES, "Europe/Paris"),
    Person(MATEUS, "Mateus Carvalho", Role.EDITOR, PRODUCT, "Europe/Lisbon"),
    Person(MEI, "Mei Tanaka", Role.EDITOR, PRODUCT, "Asia/Tokyo"),
    Person(OKSANA, "Oksana Hrytsenko", Role.EDITOR, PRODUCT, "Europe/Kyiv"),
    Person(JANA, "Jana Dvořáková", Role.EDITOR, SUCCESS, "Europe/Prague"),
    Person(SAMUEL, "Samuel Adeyemi", Role.EDITOR, SUCCESS, "Africa/Lagos"),
    Person(PRIYA, "Priya Raman", Role.EDITOR, SUCCESS, "Asia/Kolkata"),
    Person(HENRIK, "Henrik Lund", Role.VIEWER, timezone="Europe/Copenhagen"),
)

OTHER_PEOPLE = (
    Person(CALLUM, "Callum Reid", Role.OWNER, timezone="Europe/London"),
    Person(NOOR, "Noor Haddad", Role.EDITOR, MARKETING, "Asia/Beirut"),
)
