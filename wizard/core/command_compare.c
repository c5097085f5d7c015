/* /compare: what two snapshots say differently. */
#include "core/command_say.h"

#include "core/difference.h"
#include "resource.h"

#include <stdlib.h>

static wz_status open_session(const wz_command *command, const char *path, wz_session **out, wz_error *err)
{
    const wz_options *options = command->options;
    wz_session       *session = wz_session_create(command->platform);
    wz_status         status = wz_session_load_catalogue(session, options->catalogue, err);

    session->redact = options->redact;
    session->target = options->has_target ? options->target : WZ_TARGET_FREE;
    if (status == WZ_OK)
        status = wz_session_probe(session, path, NULL, err);
    if (status == WZ_OK)
        *out = session;
    else
        wz_session_free(session);
    return status;
}

static void say_section(wz_command *command, const wz_section *section)
{
    const char *title[] = { section->title };

    if (section->row_count == 0)
        return;
    wz_command_say(command, IDS_COMPARE_SECTION, 1, title);
    for (size_t i = 0; i < section->row_count; i++) {
        const char *args[3] = { "", "", "" };

        for (size_t column = 0; column < WZ_COUNT(args); column++)
            if (section->rows[i].cells[column].text != NULL)
                args[column] = section->rows[i].cells[column].text;
        wz_command_say(command, IDS_COMPARE_LINE, WZ_COUNT(args), args);
    }
}

static bool write_report(wz_command *command, const wz_differences *differences, const char *path)
{
    wz_report  *report = wz_differences_report(differences, command->report_words);
    const char *args[] = { path };
    wz_error    err = { 0 };
    wz_status   status = wz_report_write(report, command->platform, path, &err);

    if (status == WZ_OK)
        wz_command_say(command, IDS_SAY_WRITTEN, 1, args);
    else
        wz_command_error(command, &err);
    wz_report_free(report);
    return status == WZ_OK;
}

static wz_exit say_differences(wz_command *command, const wz_session *first, const wz_session *second)
{
    wz_differences differences;
    wz_exit        exit;

    wz_differences_find(first, second, &differences);
    wz_report  *report = wz_differences_report(&differences, command->words);
    const char *verdict[] = { report->verdict };

    for (size_t i = 0; i < report->section_count; i++)
        say_section(command, &report->sections[i]);
    wz_command_say(command, IDS_SAY_VERDICT, 1, verdict);
    exit = (wz_exit)report->exit_code;
    wz_report_free(report);
    if (command->options->report != NULL && !write_report(command, &differences, command->options->report))
        exit = WZ_EXIT_FAILED;
    wz_differences_clear(&differences);
    return exit;
}

wz_exit wz_command_compare(wz_command *command)
{
    const wz_options *options = command->options;
    wz_session       *sessions[2] = { NULL, NULL };
    wz_error          err = { 0 };
    wz_exit           exit = WZ_EXIT_DONE;

    for (size_t i = 0; i < WZ_COUNT(sessions) && exit == WZ_EXIT_DONE; i++) {
        if (open_session(command, options->compare[i], &sessions[i], &err) != WZ_OK) {
            wz_command_error(command, &err);
            exit = WZ_EXIT_FAILED;
        }
    }
    if (exit == WZ_EXIT_DONE)
        exit = say_differences(command, sessions[0], sessions[1]);
    wz_session_free(sessions[0]);
    wz_session_free(sessions[1]);
    return exit;
}
