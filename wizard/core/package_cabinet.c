#include "core/package_cabinet.h"

#include "resource.h"

#include <stdlib.h>
#include <string.h>

enum { CABINET_PREVIOUS = 1, CABINET_NEXT = 2, CABINET_RESERVE = 4 };

#define BLOCK_BYTES 32768u                             /* what one CFDATA holds unpacked, at most */
#define READ_AHEAD  4096u

typedef struct folder { uint32_t data_at; unsigned blocks; } folder;

/* Reads forward through the tables; what was read stays. */
typedef struct tables {
    const char      *name;
    const wz_source *source;
    wz_text          bytes;
    uint64_t         limit;                            /* no byte at or beyond is part of the cabinet */
    size_t           at;
    wz_error        *err;
    wz_status        status;                           /* the first failure */
    folder          *folders;
    bool             has_properties, has_manifest;
    unsigned         folder_count, file_count, header_reserve, folder_reserve, flags;
    uint32_t         files_at;
} tables;

static bool refuse(tables *self, wz_status status, unsigned reason)
{
    if (self->status == WZ_OK)
        self->status = wz_fail_at(self->err, status, self->name, 0, reason);
    return false;
}

/* The next length bytes, or NULL. Valid until the next call. */
static const unsigned char *take(tables *self, size_t length)
{
    size_t end = self->at + length;

    if (self->status != WZ_OK)
        return NULL;
    if (end > WZ_CABINET_MAX_HEADER) {
        refuse(self, WZ_E_LIMIT, IDS_CABINET_HEADER);
        return NULL;
    }
    if (end > self->limit) {
        refuse(self, WZ_E_FORMAT, IDS_REASON_TRUNCATED);
        return NULL;
    }
    while (self->bytes.length < end) {
        char   part[READ_AHEAD];
        size_t have = self->bytes.length;
        size_t want = self->limit - have < sizeof part ? (size_t)(self->limit - have) : sizeof part;

        if (!self->source->read(self->source->context, have, part, want)) {
            self->status = wz_fail(self->err, WZ_E_IO, 0, self->name);
            return NULL;
        }
        wz_text_append(&self->bytes, part, want);
    }
    self->at = end;
    return (const unsigned char *)self->bytes.at + end - length;
}

static unsigned get16(const unsigned char *at)
{
    return (unsigned)at[0] | (unsigned)at[1] << 8;
}

static uint32_t get32(const unsigned char *at)
{
    return (uint32_t)get16(at) | (uint32_t)get16(at + 2) << 16;
}

static bool read_reserve(tables *self)
{
    const unsigned char *at;

    if ((self->flags & CABINET_RESERVE) == 0)
        return true;
    at = take(self, 4);
    if (at == NULL)
        return false;
    self->header_reserve = get16(at);
    self->folder_reserve = at[2];
    return take(self, self->header_reserve) != NULL;
}

static bool read_header(tables *self, wz_cabinet *out)
{
    const unsigned char *at;

    if (self->source->length == 0)
        return refuse(self, WZ_E_FORMAT, IDS_REASON_EMPTY);
    self->limit = self->source->length;
    at = take(self, self->limit < 4 ? (size_t)self->limit : 4);
    if (at == NULL)
        return false;
    if (self->limit < 4 || memcmp(at, "MSCF", 4) != 0)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_NONE);
    self->at = 0;
    at = take(self, 36);
    if (at == NULL)
        return false;
    if (at[24] != 3 || at[25] != 1)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_NONE);
    out->bytes = get32(at + 8);
    self->files_at = get32(at + 16);
    self->folder_count = get16(at + 26);
    self->file_count = get16(at + 28);
    self->flags = get16(at + 30);
    if (out->bytes > self->source->length)
        return refuse(self, WZ_E_FORMAT, IDS_REASON_TRUNCATED);
    if ((self->flags & (CABINET_PREVIOUS | CABINET_NEXT)) != 0)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_SET);
    if (self->file_count > WZ_CABINET_MAX_ENTRIES)
        return refuse(self, WZ_E_LIMIT, IDS_CABINET_ENTRIES);
    if (self->folder_count == 0 || self->folder_count > WZ_CABINET_MAX_FOLDERS || self->file_count == 0)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_HEADER);
    self->limit = out->bytes;
    return read_reserve(self);
}

static bool read_folders(tables *self, const wz_cabinet *out)
{
    self->folders = wz_new_array(self->folder_count, folder);
    for (unsigned i = 0; i < self->folder_count; i++) {
        const unsigned char *at = take(self, 8u + self->folder_reserve);

        if (at == NULL)
            return false;
        self->folders[i].data_at = get32(at);
        self->folders[i].blocks = get16(at + 4);
        if (self->folders[i].data_at > out->bytes || (i > 0 && self->folders[i].data_at < self->folders[i - 1].data_at))
            return refuse(self, WZ_E_FORMAT, IDS_CABINET_HEADER);
        /* A block has eight bytes of its own at least. */
        if ((uint64_t)self->folders[i].data_at + 8u * (uint64_t)self->folders[i].blocks > out->bytes)
            return refuse(self, WZ_E_FORMAT, IDS_REASON_TRUNCATED);
    }
    if (self->files_at < self->at || self->files_at > out->bytes)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_HEADER);
    return take(self, self->files_at - self->at) != NULL;
}

