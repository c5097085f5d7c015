#include "core/command.h"

#include "core/command_say.h"
#include "core/report.h"
#include "core/run.h"
#include "core/shopping.h"
#include "resource.h"

#include <stdlib.h>

/* ---- preparing ---- */

static wz_exit load_choices(wz_command *command)
{
    const wz_options *options = command->options;
    wz_session       *session = command->session;
    wz_error          err = { 0 };

    if (options->open == NULL) {
        wz_session_find_journal(session);
        if (session->journal_error.status == WZ_E_FORMAT)
            wz_command_error(command, &session->journal_error);
    }
    if (wz_session_load_catalogue(session, options->catalogue, &err) != WZ_OK) {
        wz_command_error(command, &err);
        return WZ_EXIT_FAILED;
    }
    session->target = options->has_target ? options->target : WZ_TARGET_FREE;
    return WZ_EXIT_DONE;
}

static wz_exit load_media(wz_command *command)
{
    wz_error err = { 0 };

    if (command->options->media == NULL ||
        wz_session_set_media(command->session, command->options->media, &command->progress,
                             &err) == WZ_OK)
        return WZ_EXIT_DONE;
    wz_command_error(command, &err);
    /* Without the folder no update file is acceptable. */
    return err.status == WZ_E_CANCELLED ? WZ_EXIT_CANCELLED : WZ_EXIT_FILE;
}

static wz_exit probe(wz_command *command)
{
    wz_error  err = { 0 };
    wz_status status = wz_session_probe(command->session, command->options->open, &command->progress, &err);

    if (status == WZ_OK)
        return WZ_EXIT_DONE;
    wz_command_error(command, &err);
    return status == WZ_E_CANCELLED ? WZ_EXIT_CANCELLED : WZ_EXIT_FAILED;
}

static wz_exit prepare(wz_command *command)
{
    wz_exit exit = load_choices(command);

    if (exit == WZ_EXIT_DONE)
        exit = probe(command);
    return exit == WZ_EXIT_DONE ? load_media(command) : exit;
}

/* ---- files to write ---- */

static void note_written(wz_command *command, wz_status status, const char *path, const wz_error *err)
{
    const char *args[] = { path };

    if (status == WZ_OK) {
        wz_command_say(command, IDS_SAY_WRITTEN, 1, args);
    } else {
        wz_command_error(command, err);
        command->has_lost = true;
    }
}

static bool write_report(wz_command *command, bool tell)
{
    const wz_session *session = command->session;
    const char       *path = command->report_path;
    wz_error          err = { 0 };
    wz_status         status;

    if (path == NULL)
        return true;
    status = wz_command_wants_findings(command) ? wz_session_save_findings(session, path, &err)
                                                : wz_report_save(session, command->report_words, path, &err);
    if (tell || status != WZ_OK)
        note_written(command, status, path, &err);
    return status == WZ_OK;
}

static void write_snapshot(wz_command *command)
{
    const wz_platform *platform = command->platform;
    const char        *path = command->options->snapshot;
    wz_text            bytes = { 0 };
    wz_error           err = { 0 };
    wz_status          status;

    if (path == NULL)
        return;
    wz_session_write_snapshot(command->session, &bytes);
    status = platform->write_file(platform->context, path, (wz_view){ wz_text_at(&bytes), bytes.length }, &err);
    note_written(command, status, path, &err);
    wz_text_clear(&bytes);
}

static void write_shopping(wz_command *command)
{
    const char *path = command->options->shopping_list;
    wz_error    err = { 0 };

    if (path != NULL)
        note_written(command, wz_shopping_save(command->session, command->words, path, &err), path, &err);
}

/* Also after a failure: then above all. Not where the machine could not be read. */
static void write_files(wz_command *command)
{
    if (command->session->snapshot != NULL) {
        write_snapshot(command);
        write_shopping(command);
        write_report(command, true);
    } else if (wz_command_wants_findings(command) && command->session->scan.state != WZ_SCAN_NOT_RUN) {
        write_report(command, true);                   /* needs no machine */
    }
    wz_command_save_log(command);
}

/* ---- actions ---- */

static wz_exit verdict_of(const wz_command *command)
{
    return wz_session_verdict(command->session, NULL);
}

static void on_log(void *context, const wz_phrase *line)
{
    wz_command_say_timed(context, line);
}

