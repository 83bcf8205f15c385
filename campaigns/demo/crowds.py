"""The segments of Ropewalk Group."""

from campaigns.demo.writing import Crowd

TRIALS, TEN_SEATS, QUIET = "Hawser trials without a report", "Hawser teams of ten and more", "Hawser teams gone quiet"
READERS, THIRD_YEAR = "Linnet newsletter", "Linnet drivers in year three"
FRESH, REGULARS, ASLEEP = "Skein first orders", "Skein regulars", "Skein asleep for half a year"
CARD, GUIDES, FAMILIES = "Ropewalk Home card", "Hawser guide readers", "Families who see the Linnet spot"

CROWDS = (
    Crowd(
        TRIALS, "Signed up in the last 30 days, no report shared yet.", 2_400, "counted in Hawser", "bottom", "welcome"
    ),
    Crowd(TEN_SEATS, "Paying, ten seats or more.", 3_100, "counted in Hawser", "bottom", "expanding"),
    Crowd(QUIET, "Below half of their own usual use for two weeks.", 860, "counted in Hawser", "bottom", "customer"),
    Crowd(
        GUIDES,
        "Left an address for a guide, no trial yet.",
        6_800,
        "counted in the shop of guides",
        "middle",
        "nurtured",
    ),
    Crowd(
        READERS,
        "Asked for the Linnet letter on the web page or at a dealer.",
        48_000,
        "list of the newsletter",
        "middle",
    ),
    Crowd(FAMILIES, "Two children or more, within reach of the spot.", 120_000, "media plan", "top", "unknown-visitor"),
    Crowd(THIRD_YEAR, "Collected their car 25 to 36 months ago.", 9_200, "service book", "bottom", "customer"),
    Crowd(FRESH, "First order within the last 30 days.", 12_400, "counted in the shop", "bottom", "welcome"),
    Crowd(REGULARS, "Three orders or more in a year.", 31_500, "counted in the shop", "bottom", "activated"),
    Crowd(ASLEEP, "No order for 180 days, at least one before.", 22_000, "counted in the shop", "bottom", "customer"),
    Crowd(CARD, "Holds the card of the store.", 57_000, "card register", "bottom", "customer"),
)
