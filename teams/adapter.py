"""Where the sign-in asks us how we would like things."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _


class MFAAdapter(DefaultMFAAdapter):
    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        """What a new key is called until its owner says better: “Key 2”."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Key %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The browser shows whose key it is: the product's name, not a host name."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Throughline"}
