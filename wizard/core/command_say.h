/*
 * command_say: what the command line says, on the screen and in its log file.
 *
 * For command*.c only. Text is UTF-8, one line at a time; control characters become spaces, and
 * characters that turn the direction of writing are shown by their number. The log is kept in memory and written whole
 * at milestones, behind what the file held before: UTF-8 with a byte order mark and carriage returns, because the
 * Notepad of this Windows shows neither right without them.
 */
#ifndef WZ_CORE_COMMAND_SAY_H
#define WZ_CORE_COMMAND_SAY_H

#include "core/checksum.h"
#include "core/command.h"
#include "core/diagnosis.h"
#include "core/support_code.h"

typedef struct wz_command {
    const wz_options  *options;
    const wz_platform *platform;
    const wz_words    *words, *report_words;
    const wz_output   *output;
    wz_progress        progress;      /* only asks whether to stop */
    wz_session        *session;       /* owned; NULL for help and version */
    char              *log_path;      /* owned; NULL: no log */
    char              *report_path;   /* owned; NULL: no report */
    char              *printer;       /* owned; NULL: nothing is printed */
    wz_text            log;           /* the whole file as it will be */
    bool               is_restarting;
    bool               has_lost;      /* some file could not be written: said once, counts at the end */
} wz_command;

#define WZ_COMMAND_LOG_LIMIT (16u * 1024u * 1024u)

/* A line of the string id, to standard output unless quiet, and to the log. */
void wz_command_say(wz_command *command, unsigned id, size_t count, const char *const args[]);
void wz_command_say_phrase(wz_command *command, const wz_phrase *phrase);
/* The same to standard error, quiet or not. */
void wz_command_complain_phrase(wz_command *command, const wz_phrase *phrase);
void wz_command_error(wz_command *command, const wz_error *err);
void wz_command_complain_verdict(wz_command *command);      /* the session's */
/* A line that carries its time already: the run's. */
void wz_command_say_timed(wz_command *command, const wz_phrase *line);

/* Begin a log behind what is in the file. False: said, and there is no log. */
bool wz_command_open_log(wz_command *command, const char *path);
void wz_command_save_log(wz_command *command);

/* command_paper.c: /print. False: there is no such printer, which was said. */
bool wz_command_find_printer(wz_command *command);
void wz_command_print_report(wz_command *command);

/* command_code.c: the code of the session; what a code means; whether a report is as it was written. */
wz_exit wz_command_code(wz_command *command);
wz_exit wz_command_decode(wz_command *command);
wz_exit wz_command_verify_report(wz_command *command);

/* command_verify.c: /verify */
wz_exit wz_command_verify(wz_command *command);
/* command_compare.c: 0 the same, 1 different, WZ_EXIT_FAILED a file that cannot be read or written */
wz_exit wz_command_compare(wz_command *command);

/* command_scan.c: /scan, and whether it needs more than the files: a report or a snapshot of the machine. */
wz_exit wz_command_scan(wz_command *command);
bool    wz_command_scan_needs_machine(const wz_command *command);
/* /scan with a report in CSV: the findings, not the report. */
bool    wz_command_wants_findings(const wz_command *command);

/* command_print.c */
void wz_command_print_help(wz_command *command);
void wz_command_print_version(wz_command *command);
void wz_command_print_assessment(wz_command *command);
void wz_command_print_plan(wz_command *command);
void wz_command_print_files(wz_command *command);
void wz_command_print_comparisons(wz_command *command, const wz_comparisons *comparisons);
void wz_command_print_results(wz_command *command);
/* Causes and fix, one a line. */
void wz_command_print_diagnosis(wz_command *command, const wz_diagnosis *diagnosis);
void wz_command_print_code(wz_command *command, const wz_support *support);

/* command_remedy.c: /remedy as a whole. WZ_EXIT_USAGE, said: it is no code and no word that is known. */
wz_exit wz_command_remedy(wz_command *command);

#endif
