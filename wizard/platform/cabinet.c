#include "platform/cabinet.h"

#include <process.h>
#include <stdlib.h>
#include <string.h>

#include "platform/cabinet_private.h"
#include "platform/files.h"
#include "resource.h"

#define MAX_INNER 4u                                   /* payload cabinets in one .msu; those for 6.0 have one */

/* The payload cabinet inside an .msu, unpacked on a thread of its own. */
typedef struct inner {
    wz_stream stream;
    wz_unpack unpack;
    HANDLE    thread;
    char     *name;
    wz_text   manifest;
    size_t    marker;
    bool      has_manifest, is_marked, is_done;
} inner;

/* One call of wz_cabinet_examine. */
typedef struct examination {
    HANDLE             file;
    uint64_t           bytes, furthest;
    const char        *name;
    const wz_progress *progress;
    wz_content        *out;
    wz_unpack          unpack;
    wz_error           read_error;     /* why the file could not be read */
    wz_text            text;           /* the description that is being unpacked */
    wz_member          member;
    char              *member_name;
    size_t             marker;
    inner             *inner;          /* while one is being unpacked */
    unsigned           inner_count;
} examination;

/* ---- reading the file ---- */

static bool file_read(void *context, uint64_t at, void *to, size_t length)
{
    examination *self = context;
    OVERLAPPED   place = { .Offset = (DWORD)at, .OffsetHigh = (DWORD)(at >> 32) };
    DWORD        got = 0;

    if (!ReadFile(self->file, to, (DWORD)length, &got, &place) || got != length) {
        DWORD code = got < length && GetLastError() == ERROR_SUCCESS ? ERROR_HANDLE_EOF : GetLastError();

        if (self->read_error.status == WZ_OK)
            wz_fail_code(&self->read_error, code, self->name);
        return false;
    }
    if (at + length > self->furthest) {
        self->furthest = at + length;
        wz_progress_report(self->progress, IDS_FILE_DOING_CONTENT, self->name,
                           self->furthest >= self->bytes ? 1000 : (unsigned)(self->furthest * 1000 / self->bytes));
    }
    return true;
}

static bool is_cancelled(void *context)
{
    return wz_progress_cancelled(((examination *)context)->progress);
}

/* ---- descriptions ---- */

static void note(examination *self, const wz_error *error)
{
    if (self->out->error.status == WZ_OK)
        self->out->error = *error;
}

/* "update.msu, update.mum": in which file, which part of it. */
static char *name_inside(const char *file, const char *member)
{
    wz_text name = { 0 };

    wz_text_add(&name, file);
    wz_text_add(&name, ", ");
    wz_text_add(&name, member);
    return wz_text_take(&name);
}

static void understand(examination *self, wz_member member, const char *name, const wz_text *text)
{
    wz_view   view = { wz_text_at(text), text->length };
    wz_error  error = { 0 };
    char     *inside = name_inside(self->name, name);
    wz_status status = WZ_OK;

    if (member == WZ_MEMBER_PROPERTIES)
        status = wz_package_properties(inside, view, self->out, &error);
    else if (member == WZ_MEMBER_UNATTEND)
        status = wz_package_unattend(inside, view, self->out, &error);
    else if (member == WZ_MEMBER_MANIFEST)
        status = wz_package_manifest(inside, view, self->out, &error);
    if (status != WZ_OK)
        note(self, &error);
    free(inside);
}

static bool text_write(void *context, const void *bytes, size_t length)
{
    wz_text *text = context;

    if (length > WZ_PACKAGE_MAX_BYTES - text->length)
        return false;                                  /* the table of contents said less */
    wz_text_append(text, bytes, length);
    return true;
}

static bool outer_write(void *context, const void *bytes, size_t length)
{
    examination *self = context;

    if (self->member != WZ_MEMBER_MANIFEST_OTHER)
        return text_write(&self->text, bytes, length);
    if (wz_package_find_marker(bytes, length, &self->marker))
        self->out->is_esu_gated = true;
    return true;
}

static bool outer_close(void *context)
{
    examination *self = context;

    understand(self, self->member, self->member_name, &self->text);
    wz_text_clear(&self->text);
    return true;
}

/* ---- the inner cabinet: on its own thread ---- */

static bool inner_source(void *context, uint64_t at, void *to, size_t length)
{
    return wz_stream_read(context, at, to, length);
}

static bool inner_manifest(void *context, const void *bytes, size_t length)
{
    return text_write(&((inner *)context)->manifest, bytes, length);
}

static bool inner_manifest_end(void *context)
{
    ((inner *)context)->has_manifest = true;
    return true;
}

static bool inner_search(void *context, const void *bytes, size_t length)
{
    inner *self = context;

    self->is_marked = wz_package_find_marker(bytes, length, &self->marker) || self->is_marked;
    return true;
}

static bool inner_search_end(void *context)
{
    (void)context;
    return true;
}

static bool inner_wants(void *context, const wz_cabinet_entry *entry, wz_unpack_sink *sink)
{
    inner *self = context;

    self->marker = 0;
    if (entry->member == WZ_MEMBER_MANIFEST)
        *sink = (wz_unpack_sink){ inner_manifest, inner_manifest_end, context };
    else
        *sink = (wz_unpack_sink){ inner_search, inner_search_end, context };
    return true;
}

