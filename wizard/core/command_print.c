/* What each action prints. */
#include "core/command_say.h"

#include "core/licence_words.h"
#include "core/run.h"
#include "core/support_state.h"
#include "product.h"
#include "resource.h"

#include <string.h>

/* ---- help ---- */

static const struct { const char *syntax; unsigned word; } help_rows[] = {
    { "/assess", IDS_HELP_ASSESS },
    { "/plan", IDS_HELP_PLAN },
    { "/verify", IDS_HELP_VERIFY },
    { "/install", IDS_HELP_INSTALL },
    { "/resume", IDS_HELP_RESUME },
    { "/scan[:FOLDER]", IDS_HELP_SCAN },
    { "/suppressions:FILE", IDS_HELP_SUPPRESSIONS },
    { "/target:LEVEL", IDS_HELP_TARGET },
    { "/media:FOLDER", IDS_HELP_MEDIA },
    { "/checksums:FILE", IDS_HELP_CHECKSUMS },
    { "/catalogue:FILE", IDS_HELP_CATALOGUE },
    { "/norestart", IDS_HELP_NORESTART },
    { "/restart", IDS_HELP_RESTART },
    { "/snapshot:FILE", IDS_HELP_SNAPSHOT },
    { "/open:FILE", IDS_HELP_OPEN },
    { "/shopping-list:FILE", IDS_HELP_SHOPPING },
    { "/report:FILE", IDS_HELP_REPORT },
    { "/code", IDS_HELP_CODE },
    { "/decode:CODE", IDS_HELP_DECODE },
    { "/remedy:CODE", IDS_HELP_REMEDY },
    { "/compare:FIRST;SECOND", IDS_HELP_COMPARE },
    { "/print[:PRINTER]", IDS_HELP_PRINT },
    { "/redact", IDS_HELP_REDACT },
    { "/verify-report:FILE", IDS_HELP_VERIFY_REPORT },
    { "/log:FILE", IDS_HELP_LOG },
    { "/lang:TAG", IDS_HELP_LANG },
    { "/report-lang:TAG", IDS_HELP_REPORT_LANG },
    { "/quiet", IDS_HELP_QUIET },
    { "/version", IDS_HELP_VERSION },
    { "/?", IDS_HELP_HELP },
};

#define HELP_COLUMN 24u

static void write_line(wz_command *command, wz_text *line)
{
    wz_text_add(line, "\n");
    command->output->write(command->output->context, false, line->at);
    wz_text_clear(line);
}

void wz_command_print_version(wz_command *command)
{
    const char *args[] = { wz_word(command->words, IDS_PRODUCT), WZ_PRODUCT_VERSION_TEXT };
    wz_text     line = { 0 };

    wz_words_fill(command->words, IDS_SAY_VERSION, args, WZ_COUNT(args), &line);
    write_line(command, &line);
}

void wz_command_print_help(wz_command *command)
{
    wz_text line = { 0 };

    wz_command_print_version(command);
    wz_text_add(&line, wz_word(command->words, IDS_HELP_USAGE));
    write_line(command, &line);
    for (size_t i = 0; i < WZ_COUNT(help_rows); i++) {
        wz_text_add(&line, "  ");
        wz_text_add(&line, help_rows[i].syntax);
        while (line.length < HELP_COLUMN)
            wz_text_add(&line, " ");
        wz_text_add(&line, wz_word(command->words, help_rows[i].word));
        write_line(command, &line);
    }
    wz_text_add(&line, wz_word(command->words, IDS_HELP_CODES));
    write_line(command, &line);
    wz_text_add(&line, wz_word(command->words, IDS_HELP_SCAN_CODES));
    write_line(command, &line);
}

/* ---- assessment ---- */

static void say_one(wz_command *command, unsigned id, const char *arg)
{
    const char *args[] = { arg };

    wz_command_say(command, id, 1, args);
}

static void say_filled(wz_command *command, unsigned id, const wz_phrase *phrase)
{
    wz_text text = { 0 };

    wz_phrase_render(phrase, command->words, &text);
    say_one(command, id, wz_text_at(&text));
    wz_text_clear(&text);
}

static void say_about(wz_command *command, unsigned id, const wz_snapshot *snapshot)
{
    wz_text about = { 0 };

    wz_system_about(snapshot, &about);
    if (about.length > 0)
        say_one(command, id, about.at);
    wz_text_clear(&about);
}

