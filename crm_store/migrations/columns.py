"""The column types the steps are written in. Old steps rely on them: add types here, never change one."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(32)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
