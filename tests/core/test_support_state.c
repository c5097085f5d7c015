#include "check.h"

#include "core/command.h"
#include "core/support_state.h"

#include "fake_platform.h"
#include "resource.h"
#include "words.h"

static wz_session *visit(fake_machine *machine)
{
    wz_session *session = wz_session_create(&machine->platform);

    assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_probe(session, NULL, NULL, NULL), WZ_OK);
    return session;
}

/* The caller's session, through the code, to the agent's. */
static wz_session *call(const wz_session *caller, fake_machine *agent, wz_page_id page, const wz_error *error)
{
    wz_session *session = wz_session_create(&agent->platform);
    wz_support  support, heard = { 0 };
    char        code[WZ_SUPPORT_TEXT];

    assert_int_equal(wz_session_load_catalogue(session, NULL, NULL), WZ_OK);
    wz_support_of(caller, page, error, &support);
    wz_support_encode(&support, code);
    assert_true(wz_support_decode(code, &heard, NULL));
    wz_session_open_code(session, &heard);
    CHECK_TEXT(session->opened_from, code);
    return session;
}

static void the_agent_sees_the_callers_machine_and_plan(void **state)
{
    fake_machine *machine = fake_create(), *other = fake_create();
    wz_session   *caller, *agent;
    wz_version    version, stack, want;

    (void)state;
    fake_add_road(machine);
    machine->architecture = "x86";
    machine->version = (wz_version){ 6, 0, 6002, 18005 };
    caller = visit(machine);
    wz_session_set_target(caller, WZ_TARGET_6003);
    agent = call(caller, other, WZ_PAGE_FILES, NULL);
    assert_true(wz_system_version(agent->snapshot, &version));
    assert_true(wz_system_version(caller->snapshot, &want));
    assert_int_equal(wz_version_compare(version, want), 0);
    assert_true(wz_snapshot_version(agent->snapshot, WZ_FACT_STACK_VERSION, &stack));
    assert_true(wz_snapshot_version(caller->snapshot, WZ_FACT_STACK_VERSION, &want));
    assert_int_equal(wz_version_compare(stack, want), 0);
    assert_int_equal(agent->system, caller->system);
    assert_int_equal(wz_system_architecture(agent->snapshot), WZ_ARCH_X86);
    assert_int_equal(wz_system_sha2_ready(agent->snapshot), wz_system_sha2_ready(caller->snapshot));
    assert_int_equal(agent->target, WZ_TARGET_6003);
    assert_int_equal(agent->plan->state, caller->plan->state);
    assert_int_equal(agent->plan->step_count, caller->plan->step_count);
    for (size_t i = 0; i < agent->plan->step_count; i++)
        assert_int_equal(agent->plan->steps[i].update->kb, caller->plan->steps[i].update->kb);
    assert_null(wz_snapshot_text(agent->snapshot, WZ_FACT_COMPUTER_NAME));       /* a code names nobody */
    wz_session_free(agent);
    wz_session_free(caller);
    fake_free(other);
    fake_free(machine);
}

static void errors_travel_and_are_explained(void **state)
{
    static const struct { wz_error error; const char *says; } rows[] = {
        { { .status = WZ_E_DENIED, .os_code = 5 }, "0x00000005" },
        { { .status = WZ_E_SYSTEM, .os_code = 0x80070005u }, "0x80070005" },
        { { .status = WZ_E_FORMAT, .reason = IDS_CALL_FORMAT }, "later version" },
        { { .status = WZ_E_NOT_FOUND }, "not found" },
        { { .status = WZ_E_TIMEOUT }, "No more is known" },
        { { .status = WZ_E_CANCELLED, .os_code = 1223 }, "Last error: None" },
        { { .status = WZ_OK }, "Last error: None" },
    };
    fake_machine *machine = fake_create();
    wz_session   *caller = visit(machine);

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_session *agent = call(caller, machine, WZ_PAGE_FILES, &rows[i].error);
        wz_text     text = { 0 };

        wz_support_explain(agent->support, test_words(), &text);
        CHECK_CONTAINS(text.at, rows[i].says);
        CHECK_CONTAINS(text.at, "Page: 6 ");
        CHECK_CONTAINS(text.at, "Version 6.0 (Build 6002: Service Pack 2)");
        assert_null(strchr(text.at, '#'));
        assert_null(strchr(text.at, '%'));
        wz_text_clear(&text);
        wz_session_free(agent);
    }
    wz_session_free(caller);
    fake_free(machine);
}

static void a_refused_file_is_the_error_of_page_6(void **state)
{
    fake_machine *machine = fake_create();
    wz_session   *caller;
    wz_support    support;
    wz_text       text = { 0 };

    (void)state;
    fake_add_media(machine, "windows6.0-kb4493730-x64.msu", "sha1:0000000000000000000000000000000000000000;changed");
    caller = visit(machine);
    assert_int_equal(wz_session_set_media(caller, FAKE_MEDIA, NULL, NULL), WZ_OK);
    wz_support_of(caller, WZ_PAGE_TARGET, NULL, &support);
    assert_false(support.has_error);
    wz_support_of(caller, WZ_PAGE_FILES, NULL, &support);
    assert_int_equal(support.error, (uint32_t)WZ_SUPPORT_FILE | WZ_FILE_WRONG_HASH);
    wz_support_explain_error(&support, test_words(), &text);
    CHECK_CONTAINS(text.at, wz_word(test_words(), wz_file_verdict_word(WZ_FILE_WRONG_HASH)));
    wz_text_clear(&text);
    wz_session_free(caller);
    fake_free(machine);
}

