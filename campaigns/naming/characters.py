"""Characters that no link may have: nobody sees them, and they make a link read as another than it is."""

import unicodedata

# Control characters, characters of formatting (bidirectional marks, spaces without width), half character pairs.
UNWRITABLE = {"Cc", "Cf", "Cs"}


def unwritable(text: str) -> bool:
    if text.isprintable():
        return False
    return any(unicodedata.category(character) in UNWRITABLE for character in text)


def without_unwritable(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character) not in UNWRITABLE)
