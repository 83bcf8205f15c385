from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.naming.rules import LONGEST_LINK, LONGEST_VALUE
from teams.models import ApiKey, Membership, Removable, Versioned, Workspace, storable


class Link(Versioned, Removable):
    """A tracked link, as somebody built it. It never changes: another one replaces it. Removed means archived.

    `url` is the whole link in ASCII. `source`, `medium` and `campaign` repeat what `parameters` says of them, for
    filters.
    """

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="links")
    url = models.CharField(_("link"), max_length=LONGEST_LINK, validators=[storable])
    destination = models.CharField(_("destination"), max_length=LONGEST_LINK, validators=[storable])
    parameters = models.JSONField(_("parameters"), default=dict)
    source = models.CharField(_("source"), max_length=LONGEST_VALUE, blank=True, validators=[storable])
    medium = models.CharField(_("medium"), max_length=LONGEST_VALUE, blank=True, validators=[storable])
    campaign = models.CharField(_("campaign"), max_length=LONGEST_VALUE, blank=True, validators=[storable])
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    built_by = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+", editable=False)
    built_by_key = models.ForeignKey(ApiKey, models.SET_NULL, null=True, related_name="+", editable=False)
    built_by_name = models.CharField(max_length=254, editable=False)
    built_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "url"],
                condition=models.Q(removed_at__isnull=True),
                name="link_url_unique",
                violation_error_message=_("This link has been built before."),
            )
        ]
        indexes = [models.Index(fields=["workspace", "-id"], name="link_recent")]

    def __str__(self) -> str:
        return self.url


class LinkUpload(models.Model):
    """A file of links that waits for its person to say whether to import it. The next one takes its place.

    `content` is the text in UTF-8, compressed.
    """

    member = models.OneToOneField(Membership, models.CASCADE, related_name="link_upload")
    name = models.CharField(max_length=200, blank=True, validators=[storable])
    content = models.BinaryField()
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("upload of links")
        verbose_name_plural = _("uploads of links")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
