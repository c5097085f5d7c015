/* What is passed on by hand: /code, /decode and /verify-report. */
#include "core/command_say.h"
#include "core/report.h"
#include "core/support_state.h"
#include "resource.h"

wz_exit wz_command_code(wz_command *command)
{
    wz_support  support;
    char        code[WZ_SUPPORT_TEXT];
    const char *args[] = { code };

    wz_support_of(command->session, WZ_PAGE_NONE, NULL, &support);
    wz_support_encode(&support, code);
    wz_command_say(command, IDS_CALL_SAY, 1, args);
    return WZ_EXIT_DONE;
}

/* Needs no machine. */
wz_exit wz_command_decode(wz_command *command)
{
    wz_support support;
    wz_phrase  why = { 0 };

    if (wz_support_decode(command->options->decode, &support, &why)) {
        wz_command_print_code(command, &support);
        return WZ_EXIT_DONE;
    }
    wz_command_complain_phrase(command, &why);
    wz_phrase_clear(&why);
    return WZ_EXIT_USAGE;
}

wz_exit wz_command_verify_report(wz_command *command)
{
    const char *path = command->options->verify_report;
    const char *args[] = { path };
    wz_error    err = { 0 };

    if (wz_report_verify(command->platform, path, &err) == WZ_OK) {
        wz_command_say(command, IDS_SEAL_WHOLE, 1, args);
        return WZ_EXIT_DONE;
    }
    wz_command_error(command, &err);
    return WZ_EXIT_FAILED;
}
