/*
 * hunt: the few places of a large block of bytes that deserve a closer look.
 *
 * Compares eight positions at a time against pairs of bytes, so that a whole disk can be gone through at the speed of
 * its cache. Any thread.
 */
#ifndef WZ_SCAN_HUNT_H
#define WZ_SCAN_HUNT_H

#include <stddef.h>
#include <stdint.h>

typedef enum wz_prey {
    WZ_PREY_CODE,    /* 70…73 17 (6000 to 6003) and xx FF after the middle byte of a negative multiple of 6000 */
    WZ_PREY_DATA,    /* 72 17, and "60" in one or two bytes a character */
    WZ_PREY_TEXT     /* "60" (6002) and "77" (0x1772) in one or two bytes a character */
} wz_prey;

/* The first position at or after from where a pair begins; length when there is none. */
size_t wz_hunt(wz_prey prey, const uint8_t *bytes, size_t length, size_t from);

#endif
