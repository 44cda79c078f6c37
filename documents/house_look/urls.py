from django.urls import path

from documents.house_look import views

app_name = "house-look"
urlpatterns = [path("", views.look_edit, name="edit")]
