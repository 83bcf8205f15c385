from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files under names that change with their content, so that browsers may keep them for ever.

    Our modules import one another by relative path, and those paths get the new names as well. Only ours: Django's
    switch for it also reads the comments of packages' scripts and stumbles over the files that these speak of.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
