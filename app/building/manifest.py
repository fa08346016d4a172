"""What a build is made of: the digest of its content, the checksum of each file, and what is wrong with a build on disk."""

from __future__ import annotations

import hashlib
import json
import os

from pydantic import BaseModel, ValidationError

from app import __version__
from app.model import AUDIENCES
from app.problems import Problem
from app.settings import Settings

SCHEMA = 5
"""The version of what a build holds. Raise it when tables, records, index or maps change; older builds are then made anew."""


class Broken(Exception):
    """The build on disk cannot be served; the message says why in half a sentence."""


class FileStamp(BaseModel):
    """By which a file is known to be the one that was written."""

    sha256: str
    size: int


class Manifest(BaseModel):
    """What a build is made of, and from what."""

    schema_version: int = SCHEMA
    program: str = __version__
    content: str
    files: dict[str, FileStamp]
    findings: list[Problem]


def content_digest(settings: Settings) -> str:
    """SHA-256 over the name and the bytes of every Markdown and YAML file of the content, and of the pathways."""
    digest = hashlib.sha256()
    files = [file for file in settings.content.rglob("*") if file.suffix in {".md", ".yaml"} and not file.name.startswith(".")]
    named = sorted((file.relative_to(settings.content).as_posix(), file) for file in files)
    for name, file in [*named, ("pathways.yaml", settings.pathways)]:
        try:
            data = file.read_bytes() if file.is_file() else b"\0"  # a pipe would be waited for
        except OSError:  # what cannot be read is told by the reader; here it only has to differ from what can
            data = b"\0"
        digest.update(os.fsencode(f"{name}\0{len(data)}\0"))
        digest.update(data)
    return digest.hexdigest()


def broken(settings: Settings) -> str | None:
    """Why the build on disk cannot be served (missing, half, of another version, damaged), or None when it can."""
    try:
        verified(settings)
    except Broken as reason:
        return str(reason)
    return None


def reason_to_build(settings: Settings) -> str | None:
    """Why a new build is needed: what `broken` says, another program version or other content; None when none is."""
    try:
        manifest = verified(settings)
    except Broken as reason:
        return str(reason)
    if manifest.program != __version__:
        return f"it was made by Windscreen {manifest.program}, and this is {__version__}"
    if manifest.content != content_digest(settings):
        return "the content has changed"
    return None


def verified(settings: Settings) -> Manifest:
    """The manifest of a build, every file checked against it. Raises Broken."""
    try:
        data = json.loads(settings.manifest.read_bytes())
    except OSError:
        raise Broken("there is no whole build yet") from None
    except ValueError:
        raise Broken("manifest.json is damaged") from None
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != SCHEMA:
        raise Broken(f"it has the form {version}, and this program reads the form {SCHEMA}")
    try:
        manifest = Manifest.model_validate(data)
    except ValidationError:
        raise Broken("manifest.json is damaged") from None
    try:
        found = files_of(settings)
    except OSError as error:
        raise Broken(f"it cannot be read ({error.strerror})") from None
    for name in sorted(manifest.files.keys() | found.keys()):
        if name not in found:
            raise Broken(f"{name} is missing")
        if name not in manifest.files:
            raise Broken(f"{name} is not a part of it")
        if manifest.files[name] != found[name]:
            raise Broken(f"{name} is damaged or was changed by hand")
    return manifest


def files_of(settings: Settings) -> dict[str, FileStamp]:
    """The files of a build with their checksums. Hidden files, such as those a file manager leaves, do not count."""
    folders = [settings.index, *(settings.build / audience for audience in AUDIENCES)]
    files = [settings.database, settings.maps, *(file for folder in folders for file in folder.rglob("*"))]
    return {
        file.relative_to(settings.build).as_posix(): FileStamp(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
        for file in sorted(files)
        if file.is_file() and not file.name.startswith(".")
        for data in [file.read_bytes()]
    }
