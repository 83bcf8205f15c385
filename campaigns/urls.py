from django.urls import path

from campaigns.views import link_builder, link_imports, link_rules, links

app_name = "campaigns"
urlpatterns = [
    path("w/<slug:workspace>/links/", links.links, name="links"),
    path("w/<slug:workspace>/links/links.csv", links.links_export, name="links_export"),
    path("w/<slug:workspace>/links/new/", link_builder.link_new, name="link_new"),
    path("w/<slug:workspace>/links/check/", link_builder.link_check, name="link_check"),
    path("w/<slug:workspace>/links/import/", link_imports.links_import, name="links_import"),
    path("w/<slug:workspace>/links/import/preview/", link_imports.links_preview, name="links_preview"),
    path("w/<slug:workspace>/links/import/checked.csv", link_imports.links_checked, name="links_checked"),
    path("w/<slug:workspace>/links/rules/", link_rules.link_rules, name="link_rules"),
    path("w/<slug:workspace>/links/rules/new/", link_rules.link_rule_new, name="link_rule_new"),
    path(
        "w/<slug:workspace>/links/rules/destinations/", link_rules.destination_rule_edit, name="destination_rule_edit"
    ),
    path("w/<slug:workspace>/links/rules/<int:pk>/", link_rules.link_rule_edit, name="link_rule_edit"),
    path("w/<slug:workspace>/links/rules/<int:pk>/remove/", link_rules.link_rule_remove, name="link_rule_remove"),
    path("w/<slug:workspace>/links/rules/<int:pk>/restore/", link_rules.link_rule_restore, name="link_rule_restore"),
    path("w/<slug:workspace>/links/<int:pk>/", links.link, name="link"),
    path("w/<slug:workspace>/links/<int:pk>/qr.svg", links.link_svg, name="link_svg"),
    path("w/<slug:workspace>/links/<int:pk>/qr.png", links.link_png, name="link_png"),
    path("w/<slug:workspace>/links/<int:pk>/archive/", links.link_archive, name="link_archive"),
    path("w/<slug:workspace>/links/<int:pk>/restore/", links.link_restore, name="link_restore"),
]
