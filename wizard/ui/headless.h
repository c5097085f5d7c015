/*
 * headless: the program without a window, when the command line has an action or an error.
 *
 * Text goes to what standard output and standard error were redirected to, else to the console that the program was
 * started from, else nowhere. Ctrl+C there stops it as a person stops the wizard: with WZ_EXIT_CANCELLED, and an
 * installation after its current update.
 */
#ifndef WZ_UI_HEADLESS_H
#define WZ_UI_HEADLESS_H

#include "core/command.h"
#include "platform/win32.h"

/* Carries options->action out, in the languages of the options; what those do not say, the journal says to /resume. */
wz_exit wz_headless_run(HINSTANCE program, const wz_platform *platform, wz_options *options);

/* Says what is wrong with the command line; the exit code. */
wz_exit wz_headless_refuse(HINSTANCE program, const wz_options *options, const wz_error *error);

/* False, and said so: a language is asked for that this program does not speak. */
bool wz_headless_knows_languages(HINSTANCE program, const wz_options *options);

#endif
