/*
 * bench_plan: what core does with a snapshot of many packages, as a native program.
 *
 *   bench_plan PACKAGES [ROUNDS]     from the top folder; a line each: what, median in microseconds
 *
 * The built-in catalogue against a Windows Server 2008 SP2 with so many packages, most of other updates, as a registry
 * has them: states, names with and without a word, several packages for one update.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/check.h"
#include "core/plan.h"

enum { MOST_ROUNDS = 201 };

void wz_out_of_memory(void)
{
    fputs("bench_plan: out of memory\n", stderr);
    abort();
}

static wz_view file_view(const char *path, wz_text *text)
{
    char   chunk[4096];
    size_t got;
    FILE  *file = fopen(path, "rb");

    if (file == NULL) {
        fprintf(stderr, "bench_plan: %s is not there\n", path);
        exit(1);
    }
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        wz_text_append(text, chunk, got);
    fclose(file);
    return (wz_view){ text->at, text->length };
}

static double now_us(void)
{
    struct timespec now;

    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void add_packages(wz_snapshot *snapshot, unsigned count)
{
    static const char *const words[] = { "", "_server_1", "_client", "_BF", "_sc" };
    static const int         states[] = { 0x70, 0x70, 0x50, 0x40, 0x0 };

    for (unsigned i = 0; i < count; i++) {
        char name[120];

        snprintf(name, sizeof name, "Package_%u_for_KB%u%s~31bf3856ad364e35~amd64~~6.0.1.%u", i % 20, 940000 + i / 5,
                 words[i % WZ_COUNT(words)], i % 9);
        wz_snapshot_add_package(snapshot, name, states[i / 5 % WZ_COUNT(states)]);
    }
}

int main(int argc, char **argv)
{
    unsigned      count = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    unsigned      rounds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 21;
    wz_text       files[4] = { { 0 } };
    wz_catalogue *catalogue = NULL;
    wz_snapshot  *snapshot = NULL;
    double        plans[MOST_ROUNDS], checks[MOST_ROUNDS];

    if (count == 0 || rounds == 0 || rounds > MOST_ROUNDS)
        return 2;
    if (wz_catalogue_read("built in", file_view("resources/catalogue.xml", &files[0]),
                          file_view("resources/catalogue.xsd", &files[1]), &catalogue, NULL) != WZ_OK ||
        wz_snapshot_read("bare", file_view("tests/data/snapshots/bare-sp2-x64.xml", &files[2]),
                         file_view("resources/snapshot.xsd", &files[3]), &snapshot, NULL) != WZ_OK)
        return 1;
    add_packages(snapshot, count);
    for (unsigned i = 0; i < rounds; i++) {
        double    begin = now_us();
        wz_plan  *plan = wz_plan_create(snapshot, catalogue, WZ_TARGET_FREE);
        wz_checks all = { 0 };

        plans[i] = now_us() - begin;
        if (plan->step_count == 0)
            return 1;                                  /* nothing was planned: nothing was measured */
        wz_plan_free(plan);
        begin = now_us();
        wz_checks_run(snapshot, catalogue, WZ_TARGET_FREE, NULL, &all);
        checks[i] = now_us() - begin;
        wz_checks_clear(&all);
    }
    qsort(plans, rounds, sizeof *plans, compare);
    qsort(checks, rounds, sizeof *checks, compare);
    printf("plan %.0f\nchecks %.0f\n", plans[rounds / 2], checks[rounds / 2]);
    wz_snapshot_free(snapshot);
    wz_catalogue_free(catalogue);
    for (size_t i = 0; i < WZ_COUNT(files); i++)
        wz_text_clear(&files[i]);
    return 0;
}
