"""The sign-in form, apart from the other forms: allauth reads those while its own are still loading."""

from allauth.account.forms import LoginForm


class SigninForm(LoginForm):
    """Filled with the e-mail address that the link names, as the sign-up form is: invitations lead here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.request is not None:
            self.fields["login"].initial = self.request.GET.get("email", "")
