/*
 * pe: what the scanner needs of a PE file: sections, the imports that yield a version, exception and relocation tables.
 *
 * Every number of the file is taken as hostile: all reads go through the view's bounds, all counts have limits, and
 * nothing is allocated. Source: PE/COFF specification, sections 3 to 6. Borrows the file. Any thread.
 */
#ifndef WZ_SCAN_PE_H
#define WZ_SCAN_PE_H

#include "core/text.h"

#define WZ_PE_SECTIONS 96
#define WZ_PE_SOURCES  32
#define WZ_PE_TELLERS  16

typedef struct wz_section {
    char     name[9];              /* printable ASCII; other bytes are '?' */
    uint32_t rva, virtual_bytes;   /* as the headers say */
    size_t   at, length;           /* in the file, cut to what is there */
    bool     is_code;              /* executable */
    bool     is_initialised;       /* data, and not resources, relocations or debug information */
} wz_section;

/* A slot of the import address table that yields the version of Windows. */
typedef struct wz_source {
    uint32_t    rva;
    const char *name;              /* static: "GetVersionExW" */
    bool        sets_condition;    /* VerSetConditionMask */
} wz_source;

typedef struct wz_table { uint32_t rva, length; } wz_table;

typedef struct wz_pe {
    const uint8_t *bytes;
    size_t         length;
    bool           is_64, is_driver, is_managed, has_native_entry;
    uint16_t       machine;
    uint64_t       base;
    wz_section     sections[WZ_PE_SECTIONS];
    size_t         section_count;
    wz_source      sources[WZ_PE_SOURCES];
    size_t         source_count;
    uint32_t       tellers[WZ_PE_TELLERS];     /* slots of functions that only show or log a message */
    size_t         teller_count;
    size_t         import_count;   /* names and ordinals seen, at most a few thousand */
    wz_table       relocations, exceptions, managed;
    size_t         overlay;        /* where the last section ends in the file */
} wz_pe;

typedef enum wz_pe_state { WZ_PE_FINE, WZ_PE_NOT, WZ_PE_BROKEN, WZ_PE_OTHER_MACHINE } wz_pe_state;

wz_pe_state wz_pe_open(wz_view file, wz_pe *out);
/* Fills sources, tellers and import_count. A broken import table ends the list early. */
void        wz_pe_read_imports(wz_pe *pe);

/* The bytes at an address, at least want of them; NULL when not in the file. */
const uint8_t *wz_pe_at(const wz_pe *pe, uint32_t rva, size_t want, size_t *room);
const wz_section *wz_pe_section(const wz_pe *pe, uint32_t rva);
uint32_t          wz_section_rva(const wz_section *section, size_t offset);      /* offset in the file */
/* The x64 function table's entry that covers rva. */
bool              wz_pe_function(const wz_pe *pe, uint32_t rva, uint32_t *begin, uint32_t *end);
/* Does a base relocation change one of the four bytes at rva? */
bool              wz_pe_is_relocated(const wz_pe *pe, uint32_t rva);
const wz_source  *wz_pe_source(const wz_pe *pe, uint32_t rva);
bool              wz_pe_is_teller(const wz_pe *pe, uint32_t rva);

/*
 * Something in the file that yields the version of Windows: an import, or the name of one that is looked up at run
 * time, or of a registry value. NULL. Reads the whole file: ask only when there is a reason to.
 */
const char       *wz_pe_version_name(const wz_pe *pe);
/* The first occurrence of a text, byte for byte, in a stretch of bytes; NULL. */
const uint8_t    *wz_find_bytes(const uint8_t *at, size_t length, const char *text, size_t text_length);

uint16_t wz_get16(const uint8_t *at);
uint32_t wz_get32(const uint8_t *at);

#endif
