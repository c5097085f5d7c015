/*
 * fuzz: what the fuzz programs share.
 *
 * Each tests/fuzz/fuzz_NAME.c is one program with one function, which libFuzzer calls with bytes that it makes up. It
 * hands them to one parser of foreign bytes and then uses what came out as the wizard does, so that whatever a parser
 * lets through is tried as well. Run from the top folder by tests/fuzz/run, which also makes the seeds.
 */
#ifndef WZ_TESTS_FUZZ_H
#define WZ_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/snapshot.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What must hold for every input; stays in every build. */
#define FUZZ_HOLDS(condition) ((condition) ? (void)0 : fuzz_broken(#condition, __FILE__, __LINE__))

static inline void fuzz_broken(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

/* A whole file of the project, into text that lives as long as the program. */
static inline wz_view fuzz_file(const char *path, wz_text *text)
{
    char   chunk[4096];
    size_t got;
    FILE  *file = fopen(path, "rb");

    if (file == NULL) {
        fprintf(stderr, "%s is not there: run this from the top folder\n", path);
        exit(2);
    }
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        wz_text_append(text, chunk, got);
    fclose(file);
    return (wz_view){ text->at, text->length };
}

static inline wz_view fuzz_view(const uint8_t *bytes, size_t length)
{
    return (wz_view){ (const char *)bytes, length };
}

/* The bytes up to the first zero, as a string; owned. */
static inline char *fuzz_string(const uint8_t *bytes, size_t length)
{
    const uint8_t *end = length > 0 ? memchr(bytes, 0, length) : NULL;

    return wz_copy_part((const char *)bytes, end != NULL ? (size_t)(end - bytes) : length);
}

#endif
