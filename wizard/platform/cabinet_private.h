/*
 * cabinet_private: shared by cabinet.c (which members, what to do with them), cabinet_fdi.c (how cabinet.dll is called)
 * and cabinet_stream.c (from one decompressor into the next).
 */
#ifndef WZ_PLATFORM_CABINET_PRIVATE_H
#define WZ_PLATFORM_CABINET_PRIVATE_H

#include "core/package_cabinet.h"
#include "platform/cabinet.h"

typedef struct wz_unpack wz_unpack;

/* Receives the bytes of one member. write: false stops the unpacking. close: after the last byte, and only then. */
typedef struct wz_unpack_sink {
    bool (*write)(void *context, const void *bytes, size_t length);
    bool (*close)(void *context);
    void  *context;
} wz_unpack_sink;

struct wz_unpack {
    const char      *name;           /* for errors */
    wz_source        source;
    wz_cabinet       cabinet;        /* filled by wz_unpack_open */
    /* Asked for each member that is not WZ_MEMBER_OTHER, in order; false stops. */
    bool           (*wants)(void *context, const wz_cabinet_entry *entry, wz_unpack_sink *sink);
    void            *context;
    bool           (*is_cancelled)(void *context);
    wz_error         error;          /* the first failure; status WZ_OK when there was none */
    size_t           seen, taken;    /* entries met; wanted ones unpacked */
};

/* Read and judge the table of contents. The error is in unpack->error. */
bool wz_unpack_open(wz_unpack *unpack);
/* Unpack the wanted members; done after the last of them. */
bool wz_unpack_run(wz_unpack *unpack);
void wz_unpack_close(wz_unpack *unpack);

/* Bytes handed from one thread to another, a piece at a time, each seen once; the first ones are kept on request. */
typedef struct wz_stream {
    HANDLE      full, empty, closed;   /* a piece is there; it was used; nobody reads any more */
    const char *piece;                 /* of the writer; valid until empty is set */
    size_t      piece_length;
    uint64_t    piece_at;
    bool        holds, ended, aborted; /* the reader has a piece; there is no more; the writer failed */
    bool        keeps;                 /* the pieces are still kept */
    bool        out_of_order;          /* it was asked for bytes that are gone */
    wz_text     kept;
} wz_stream;

bool wz_stream_create(wz_stream *stream);
void wz_stream_free(wz_stream *stream);
/* The writer. False: nobody reads any more, which is no failure. */
bool wz_stream_write(wz_stream *stream, const char *bytes, size_t length);
void wz_stream_end(wz_stream *stream, bool aborted);
/* The reader. */
bool wz_stream_read(wz_stream *stream, uint64_t at, void *to, size_t length);
void wz_stream_stop(wz_stream *stream);

#endif
