/*
 * check: what every test file includes.
 *
 * cmocka with the headers it wants first, and the few helpers it lacks. A test file tests/core/test_NAME.c exports
 * int test_NAME(void), which runs its group and returns the number of failures, and has a line GROUP(NAME) in
 * groups.h beside it:
 *
 *     int test_version(void)
 *     {
 *         static const struct CMUnitTest tests[] = { cmocka_unit_test(parse_accepts_four_fields) };
 *
 *         return cmocka_run_group_tests_name("version", tests, NULL, NULL);
 *     }
 */
#ifndef WZ_TESTS_CHECK_H
#define WZ_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CHECK_COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Two UTF-8 texts are equal; NULL equals NULL only. */
#define CHECK_TEXT(got, want) check_text((got), (want), #got, __FILE__, __LINE__)

/* The first text contains the second. */
#define CHECK_CONTAINS(text, part) check_contains((text), (part), #text, __FILE__, __LINE__)

/* As assert_true, but says which row of a table failed. */
#define CHECK_ROW(row, condition) check_row((size_t)(row), (condition), #condition, __FILE__, __LINE__)

static inline void check_text(const char *got, const char *want, const char *what, const char *file, int line)
{
    if (got == want || (got != NULL && want != NULL && strcmp(got, want) == 0))
        return;
    print_error("%s\n  is   %s%s%s\n  not  %s%s%s\n", what, got ? "\"" : "", got ? got : "NULL", got ? "\"" : "",
                want ? "\"" : "", want ? want : "NULL", want ? "\"" : "");
    _fail(file, line);
}

static inline void check_contains(const char *text, const char *part, const char *what, const char *file, int line)
{
    if (text != NULL && strstr(text, part) != NULL)
        return;
    print_error("%s\n  is     \"%s\"\n  lacks  \"%s\"\n", what, text ? text : "NULL", part);
    _fail(file, line);
}

static inline void check_row(size_t row, bool holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    print_error("row %u: %s\n", (unsigned)row, what);
    _fail(file, line);
}

/*
 * The folder of real files that stay outside the project, or NULL after saying so: then skip(). From the
 * environment variable WZ_SHARED; borrowed.
 */
static inline const char *check_shared(const char *who)
{
    const char *folder = getenv("WZ_SHARED");

    if (folder == NULL || *folder == '\0') {
        print_message("%s: WZ_SHARED is not set, the files of real machines are not read\n", who);
        return NULL;
    }
    return folder;
}

#endif
