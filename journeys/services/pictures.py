"""Pictures of personas: what comes in is decoded and drawn anew, so that only pixels are kept, no metadata."""

import secrets
import struct
import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE = 512


def clean_picture(file: File) -> ContentFile:
    """The picture as a square WebP file of 512 × 512 pixels with a name that tells nothing.

    Raises ValidationError for what is too large or no JPEG, PNG, WebP or GIF, whatever its name says.
    """
    if file.size > LARGEST_FILE:
        raise ValidationError(_("The picture is larger than 5 MB."), code="too_large")
    square = ImageOps.fit(decode(file), (SIDE, SIDE), Image.Resampling.LANCZOS)
    content = BytesIO()
    square.save(content, "WEBP", quality=86, method=4)
    return ContentFile(content.getvalue(), name=f"{secrets.token_hex(16)}.webp")


def decode(file: File) -> Image.Image:
    """The first frame, turned as its camera meant it. The size is checked before any pixel is read."""
    refused = ValidationError(_("This is no JPEG, PNG, WebP or GIF picture."), code="not_a_picture")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(_("The picture has more than 40 megapixels."), code="too_many_pixels")
            picture.draft(None, (2 * SIDE, 2 * SIDE))  # a large JPEG is decoded small
            return flat(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError:
        raise ValidationError(_("The picture has more than 40 megapixels."), code="too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError, struct.error):
        # What Pillow raises for files that begin like a picture and are none: truncated, bent, crafted.
        raise refused from None


def flat(picture: Image.Image) -> Image.Image:
    """Pixels alone: color with transparency where there is some."""
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    pixels = picture.convert("RGBA" if transparent else "RGB")
    pixels.info = {}
    return pixels
