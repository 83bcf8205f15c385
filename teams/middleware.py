"""Pages in the reader's time zone and language."""

from django.utils import timezone, translation

from teams.zones import zone_of


class PersonMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        user = request.user if request.session.session_key else None
        if user is None or not user.is_authenticated:
            language = translation.get_language_from_request(request)
            with translation.override(language):
                return self.get_response(request)
        with translation.override(user.language), timezone.override(zone_of(user.timezone)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", user.language)
            return response
