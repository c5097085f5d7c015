/* /verify: the update files against the plan, and against a list of checksums. */
#include "core/command_say.h"

static wz_exit compare_checksums(wz_command *command)
{
    const wz_platform *platform = command->platform;
    const char        *path = command->options->checksums;
    wz_text            bytes = { 0 };
    wz_checksums       checksums = { 0 };
    wz_comparisons     comparisons = { 0 };
    wz_error           err = { 0 };
    wz_exit            exit = WZ_EXIT_DONE;
    wz_status          status = platform->read_file(platform->context, path, WZ_CHECKSUM_MAX_BYTES, &bytes, &err);

    if (status == WZ_OK)
        status = wz_checksums_parse(path, (wz_view){ wz_text_at(&bytes), bytes.length }, &checksums, &err);
    if (status == WZ_OK) {
        wz_checksums_compare(&checksums, &command->session->files, &comparisons);
        wz_command_print_comparisons(command, &comparisons);
        if (wz_comparisons_count(&comparisons, WZ_CHECKSUM_DIFFERS) > 0
            || wz_comparisons_count(&comparisons, WZ_CHECKSUM_UNREAD) > 0)
            exit = WZ_EXIT_FILE;
    } else {
        wz_command_error(command, &err);
        exit = WZ_EXIT_FAILED;
    }
    wz_comparisons_clear(&comparisons);
    wz_checksums_clear(&checksums);
    wz_text_clear(&bytes);
    return exit;
}

static wz_exit verify_plan(wz_command *command)
{
    const wz_session *session = command->session;

    if (session->plan->state == WZ_PLAN_NOT_ALLOWED || session->plan->state == WZ_PLAN_UNSUPPORTED) {
        wz_command_complain_verdict(command);
        return wz_session_verdict(session, NULL);
    }
    wz_command_print_files(command);
    if (session->plan->state == WZ_PLAN_NOTHING || wz_matches_complete(&session->matches))
        return WZ_EXIT_DONE;
    return WZ_EXIT_FILE;
}

/* The list is compared whatever the plan says; what is wrong with the plan or its files is told by the code first. */
wz_exit wz_command_verify(wz_command *command)
{
    wz_exit exit = verify_plan(command);
    wz_exit compared = command->options->checksums != NULL ? compare_checksums(command) : WZ_EXIT_DONE;

    return exit != WZ_EXIT_DONE ? exit : compared;
}
