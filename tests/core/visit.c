#include "visit.h"

#include "words.h"

static void on_report(void *context, const wz_phrase *doing, unsigned permille)
{
    visit  *v = context;
    wz_text text = { 0 };

    wz_phrase_render(doing, test_words(), &text);
    assert_non_null(text.at);
    wz_text_clear(&text);
    v->went_back = v->went_back || permille < v->permille || permille > 1000;
    v->permille = permille;
}

static bool on_cancelled(void *context)
{
    fake_machine *machine = ((visit *)context)->machine;

    machine->questions++;
    return machine->cancel_after != 0 && machine->questions >= machine->cancel_after;
}

static void on_log(void *context, const wz_phrase *line)
{
    wz_text text = { 0 };

    wz_phrase_render(line, test_words(), &text);
    assert_non_null(strchr(wz_text_at(&text), ' '));
    wz_text_clear(&text);
    ((visit *)context)->log_lines++;
}

visit visit_arrive(fake_machine *machine)
{
    visit    v = { .machine = machine };
    wz_error err = { 0 };

    v.session = wz_session_create(&machine->platform);
    assert_int_equal(wz_session_load_catalogue(v.session, NULL, &err), WZ_OK);
    wz_session_find_journal(v.session);
    return v;
}

void visit_leave(visit *v)
{
    wz_phrase_clear(&v->why);
    wz_session_free(v->session);
}

wz_run_result visit_begin(visit *v, bool unattended, bool restart)
{
    wz_run_options options = { .unattended = unattended, .restart_allowed = restart };
    wz_run_watch   watch = { { on_report, on_cancelled, v }, on_log, v };
    wz_run_result  result;

    assert_int_equal(wz_session_probe(v->session, NULL, NULL, NULL), WZ_OK);
    assert_int_equal(wz_session_set_media(v->session, FAKE_MEDIA, NULL, NULL), WZ_OK);
    v->permille = 0;
    result = wz_run_begin(v->session, &options, &watch, &v->why);
    assert_false(v->machine->is_claimed || v->machine->is_awake || v->machine->held > 0);
    assert_false(v->went_back);
    return result;
}

wz_run_result visit_resume(visit *v)
{
    wz_run_options options = { 0 };
    wz_run_watch   watch = { { on_report, on_cancelled, v }, on_log, v };
    wz_run_result  result;

    v->permille = 0;
    result = wz_run_resume(v->session, &options, &watch, &v->why);
    assert_false(v->machine->is_claimed || v->machine->is_awake || v->machine->held > 0);
    assert_false(v->went_back);
    return result;
}

wz_run_result visit_begin_once(fake_machine *machine)
{
    visit         v = visit_arrive(machine);
    wz_run_result result = visit_begin(&v, false, false);

    visit_leave(&v);
    return result;
}

wz_run_result visit_resume_once(fake_machine *machine)
{
    visit         v = visit_arrive(machine);
    wz_run_result result = visit_resume(&v);

    visit_leave(&v);
    return result;
}

fake_machine *visit_road(void)
{
    fake_machine *machine = fake_create();

    fake_add_road(machine);
    return machine;
}

wz_journal *visit_journal_of(fake_machine *machine)
{
    wz_journal *journal = NULL;

    assert_int_equal(wz_journal_load(&machine->platform, &journal, NULL), WZ_OK);
    return journal;
}

wz_outcome visit_outcome_of(fake_machine *machine, unsigned kb)
{
    wz_journal *journal = visit_journal_of(machine);
    wz_outcome  outcome = WZ_OUTCOME_NONE;

    for (size_t i = 0; i < journal->step_count; i++)
        if (journal->steps[i].kb == kb)
            outcome = journal->steps[i].outcome;
    wz_journal_free(journal);
    return outcome;
}

wz_journal_state visit_state_of(fake_machine *machine)
{
    wz_journal      *journal = visit_journal_of(machine);
    wz_journal_state state = journal->state;

    wz_journal_free(journal);
    return state;
}

/* The same road as in the built-in catalogue, in a fiftieth of its length: it is read thousands of times here. */
static const char small_catalogue[] =
    "<catalogue version='1' kind='built-in' date='2026-06-26'><targets>"
    "<target name='6003' kb='4534303'/><target name='free' kb='4534303'/><target name='esu3' kb='4534303'/>"
    "<target name='esu4' kb='4534303'/><target name='pa' kb='4534303'/></targets><updates>"
    "<update kb='4474419' kind='sha2' programme='free' date='2019-09-23' restart='yes' architectures='x64' "
    "requires='4493730' source='test' confidence='I'><file architecture='x64' name='windows6.0-kb4474419-v4-x64.msu' "
    "sha1='09cb148f6ef10779d7352b7269d66a7f23019207' source='test' confidence='I'/></update>"
    "<update kb='4493730' kind='stack' programme='free' date='2019-04-09' stack='6.0.6003.20484' restart='maybe' "
    "architectures='x64' source='test' confidence='I'><file architecture='x64' name='windows6.0-kb4493730-x64.msu' "
    "sha256='26bf790fadd11eca1433abd8edc78d2ddfa1fe85fe0d2f67cdffb5de0c069530' source='test' confidence='I'/></update>"
    "<update kb='4534303' kind='rollup' programme='free' date='2020-01-14' build='6.0.6003.20705' restart='yes' "
    "architectures='x64' sha2='true' requires='4474419 4493730' buildSource='test' buildConfidence='I' source='test' "
    "confidence='I'><file architecture='x64' name='windows6.0-kb4534303-x64.msu' "
    "sha1='f318a56b0a7761596ad17746921949a62912d15c' source='test' confidence='I'/></update>"
    "</updates></catalogue>\n";

void visit_small_catalogue(fake_machine *machine)
{
    wz_text_add(&machine->resources[WZ_RESOURCE_CATALOGUE], small_catalogue);
}
