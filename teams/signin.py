"""The sign-in form, apart from the other forms: allauth reads those while its own are still loading."""

from allauth.account.forms import LoginForm

from teams.forms import browser_zone
from teams.services.people import settle_zone


class SigninForm(LoginForm):
    """Filled with the e-mail address that the link names, as the sign-up form is: invitations lead here."""

    timezone = browser_zone()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.request is not None:
            self.fields["login"].initial = self.request.GET.get("email", "")

    def login(self, request, redirect_url=None):
        settle_zone(self.user, self.cleaned_data["timezone"])
        return super().login(request, redirect_url=redirect_url)
