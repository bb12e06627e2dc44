"""Progress of an addition as server-sent events: one whenever something changed, until it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dragoman.desk.adding import Order

_LOOK: Final = 0.25  # seconds between two looks
_BEAT: Final = 15.0  # after so long without news a comment keeps the line open


def stream(request: Request, order: Order) -> Response:
    return StreamingResponse(
        _events(request, order),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(request: Request, order: Order) -> AsyncIterator[bytes]:
    last, silent = b"", 0.0
    while not await request.is_disconnected():
        ended = not order.open
        now = orjson.dumps(order.shown())
        if now != last:
            yield b"event: progress\ndata: " + now + b"\n\n"
            last, silent = now, 0.0
        if ended:
            yield b"event: end\ndata: {}\n\n"
            return
        await asyncio.sleep(_LOOK)
        silent += _LOOK
        if silent >= _BEAT:
            yield b": still there\n\n"
            silent = 0.0
