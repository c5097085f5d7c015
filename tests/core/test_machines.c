/*
 * The machines of tests/data/machines, made by tests/data/make_machines.py into build/machines: what the product says
 * of each, for all five targets, as a golden file that a person can read beside its description. WZ_ACCEPT=1 writes
 * them.
 */
#include "check.h"
#include "words.h"

#include "core/licence_words.h"
#include "core/session.h"
#include "core/xml.h"

#define MACHINES_LEAST 25

static wz_text catalogue_bytes, catalogue_schema, snapshot_schema;

static wz_view view_of(const wz_text *text)
{
    return (wz_view){ text->at, text->length };
}

static wz_view fake_resource(void *context, wz_resource which)
{
    (void)context;
    return which == WZ_RESOURCE_CATALOGUE ? view_of(&catalogue_bytes)
         : which == WZ_RESOURCE_CATALOGUE_SCHEMA ? view_of(&catalogue_schema) : view_of(&snapshot_schema);
}

static wz_status fake_read(void *context, const char *path, size_t limit, wz_text *out, wz_error *err)
{
    (void)context;
    (void)limit;
    (void)err;
    *out = test_read(path);
    return WZ_OK;
}

static void fake_sha256(void *context, wz_view bytes, char out[65])
{
    (void)context;
    (void)bytes;
    memset(out, '0', 64);
    out[64] = '\0';
}

static const wz_platform platform = { .resource = fake_resource, .read_file = fake_read, .sha256 = fake_sha256 };

/* ---- what is said ---- */

static void add_phrase(const wz_phrase *phrase, wz_text *out)
{
    wz_phrase_render(phrase, test_words(), out);
    wz_text_add(out, "\n");
}

static void add_word(unsigned id, wz_text *out)
{
    wz_text_add(out, wz_word(test_words(), id));
}

static void add_machine(const wz_session *session, wz_text *out)
{
    unsigned advice = wz_system_advice_word(session->system);

    add_word(wz_system_word(session->system), out);
    wz_text_add(out, "\n");
    if (advice != 0) {
        add_word(advice, out);
        wz_text_add(out, "\n");
    }
    wz_system_about(session->snapshot, out);
    wz_text_add(out, "\nLicence: ");
    add_phrase(&session->entitlement.summary, out);
    wz_licence_say_covered(&session->entitlement, session->catalogue, test_words(), out);
    wz_text_add(out, "\n");
}

static void add_targets(wz_session *session, wz_text *out)
{
    wz_text_add(out, "\nTargets, each with the exit code of /assess\n");
    for (int i = 0; i < WZ_TARGET_COUNT; i++) {
        wz_phrase sentence = { 0 };

        wz_session_set_target(session, (wz_target)i);
        wz_text_add(out, "  ");
        wz_text_add(out, wz_target_name((wz_target)i));
        wz_text_add(out, session->targets[i].allowed ? "  allowed  " : "  refused  ");
        wz_text_add_number(out, (unsigned)wz_session_verdict(session, &sentence));
        wz_text_add(out, "  ");
        add_phrase(&session->targets[i].reason, out);
        wz_text_add(out, "      ");
        add_phrase(&sentence, out);
        wz_phrase_clear(&sentence);
    }
}

static void add_check(const wz_check *check, wz_text *out)
{
    wz_text_add(out, "  ");
    wz_text_add(out, wz_verdict_name(check->verdict));
    wz_text_add(out, "  ");
    wz_text_add(out, wz_check_name(check->id));
    wz_text_add(out, "  ");
    add_phrase(&check->evidence, out);
    if (check->fix == 0)
        return;
    wz_text_add(out, "      ");
    add_word(check->fix, out);
    wz_text_add(out, "\n");
}

/* All for the first target; of the others what they change. */
static void add_checks(wz_session *session, wz_text *out)
{
    char *said[WZ_CHECK_COUNT] = { NULL };

    for (int target = 0; target < WZ_TARGET_COUNT; target++) {
        bool is_named = false;

        wz_session_set_target(session, (wz_target)target);
        for (int i = 0; i < WZ_CHECK_COUNT; i++) {
            wz_text line = { 0 };

            add_check(&session->checks.items[i], &line);
            if (said[i] == NULL || strcmp(said[i], line.at) != 0) {
                if (!is_named) {
                    wz_text_add(out, said[i] == NULL ? "\nChecks for " : "\nOther for ");
                    wz_text_add(out, wz_target_name((wz_target)target));
                    wz_text_add(out, "\n");
                }
                is_named = true;
                wz_text_add(out, line.at);
                free(said[i]);
                said[i] = wz_copy(line.at);
            }
            wz_text_clear(&line);
        }
    }
    for (int i = 0; i < WZ_CHECK_COUNT; i++)
        free(said[i]);
}

