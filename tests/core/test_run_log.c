/* The log of the machine: the whole story over restarts, in both times, bounded, and harmless to everything else. */
#include "check.h"

#include "core/run_log.h"
#include "resource.h"
#include "visit.h"
#include "words.h"

#define LOG FAKE_DATA "\\" WZ_RUN_LOG_NAME

static wz_run_result begin(fake_machine *machine)
{
    visit          v = visit_arrive(machine);
    wz_run_options options = { .words = test_words() };
    wz_error       err = { 0 };

    assert_int_equal(wz_session_probe(v.session, NULL, NULL, &err), WZ_OK);
    assert_int_equal(wz_session_set_media(v.session, FAKE_MEDIA, NULL, &err), WZ_OK);
    wz_run_result result = wz_run_begin(v.session, &options, NULL, &v.why);

    visit_leave(&v);
    return result;
}

static wz_run_result resume(fake_machine *machine)
{
    visit          v = visit_arrive(machine);
    wz_run_options options = { .words = test_words() };
    wz_run_result  result = wz_run_resume(v.session, &options, NULL, &v.why);

    visit_leave(&v);
    return result;
}

static wz_text log_of(const fake_machine *machine)
{
    wz_text path = { 0 }, text = { 0 };

    assert_int_equal(wz_run_log_read(&machine->platform, &path, &text, NULL), WZ_OK);
    CHECK_TEXT(path.at, LOG);
    wz_text_clear(&path);
    return text;
}

/* Each line, and how it begins. */
static unsigned check_lines(const wz_text *text)
{
    unsigned lines = 0;

    assert_true(wz_is_utf8(text->at, text->length));
    for (const char *at = text->at; *at != '\0'; lines++) {
        const char *end = strstr(at, "\r\n");
        char       *utc = wz_copy_part(at, 20);
        wz_time     time;

        assert_non_null(end);
        assert_true(end - at > 48);
        CHECK_ROW(lines, wz_time_parse(utc, &time) && at[20] == ' ');
        CHECK_ROW(lines, strncmp(at + 40, "+05:30  ", 8) == 0);
        free(utc);
        at = end + 2;
    }
    return lines;
}

static void the_story_goes_on_after_each_restart(void **state)
{
    fake_machine *machine = visit_road();

    (void)state;
    machine->local_minutes = 330;
    assert_int_equal(begin(machine), WZ_RUN_RESTART);
    wz_text first = log_of(machine);

    CHECK_CONTAINS(first.at, "Installation begun on SRV-01");
    CHECK_CONTAINS(first.at, "KB4493730: in force");
    fake_power_on(machine);
    assert_int_equal(resume(machine), WZ_RUN_RESTART);
    fake_power_on(machine);
    assert_int_equal(resume(machine), WZ_RUN_DONE);
    wz_text whole = log_of(machine);

    assert_true(whole.length > first.length && memcmp(whole.at, first.at, first.length) == 0);
    CHECK_CONTAINS(whole.at, "Installation continued on SRV-01");
    CHECK_CONTAINS(whole.at, "Restarts so far: 2");
    CHECK_CONTAINS(whole.at, "KB4534303: in force");
    const char *in_force = strstr(whole.at, "KB4534303: in force");

    assert_null(strstr(in_force + 1, "KB4534303: in force"));            /* each of them once */
    CHECK_CONTAINS(whole.at, "The target is reached.\r\n");
    assert_true(check_lines(&whole) >= 10);
    assert_memory_equal(fake_file_at(machine, LOG)->at, "\xEF\xBB\xBF", 3);
    wz_text_clear(&whole);
    wz_text_clear(&first);
    fake_free(machine);
}

