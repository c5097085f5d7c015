/*
 * words: the strings of localization/<tag>.rc for tests.
 *
 * Parsed at run time together with resources/texts.h, found below the folder in the environment variable WZ_TOP
 * (the current folder when it is not set). A file that is missing or has a line it cannot read ends the program with
 * a message: tests without words would prove nothing.
 */
#ifndef WZ_TESTS_CORE_WORDS_H
#define WZ_TESTS_CORE_WORDS_H

#include "core/words.h"

const wz_words *test_words(void);                   /* en-US; lives as long as the program */
const wz_words *test_words_of(const char *tag);     /* any other language, also for good */

/* A whole file below that folder, binary; ends the program when it is not there. Owned by the caller. */
wz_text test_read(const char *path);
/* A whole file of any path; false when it is not there. */
bool    test_read_any(const char *path, wz_text *out);

/* The error as a person reads it, in a buffer of the program that the next call uses again. */
const char *test_error(const wz_error *error);

#endif
