/*
 * How cabinet.dll is called: FDICreate and FDICopy with functions of ours for memory, reading and writing, so that it
 * opens no file itself. Its "open" gets nothing but a name; ours is the address of the wz_unpack in hexadecimal, made
 * here and given to nobody else.
 */
#include "platform/cabinet_private.h"

#include <stdlib.h>
#include <string.h>

#include "platform/late.h"
#include "resource.h"

#include <fcntl.h>
#include <fdi.h>
#include <stdio.h>

typedef struct fdi_handle {
    wz_unpack     *unpack;
    uint64_t       at;                                 /* of a reader; written so far */
    bool           is_sink;
    wz_unpack_sink sink;
} fdi_handle;

typedef HFDI (__cdecl *create_function)(PFNALLOC, PFNFREE, PFNOPEN, PFNREAD, PFNWRITE, PFNCLOSE, PFNSEEK, int, PERF);
typedef BOOL (__cdecl *copy_function)(HFDI, char *, char *, int, PFNFDINOTIFY, PFNFDIDECRYPT, void *);
typedef BOOL (__cdecl *destroy_function)(HFDI);

static bool unpack_fail(wz_unpack *unpack, wz_status status, unsigned reason)
{
    if (unpack->error.status == WZ_OK)
        wz_fail_at(&unpack->error, status, unpack->name, 0, reason);
    return false;
}

/* ---- what cabinet.dll calls ---- */

static void * __cdecl fdi_alloc(ULONG length)
{
    return malloc(length);
}

static void __cdecl fdi_free(void *block)
{
    free(block);
}

static wz_unpack *unpack_from_name(const char *name)
{
    uintptr_t number = 0;

    for (; *name != '\0'; name++) {
        unsigned digit = *name >= '0' && *name <= '9' ? (unsigned)(*name - '0')
                       : *name >= 'a' && *name <= 'f' ? (unsigned)(*name - 'a') + 10 : 16;

        if (digit > 15)
            return NULL;
        number = number << 4 | digit;
    }
    return (wz_unpack *)number;
}

static INT_PTR __cdecl fdi_open(char *name, int flags, int mode)
{
    wz_unpack  *unpack = unpack_from_name(name);
    fdi_handle *handle;

    (void)mode;
    if (unpack == NULL || (flags & (_O_WRONLY | _O_RDWR | _O_CREAT)) != 0)
        return -1;
    handle = wz_new(fdi_handle);
    handle->unpack = unpack;
    return (INT_PTR)handle;
}

static UINT __cdecl fdi_read(INT_PTR opaque, void *to, UINT length)
{
    fdi_handle *handle = (fdi_handle *)opaque;
    wz_unpack  *unpack = handle->unpack;
    uint64_t    rest;

    if (handle->is_sink)
        return (UINT)-1;
    if (unpack->is_cancelled != NULL && unpack->is_cancelled(unpack->context)) {
        if (unpack->error.status == WZ_OK)
            wz_fail(&unpack->error, WZ_E_CANCELLED, 0, unpack->name);
        return (UINT)-1;
    }
    rest = handle->at < unpack->source.length ? unpack->source.length - handle->at : 0;
    if (length > rest)
        length = (UINT)rest;
    if (length == 0)
        return 0;
    if (!unpack->source.read(unpack->source.context, handle->at, to, length)) {
        if (unpack->error.status == WZ_OK)
            wz_fail(&unpack->error, WZ_E_IO, 0, unpack->name);   /* the source's owner knows more */
        return (UINT)-1;
    }
    handle->at += length;
    return length;
}

static UINT __cdecl fdi_write(INT_PTR opaque, void *bytes, UINT length)
{
    fdi_handle *handle = (fdi_handle *)opaque;

    if (!handle->is_sink || !handle->sink.write(handle->sink.context, bytes, length))
        return (UINT)-1;
    handle->at += length;
    return length;
}

static int __cdecl fdi_close(INT_PTR opaque)
{
    free((fdi_handle *)opaque);
    return 0;
}

static long __cdecl fdi_seek(INT_PTR opaque, long distance, int from)
{
    fdi_handle *handle = (fdi_handle *)opaque;
    int64_t     at = distance;

    if (handle->is_sink)
        return -1;
    if (from == SEEK_CUR)
        at += (int64_t)handle->at;
    else if (from == SEEK_END)
        at += (int64_t)handle->unpack->source.length;
    if (at < 0 || at > INT32_MAX)
        return -1;
    handle->at = (uint64_t)at;
    return (long)at;
}

