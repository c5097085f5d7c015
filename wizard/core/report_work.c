/* See report_parts.h: what may be done, was planned, was done: licence, targets, plan, results, files. */
#include "core/report_parts.h"

#include "core/diagnosis.h"
#include "core/licence_words.h"
#include "core/remedy.h"
#include "resource.h"

/* The number of LicenseStatus with what it means. */
static void put_status(const wz_maker *maker, wz_row *row, wz_fact_id fact)
{
    uint64_t status;
    wz_text  text = { 0 };

    if (!wz_snapshot_number(maker->session->snapshot, fact, &status))
        return;
    wz_licence_status(status, maker->words, &text);
    wz_row_put(row, 1, wz_text_at(&text), wz_snapshot_text(maker->session->snapshot, fact));
    wz_text_clear(&text);
}

static void lead_licence(const wz_maker *maker, wz_section *section)
{
    const wz_session *session = maker->session;
    wz_text           text = { 0 };

    wz_maker_lead_phrase(maker, section, &session->entitlement.summary);
    wz_maker_lead(maker, section, IDS_LICENCE_6003_FREE, NULL, 0);
    if (session->catalogue != NULL && session->entitlement.highest != WZ_PROGRAMME_FREE) {
        wz_licence_say_covered(&session->entitlement, session->catalogue, maker->words, &text);
        wz_section_lead(section, &text);
    }
    if (session->catalogue != NULL) {
        wz_licence_say_preparation(session->snapshot, session->catalogue, maker->words, &text);
        wz_section_lead(section, &text);
    }
    wz_licence_say_azure(session->snapshot, maker->words, &text);
    wz_section_lead(section, &text);
}

static void add_licence(const wz_maker *maker)
{
    static const char *const names[]  = { "item", "status", "state", "source", "time" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_LICENCE, IDS_DOC_COL_STATUS, IDS_DOC_COL_STATE, IDS_DOC_COL_SOURCE, IDS_DOC_COL_TIME,
    };
    static const wz_fact_id  facts[]  = {
        WZ_FACT_ESU_YEAR1, WZ_FACT_ESU_YEAR2, WZ_FACT_ESU_YEAR3, WZ_FACT_ESU_YEAR4, WZ_FACT_ESU_YEAR5,
        WZ_FACT_ESU_YEAR6, WZ_FACT_ESU_PREMIUM,
    };
    const wz_session *session = maker->session;
    wz_section       *section = wz_maker_section(maker, "licence", IDS_DOC_LICENCE, &WZ_COLUMNS(names, titles, 3));

    lead_licence(maker, section);
    for (size_t i = 0; i < WZ_COUNT(facts); i++) {
        wz_row *row = wz_section_add(section, wz_fact_name(facts[i]), NULL);

        wz_maker_word(maker, row, 0, wz_fact_word(facts[i]), NULL);
        wz_maker_fact(maker, row, &session->snapshot->facts[facts[i]], (wz_fact_columns){ 1, 2, 3, 4 });
        put_status(maker, row, facts[i]);
    }
}

static void add_targets(const wz_maker *maker)
{
    static const char *const names[]  = { "target", "allowed", "chosen", "reason" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_TARGET, IDS_DOC_COL_ALLOWED, IDS_DOC_COL_CHOSEN, IDS_DOC_COL_REASON,
    };
    const wz_session *session = maker->session;
    wz_section       *section = wz_maker_section(maker, "targets", IDS_DOC_TARGETS, &WZ_COLUMNS(names, titles, 0));

    for (size_t i = 0; i < WZ_TARGET_COUNT; i++) {
        wz_target   target = (wz_target)i;
        const char *name = wz_target_name(target);
        wz_row     *row = wz_section_add(section, name, NULL);

        wz_maker_word(maker, row, 0, wz_target_word(target), name);
        wz_maker_yes(maker, row, 1, session->targets[i].allowed);
        wz_maker_yes(maker, row, 2, target == session->target);
        wz_maker_phrase(maker, row, 3, &session->targets[i].reason);
    }
}

/* ---- plan ------------------------------------------------------------------------------------------------------ */

static void lead_target(const wz_maker *maker, wz_section *section, wz_target target)
{
    const char *args[] = { wz_word(maker->words, wz_target_word(target)) };

    wz_maker_lead(maker, section, IDS_DOC_TARGET_LINE, args, WZ_COUNT(args));
}

static void lead_plan(const wz_maker *maker, wz_section *section, const wz_plan *plan)
{
    wz_text steps = { 0 }, restarts = { 0 }, minutes = { 0 };

    lead_target(maker, section, plan->target);
    wz_maker_lead_phrase(maker, section, &plan->why);
    if (plan->step_count == 0)
        return;
    wz_text_add_number(&steps, plan->step_count);
    wz_text_add_number(&restarts, plan->restarts);
    wz_text_add_number(&minutes, plan->minutes);
    const char *args[] = { wz_text_at(&steps), wz_text_at(&restarts), wz_text_at(&minutes) };

    wz_maker_lead(maker, section, IDS_DOC_PLAN_SUMMARY, args, WZ_COUNT(args));
    wz_text_clear(&steps);
    wz_text_clear(&restarts);
    wz_text_clear(&minutes);
}

