/*
 * hunt: the few places of a large block of bytes that deserve a closer look.
 *
 * Compares 16 positions at a time against two or three bytes each where the processor has SSE2, which a program for x86
 * asks once a file, and 8 elsewhere, so that a whole disk can be gone through at the speed of its cache. Any thread.
 */
#ifndef WZ_SCAN_HUNT_H
#define WZ_SCAN_HUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum wz_prey {
    WZ_PREY_CODE,    /* 70…73 17 (6000 to 6003) and xx FF after the middle byte of a negative multiple of 6000 */
    WZ_PREY_DATA,    /* 72 17, and "60" in one or two bytes a character */
    WZ_PREY_TEXT     /* "600" or "6", 0, "0" (6002), "772" or "7", 0, "7" (0x1772 from its third digit on) */
} wz_prey;

typedef enum wz_hunt_way { WZ_HUNT_SCALAR, WZ_HUNT_SSE2 } wz_hunt_way;

/* The faster one that this processor can do. May take a microsecond: ask once and keep the answer. */
wz_hunt_way wz_hunt_best(void);

/* The first position at or after from where one begins; length when there is none. Every way finds the same. */
size_t wz_hunt(wz_hunt_way way, wz_prey prey, const uint8_t *bytes, size_t length, size_t from);

/* ---- for wz_hunt only ---- */

/* A position up to which none begins, near the first one that does. from + 2 < length. */
size_t wz_hunt_skip_sse2(wz_prey prey, const uint8_t *bytes, size_t length, size_t from);

#endif