/* A restart comes last: files that were asked for are written before it. */
static wz_exit finish_run(wz_command *command, wz_run_result result, const wz_phrase *why)
{
    const wz_session *session = command->session;
    bool              may_restart = session->journal != NULL && session->journal->restart_allowed;
    wz_error          err = { 0 };

    if (result == WZ_RUN_DONE || result == WZ_RUN_RESTART || result == WZ_RUN_STOPPED || result == WZ_RUN_FAILED)
        wz_command_print_results(command);
    if (result == WZ_RUN_RESTART)
        wz_command_say_phrase(command, why);
    else if (result != WZ_RUN_DONE)
        wz_command_complain_phrase(command, why);
    if (result != WZ_RUN_RESTART || !may_restart)
        return wz_run_exit(result, false);
    wz_command_say(command, IDS_SAY_RESTARTING, 0, NULL);
    write_files(command);
    if (wz_run_restart(command->session, &err) == WZ_OK) {
        command->is_restarting = true;
        return wz_run_exit(result, true);
    }
    wz_command_error(command, &err);
    return wz_run_exit(result, false);
}

static wz_run_options unattended(const wz_command *command, bool restart_allowed)
{
    const wz_options *options = command->options;

    return (wz_run_options){ .unattended = true, .restart_allowed = restart_allowed, .log = options->log,
                             .report = options->report, .words = command->words, .language = command->words->language,
                             .report_language = options->report_language };
}

static wz_exit install(wz_command *command)
{
    wz_session          *session = command->session;
    const wz_run_options run_options = unattended(command, command->options->restart);
    const wz_run_watch   watch = { .progress = command->progress, .log = on_log, .context = command };
    wz_phrase            why = { 0 };
    wz_exit              exit = verdict_of(command);

    if (exit == WZ_EXIT_DONE) {
        wz_command_print_plan(command);
        return exit;
    }
    if (exit == WZ_EXIT_UNSUPPORTED || session->plan->state != WZ_PLAN_READY) {
        wz_command_complain_verdict(command);
        return exit;
    }
    wz_command_print_files(command);
    /* A report that cannot be written is told before anything is installed. */
    if (!write_report(command, false)) {
        free(command->report_path);                    /* told once is enough */
        command->report_path = NULL;
        return WZ_EXIT_FAILED;
    }

    wz_run_result result = wz_run_begin(session, &run_options, &watch, &why);

    exit = finish_run(command, result, &why);
    wz_phrase_clear(&why);
    return exit;
}

static wz_exit resume(wz_command *command)
{
    const wz_options *options = command->options;
    wz_session       *session = command->session;
    const wz_journal *journal = session->journal;
    bool              may_restart = options->restart || (!options->norestart && journal->restart_allowed);
    wz_run_options    run_options = unattended(command, may_restart);
    wz_run_watch      watch = { .progress = command->progress, .log = on_log, .context = command };
    wz_phrase         why = { 0 };
    wz_run_result     result = wz_run_resume(session, &run_options, &watch, &why);
    wz_exit           exit = finish_run(command, result, &why);

    wz_phrase_clear(&why);
    return exit;
}

static wz_exit resume_nothing(wz_command *command)
{
    const wz_journal *journal = command->session->journal;
    bool              is_done = journal != NULL && journal->state == WZ_JOURNAL_DONE;
    wz_exit           exit;

    wz_command_say(command, is_done ? IDS_SAY_LAST_DONE : IDS_SAY_NOTHING_OPEN, 0, NULL);
    exit = probe(command);
    if (exit != WZ_EXIT_DONE || is_done)
        return exit;
    return verdict_of(command);
}

static wz_exit prepare_and_resume(wz_command *command)
{
    wz_session *session = command->session;
    wz_error    err = { 0 };
    wz_exit     exit;

    if (wz_session_load_catalogue(session, NULL, &err) != WZ_OK) {
        wz_command_error(command, &err);
        return WZ_EXIT_FAILED;
    }
    wz_session_find_journal(session);
    if (session->journal_error.status != WZ_OK) {
        wz_command_error(command, &session->journal_error);
        wz_command_say(command, IDS_SAY_JOURNAL_KEPT, 0, NULL);
        return WZ_EXIT_FAILED;
    }
    if (!wz_journal_is_open(session->journal))
        return resume_nothing(command);
    if (command->options->log == NULL && session->journal->log != NULL)
        wz_command_open_log(command, session->journal->log);   /* where it cannot be written, the work goes on */
    if (command->report_path == NULL)
        command->report_path = wz_copy(session->journal->report);
    exit = load_media(command);
    return exit == WZ_EXIT_DONE ? resume(command) : exit;
}