/* The table of contents was read before: what cabinet.dll meets now must be the same, one after the other. */
static INT_PTR notify_member(wz_unpack *unpack, const FDINOTIFICATION *told)
{
    const wz_cabinet_entry *entry;
    wz_unpack_sink          sink = { 0 };
    fdi_handle             *handle;

    if (unpack->taken == unpack->cabinet.wanted)
        return -1;                                     /* all there: no need to unpack the rest */
    if (unpack->seen >= unpack->cabinet.count)
        return unpack_fail(unpack, WZ_E_FORMAT, IDS_CABINET_HEADER) ? 0 : -1;
    entry = &unpack->cabinet.entries[unpack->seen++];
    if (strcmp(entry->name, told->psz1) != 0 || entry->bytes != (uint32_t)told->cb)
        return unpack_fail(unpack, WZ_E_FORMAT, IDS_CABINET_HEADER) ? 0 : -1;
    if (entry->member == WZ_MEMBER_OTHER)
        return 0;
    if (!unpack->wants(unpack->context, entry, &sink))
        return -1;
    handle = wz_new(fdi_handle);
    handle->unpack = unpack;
    handle->is_sink = true;
    handle->sink = sink;
    return (INT_PTR)handle;
}

static INT_PTR __cdecl fdi_notify(FDINOTIFICATIONTYPE what, FDINOTIFICATION *told)
{
    wz_unpack *unpack = told->pv;

    if (what == fdintCOPY_FILE)
        return notify_member(unpack, told);
    if (what == fdintCLOSE_FILE_INFO) {
        fdi_handle *handle = (fdi_handle *)told->hf;
        bool        is_whole = handle->at == unpack->cabinet.entries[unpack->seen - 1].bytes;
        /* Wine also closes what it could not unpack. */
        bool        is_good = is_whole ? handle->sink.close(handle->sink.context)
                                       : unpack_fail(unpack, WZ_E_FORMAT, IDS_CABINET_DATA);

        unpack->taken += is_good;
        free(handle);
        return is_good ? TRUE : -1;
    }
    /* A cabinet that goes on in another one was refused by its header. */
    return what == fdintNEXT_CABINET || what == fdintPARTIAL_FILE ? -1 : 0;
}

/* ---- */

bool wz_unpack_open(wz_unpack *unpack)
{
    if (wz_cabinet_read(unpack->name, &unpack->source, &unpack->cabinet, &unpack->error) != WZ_OK)
        return false;
    if (unpack->cabinet.bytes > INT32_MAX)             /* cabinet.dll counts in a long */
        return unpack_fail(unpack, WZ_E_LIMIT, IDS_REASON_TOO_LARGE);
    return true;
}

static void blame(wz_unpack *unpack, const ERF *erf)
{
    switch (erf->erfOper) {
    case FDIERROR_BAD_COMPR_TYPE:
    case FDIERROR_CORRUPT_CABINET:
    case FDIERROR_MDI_FAIL:
    case FDIERROR_RESERVE_MISMATCH:
        unpack_fail(unpack, WZ_E_FORMAT, IDS_CABINET_DATA);
        break;
    case FDIERROR_ALLOC_FAIL:
        wz_out_of_memory();
        break;
    default:
        unpack_fail(unpack, WZ_E_FORMAT, IDS_CABINET_DATA);
        break;
    }
}

bool wz_unpack_run(wz_unpack *unpack)
{
    create_function  create = (create_function)wz_late(WZ_LATE_FDICreate);
    copy_function    copy = (copy_function)wz_late(WZ_LATE_FDICopy);
    destroy_function destroy = (destroy_function)wz_late(WZ_LATE_FDIDestroy);
    ERF              erf = { 0 };
    wz_text          name = { 0 };
    char             folder[1] = "";
    HFDI             fdi = NULL;

    if (unpack->cabinet.wanted == 0)
        return true;
    if (create != NULL && copy != NULL && destroy != NULL)
        fdi = create(fdi_alloc, fdi_free, fdi_open, fdi_read, fdi_write, fdi_close, fdi_seek, cpuUNKNOWN, &erf);
    if (fdi == NULL)
        return unpack_fail(unpack, WZ_E_SYSTEM, IDS_CABINET_LIBRARY);
    wz_text_add_hex(&name, (uintptr_t)unpack, 1);
    if (!copy(fdi, name.at, folder, 0, fdi_notify, NULL, unpack) && unpack->taken < unpack->cabinet.wanted)
        blame(unpack, &erf);
    destroy(fdi);
    wz_text_clear(&name);
    if (unpack->error.status == WZ_OK && unpack->taken < unpack->cabinet.wanted)
        unpack_fail(unpack, WZ_E_FORMAT, IDS_CABINET_DATA);
    return unpack->error.status == WZ_OK;
}

void wz_unpack_close(wz_unpack *unpack)
{
    wz_cabinet_clear(&unpack->cabinet);
}
