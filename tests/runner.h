/*
 * runner: the main program of a folder of tests.
 *
 * Included by main.c of that folder after GROUPS_FILE names its table: one line GROUP(NAME) per test_NAME.c.
 * Without an argument all groups run, else those named. Returns non-zero when a test fails and when none ran.
 */
#ifndef WZ_TESTS_RUNNER_H
#define WZ_TESTS_RUNNER_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GROUP(name) int test_##name(void);
#include GROUPS_FILE
#undef GROUP

typedef struct runner_group {
    const char *name;
    int (*run)(void);
} runner_group;

static const runner_group runner_groups[] = {
#define GROUP(name) { #name, test_##name },
#include GROUPS_FILE
#undef GROUP
    { NULL, NULL },
};

static bool runner_is_wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc < 2;
}

/* What core/text.h leaves to the program. */
void wz_out_of_memory(void);
void wz_out_of_memory(void)
{
    fputs("out of memory\n", stderr);
    abort();
}

int main(int argc, char **argv)
{
    int run = 0;
    int failed = 0;

    setvbuf(stdout, NULL, _IONBF, 0);                  /* cmocka writes to both; keep their order in a log */
    for (const runner_group *group = runner_groups; group->name != NULL; group++) {
        if (!runner_is_wanted(group->name, argc, argv))
            continue;
        run++;
        failed += group->run() != 0;
    }
    printf("%d groups run, %d with failures\n", run, failed);
    if (run == 0)
        printf("nothing was tested\n");
    return run == 0 || failed != 0;
}

#endif