static void an_error_of_windows_is_not_laid_on_the_installer(void **state)
{
    static const struct { uint32_t error; unsigned installation, word; } rows[] = {
        { 3,          0, IDS_CALL_ERROR_NOT_FOUND }, { 3,          1, IDS_CALL_ERROR_NOT_FOUND },
        { 0x80070003, 0, IDS_CALL_ERROR_NOT_FOUND }, { 112,        0, IDS_CALL_ERROR_FULL },
        { 19,         0, IDS_CALL_ERROR_DENIED },    { 0x12345,    0, IDS_CALL_ERROR_OTHER },
        { 0x12345,    6, IDS_CODE_FAILED },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_support support = { .has_error = true, .error = rows[i].error, .installation = rows[i].installation };
        wz_text    text = { 0 };

        wz_support_explain_error(&support, test_words(), &text);
        CHECK_CONTAINS(text.at, wz_word(test_words(), rows[i].word));
        wz_text_clear(&text);
    }
}

static void the_agent_lands_on_the_callers_page_or_the_nearest(void **state)
{
    static const struct { unsigned page; bool supported, has_work; wz_page_id lands; } rows[] = {
        { 0, true, true, WZ_PAGE_VERSION },  { 1, true, true, WZ_PAGE_VERSION },
        { 3, true, true, WZ_PAGE_PREREQUISITES },
        { 6, true, true, WZ_PAGE_FILES },    { 6, true, false, WZ_PAGE_REPORT },  { 7, true, true, WZ_PAGE_FILES },
        { 8, true, true, WZ_PAGE_REPORT },   { 10, true, true, WZ_PAGE_REPORT },  { 6, false, false, WZ_PAGE_VERSION },
        { 10, false, false, WZ_PAGE_REPORT },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_support support = { .page = rows[i].page };
        wz_choices choices = { .read_only = true, .supported = rows[i].supported, .has_work = rows[i].has_work };

        CHECK_ROW(i, wz_support_page(&support, &choices) == rows[i].lands);
    }
}

static void nothing_known_is_a_code_too(void **state)
{
    fake_machine *machine = fake_create();
    wz_session   *session = wz_session_create(&machine->platform), *agent;

    (void)state;
    agent = call(session, machine, WZ_PAGE_START, NULL);
    assert_int_equal(agent->system, WZ_SYSTEM_UNKNOWN);
    assert_false(agent->entitlement.is_known);
    wz_session_free(agent);
    wz_session_free(session);
    fake_free(machine);
}

typedef struct said { wz_text out, err; unsigned lines_of_err; } said;

static void on_write(void *context, bool is_error, const char *utf8)
{
    said *s = context;

    wz_text_add(is_error ? &s->err : &s->out, utf8);
    s->lines_of_err += is_error;
}

static int run_line(fake_machine *machine, said *s, const char *argument)
{
    wz_options options;
    wz_output  output = { on_write, s, NULL };
    int        exit;

    wz_text_clear(&s->out);
    wz_text_clear(&s->err);
    *s = (said){ 0 };
    assert_int_equal(wz_options_parse(&argument, 1, &options, NULL), WZ_OK);
    exit = (int)wz_command_run(&options, &machine->platform, test_words(), test_words(), &output);
    wz_options_clear(&options);
    return exit;
}

static void a_code_is_printed_and_explained(void **state)
{
    fake_machine *machine = fake_create();
    said          s = { 0 };
    wz_text       line = { 0 };

    (void)state;
    assert_int_equal(run_line(machine, &s, "/code"), 0);
    assert_int_equal(s.out.length, 30);                /* six groups, five hyphens, a line feed */
    wz_text_add(&line, "/decode:");
    wz_text_append(&line, s.out.at, 29);
    assert_int_equal(run_line(machine, &s, line.at), 0);
    CHECK_CONTAINS(s.out.at, "Windows: Version 6.0 (Build 6002: Service Pack 2)");
    CHECK_CONTAINS(s.out.at, "Kernel file: 6.0.6002.24565");
    CHECK_CONTAINS(s.out.at, "Last error: None");
    line.at[line.length - 1] = line.at[line.length - 1] == '7' ? '8' : '7';
    assert_int_equal(run_line(machine, &s, line.at), 1639);
    CHECK_CONTAINS(s.err.at, "group 6");
    assert_int_equal(s.lines_of_err, 1);
    CHECK_TEXT(s.out.at, NULL);
    assert_int_equal(machine->actions, 0);
    wz_text_clear(&line);
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
    fake_free(machine);
}

int test_support_state(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_agent_sees_the_callers_machine_and_plan),
        cmocka_unit_test(errors_travel_and_are_explained),
        cmocka_unit_test(a_refused_file_is_the_error_of_page_6),
        cmocka_unit_test(an_error_of_windows_is_not_laid_on_the_installer),
        cmocka_unit_test(the_agent_lands_on_the_callers_page_or_the_nearest),
        cmocka_unit_test(nothing_known_is_a_code_too),
        cmocka_unit_test(a_code_is_printed_and_explained),
    };

    return cmocka_run_group_tests_name("support_state", tests, NULL, NULL);
}
