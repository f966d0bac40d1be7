"""How large a form and a file may be, and where a file arrives."""

from __future__ import annotations

from fourfold.web.settings.told import HOME

# Uploads: a form of 2 MB and 500 fields; a desk that takes files sets its own limit of rows and kinds.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = HOME.path / "handed-in" / "arriving"
FILE_UPLOAD_HANDLERS = [
    "fourfold.web.intake.uploading.GuardedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
UPLOAD_LARGEST_BYTES = 200 * 1024 * 1024