static void print_machine(wz_command *command)
{
    const wz_session *session = command->session;
    const char       *computer = wz_snapshot_text(session->snapshot, WZ_FACT_COMPUTER_NAME);

    if (session->opened_from != NULL)
        say_one(command, IDS_SAY_OPENED, session->opened_from);
    if (!wz_catalogue_is_built_in(session->catalogue)) {
        const char *args[] = { wz_catalogue_name(session->catalogue), wz_catalogue_sha256(session->catalogue) };

        wz_command_say(command, IDS_SAY_CATALOGUE, WZ_COUNT(args), args);
    }
    if (computer != NULL)
        say_one(command, IDS_SAY_COMPUTER, computer);
    say_one(command, IDS_SAY_SYSTEM, wz_word(command->words, wz_system_word(session->system)));
    if (wz_system_advice_word(session->system) != 0)
        say_one(command, IDS_SAY_SYSTEM, wz_word(command->words, wz_system_advice_word(session->system)));
    say_about(command, IDS_SAY_ABOUT, session->snapshot);
}

static void print_checks(wz_command *command)
{
    for (size_t i = 0; i < WZ_CHECK_COUNT; i++) {
        const wz_check *check = &command->session->checks.items[i];
        wz_text         evidence = { 0 };
        const char     *args[3];

        wz_phrase_render(&check->evidence, command->words, &evidence);
        args[0] = wz_word(command->words, wz_verdict_word(check->verdict));
        args[1] = wz_word(command->words, wz_check_title_word(check->id));
        args[2] = wz_text_at(&evidence);
        wz_command_say(command, IDS_SAY_CHECK, WZ_COUNT(args), args);
        wz_text_clear(&evidence);
    }
}

static void print_step(wz_command *command, size_t i)
{
    const wz_step *step = &command->session->plan->steps[i];
    wz_text        number = { 0 };
    wz_text        name = { 0 };
    wz_text        reason = { 0 };
    const char    *args[4];

    wz_text_add_number(&number, i + 1);
    wz_text_add(&name, "KB");
    wz_text_add_number(&name, step->update->kb);
    wz_phrase_render(&step->reason, command->words, &reason);
    args[0] = wz_text_at(&number);
    args[1] = wz_text_at(&name);
    args[2] = wz_word(command->words, wz_kind_word(step->update->kind));
    args[3] = wz_text_at(&reason);
    wz_command_say(command, IDS_SAY_STEP, WZ_COUNT(args), args);
    if (step->restart_after)
        wz_command_say(command, IDS_SAY_STEP_RESTART, 0, NULL);
    wz_text_clear(&number);
    wz_text_clear(&name);
    wz_text_clear(&reason);
}

void wz_command_print_plan(wz_command *command)
{
    const wz_plan *plan = command->session->plan;
    wz_text        steps = { 0 };
    wz_text        restarts = { 0 };
    wz_text        minutes = { 0 };
    const char    *args[3];

    say_one(command, IDS_SAY_TARGET, wz_word(command->words, wz_target_word(command->session->target)));
    if (plan->state != WZ_PLAN_READY) {
        wz_command_say_phrase(command, &plan->why);
        return;
    }
    wz_text_add_number(&steps, plan->step_count);
    wz_text_add_number(&restarts, plan->restarts);
    wz_text_add_number(&minutes, plan->minutes);
    args[0] = wz_text_at(&steps);
    args[1] = wz_text_at(&restarts);
    args[2] = wz_text_at(&minutes);
    wz_command_say(command, IDS_SAY_PLAN, WZ_COUNT(args), args);
    for (size_t i = 0; i < plan->step_count; i++)
        print_step(command, i);
    wz_text_clear(&steps);
    wz_text_clear(&restarts);
    wz_text_clear(&minutes);
}

static void print_licence(wz_command *command)
{
    const wz_session *session = command->session;
    wz_text           text = { 0 };

    wz_phrase_render(&session->entitlement.summary, command->words, &text);
    if (session->entitlement.highest != WZ_PROGRAMME_FREE) {
        wz_text_add(&text, " ");
        wz_licence_say_covered(&session->entitlement, session->catalogue, command->words, &text);
    }
    say_one(command, IDS_SAY_LICENCE, wz_text_at(&text));
    wz_text_clear(&text);
}

void wz_command_print_assessment(wz_command *command)
{
    wz_phrase sentence = { 0 };

    print_machine(command);
    print_checks(command);
    print_licence(command);
    wz_command_print_plan(command);
    if (command->options->media != NULL && command->session->media_folder != NULL)
        wz_command_print_files(command);
    wz_session_verdict(command->session, &sentence);
    say_filled(command, IDS_SAY_VERDICT, &sentence);
    wz_phrase_clear(&sentence);
}

