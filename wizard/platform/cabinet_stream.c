/* From the thread that unpacks an .msu to the one that unpacks the cabinet inside: see cabinet.h. */
#include "platform/cabinet_private.h"

#include <string.h>

bool wz_stream_create(wz_stream *stream)
{
    *stream = (wz_stream){ .keeps = true };
    stream->full = CreateEventW(NULL, FALSE, FALSE, NULL);
    stream->empty = CreateEventW(NULL, FALSE, FALSE, NULL);
    stream->closed = CreateEventW(NULL, TRUE, FALSE, NULL);
    return stream->full != NULL && stream->empty != NULL && stream->closed != NULL;
}

void wz_stream_free(wz_stream *stream)
{
    if (stream->full != NULL)
        CloseHandle(stream->full);
    if (stream->empty != NULL)
        CloseHandle(stream->empty);
    if (stream->closed != NULL)
        CloseHandle(stream->closed);
    wz_text_clear(&stream->kept);
    *stream = (wz_stream){ 0 };
}

/* ---- the writer's side ---- */

static bool stream_give(wz_stream *stream, const char *bytes, size_t length)
{
    HANDLE either[] = { stream->closed, stream->empty };

    if (WaitForSingleObject(stream->closed, 0) == WAIT_OBJECT_0)
        return false;
    stream->piece = bytes;
    stream->piece_length = length;
    SetEvent(stream->full);
    return WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0 + 1;
}

bool wz_stream_write(wz_stream *stream, const char *bytes, size_t length)
{
    return length == 0 || stream_give(stream, bytes, length);
}

void wz_stream_end(wz_stream *stream, bool aborted)
{
    stream->aborted = aborted;
    stream_give(stream, NULL, 0);
}

/* ---- the reader's side ---- */

static bool stream_next(wz_stream *stream)
{
    if (stream->ended)
        return false;
    if (stream->holds) {
        stream->piece_at += stream->piece_length;
        stream->holds = false;
        SetEvent(stream->empty);
    }
    WaitForSingleObject(stream->full, INFINITE);
    stream->holds = true;
    stream->ended = stream->piece_length == 0;
    if (stream->keeps && !stream->ended)
        wz_text_append(&stream->kept, stream->piece, stream->piece_length);
    return !stream->ended;
}

bool wz_stream_read(wz_stream *stream, uint64_t at, void *to, size_t length)
{
    char *out = to;

    while (length > 0) {
        const char *from;
        size_t      have;

        if (at < stream->kept.length) {
            from = stream->kept.at + at;
            have = stream->kept.length - (size_t)at;
        } else {
            while (!stream->holds || at >= stream->piece_at + stream->piece_length)
                if (!stream_next(stream))
                    return false;
            if (at < stream->piece_at) {
                stream->out_of_order = true;
                return false;
            }
            from = stream->piece + (at - stream->piece_at);
            have = stream->piece_length - (size_t)(at - stream->piece_at);
        }
        if (have > length)
            have = length;
        memcpy(out, from, have);
        out += have;
        at += have;
        length -= have;
    }
    return true;
}

void wz_stream_stop(wz_stream *stream)
{
    SetEvent(stream->closed);
}
