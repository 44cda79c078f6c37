"""What no page should have to think about."""

from django.http import HttpResponseBadRequest


def refuse_nul_middleware(get_response):
    """Refuse addresses that carry a NUL: no database stores one and PostgreSQL raises on it."""

    def middleware(request):
        values = [value for _name, many in request.GET.lists() for value in many]
        if any("\x00" in text for text in [request.path, *request.GET, *values]):
            return HttpResponseBadRequest()
        return get_response(request)

    return middleware
