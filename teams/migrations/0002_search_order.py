from django.db import migrations, models


def compare_by_code_points(apps, editor):
    """PostgreSQL sorts by the database's language unless told; SQLite by code points already."""
    if editor.connection.vendor == "postgresql":
        editor.execute('ALTER TABLE teams_searchword ALTER COLUMN word TYPE varchar(40) COLLATE "C"')


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="searchword", name="search_word_prefix"),
        migrations.RunPython(compare_by_code_points, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="searchword",
            index=models.Index(fields=["workspace", "kind", "weight", "word", "-object_id"], name="search_word_found"),
        ),
    ]