static wz_exit act(wz_command *command)
{
    wz_exit exit;

    if (command->options->action == WZ_ACTION_RESUME)
        return prepare_and_resume(command);
    if (command->options->action == WZ_ACTION_SCAN && !wz_command_scan_needs_machine(command))
        return wz_command_scan(command);
    exit = prepare(command);
    if (exit != WZ_EXIT_DONE)
        return exit;
    switch (command->options->action) {
    case WZ_ACTION_ASSESS:
        wz_command_print_assessment(command);
        return verdict_of(command);
    case WZ_ACTION_PLAN:
        wz_command_print_plan(command);
        return verdict_of(command);
    case WZ_ACTION_VERIFY:
        return wz_command_verify(command);
    case WZ_ACTION_INSTALL:
        return install(command);
    case WZ_ACTION_CODE:
        return wz_command_code(command);
    case WZ_ACTION_SCAN:
        return wz_command_scan(command);
    case WZ_ACTION_DECODE:
    case WZ_ACTION_REMEDY:
    case WZ_ACTION_VERIFY_REPORT:
    case WZ_ACTION_COMPARE:
    case WZ_ACTION_GUI:
    case WZ_ACTION_HELP:
    case WZ_ACTION_VERSION:
    case WZ_ACTION_RESUME:
        break;
    }
    return WZ_EXIT_USAGE;
}

/* ---- entry ---- */

static bool is_report_path(wz_command *command)
{
    wz_report_format format;
    wz_error         err = { 0 };

    if (command->options->report == NULL || wz_report_format_of(command->options->report, &format))
        return true;
    wz_fail_at(&err, WZ_E_FORMAT, command->options->report, 0, IDS_OPTION_ENDING);
    wz_command_error(command, &err);
    return false;
}

/* Of two files, not of a machine: nothing else is written. */
static wz_exit compare(wz_command *command)
{
    wz_exit exit;

    if (!is_report_path(command))
        return WZ_EXIT_USAGE;
    if (command->options->log != NULL && !wz_command_open_log(command, command->options->log))
        return WZ_EXIT_FAILED;
    exit = wz_command_compare(command);
    wz_command_save_log(command);
    return command->has_lost ? WZ_EXIT_FAILED : exit;
}

static wz_exit act_and_write(wz_command *command)
{
    wz_exit exit;

    if (!is_report_path(command))
        return WZ_EXIT_USAGE;
    if (command->options->log != NULL && !wz_command_open_log(command, command->options->log))
        return WZ_EXIT_FAILED;
    if (!wz_command_find_printer(command)) {
        wz_command_save_log(command);
        return WZ_EXIT_FAILED;
    }
    command->report_path = wz_copy(command->options->report);
    command->session = wz_session_create(command->platform);
    command->session->redact = command->options->redact;
    exit = act(command);
    if (!command->is_restarting) {
        if (command->session->snapshot != NULL)
            wz_command_print_report(command);          /* before the log is saved for the last time */
        write_files(command);
    }
    wz_session_free(command->session);
    /* What a restart or a failed installation says is more important than a file that was not written. */
    return command->has_lost && exit <= WZ_EXIT_UNKNOWN ? WZ_EXIT_FAILED : exit;
}

wz_exit wz_command_run(const wz_options *options, const wz_platform *platform, const wz_words *words,
                       const wz_words *report_words, const wz_output *output)
{
    wz_command command = { .options = options, .platform = platform, .words = words, .report_words = report_words,
                           .output = output, .progress = { NULL, output->is_cancelled, output->context } };
    wz_exit    exit = WZ_EXIT_DONE;

    switch (options->action) {
    case WZ_ACTION_HELP:    wz_command_print_help(&command); break;
    case WZ_ACTION_VERSION: wz_command_print_version(&command); break;
    case WZ_ACTION_DECODE:  exit = wz_command_decode(&command); break;
    case WZ_ACTION_REMEDY:  exit = wz_command_remedy(&command); break;
    case WZ_ACTION_VERIFY_REPORT: exit = wz_command_verify_report(&command); break;
    case WZ_ACTION_COMPARE: exit = compare(&command); break;
    case WZ_ACTION_GUI:     exit = WZ_EXIT_USAGE; break;
    case WZ_ACTION_ASSESS:
    case WZ_ACTION_PLAN:
    case WZ_ACTION_VERIFY:
    case WZ_ACTION_INSTALL:
    case WZ_ACTION_CODE:
    case WZ_ACTION_SCAN:
    case WZ_ACTION_RESUME:  exit = act_and_write(&command); break;
    }
    wz_text_clear(&command.log);
    free(command.log_path);
    free(command.report_path);
    free(command.printer);
    return exit;
}
