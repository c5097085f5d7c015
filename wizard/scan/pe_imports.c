#include "scan/pe.h"

#include <string.h>

enum { DIRECTORY_IMPORT = 1, MAX_LIBRARIES = 512, MAX_NAMES = 8192 };

/* What yields the version of Windows; capa-rules host-interaction/os/version and the kernel's own names. */
static const char *const names[] = {
    "GetVersion", "GetVersionExA", "GetVersionExW", "NtBuildNumber", "PsGetVersion", "RtlGetNtVersionNumbers",
    "RtlGetVersion", "RtlVerifyVersionInfo", "VerSetConditionMask", "VerifyVersionInfoA", "VerifyVersionInfoW",
};

/* What tells a person or a log something and changes nothing else. */
static const char *const tellers[] = {
    "MessageBoxA", "MessageBoxW", "OutputDebugStringA", "OutputDebugStringW", "ReportEventA", "ReportEventW",
    "DbgPrint", "DbgPrintEx", "printf", "wprintf", "puts",
};

static bool is_name(const uint8_t *name, size_t room, const char *wanted)
{
    size_t length = strlen(wanted) + 1;

    return length <= room && memcmp(name, wanted, length) == 0;
}

static void add_teller(wz_pe *pe, uint32_t slot, const uint8_t *name, size_t room)
{
    for (size_t i = 0; i < WZ_COUNT(tellers); i++)
        if (pe->teller_count < WZ_PE_TELLERS && is_name(name, room, tellers[i]))
            pe->tellers[pe->teller_count++] = slot;
}

static void add_source(wz_pe *pe, uint32_t slot, const uint8_t *name, size_t room)
{
    for (size_t i = 0; i < WZ_COUNT(names); i++)
        if (pe->source_count < WZ_PE_SOURCES && is_name(name, room, names[i]))
            pe->sources[pe->source_count++] = (wz_source){
                slot, names[i], strcmp(names[i], "VerSetConditionMask") == 0
            };
}

static void read_library(wz_pe *pe, uint32_t lookup, uint32_t slot)
{
    unsigned step = pe->is_64 ? 8 : 4;

    for (; pe->import_count < MAX_NAMES; lookup += step, slot += step) {
        size_t         room;
        const uint8_t *entry = wz_pe_at(pe, lookup, step, &room);
        const uint8_t *name;
        uint32_t       low, high;

        if (entry == NULL)
            return;
        low = wz_get32(entry);
        high = pe->is_64 ? wz_get32(entry + 4) : low;
        if (low == 0 && high == 0)
            return;
        pe->import_count++;
        if ((high & 0x80000000) != 0)                  /* by ordinal */
            continue;
        name = wz_pe_at(pe, low, 3, &room);
        if (name != NULL) {
            add_source(pe, slot, name + 2, room - 2);
            add_teller(pe, slot, name + 2, room - 2);
        }
    }
}

void wz_pe_read_imports(wz_pe *pe)
{
    size_t   optional = wz_get32(pe->bytes + 0x3C) + (size_t)24;     /* both checked by wz_pe_open */
    size_t   row = optional + (pe->is_64 ? 112u : 96u) + DIRECTORY_IMPORT * 8;
    uint32_t rva;

    if (row > pe->length || pe->length - row < 8)
        return;
    rva = wz_get32(pe->bytes + row);
    for (unsigned i = 0; rva != 0 && i < MAX_LIBRARIES; i++, rva += 20) {
        size_t         room;
        const uint8_t *library = wz_pe_at(pe, rva, 20, &room);
        uint32_t       lookup, slots;

        if (library == NULL || (wz_get32(library + 12) == 0 && wz_get32(library + 16) == 0))
            return;
        lookup = wz_get32(library);
        slots = wz_get32(library + 16);
        read_library(pe, lookup != 0 ? lookup : slots, slots);
    }
}

bool wz_pe_is_teller(const wz_pe *pe, uint32_t rva)
{
    for (size_t i = 0; i < pe->teller_count; i++)
        if (pe->tellers[i] == rva)
            return true;
    return false;
}

const wz_source *wz_pe_source(const wz_pe *pe, uint32_t rva)
{
    for (size_t i = 0; i < pe->source_count; i++)
        if (pe->sources[i].rva == rva)
            return &pe->sources[i];
    return NULL;
}