/* ---- update files ---- */

static void print_file(wz_command *command, const wz_match *match)
{
    wz_text     name = { 0 };
    wz_text     sentence = { 0 };
    const char *args[4];

    if (match->update != NULL) {
        wz_text_add(&name, "KB");
        wz_text_add_number(&name, match->update->kb);
    }
    wz_match_explain(match, command->words, &sentence);
    args[0] = wz_file_verdict_name(match->verdict);
    args[1] = match->update != NULL ? wz_text_at(&name) : "-";
    args[2] = match->file != NULL ? match->file->name : "-";
    args[3] = wz_text_at(&sentence);
    wz_command_say(command, IDS_SAY_FILE, WZ_COUNT(args), args);
    wz_text_clear(&name);
    wz_text_clear(&sentence);
}

void wz_command_print_files(wz_command *command)
{
    const wz_matches *matches = &command->session->matches;

    if (matches->count == 0)
        wz_command_say(command, IDS_SAY_NO_FILES, 0, NULL);
    for (size_t i = 0; i < matches->count; i++)
        print_file(command, &matches->items[i]);
    for (size_t i = 0; i < matches->other_count; i++)
        print_file(command, &matches->others[i]);
}

void wz_command_print_comparisons(wz_command *command, const wz_comparisons *comparisons)
{
    for (size_t i = 0; i < comparisons->count; i++) {
        const wz_comparison *comparison = &comparisons->items[i];
        wz_text              line = { 0 };
        wz_text              sentence = { 0 };
        const char          *args[3];

        wz_text_add_number(&line, comparison->checksum->line);
        wz_comparison_say(comparison, command->words, &sentence);
        args[0] = wz_checksum_result_name(comparison->result);
        args[1] = wz_text_at(&line);
        args[2] = wz_text_at(&sentence);
        wz_command_say(command, IDS_SAY_CHECKSUM, WZ_COUNT(args), args);
        wz_text_clear(&line);
        wz_text_clear(&sentence);
    }
}

/* ---- results ---- */

void wz_command_print_diagnosis(wz_command *command, const wz_diagnosis *diagnosis)
{
    for (size_t i = 0; i < diagnosis->count; i++) {
        const wz_cause *cause = &diagnosis->causes[i];
        wz_text         sentence = { 0 };
        const char     *args[1];

        wz_phrase_render(&cause->words, command->words, &sentence);
        args[0] = wz_text_at(&sentence);
        wz_command_say(command, cause->how, 1, args);
        wz_text_clear(&sentence);
    }
    if (diagnosis->fix != 0) {
        const char *args[] = { wz_word(command->words, diagnosis->fix) };

        wz_command_say(command, IDS_REMEDY_FIX, 1, args);
    }
}

static void print_result(wz_command *command, const wz_journal_step *step)
{
    wz_text      name = { 0 };
    wz_text      code = { 0 };
    wz_diagnosis diagnosis = { 0 };
    const char  *args[2];

    wz_text_add(&name, "KB");
    wz_text_add_number(&name, step->kb);
    args[0] = wz_text_at(&name);
    args[1] = wz_word(command->words, wz_outcome_word(step->outcome));
    wz_command_say(command, IDS_PAIR, 2, args);
    if (step->has_code) {
        wz_text_add_code_forms(&code, step->code);
        args[0] = wz_text_at(&code);
        args[1] = wz_word(command->words, wz_code_word(step->code));
        wz_command_say(command, IDS_SAY_CODE, 2, args);
    }
    if (wz_diagnose(command->session, step, &diagnosis))
        wz_command_print_diagnosis(command, &diagnosis);
    wz_diagnosis_clear(&diagnosis);
    wz_text_clear(&name);
    wz_text_clear(&code);
}

void wz_command_print_results(wz_command *command)
{
    const wz_session *session = command->session;

    if (session->journal == NULL)
        return;
    for (size_t i = 0; i < session->journal->step_count; i++)
        print_result(command, &session->journal->steps[i]);
    if (session->before != NULL)
        say_about(command, IDS_SAY_BEFORE, session->before);
    if (session->snapshot != NULL)
        say_about(command, IDS_SAY_ABOUT, session->snapshot);
}

/* ---- support code ---- */

void wz_command_print_code(wz_command *command, const wz_support *support)
{
    wz_text text = { 0 };

    wz_support_explain(support, command->words, &text);
    for (char *line = text.at, *end; line != NULL && (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        say_one(command, IDS_CALL_EXPLAIN, line);
    }
    wz_text_clear(&text);
}
