/* Several update files examined at a time: as one by one, with one bar that never goes back, and stopped when asked. */
#include "platform/place.h"

#include "core/media.h"
#include "platform/files.h"
#include "platform/windows.h"

#include <stdio.h>

#define FILES    11
#define MEGABYTE (1024u * 1024u)

typedef struct place { char *folder; wz_platform *platform; } place;

static int place_setup(void **state)
{
    place *here = calloc(1, sizeof *here);

    here->folder = place_create();
    here->platform = wz_windows_create();
    *state = here;
    return 0;
}

static int place_teardown(void **state)
{
    place *here = *state;

    wz_windows_free(here->platform);
    place_remove(here->folder);
    free(here);
    return 0;
}

/* What the person hears and says. */
typedef struct ear {
    DWORD    thread;
    unsigned reports, asked, last;
    unsigned cancel_at;                /* the n-th question is answered with yes; 0: none */
    bool     went_back, elsewhere;
    char     first[32];                /* the file that is named first */
} ear;

static void on_report(void *context, const wz_phrase *doing, unsigned permille)
{
    ear *self = context;

    if (self->reports++ == 0)
        snprintf(self->first, sizeof self->first, "%s", doing->args[0]);
    self->went_back |= permille < self->last || permille > 1000;
    self->elsewhere |= GetCurrentThreadId() != self->thread;
    self->last = permille;
}

static bool on_question(void *context)
{
    ear *self = context;

    self->elsewhere |= GetCurrentThreadId() != self->thread;
    self->asked++;
    return self->cancel_at != 0 && self->asked >= self->cancel_at;
}

static void fill(const place *here, size_t count, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        char  name[32];
        char *path;

        snprintf(name, sizeof name, "file%02u.msu", (unsigned)i);
        path = place_path(here->folder, name);
        place_fill(path, length * (i % 4) + i);        /* the first one is empty */
        free(path);
    }
}

static void list(const place *here, wz_files *out)
{
    assert_int_equal(here->platform->list_media(here->platform->context, here->folder, out, NULL), WZ_OK);
}

static void the_outcome_is_that_of_one_by_one(void **state)
{
    place             *here = *state;
    ear                heard = { .thread = GetCurrentThreadId() };
    const wz_progress  progress = { on_report, on_question, &heard };
    wz_files           one = { 0 }, all = { 0 };
    HANDLE             written;

    fill(here, FILES, MEGABYTE);
    list(here, &one);
    list(here, &all);
    assert_int_equal(all.count, FILES);
    place_delete(all.items[5].path);                   /* gone since it was listed */
    written = place_open(all.items[7].path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE);   /* not whole yet */
    for (size_t i = 0; i < FILES; i++)
        assert_int_equal(here->platform->examine(here->platform->context, &one.items[i], NULL), WZ_OK);
    assert_int_equal(here->platform->examine_all(here->platform->context, &all, &progress), WZ_OK);
    for (size_t i = 0; i < FILES; i++) {
        CHECK_TEXT(all.items[i].name, one.items[i].name);
        CHECK_TEXT(all.items[i].sha1, one.items[i].sha1);
        CHECK_TEXT(all.items[i].sha256, one.items[i].sha256);
        CHECK_ROW(i, all.items[i].bytes == one.items[i].bytes);
        CHECK_ROW(i, all.items[i].is_examined == (i != 5 && i != 7));
        CHECK_ROW(i, one.items[i].is_examined == (i != 5 && i != 7));
        CHECK_ROW(i, all.items[i].error.status == (i == 5 ? WZ_E_NOT_FOUND : i == 7 ? WZ_E_BUSY : WZ_OK));
    }
    CloseHandle(written);
    assert_true(heard.reports > 0 && heard.asked > 0);
    CHECK_TEXT(heard.first, "file03.msu");             /* the largest is begun first */
    assert_false(heard.went_back);
    assert_false(heard.elsewhere);
    wz_files_clear(&one);
    wz_files_clear(&all);
}

static void stop_stops_all(void **state)
{
    place *here = *state;

    fill(here, 8, 16 * MEGABYTE);
    for (unsigned at = 1; at <= 2; at++) {
        ear               heard = { .thread = GetCurrentThreadId(), .cancel_at = at };
        const wz_progress progress = { on_report, on_question, &heard };
        wz_files          files = { 0 };
        size_t            examined = 0;

        list(here, &files);
        CHECK_ROW(at, here->platform->examine_all(here->platform->context, &files, &progress) == WZ_E_CANCELLED);
        for (size_t i = 0; i < files.count; i++)
            examined += files.items[i].is_examined;
        CHECK_ROW(at, at == 1 ? examined == 0 : examined < files.count);
        CHECK_ROW(at, !heard.went_back && !heard.elsewhere);
        wz_files_clear(&files);
    }
}

static void no_files_are_done_at_once(void **state)
{
    place            *here = *state;
    ear               heard = { .thread = GetCurrentThreadId(), .cancel_at = 1 };
    const wz_progress progress = { on_report, on_question, &heard };
    wz_files          files = { 0 };

    list(here, &files);
    assert_int_equal(here->platform->examine_all(here->platform->context, &files, &progress), WZ_OK);
    assert_int_equal(here->platform->examine_all(here->platform->context, &files, NULL), WZ_OK);
    wz_files_clear(&files);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, place_setup, place_teardown)

int test_media_crew(void)
{
    static const struct CMUnitTest tests[] = {
        IN_PLACE(the_outcome_is_that_of_one_by_one),
        IN_PLACE(stop_stops_all),
        IN_PLACE(no_files_are_done_at_once),
    };

    return cmocka_run_group_tests_name("media_crew", tests, NULL, NULL);
}