static void put_minutes(const wz_maker *maker, wz_row *row, size_t column, unsigned minutes)
{
    wz_text number = { 0 }, text = { 0 };

    wz_text_add_number(&number, minutes);
    const char *args[] = { wz_text_at(&number) };

    wz_words_fill(maker->words, IDS_DOC_MINUTES, args, WZ_COUNT(args), &text);
    wz_row_put(row, column, wz_text_at(&text), wz_text_at(&number));
    wz_text_clear(&number);
    wz_text_clear(&text);
}

static void put_date(wz_row *row, size_t column, wz_time date)
{
    wz_text text = { 0 };

    wz_text_add_date(&text, date);
    if (date != 0)
        wz_row_put(row, column, wz_text_at(&text), NULL);
    wz_text_clear(&text);
}

static wz_row *add_kb_row(wz_section *section, unsigned kb, const char *verdict)
{
    wz_text id = { 0 };

    wz_text_add_kb(&id, kb);
    wz_row *row = wz_section_add(section, wz_text_at(&id), verdict);

    wz_text_clear(&id);
    return row;
}

static void add_plan(const wz_maker *maker)
{
    static const char *const names[]  = { "step", "update", "reason", "restart", "kind", "released", "estimate" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_STEP, IDS_DOC_COL_UPDATE, IDS_DOC_COL_REASON, IDS_DOC_COL_RESTART, IDS_DOC_COL_KIND,
        IDS_DOC_COL_RELEASED, IDS_DOC_COL_ESTIMATE,
    };
    const wz_plan *plan = maker->session->plan;
    wz_section    *section = wz_maker_section(maker, "plan", IDS_DOC_PLAN, &WZ_COLUMNS(names, titles, 4));

    if (plan == NULL) {
        wz_maker_lead(maker, section, IDS_DOC_PLAN_NONE, NULL, 0);
        return;
    }
    lead_plan(maker, section, plan);
    for (size_t i = 0; i < plan->step_count; i++) {
        const wz_step *step = &plan->steps[i];
        wz_row        *row = add_kb_row(section, step->update->kb, NULL);

        wz_row_number(row, 0, i + 1);
        wz_row_kb(row, 1, step->update->kb);
        wz_maker_phrase(maker, row, 2, &step->reason);
        wz_maker_yes(maker, row, 3, step->restart_after);
        wz_maker_word(maker, row, 4, wz_kind_word(step->update->kind), NULL);
        put_date(row, 5, step->update->date);
        put_minutes(maker, row, 6, step->minutes);
    }
    section->figure = wz_report_plan_strip(maker, plan);
}

/* ---- results --------------------------------------------------------------------------------------------------- */

static unsigned journal_word(wz_journal_state state)
{
    switch (state) {
    case WZ_JOURNAL_OPEN:    return IDS_DOC_RESULTS_OPEN;
    case WZ_JOURNAL_RESTART: return IDS_DOC_RESULTS_RESTART;
    case WZ_JOURNAL_DONE:    return IDS_DOC_RESULTS_DONE;
    case WZ_JOURNAL_STOPPED: return IDS_DOC_RESULTS_STOPPED;
    case WZ_JOURNAL_FAILED:  break;
    }
    return IDS_DOC_RESULTS_FAILED;
}

static void lead_results(const wz_maker *maker, wz_section *section, const wz_journal *journal)
{
    wz_text begun = { 0 }, ended = { 0 }, restarts = { 0 };

    wz_text_add_time(&begun, journal->begun);
    wz_text_add_time(&ended, journal->ended);
    wz_text_add_number(&restarts, journal->restarts);
    const char *span[]  = { wz_text_at(&begun), wz_text_at(&ended), wz_text_at(&restarts) };
    const char *since[] = { wz_text_at(&begun), wz_text_at(&restarts) };

    wz_maker_lead(maker, section, journal_word(journal->state), NULL, 0);
    lead_target(maker, section, journal->target);
    if (journal->ended != 0)
        wz_maker_lead(maker, section, IDS_DOC_RESULTS_SPAN, span, WZ_COUNT(span));
    else
        wz_maker_lead(maker, section, IDS_DOC_RESULTS_SINCE, since, WZ_COUNT(since));
    wz_text_clear(&begun);
    wz_text_clear(&ended);
    wz_text_clear(&restarts);
}

static void put_duration(const wz_maker *maker, wz_row *row, size_t column, wz_time begun, wz_time ended)
{
    if (begun == 0 || ended < begun)
        return;

    uint64_t    seconds = (uint64_t)(ended - begun);
    wz_text     whole = { 0 }, minutes = { 0 }, rest = { 0 }, text = { 0 };

    wz_text_add_number(&whole, seconds);
    wz_text_add_number(&minutes, seconds / 60);
    wz_text_add_number(&rest, seconds % 60);
    const char *args[] = { wz_text_at(&minutes), wz_text_at(&rest) };

    wz_words_fill(maker->words, IDS_DOC_DURATION, args, WZ_COUNT(args), &text);
    wz_row_put(row, column, wz_text_at(&text), wz_text_at(&whole));
    wz_text_clear(&whole);
    wz_text_clear(&minutes);
    wz_text_clear(&rest);
    wz_text_clear(&text);
}