static unsigned __stdcall inner_main(void *argument)
{
    inner *self = argument;
    bool   is_good = wz_unpack_open(&self->unpack);

    self->stream.keeps = false;
    if (is_good && !self->unpack.cabinet.is_payload) {
        wz_fail_at(&self->unpack.error, WZ_E_FORMAT, self->name, 0, IDS_CABINET_NO_UPDATE);
        is_good = false;
    }
    self->is_done = is_good && wz_unpack_run(&self->unpack);
    if (self->stream.out_of_order)
        wz_fail_at(&self->unpack.error, WZ_E_FORMAT, self->name, 0, IDS_CABINET_ORDER);
    wz_stream_stop(&self->stream);
    return 0;
}

static inner *inner_start(examination *outer, const wz_cabinet_entry *entry)
{
    inner *self = wz_new(inner);

    self->name = name_inside(outer->name, entry->name);
    self->unpack.name = self->name;
    self->unpack.source = (wz_source){ inner_source, &self->stream, entry->bytes };
    self->unpack.wants = inner_wants;
    self->unpack.context = self;
    if (wz_stream_create(&self->stream))
        self->thread = (HANDLE)_beginthreadex(NULL, 0, inner_main, self, 0, NULL);
    if (self->thread == NULL)
        wz_fail(&self->unpack.error, WZ_E_SYSTEM, ERROR_NO_SYSTEM_RESOURCES, self->name);
    return self;
}

/* Wait for the thread and take over what it found. aborted: the .msu around it could not be unpacked to the end. */
static void inner_finish(examination *outer, bool aborted)
{
    inner *self = outer->inner;

    if (self == NULL)
        return;
    outer->inner = NULL;
    if (self->thread != NULL) {
        wz_stream_end(&self->stream, aborted);
        WaitForSingleObject(self->thread, INFINITE);
        CloseHandle(self->thread);
    }
    if (!aborted || self->is_done) {
        if (self->unpack.error.status != WZ_OK)
            note(outer, &self->unpack.error);
        else if (self->has_manifest)
            understand(outer, WZ_MEMBER_MANIFEST, self->name, &self->manifest);
        outer->out->is_esu_gated = outer->out->is_esu_gated || self->is_marked;
    }
    wz_unpack_close(&self->unpack);
    wz_stream_free(&self->stream);
    wz_text_clear(&self->manifest);
    free(self->name);
    free(self);
}

/* The rest of a cabinet from which all is known already is unpacked and dropped: what follows it is wanted, too. */
static bool pass_on(void *context, const void *bytes, size_t length)
{
    inner *self = ((examination *)context)->inner;

    if (self->thread != NULL)
        wz_stream_write(&self->stream, bytes, length);
    return true;
}

static bool pass_end(void *context)
{
    inner_finish(context, false);
    return true;
}

/* ---- the file ---- */

static bool outer_wants(void *context, const wz_cabinet_entry *entry, wz_unpack_sink *sink)
{
    examination *self = context;

    self->member = entry->member;
    self->member_name = entry->name;
    self->marker = 0;
    if (entry->member != WZ_MEMBER_CABINET) {
        *sink = (wz_unpack_sink){ outer_write, outer_close, context };
        return true;
    }
    if (++self->inner_count > MAX_INNER) {
        wz_fail_at(&self->unpack.error, WZ_E_LIMIT, self->name, 0, IDS_CABINET_INNER);
        return false;
    }
    self->inner = inner_start(self, entry);
    *sink = (wz_unpack_sink){ pass_on, pass_end, context };
    return true;
}

static void explain(examination *self)
{
    const wz_error *error = &self->unpack.error;

    if (self->read_error.status != WZ_OK)
        note(self, &self->read_error);
    else if (error->status != WZ_OK)
        note(self, error);
    else if (self->unpack.cabinet.wanted == 0 || self->out->witnesses == 0) {
        wz_error none = { 0 };

        wz_fail_at(&none, WZ_E_FORMAT, self->name, 0, IDS_CABINET_NO_UPDATE);
        note(self, &none);
    }
}

wz_status wz_cabinet_examine(HANDLE file, const char *name, uint64_t bytes, const wz_progress *progress,
                             wz_content *out)
{
    examination self = { .file = file, .bytes = bytes, .name = name, .progress = progress, .out = out };
    wz_status   status = WZ_OK;

    wz_content_clear(out);
    out->is_asked = true;
    self.unpack.name = name;
    self.unpack.source = (wz_source){ file_read, &self, bytes };
    self.unpack.wants = outer_wants;
    self.unpack.context = &self;
    self.unpack.is_cancelled = is_cancelled;
    if (wz_unpack_open(&self.unpack))
        wz_unpack_run(&self.unpack);
    inner_finish(&self, true);                         /* only when it was not finished */
    if (self.unpack.error.status == WZ_E_CANCELLED || wz_progress_cancelled(progress))
        status = WZ_E_CANCELLED;
    explain(&self);
    wz_unpack_close(&self.unpack);
    wz_text_clear(&self.text);
    return status;
}
