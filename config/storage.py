from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Static files under names that change with their content, so that browsers may keep them for ever.

    Modules import one another by relative path: those paths get the new names as well.
    """

    support_js_module_import_aggregation = True
