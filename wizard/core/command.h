/*
 * command: the command line carried out. The same engine as the pages, without windows.
 */
#ifndef WZ_CORE_COMMAND_H
#define WZ_CORE_COMMAND_H

#include "core/options.h"
#include "core/session.h"

typedef struct wz_output {
    void (*write)(void *context, bool is_error, const char *utf8);   /* whole lines with a line feed */
    void *context;
    bool (*is_cancelled)(void *context);   /* did the person ask to stop? Of the thread that runs; may be NULL */
} wz_output;

/*
 * Runs options->action (not GUI) and every file output; one error line names what and where. Paths in options are full:
 * log and report are gone on with after a restart, in another folder.
 *
 * The report is in report_words, all else in words.
 *
 * /scan: WZ_EXIT_DONE nothing was found that asks for a look, WZ_EXIT_UPDATES something was (grades A to C, without a
 * suppression), WZ_EXIT_UNKNOWN nothing, but it cannot tell about some files.
 *
 * Who asks to stop gets WZ_EXIT_CANCELLED: looking ends at once, an installation after its current update.
 *
 * A printer that is not there is told before anything is done: WZ_EXIT_FAILED. Before a restart nothing is printed.
 * A file that cannot be written turns the codes 0 to 3 into WZ_EXIT_FAILED; what an installation says is not hidden by
 * it. Update files: a folder that is missing, a file that is missing for a step or not acceptable is WZ_EXIT_FILE for
 * /verify and /install; for every action a folder that is not there is. Without /restart nothing is ever restarted.
 */
wz_exit wz_command_run(const wz_options *options, const wz_platform *platform, const wz_words *words,
                       const wz_words *report_words, const wz_output *output);

#endif
