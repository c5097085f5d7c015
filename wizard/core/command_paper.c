/* /print: which printer, before anything is done, and the report on it at the end. */
#include "core/command_say.h"
#include "core/report.h"
#include "resource.h"

/* names: of the printers that are there. */
static void complain(wz_command *command, const char *names)
{
    const char *wanted = command->options->printer;
    const char *named[] = { wanted, names }, *unnamed[] = { names };
    wz_phrase   phrase = { 0 };

    if (*names == '\0')
        wz_phrase_set(&phrase, IDS_PRINT_NONE, 0, NULL);
    else if (wanted != NULL)
        wz_phrase_set(&phrase, IDS_PRINT_UNKNOWN, WZ_COUNT(named), named);
    else
        wz_phrase_set(&phrase, IDS_PRINT_NO_DEFAULT, WZ_COUNT(unnamed), unnamed);
    wz_command_complain_phrase(command, &phrase);
    wz_phrase_clear(&phrase);
}

bool wz_command_find_printer(wz_command *command)
{
    const wz_platform *platform = command->platform;
    wz_text            name = { 0 };
    wz_error           err = { 0 };
    wz_status          status;

    if (!command->options->print)
        return true;
    status = platform->find_printer(platform->context, command->options->printer, &name, &err);
    if (status == WZ_OK)
        command->printer = wz_text_take(&name);
    else if (status == WZ_E_NOT_FOUND)
        complain(command, wz_text_at(&name));
    else
        wz_command_error(command, &err);
    wz_text_clear(&name);
    return status == WZ_OK;
}

void wz_command_print_report(wz_command *command)
{
    const wz_platform *platform = command->platform;
    wz_report         *report;
    wz_text            count = { 0 };
    wz_error           err = { 0 };
    size_t             pages = 0;

    if (command->printer == NULL)
        return;
    report = wz_report_create(command->session, command->report_words);
    if (platform->print(platform->context, command->printer, report, command->report_words, NULL, &pages, &err)
        == WZ_OK) {
        wz_text_add_number(&count, pages);
        const char *args[] = { wz_text_at(&count), command->printer };

        wz_command_say(command, IDS_PRINT_SENT, WZ_COUNT(args), args);
    } else {
        wz_command_error(command, &err);
        command->has_lost = true;
    }
    wz_text_clear(&count);
    wz_report_free(report);
}
