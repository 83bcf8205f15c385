"""The API's root: which noun lives where."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.defaults import server_error
from rest_framework.routers import SimpleRouter

from campaigns.api.actuals import ActualsView
from campaigns.api.approvals import Approvals
from campaigns.api.campaign_parts import CampaignApprovalView, CampaignCopyView, CampaignStatusView
from campaigns.api.campaign_tasks import ApprovalRules, CampaignTasks
from campaigns.api.campaigns import Campaigns, CampaignTemplates
from campaigns.api.kept_projections import Projections
from campaigns.api.link_check import LinkCheckView
from campaigns.api.link_rules import DestinationRuleView, LinkRules
from campaigns.api.links import Links
from campaigns.api.matrix import MatrixView
from campaigns.api.messages import Messages
from campaigns.api.policies import Policies
from campaigns.api.projection_offers import OffersView
from campaigns.api.projection_parts import ProjectionLockView, ProjectionResultView, ProjectionVersionsView
from campaigns.api.projections import ProjectionView
from campaigns.api.replays import CampaignPressureView, PressureCheckView, PressureView
from campaigns.api.saved_views import SavedViews
from campaigns.api.segments import AssumptionView, Overlaps, Segments
from campaigns.api.tactics import BuiltInTacticsView, Tactics, TacticUseView
from experiments.api.analysis import AnalysisView
from experiments.api.decisions import DecisionAnswerView, Decisions
from experiments.api.documents import ExperimentDocument, ExperimentImport
from experiments.api.entries import EntriesView
from experiments.api.experiments import Experiments
from experiments.api.learnings import LearningAnswerView, Learnings
from experiments.api.plans import PlanView
from experiments.api.readouts import ReadoutView
from experiments.api.reasons import Reasons
from experiments.api.sample_size import SampleSizeView
from experiments.api.scores import ScoresView
from experiments.api.status import StatusView
from insights.api.metrics import Metrics
from insights.api.readings import Readings
from journeys.api.cards import Cards
from journeys.api.changes import Changes
from journeys.api.channels import Channels
from journeys.api.documents import MapDocument, MapImport
from journeys.api.lanes import Lanes
from journeys.api.maps import Maps
from journeys.api.paths import Paths
from journeys.api.personas import Personas, Scenarios
from journeys.api.stages import Stages
from teams.api import problems
from teams.api.comments import Comments
from teams.api.document import SchemaView, docs
from teams.api.members import Members
from teams.api.notifications import Notifications
from teams.api.teams import Teams
from teams.api.workspace import WorkspaceView

PREFIX = "/api/"

SINGULAR = {"policies": "policy"}

router = SimpleRouter()
for noun, view in {
    "teams": Teams,
    "members": Members,
    "comments": Comments,
    "notifications": Notifications,
    "personas": Personas,
    "scenarios": Scenarios,
    "channels": Channels,
    "maps": Maps,
    "stages": Stages,
    "lanes": Lanes,
    "cards": Cards,
    "paths": Paths,
    "metrics": Metrics,
    "readings": Readings,
    "campaigns": Campaigns,
    "campaign-tasks": CampaignTasks,
    "campaign-templates": CampaignTemplates,
    "approval-rules": ApprovalRules,
    "approvals": Approvals,
    "projections": Projections,
    "links": Links,
    "link-rules": LinkRules,
    "segments": Segments,
    "segment-overlaps": Overlaps,
    "policies": Policies,
    "messages": Messages,
    "tactics": Tactics,
    "calendar-views": SavedViews,
    "experiments": Experiments,
    "decisions": Decisions,
    "learnings": Learnings,
    "reasons": Reasons,
}.items():
    router.register(noun, view, basename=SINGULAR.get(noun, noun.removesuffix("s")))


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    return problems.plain(request, HTTPStatus.NOT_FOUND, _("There is nothing here. Addresses end with a slash."))


def failed(request: HttpRequest) -> HttpResponse:
    """The site's `handler500`: programs get a problem, people a page."""
    if request.path.startswith(PREFIX):
        return problems.plain(request, HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong. It is in the log."))
    return server_error(request)


app_name = "api"
urlpatterns = [
    path("v1/workspace/", WorkspaceView.as_view(), name="workspace"),
    path("v1/links/check/", LinkCheckView.as_view(), name="link-check"),
    path("v1/link-destinations/", DestinationRuleView.as_view(), name="link-destinations"),
    path("v1/pressure/", PressureView.as_view(), name="pressure"),
    path("v1/pressure/check/", PressureCheckView.as_view(), name="pressure-check"),
    path("v1/campaigns/<int:pk>/pressure/", CampaignPressureView.as_view(), name="campaign-pressure"),
    path("v1/segment-assumption/", AssumptionView.as_view(), name="segment-assumption"),
    path("v1/matrix/", MatrixView.as_view(), name="matrix"),
    path("v1/tactics/built-in/", BuiltInTacticsView.as_view(), name="tactics-built-in"),
    path("v1/tactics/use/", TacticUseView.as_view(), name="tactics-use"),
    path("v1/maps/import/", MapImport.as_view(), name="map-import"),
    path("v1/maps/<int:pk>/changes/", Changes.as_view(), name="map-changes"),
    path("v1/maps/<int:pk>/document/", MapDocument.as_view(), name="map-document"),
    path("v1/campaigns/<int:pk>/status/", CampaignStatusView.as_view(), name="campaign-status"),
    path("v1/campaigns/<int:pk>/approval/", CampaignApprovalView.as_view(), name="campaign-approval"),
    path("v1/campaigns/<int:pk>/copy/", CampaignCopyView.as_view(), name="campaign-copy"),
    path("v1/projections/calculate/", ProjectionView.as_view(), name="projections-calculate"),
    path("v1/projections/<int:pk>/result/", ProjectionResultView.as_view(), name="projection-result"),
    path("v1/projections/<int:pk>/versions/", ProjectionVersionsView.as_view(), name="projection-versions"),
    path("v1/projections/<int:pk>/actuals/", ActualsView.as_view(), name="projection-actuals"),
    path("v1/projections/<int:pk>/offers/", OffersView.as_view(), name="projection-offers"),
    path("v1/projections/<int:pk>/lock/", ProjectionLockView.as_view(), name="projection-lock"),
    path("v1/experiments/import/", ExperimentImport.as_view(), name="experiment-import"),
    path("v1/experiments/<int:pk>/document/", ExperimentDocument.as_view(), name="experiment-document"),
    path("v1/experiments/<int:pk>/scores/", ScoresView.as_view(), name="experiment-scores"),
    path("v1/experiments/<int:pk>/plan/", PlanView.as_view(), name="experiment-plan"),
    path("v1/experiments/<int:pk>/status/", StatusView.as_view(), name="experiment-status"),
    path("v1/experiments/<int:pk>/results/", EntriesView.as_view(), name="experiment-results"),
    path("v1/experiments/<int:pk>/analysis/", ReadoutView.as_view(), name="experiment-analysis"),
    path("v1/decisions/<int:pk>/answer/", DecisionAnswerView.as_view(), name="decision-answer"),
    path("v1/learnings/<int:pk>/answer/", LearningAnswerView.as_view(), name="learning-answer"),
    path("v1/statistics/analysis/", AnalysisView.as_view(), name="statistics-analysis"),
    path("v1/statistics/sample-size/", SampleSizeView.as_view(), name="statistics-sample-size"),
    path("v1/", include(router.urls)),
    path("v1/schema/", SchemaView.as_view(), name="schema"),
    path("v1/docs/", docs, name="docs"),
    re_path("", nothing_here),
]
