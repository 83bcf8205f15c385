from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"

    def ready(self) -> None:
        from campaigns.services.campaign_handovers import (
            asked_approvals,
            hand_over_approvals,
            hand_over_campaigns,
            owned_campaigns,
        )
        from campaigns.services.link_rules import for_new_workspace
        from teams.services import handover
        from teams.services.workspaces import on_create

        on_create(for_new_workspace)
        handover.register(owned_campaigns, hand_over_campaigns)
        handover.register(asked_approvals, hand_over_approvals)
        register_services()
        register_demo()


def register_services() -> None:
    """Subjects, sentences and notices, by the services that know them."""
    from campaigns.services import (
        campaign_notices,
        campaign_subjects,
        campaign_telling,
        clashes,
        link_subjects,
        link_telling,
        message_telling,
        pressure_subjects,
        projection_offers,
        projection_telling,
        saved_view_subjects,
        tactic_telling,
    )

    link_telling.register()
    link_subjects.register()
    projection_telling.register()
    projection_offers.register()
    campaign_subjects.register()
    campaign_telling.register()
    pressure_subjects.register()
    campaign_notices.register()
    message_telling.register()
    tactic_telling.register()
    saved_view_subjects.register()
    clashes.register()


def register_demo() -> None:
    """The chapters of the demo's story."""
    from campaigns.demo.links import add_links
    from campaigns.demo.pressure import set_pressure
    from campaigns.demo.projections import tell_projections
    from campaigns.demo.shelf import fill_shelf
    from campaigns.demo.telling import tell_campaigns
    from journeys.demo import chapters

    chapters.register(add_links)
    chapters.register(tell_campaigns)
    chapters.register(set_pressure)
    chapters.register(fill_shelf)
    chapters.register(tell_projections, order=1)  # it speaks of experiments
