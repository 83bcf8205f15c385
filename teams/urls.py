from django.urls import path

from teams.views import invitations, joining, keys, members, profile, settings, teams, undo, workspaces
from teams.views.search import search

app_name = "teams"
urlpatterns = [
    path("workspaces/", workspaces.workspaces, name="workspaces"),
    path("workspaces/new/", workspaces.workspace_new, name="workspace_new"),
    path("profile/", profile.profile, name="profile"),
    path("invitations/<str:token>/", joining.invitation, name="invitation"),
    path("w/<slug:workspace>/settings/", settings.settings, name="settings"),
    path("w/<slug:workspace>/settings/owner/", settings.ownership, name="ownership"),
    path("w/<slug:workspace>/search/", search, name="search"),
    path("w/<slug:workspace>/permissions/", settings.permissions, name="permissions"),
    path("w/<slug:workspace>/leave/", members.leave_workspace, name="leave"),
    path("w/<slug:workspace>/members/", members.members, name="members"),
    path("w/<slug:workspace>/members/<int:pk>/", members.member, name="member"),
    path("w/<slug:workspace>/members/<int:pk>/remove/", members.member_remove, name="member_remove"),
    path("w/<slug:workspace>/teams/", teams.teams, name="teams"),
    path("w/<slug:workspace>/teams/new/", teams.team_new, name="team_new"),
    path("w/<slug:workspace>/teams/<int:pk>/", teams.team, name="team"),
    path("w/<slug:workspace>/teams/<int:pk>/delete/", teams.team_delete, name="team_delete"),
    path("w/<slug:workspace>/teams/<int:pk>/members/", teams.team_add, name="team_add"),
    path("w/<slug:workspace>/teams/<int:pk>/members/<int:member>/", teams.team_take, name="team_take"),
    path("w/<slug:workspace>/invitations/", invitations.invitations, name="invitations"),
    path("w/<slug:workspace>/invitations/<int:pk>/resend/", invitations.invitation_resend, name="invitation_resend"),
    path("w/<slug:workspace>/invitations/<int:pk>/revoke/", invitations.invitation_revoke, name="invitation_revoke"),
    path("w/<slug:workspace>/keys/", keys.keys, name="keys"),
    path("w/<slug:workspace>/keys/<int:pk>/revoke/", keys.key_revoke, name="key_revoke"),
    path("w/<slug:workspace>/switcher/", workspaces.switcher, name="switcher"),
    path("w/<slug:workspace>/undo/<str:key>/", undo.undo, name="undo"),
]