static void add_step(const wz_step *step, wz_text *out)
{
    wz_text_add(out, step->is_pending ? "  waits KB" : "  KB");
    wz_text_add_number(out, step->update->kb);
    wz_text_add(out, "  ");
    add_word(wz_kind_word(step->update->kind), out);
    wz_text_add(out, ": ");
    add_phrase(&step->reason, out);
    if (step->restart_after)
        wz_text_add(out, "  restart\n");
}

static void add_plans(wz_session *session, wz_text *out)
{
    for (int target = 0; target < WZ_TARGET_COUNT; target++) {
        wz_session_set_target(session, (wz_target)target);
        wz_text_add(out, "\nPlan for ");
        wz_text_add(out, wz_target_name((wz_target)target));
        wz_text_add(out, "\n");
        if (session->plan->state != WZ_PLAN_READY) {
            wz_text_add(out, "  ");
            add_phrase(&session->plan->why, out);
        }
        for (size_t i = 0; i < session->plan->step_count; i++)
            add_step(&session->plan->steps[i], out);
    }
}

static wz_text said_of(const char *name)
{
    wz_session *session = wz_session_create(&platform);
    wz_text     path = { 0 }, out = { 0 };
    wz_error    err = { 0 };

    wz_text_add(&path, "build/machines/");
    wz_text_add(&path, name);
    wz_text_add(&path, ".xml");
    if (wz_session_load_catalogue(session, NULL, &err) != WZ_OK ||
        wz_session_probe(session, path.at, NULL, &err) != WZ_OK)
        fail_msg("%s", test_error(&err));
    add_machine(session, &out);
    add_targets(session, &out);
    add_checks(session, &out);
    add_plans(session, &out);
    wz_text_clear(&path);
    wz_session_free(session);
    return out;
}

/* ---- golden files ---- */

static void accept(const char *path, const wz_text *text)
{
    const char *top = getenv("WZ_TOP");
    wz_text     full = { 0 };
    FILE       *file;

    wz_text_add(&full, top != NULL && *top != '\0' ? top : ".");
    wz_text_add(&full, "/");
    wz_text_add(&full, path);
    file = fopen(full.at, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text->at, 1, text->length, file), text->length);
    assert_int_equal(fclose(file), 0);
    wz_text_clear(&full);
}

static bool is_as_accepted(const char *path, const wz_text *got)
{
    wz_text     want = test_read(path);
    const char *a = wz_text_at(got), *b = wz_text_at(&want);
    unsigned    line = 1;
    size_t      begin = 0;
    bool        is_same = strcmp(a, b) == 0;

    if (!is_same) {
        for (size_t i = 0; a[i] != '\0' && a[i] == b[i]; i++)
            if (a[i] == '\n') {
                line++;
                begin = i + 1;
            }
        print_error("%s:%u\n  is   %.*s\n  not  %.*s\nWZ_ACCEPT=1 accepts all differences\n", path, line,
                    (int)strcspn(a + begin, "\n"), a + begin, (int)strcspn(b + begin, "\n"), b + begin);
    }
    wz_text_clear(&want);
    return is_same;
}

static void every_machine_is_judged_as_accepted(void **state)
{
    wz_text  list = test_read("build/machines/list.txt");
    unsigned count = 0, different = 0;

    (void)state;
    for (char *name = list.at, *end; name != NULL && (end = strchr(name, '\n')) != NULL; name = end + 1) {
        wz_text path = { 0 }, got;

        *end = '\0';
        wz_text_add(&path, "tests/data/machines/");
        wz_text_add(&path, name);
        wz_text_add(&path, ".golden");
        got = said_of(name);
        assert_null(strchr(got.at, '#'));                  /* so are strings shown that are missing */
        if (getenv("WZ_ACCEPT") != NULL)
            accept(path.at, &got);
        different += !is_as_accepted(path.at, &got);
        count++;
        wz_text_clear(&got);
        wz_text_clear(&path);
    }
    assert_true(count >= MACHINES_LEAST);
    assert_int_equal(different, 0);
    wz_text_clear(&list);
}

static int set_up(void **state)
{
    (void)state;
    wz_xml_start();
    catalogue_bytes = test_read("resources/catalogue.xml");
    catalogue_schema = test_read("resources/catalogue.xsd");
    snapshot_schema = test_read("resources/snapshot.xsd");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    wz_text_clear(&catalogue_bytes);
    wz_text_clear(&catalogue_schema);
    wz_text_clear(&snapshot_schema);
    return 0;
}

int test_machines(void)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(every_machine_is_judged_as_accepted) };

    return cmocka_run_group_tests_name("machines", tests, set_up, tear_down);
}