/* The zero-terminated name that follows, owned; NULL when it is longer than the format allows. */
static char *read_name(tables *self)
{
    wz_text name = { 0 };

    for (;;) {
        const unsigned char *at = take(self, 1);

        if (at == NULL || name.length > 256) {
            wz_text_clear(&name);
            refuse(self, WZ_E_FORMAT, IDS_CABINET_NAME);
            return NULL;
        }
        if (*at == '\0')
            return wz_text_take(&name);
        wz_text_append(&name, (const char *)at, 1);
    }
}

bool wz_cabinet_name_is_safe(const char *name)
{
    bool at_start = true;

    if (*name == '\0' || *name == '/' || *name == '\\')
        return false;
    for (const char *at = name; *at != '\0'; at++) {
        if ((unsigned char)*at < 0x20 || strchr(":*?\"<>|", *at) != NULL)
            return false;                              /* a colon: a drive, or a second stream of a file */
        if (at_start && *at == '.') {
            const char *end = at + strspn(at, ". ");

            if (*end == '\0' || *end == '/' || *end == '\\')
                return false;                          /* "..", "." and what Windows takes for them */
        }
        at_start = *at == '/' || *at == '\\';
    }
    return true;
}

/* Two of a kind: which of them Windows would take is not for us to guess. */
static bool is_second(tables *self, wz_member member)
{
    bool *seen = member == WZ_MEMBER_PROPERTIES ? &self->has_properties : &self->has_manifest;

    if (*seen)
        return true;
    *seen = true;
    return false;
}

static bool judge_entry(tables *self, wz_cabinet *out, const wz_cabinet_entry *entry, uint64_t from, unsigned in)
{
    wz_member member = wz_package_member(entry->name, false);

    if (in >= 0xFFFD)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_SET);
    if (in >= self->folder_count)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_HEADER);
    if (from + entry->bytes > (uint64_t)self->folders[in].blocks * BLOCK_BYTES)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_HEADER);
    if (!wz_cabinet_name_is_safe(entry->name))
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_NAME);
    if ((member == WZ_MEMBER_PROPERTIES || member == WZ_MEMBER_MANIFEST) && is_second(self, member))
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_TWICE);
    if ((member == WZ_MEMBER_PROPERTIES || member == WZ_MEMBER_MANIFEST) && entry->bytes > WZ_PACKAGE_MAX_BYTES)
        return refuse(self, WZ_E_LIMIT, IDS_CABINET_MEMBER);
    out->unpacked += entry->bytes;
    if (out->unpacked > WZ_CABINET_MAX_TOTAL)
        return refuse(self, WZ_E_LIMIT, IDS_CABINET_TOTAL);
    return true;
}

static bool read_files(tables *self, wz_cabinet *out)
{
    out->entries = wz_new_array(self->file_count, wz_cabinet_entry);
    for (unsigned i = 0; i < self->file_count; i++) {
        const unsigned char *at = take(self, 16);
        wz_cabinet_entry     entry = { 0 };
        uint32_t             from;
        unsigned             in;

        if (at == NULL)
            return false;
        entry.bytes = get32(at);
        from = get32(at + 4);
        in = get16(at + 8);
        entry.name = read_name(self);
        if (entry.name == NULL)
            return false;
        entry.member = wz_package_member(entry.name, false);
        if (!judge_entry(self, out, &entry, from, in)) {
            free(entry.name);
            return false;
        }
        out->entries[out->count++] = entry;
    }
    return true;
}

static bool judge_whole(tables *self, wz_cabinet *out)
{
    if (self->folders[0].data_at < self->at)
        return refuse(self, WZ_E_FORMAT, IDS_CABINET_HEADER);
    if (out->unpacked > WZ_CABINET_FREE_BYTES && out->unpacked / WZ_CABINET_MAX_RATIO > out->bytes)
        return refuse(self, WZ_E_LIMIT, IDS_CABINET_RATIO);
    for (size_t i = 0; i < out->count; i++)
        out->is_payload = out->is_payload || out->entries[i].member == WZ_MEMBER_MANIFEST;
    for (size_t i = 0; i < out->count; i++) {
        out->entries[i].member = wz_package_member(out->entries[i].name, out->is_payload);
        out->wanted += out->entries[i].member != WZ_MEMBER_OTHER;
        /* An .msu and a payload at once: Windows would take one, we might look at the other. */
        if (out->is_payload && strpbrk(out->entries[i].name, "/\\") == NULL
            && wz_package_member(out->entries[i].name, false) == WZ_MEMBER_PROPERTIES)
            return refuse(self, WZ_E_FORMAT, IDS_CABINET_TWICE);
        if (out->entries[i].member == WZ_MEMBER_UNATTEND && out->entries[i].bytes > WZ_PACKAGE_MAX_BYTES)
            return refuse(self, WZ_E_LIMIT, IDS_CABINET_MEMBER);
    }
    return true;
}

wz_status wz_cabinet_read(const char *name, const wz_source *source, wz_cabinet *out, wz_error *err)
{
    tables     self = { .name = name, .source = source, .err = err };
    wz_cabinet cabinet = { 0 };

    if (read_header(&self, &cabinet) && read_folders(&self, &cabinet) && read_files(&self, &cabinet)
        && judge_whole(&self, &cabinet))
        *out = cabinet;
    else
        wz_cabinet_clear(&cabinet);
    wz_text_clear(&self.bytes);
    free(self.folders);
    return self.status;
}

void wz_cabinet_clear(wz_cabinet *cabinet)
{
    for (size_t i = 0; i < cabinet->count; i++)
        free(cabinet->entries[i].name);
    free(cabinet->entries);
    *cabinet = (wz_cabinet){ 0 };
}
