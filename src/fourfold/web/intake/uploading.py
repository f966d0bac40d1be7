"""What guards the door for uploads: too much, or a file where none is asked for, is not stored at all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

MEGABYTE = 1024 * 1024
ROOM_FOR_FIELDS = MEGABYTE
"""What a form may hold beside its files."""


def is_too_large(request: Any) -> bool:
    """Return whether a request brings more than may be uploaded at once."""
    told = request.META.get("CONTENT_LENGTH") or 0
    return bool(int(told) > settings.UPLOAD_LARGEST_BYTES + ROOM_FOR_FIELDS)


class GuardedUploadHandler(FileUploadHandler):
    """First in line: passes over files of a request that is too large or whose sender has not signed in.

    A form's files are read before its page is asked whether the person may, so that this is asked here.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 (Django calls it by this name)
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        person = getattr(self.request, "user", None)
        self.is_refused = is_too_large(self.request) or person is None or not person.is_authenticated

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.is_refused:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
