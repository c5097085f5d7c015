/*
 * probed: asks one probe and compares one fact.
 */
#ifndef WZ_TESTS_PLATFORM_PROBED_H
#define WZ_TESTS_PLATFORM_PROBED_H

#include "platform/place.h"
#include "platform/probe.h"

typedef void (*probed_run)(wz_snapshot *out);

wz_snapshot *probed_ask(probed_run run);

/* The fact is known with this value; NULL: looked for and absent. */
void probed_check(probed_run run, wz_fact_id id, const char *want);

/* Below the folder of Windows. The path is owned by the caller. */
char *probed_path(const char *relative);
void  probed_folder(const char *relative);            /* makes it; it may be there */
void  probed_folder_remove(const char *relative);

#endif
