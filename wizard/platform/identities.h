/*
 * identities: files and folders that were met before, whatever path led to them.
 *
 * By volume and file number (GetFileInformationByHandle), about 15 bytes for each. One writer at a time.
 */
#ifndef WZ_PLATFORM_IDENTITIES_H
#define WZ_PLATFORM_IDENTITIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct wz_identities { uint64_t *keys; size_t count, room; } wz_identities;

/* Was it not met before? It is from now on. A file system that gives no numbers (id 0): always true. */
bool wz_identities_is_first(wz_identities *set, uint32_t volume, uint64_t id);
void wz_identities_clear(wz_identities *set);

#endif
