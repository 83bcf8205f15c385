import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from journeys.models import Persona
from journeys.services.personas import create_persona, edit_persona
from journeys.services.pictures import clean_picture

SECRET = "Taken at 42.69 N, 23.32 E"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(kind: str = "PNG", size=(60, 40), mode: str = "RGB", **options) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new(mode, size, "red" if mode in ("RGB", "RGBA") else 1).save(content, kind, **options)
    return SimpleUploadedFile(f"photo.{kind.lower()}", content.getvalue())


def photo_with_metadata() -> SimpleUploadedFile:
    """A JPEG, blue above red, that its camera says to turn by a quarter; with a comment and a place."""
    image = Image.new("RGB", (80, 80), "red")
    image.paste("blue", (0, 0, 80, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of what was seen is at the right
    exif[0x010E] = SECRET
    content = BytesIO()
    image.save(content, "JPEG", exif=exif, comment=SECRET.encode(), icc_profile=b"profile" * 30)
    return SimpleUploadedFile("photo.jpg", content.getvalue())


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *[("PNG", mode) for mode in ["RGB", "RGBA", "P", "L", "I;16", "1"]],
        *[("JPEG", mode) for mode in ["RGB", "L", "CMYK"]],
        *[("WEBP", "RGB"), ("WEBP", "RGBA"), ("GIF", "P")],
    ],
)
@pytest.mark.parametrize("size", [(60, 40), (1, 1), (2000, 1500)])
def test_picture_becomes_a_square_webp(kind, mode, size):
    cleaned = clean_picture(picture(kind, size, mode=mode))
    image = Image.open(cleaned)
    assert (image.format, image.size) == ("WEBP", (512, 512))
    assert cleaned.name.endswith(".webp")
    assert "photo" not in cleaned.name


def test_metadata_is_gone_and_the_picture_upright():
    content = clean_picture(photo_with_metadata()).read()
    image = Image.open(BytesIO(content))
    assert SECRET.encode() not in content
    assert not {"exif", "icc_profile", "xmp", "comment"} & image.info.keys()
    left, right = image.convert("RGB").getpixel((20, 256)), image.convert("RGB").getpixel((490, 256))
    assert left[0] > 200 > left[2]
    assert right[2] > 200 > right[0]


def test_text_chunks_of_png_are_gone():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    assert SECRET.encode() not in clean_picture(picture("PNG", pnginfo=info)).read()


def test_first_frame_of_an_animation():
    content = BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ["red", "blue"]]
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:])
    image = Image.open(clean_picture(SimpleUploadedFile("a.gif", content.getvalue())))
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((5, 5))[0] > 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
        b"\xff\xd8\xff\xe0" + b"\x00" * 200,
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        picture("PNG", (300, 300)).read()[:200],
        picture("JPEG", (900, 900)).read()[:700],
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(content):
    with pytest.raises(ValidationError, match="no JPEG, PNG, WebP or GIF"):
        clean_picture(SimpleUploadedFile("photo.png", content))


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_formats_are_refused(kind):
    with pytest.raises(ValidationError, match="no JPEG"):
        clean_picture(picture(kind))


def test_bent_bytes_never_crash():
    for kind in ["PNG", "JPEG", "WEBP", "GIF"]:
        whole = picture(kind, (30, 30)).read()
        for place in range(0, len(whole), max(1, len(whole) // 60)):
            bent = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
            try:
                clean_picture(SimpleUploadedFile("a", bent))
            except ValidationError:
                continue


def forged(width: int, height: int) -> SimpleUploadedFile:
    """A small PNG whose header promises more pixels than it has."""
    whole = picture("PNG").read()
    header = b"IHDR" + struct.pack(">II", width, height) + whole[24:29]
    return SimpleUploadedFile("a.png", whole[:12] + header + struct.pack(">I", zlib.crc32(header)) + whole[33:])


@pytest.mark.parametrize("size", [(8000, 5001), (40_000, 40_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_they_are_read(size):
    with pytest.raises(ValidationError, match="40 megapixels"):
        clean_picture(forged(*size))


def test_too_large_a_file_is_refused():
    with pytest.raises(ValidationError, match="larger than 5 MB"):
        clean_picture(SimpleUploadedFile("a.png", b"x" * (5 * 1024 * 1024 + 1)))


def test_new_picture_takes_the_place_of_the_old(cast, media, django_capture_on_commit_callbacks):
    lead = create_persona(by=cast.sales, name="Lead", picture=picture())
    first = lead.picture.name
    with django_capture_on_commit_callbacks(execute=True):
        lead = edit_persona(by=cast.sales, persona=lead, picture=picture("JPEG"))
    assert [path.name for path in files(media)] == [Path(lead.picture.name).name]
    assert (lead.picture.name != first, lead.version) == (True, 2)
    with django_capture_on_commit_callbacks(execute=True):
        lead = edit_persona(by=cast.sales, persona=lead, picture=False)
    assert (files(media), lead.picture.name) == ([], "")


def test_refused_picture_leaves_everything_as_it_was(cast, media):
    with pytest.raises(ValidationError) as refused:
        create_persona(by=cast.sales, name="Lead", picture=SimpleUploadedFile("a.png", b"no"))
    assert "picture" in refused.value.message_dict
    assert (files(media), Persona.objects.count()) == ([], 0)


def test_picture_on_the_pages(client_of, cast, media, django_capture_on_commit_callbacks):
    client = client_of(cast.sales)
    client.post("/w/here/personas/new/", {"name": "Lead", "color": "rose", "picture": photo_with_metadata()})
    lead = Persona.objects.get()
    address = f"/w/here/personas/{lead.pk}/picture/"
    assert f'src="{address}?v=' in client.get(f"/w/here/personas/{lead.pk}/").text
    answer = client_of(cast.viewer).get(address)
    content = answer.content
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert SECRET.encode() not in content
    assert client_of(cast.stranger).get(address).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"/w/here/personas/{lead.pk}/edit/", {"name": "Lead", "color": "rose", "seen": 1, "no_picture": "on"}
        )
    assert client.get(address).status_code == 404
    assert files(media) == []


def test_wrong_picture_on_the_page_is_told_at_the_field(client_of, cast):
    wrong = SimpleUploadedFile("a.png", b"<svg/>", content_type="image/png")
    answer = client_of(cast.sales).post(
        "/w/here/personas/new/", {"name": "Lead", "color": "rose", "goals": "Typed text", "picture": wrong}
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"picture"}
    assert "Typed text" in answer.text


def test_lost_file_is_not_found(client_of, cast, media):
    lead = create_persona(by=cast.sales, name="Lead", picture=picture())
    for path in files(media):
        path.unlink()
    assert client_of(cast.sales).get(f"/w/here/personas/{lead.pk}/picture/").status_code == 404