static void put_exit_code(wz_row *row, size_t column, uint32_t code)
{
    wz_text text = { 0 }, number = { 0 };

    wz_text_add_code_forms(&text, code);
    wz_text_add_number(&number, code);
    wz_row_put(row, column, wz_text_at(&text), wz_text_at(&number));
    wz_text_clear(&text);
    wz_text_clear(&number);
}

/* The journal keeps the name of the rule; its sentence is found through the verdict of that name. */
static unsigned rule_word(const char *rule)
{
    for (int verdict = WZ_FILE_MISSING; verdict < WZ_FILE_VERDICT_COUNT; verdict++)
        if (wz_equal_nocase(rule, wz_file_verdict_name((wz_file_verdict)verdict)))
            return wz_file_verdict_word((wz_file_verdict)verdict);
    return 0;
}

static void put_diagnosis(const wz_maker *maker, wz_row *row, const wz_journal_step *step)
{
    wz_diagnosis diagnosis = { 0 };
    wz_text      causes = { 0 };

    if (!wz_diagnose(maker->session, step, &diagnosis))
        return;
    wz_diagnosis_add_causes(&diagnosis, maker->words, "\n", &causes);
    if (causes.length > 0)
        wz_row_put(row, 12, wz_text_at(&causes), NULL);
    if (diagnosis.fix != 0)
        wz_maker_word(maker, row, 13, diagnosis.fix, NULL);
    wz_text_clear(&causes);
    wz_diagnosis_clear(&diagnosis);
}

static void put_result(const wz_maker *maker, wz_row *row, size_t number, const wz_journal_step *step)
{
    wz_maker_word(maker, row, 0, wz_outcome_word(step->outcome), wz_outcome_name(step->outcome));
    wz_row_number(row, 1, number);
    wz_row_kb(row, 2, step->kb);
    if (step->has_code) {
        put_exit_code(row, 3, step->code);
        wz_maker_word(maker, row, 4, wz_code_word(step->code), NULL);
    }
    wz_row_time(row, 5, step->begun);
    wz_row_time(row, 6, step->ended);
    put_duration(maker, row, 7, step->begun, step->ended);
    if (step->attempts > 0)
        wz_row_number(row, 8, step->attempts);
    wz_row_put(row, 9, step->file, NULL);
    if (step->rule != NULL)
        wz_maker_word(maker, row, 10, rule_word(step->rule), step->rule);
    if (step->sha256[0] != '\0')
        wz_row_put(row, 11, step->sha256, NULL);
    put_diagnosis(maker, row, step);
}

static void add_results(const wz_maker *maker)
{
    static const char *const names[]  = {
        "result", "step", "update", "code", "meaning", "begun", "ended", "duration", "attempts", "file", "rule",
        "sha256", "cause", "fix",
    };
    static const unsigned    titles[] = {
        IDS_DOC_COL_RESULT, IDS_DOC_COL_STEP, IDS_DOC_COL_UPDATE, IDS_DOC_COL_CODE, IDS_DOC_COL_MEANING,
        IDS_DOC_COL_BEGUN, IDS_DOC_COL_ENDED, IDS_DOC_COL_DURATION, IDS_DOC_COL_ATTEMPTS, IDS_DOC_COL_FILE,
        IDS_DOC_COL_RULE, IDS_DOC_COL_SHA256, IDS_DOC_COL_CAUSE, IDS_DOC_COL_FIX,
    };
    const wz_journal *journal = maker->journal;
    wz_section       *section = wz_maker_section(maker, "results", IDS_DOC_RESULTS, &WZ_COLUMNS(names, titles, 4));

    if (journal == NULL) {
        bool opened = maker->session->opened_from != NULL;

        wz_maker_lead(maker, section, opened ? IDS_DOC_RESULTS_OPENED : IDS_DOC_RESULTS_NONE, NULL, 0);
        return;
    }
    lead_results(maker, section, journal);
    for (size_t i = 0; i < journal->step_count; i++)
        put_result(maker, add_kb_row(section, journal->steps[i].kb, wz_outcome_verdict(journal->steps[i].outcome)),
                   i + 1, &journal->steps[i]);
    section->figure = wz_report_results_strip(maker, journal);
}

static bool has_work(const wz_maker *maker)
{
    const wz_session *session = maker->session;

    return wz_journal_is_open(maker->journal) ||
           (session->opened_from == NULL && session->plan != NULL && session->plan->state == WZ_PLAN_READY);
}

void wz_report_add_work(const wz_maker *maker)
{
    if (maker->session->snapshot != NULL && maker->session->plan != NULL) {
        add_licence(maker);
        add_targets(maker);
    }
    add_plan(maker);
    add_results(maker);
    wz_report_add_files(maker);
    if (has_work(maker))
        wz_report_add_recovery(maker, IDS_CARD_TITLE);
}
