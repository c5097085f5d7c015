/*
 * image: a PE file made by a test, section by section.
 *
 * PE32 or PE32+ for x86 or x64, with the directories that the scanner reads. The caller clears the text.
 */
#ifndef WZ_TESTS_SCAN_IMAGE_H
#define WZ_TESTS_SCAN_IMAGE_H

#include "core/text.h"

enum { IMAGE_CODE = 0x60000020, IMAGE_DATA = 0x40000040 };     /* flags of a section */
enum { IMAGE_BASE = 0x400000, IMAGE_STEP = 0x10000 };          /* section n is at RVA (n + 1) * IMAGE_STEP */

typedef struct image_part {
    const char *name;
    uint32_t    flags;
    const void *bytes;
    size_t      length;
} image_part;

typedef struct image_directory { unsigned index; uint32_t rva, length; } image_directory;

/* machine: 0x14C or 0x8664 (PE32+); subsystem: 1 driver, 2 window, 3 console. */
void image_make(wz_text *out, unsigned machine, unsigned subsystem, const image_part parts[], size_t part_count,
                const image_directory directories[], size_t directory_count);

#endif
