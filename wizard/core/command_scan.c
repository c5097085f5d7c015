/* /scan: the compatibility scan without a window. */
#include "core/command_say.h"
#include "core/report.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

bool wz_command_wants_findings(const wz_command *command)
{
    wz_report_format format;

    return command->options->action == WZ_ACTION_SCAN && command->report_path != NULL
        && wz_report_format_of(command->report_path, &format) && format == WZ_REPORT_CSV;
}

bool wz_command_scan_needs_machine(const wz_command *command)
{
    const wz_options *options = command->options;

    return options->snapshot != NULL || options->shopping_list != NULL || options->redact || options->print
        || (options->report != NULL && !wz_command_wants_findings(command));
}

/* ---- what it prints ---- */

static void print_finding(wz_command *command, const wz_finding *finding)
{
    const char *args[5];
    wz_text     place = { 0 };

    wz_finding_say_place(finding, command->words, &place);
    args[0] = wz_grade_name(finding->grade);
    args[1] = wz_word(command->words, wz_grade_word(finding->grade));
    args[2] = finding->path;
    args[3] = wz_text_at(&place);
    args[4] = finding->place != NULL ? finding->place : "";
    wz_command_say(command, IDS_SAY_FINDING, WZ_COUNT(args), args);
    wz_text_clear(&place);
    if (finding->suppressed != NULL)
        wz_command_say(command, IDS_SAY_FINDING_FINE, 1, (const char *const[]){ finding->suppressed });
}

/* Each line on one of its own. Takes the text. */
static void print_lines(wz_command *command, wz_text *lines)
{
    for (const char *at = wz_text_at(lines); *at != '\0';) {
        size_t length = strcspn(at, "\n");
        char  *line = wz_copy_part(at, length);

        wz_command_say(command, IDS_SAY_AS_IT_IS, 1, (const char *const[]){ line });
        free(line);
        at += length + (at[length] != '\0');
    }
    wz_text_clear(lines);
}

static void print_result(wz_command *command)
{
    const wz_scan_result *scan = &command->session->scan;
    wz_text               lines = { 0 };

    for (size_t i = 0; i < scan->findings.count; i++)
        if (scan->findings.items[i].grade != WZ_GRADE_NONE)
            print_finding(command, &scan->findings.items[i]);
    for (size_t i = 0; i < scan->scanned_count; i++) {
        const wz_scanned *file = &scan->scanned[i];
        unsigned          word = wz_scanned_untold_word(file);

        if (word != 0)
            wz_command_say(command, IDS_PAIR, 2,
                           (const char *const[]){ file->path, wz_word(command->words, word) });
    }
    wz_scan_result_say(scan, command->words, &lines);
    print_lines(command, &lines);
    wz_scan_result_say_left(scan, command->words, &lines);
    print_lines(command, &lines);
}

/* ---- carrying it out ---- */

static wz_exit exit_of(const wz_scan_result *scan)
{
    if (wz_scan_result_open(scan, WZ_GRADE_A) + wz_scan_result_open(scan, WZ_GRADE_B)
        + wz_scan_result_open(scan, WZ_GRADE_C) > 0)
        return WZ_EXIT_UPDATES;
    return wz_scan_result_untold(scan) > 0 ? WZ_EXIT_UNKNOWN : WZ_EXIT_DONE;
}

wz_exit wz_command_scan(wz_command *command)
{
    wz_session *session = command->session;
    wz_error    err = { 0 };
    wz_status   status = WZ_OK;

    if (command->options->suppressions != NULL)
        status = wz_session_load_suppressions(session, command->options->suppressions, &err);
    if (status == WZ_OK)
        status = wz_session_scan(session, command->options->scan, &command->progress, &err);
    if (status != WZ_OK && status != WZ_E_CANCELLED) {
        wz_command_error(command, &err);
        return WZ_EXIT_FAILED;
    }
    print_result(command);
    return status == WZ_E_CANCELLED ? WZ_EXIT_CANCELLED : exit_of(&session->scan);
}
