/*
 * corpus: programs with known answers, built by tests/data/compat/make.py into build/compat.
 *
 * A test that finds none says so and skips: they need two cross compilers.
 */
#ifndef WZ_TESTS_SCAN_CORPUS_H
#define WZ_TESTS_SCAN_CORPUS_H

#include "core/text.h"

/* build/compat/NAME; false after a line to the log when it is not there. The caller clears out. */
bool corpus_read(const char *name, wz_text *out);

/* A whole file of any path; false when it is not there. */
bool corpus_read_any(const char *path, wz_text *out);

/* The function of a .map file that holds this address: "strict_branch"; "" outside all. Owned. */
char *corpus_label(const wz_text *map, uint32_t rva);

#endif
