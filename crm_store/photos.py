"""Photos: keeping them, and showing them to whom they belong."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from crm_store import clock
from crm_store.errors import NotFound
from crm_store.models import Photo


async def add(
    session: AsyncSession,
    *,
    conversation_id: int,
    media_type: str,
    width: int,
    height: int,
    content: bytes,
) -> Photo:
    """Keep a photo of the conversation. The content must be ours: decoded and drawn anew by the caller."""
    photo = Photo(
        key=secrets.token_urlsafe(24),
        conversation_id=conversation_id,
        media_type=media_type,
        width=width,
        height=height,
        size=len(content),
        content=content,
        created_at=clock.now(),
    )
    session.add(photo)
    await session.flush()
    return photo


async def get_photo(session: AsyncSession, *, conversation_id: int, key: str) -> Photo:
    """The conversation's photo with its content; `NotFound` also for another conversation's."""
    mine = (Photo.key == key, Photo.conversation_id == conversation_id)
    photo = await session.scalar(select(Photo).where(*mine).options(undefer(Photo.content)))
    if photo is None:
        raise NotFound("There is no such photo.")
    return photo


async def get_for_agent(session: AsyncSession, *, key: str) -> Photo:
    """Any photo with its content, for somebody who may see every ticket; `NotFound`."""
    photo = await session.scalar(select(Photo).where(Photo.key == key).options(undefer(Photo.content)))
    if photo is None:
        raise NotFound("There is no such photo.")
    return photo
