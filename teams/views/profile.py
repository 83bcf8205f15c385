from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.forms import ProfileForm, errors_into, status_of
from teams.seen import posted
from teams.services.people import edit_profile


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request):
    user = request.user
    form = ProfileForm(
        posted(request), initial={"name": user.name, "timezone": user.timezone or "UTC", "language": user.language}
    )
    if form.is_valid():
        with errors_into(form):
            edit_profile(user=user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("teams:profile")
    return render(request, "teams/profile.html", {"form": form}, status=status_of(form))