static void times_are_utc_and_local(void **state)
{
    static const struct { int minutes; const char *begins; } rows[] = {
        { 0,    "2026-11-06T21:20:00Z 2026-11-06T21:20:00+00:00  " },
        { 60,   "2026-11-06T21:20:00Z 2026-11-06T22:20:00+01:00  " },
        { 765,  "2026-11-06T21:20:00Z 2026-11-07T10:05:00+12:45  " },
        { -210, "2026-11-06T21:20:00Z 2026-11-06T17:50:00-03:30  " },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = fake_create();
        wz_phrase     line = { 0 };
        const char   *args[] = { "2026-11-06T21:20:00Z", "a\nb" };

        machine->local_minutes = rows[i].minutes;
        wz_phrase_set(&line, IDS_LOG_RUN_ENDED, 2, args);
        wz_run_log_add(&machine->platform, test_words(), &line);
        wz_text text = log_of(machine);

        CHECK_ROW(i, strncmp(text.at, rows[i].begins, strlen(rows[i].begins)) == 0);
        CHECK_TEXT(text.at + strlen(rows[i].begins), "a b\r\n");         /* one line an event */
        wz_text_clear(&text);
        wz_phrase_clear(&line);
        fake_free(machine);
    }
}

static void its_size_is_bounded_and_the_newest_stays(void **state)
{
    fake_machine *machine = fake_create();
    wz_text       old = { 0 };
    wz_phrase     line = { 0 };
    const char   *args[] = { "2026-11-06T21:20:00Z", "the newest" };

    (void)state;
    for (unsigned i = 0; old.length <= WZ_RUN_LOG_LIMIT; i++) {
        wz_text_add_number(&old, i);
        wz_text_add(&old, " an older line\r\n");
    }
    fake_put(machine, LOG, old.at);
    wz_phrase_set(&line, IDS_LOG_RUN_ENDED, 2, args);
    wz_run_log_add(&machine->platform, test_words(), &line);
    wz_text text = log_of(machine);

    assert_true(text.length < WZ_RUN_LOG_LIMIT / 2 + 1024);
    assert_true(text.length > WZ_RUN_LOG_LIMIT / 2 - 1024);
    assert_true(strncmp(text.at, wz_word(test_words(), IDS_LOG_CUT), strlen(wz_word(test_words(), IDS_LOG_CUT))) == 0);
    assert_null(strstr(text.at, "\r\n0 an older"));
    CHECK_TEXT(text.at + text.length - 12, "the newest\r\n");
    wz_text_clear(&text);
    wz_text_clear(&old);
    wz_phrase_clear(&line);
    fake_free(machine);
}

static void a_log_that_cannot_be_written_stops_nothing(void **state)
{
    fake_machine *machine = visit_road();

    (void)state;
    machine->read_only = LOG;
    assert_int_equal(begin(machine), WZ_RUN_RESTART);
    assert_null(fake_file_at(machine, LOG));
    fake_free(machine);
}

/* A power cut at any action with the log leaves a machine that can go on, as one without it: test_run_power. */
static void a_power_cut_leaves_whole_lines(void **state)
{
    (void)state;
    for (unsigned cut = 1;; cut++) {
        fake_machine *machine = visit_road();

        machine->local_minutes = 330;
        machine->cut_at = cut;
        begin(machine);
        bool is_over = !machine->is_dead;

        fake_power_on(machine);
        if (fake_file_at(machine, LOG) != NULL) {
            wz_text text = log_of(machine);

            check_lines(&text);
            wz_text_clear(&text);
        }
        fake_free(machine);
        if (is_over)
            break;
        assert_true(cut < 1000);
    }
}

static void without_an_installation_there_is_none(void **state)
{
    fake_machine *machine = fake_create();
    wz_text       path = { 0 }, text = { 0 };

    (void)state;
    assert_int_equal(wz_run_log_read(&machine->platform, &path, &text, NULL), WZ_E_NOT_FOUND);
    wz_text_clear(&path);
    fake_free(machine);
}

int test_run_log(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_story_goes_on_after_each_restart),
        cmocka_unit_test(times_are_utc_and_local),
        cmocka_unit_test(its_size_is_bounded_and_the_newest_stays),
        cmocka_unit_test(a_log_that_cannot_be_written_stops_nothing),
        cmocka_unit_test(a_power_cut_leaves_whole_lines),
        cmocka_unit_test(without_an_installation_there_is_none),
    };

    return cmocka_run_group_tests_name("run_log", tests, NULL, NULL);
}
