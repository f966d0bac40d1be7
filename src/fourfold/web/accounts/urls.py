"""The addresses of the people pages and of the session, with what each needs."""

from __future__ import annotations

from django.urls import path

from fourfold.web.accounts import views
from fourfold.web.ui.access import LEAVING, OPEN, SIGNED_IN, needs

app_name = "accounts"
urlpatterns = [
    path("people/", views.people_list, name="people"),
    path("people/add/", views.add, name="add"),
    path("people/<int:key>/", views.person, name="person"),
    path("people/<int:key>/role/", views.give_role, name="give_role"),
    path("people/<int:key>/officer-reference/", views.officer_ref, name="officer_ref"),
    path("people/<int:key>/role/<int:membership>/", views.change, {"what": "role"}, name="take_role"),
    path("people/<int:key>/password/", views.set_password, name="set_password"),
    path("people/<int:key>/change/<slug:what>/", views.change, name="change"),
    path("units/", views.units, name="units"),
    path("account/", views.account, name="account"),
    path("reason/", views.reason, name="reason"),
    path("session/ending/", views.session_ending, name="session_ending"),
    path("session/stay/", views.stay, name="stay"),
    path("signed-out/", views.signed_out, name="signed_out"),
]
ACCESS = {
    "accounts:people": needs("manage_people"),
    "accounts:person": needs("manage_people"),
    "accounts:add": needs("manage_people", "yes"),
    "accounts:give_role": needs("manage_people", "yes"),
    "accounts:officer_ref": needs("manage_people", "yes"),
    "accounts:take_role": needs("manage_people", "yes"),
    "accounts:set_password": needs("manage_people", "yes"),
    "accounts:change": needs("manage_people", "yes"),
    "accounts:units": needs("manage_people", "yes"),
    "accounts:account": LEAVING,
    "accounts:reason": SIGNED_IN,
    "accounts:session_ending": LEAVING,
    "accounts:stay": LEAVING,
    "accounts:signed_out": OPEN,
}
