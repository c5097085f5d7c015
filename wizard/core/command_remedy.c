/* /remedy: one code, or the known problems that a word is in, explained on the command line. */
#include "core/command_say.h"

#include "core/diagnosis.h"
#include "core/log_lines.h"
#include "core/remedy.h"

#include "resource.h"

#include <string.h>

#define WORD_LEAST 3u

static void say_one(wz_command *command, unsigned id, const char *arg)
{
    const char *args[] = { arg };

    wz_command_say(command, id, 1, args);
}

/* ---- known problems of updates ---- */

static void say_problem(wz_command *command, const wz_update *update, const wz_known_problem *problem)
{
    wz_text     kb = { 0 };
    const char *args[2];

    wz_text_add(&kb, "KB");
    wz_text_add_number(&kb, update->kb);
    args[0] = wz_text_at(&kb);
    args[1] = problem->text;
    wz_command_say(command, wz_confidence_is_fact(problem->confidence) ? IDS_REMEDY_KNOWN : IDS_REMEDY_REPORTED,
                   WZ_COUNT(args), args);
    say_one(command, IDS_REMEDY_SOURCE, problem->source);
    wz_text_clear(&kb);
}

static bool is_about(const wz_update *update, const wz_known_problem *problem, const char *word)
{
    uint64_t kb;

    return wz_log_line_find((wz_view){ problem->text, strlen(problem->text) }, word) != NULL
        || (wz_starts_nocase(word, "KB") && wz_parse_number(word + 2, &kb) && kb == update->kb);
}

/* All that mention the word; how many. */
static size_t say_problems(wz_command *command, const char *word)
{
    const wz_catalogue *catalogue = command->session->catalogue;
    size_t              count = 0;

    for (size_t i = 0; i < wz_catalogue_count(catalogue); i++) {
        const wz_update *update = wz_catalogue_at(catalogue, i);

        for (size_t j = 0; j < update->problem_count; j++)
            if (is_about(update, &update->problems[j], word)) {
                say_problem(command, update, &update->problems[j]);
                count++;
            }
    }
    return count;
}

/* ---- a code ---- */

static void say_head(wz_command *command, uint32_t code)
{
    const wz_remedy *row = wz_remedy_of(code);
    wz_text          name = { 0 };
    const char      *args[2];

    wz_text_add_code_forms(&name, code);
    if (row != NULL && row->name != NULL) {
        wz_text_add(&name, " ");
        wz_text_add(&name, row->name);
    }
    args[0] = wz_text_at(&name);
    args[1] = wz_word(command->words, wz_code_word(code));
    wz_command_say(command, IDS_SAY_CODE, WZ_COUNT(args), args);
    wz_text_clear(&name);
}

static void say_system_text(wz_command *command, uint32_t code)
{
    const wz_platform *platform = command->platform;
    wz_text            text = { 0 };
    const char        *args[2] = { "", NULL };

    platform->system_text(platform->context, code, &text);
    args[1] = wz_text_at(&text);
    if (text.length > 0)
        wz_command_say(command, IDS_REMEDY_FOUND_WINDOWS, WZ_COUNT(args), args);
    wz_text_clear(&text);
}

static void say_code(wz_command *command, uint32_t code)
{
    const wz_remedy *row = wz_remedy_of(code);
    wz_diagnosis     diagnosis = { 0 };
    wz_text          hex = { 0 };

    say_head(command, code);
    wz_diagnose_code(command->session, code, &diagnosis);
    wz_command_print_diagnosis(command, &diagnosis);
    if (row != NULL) {
        say_system_text(command, code);
        say_one(command, IDS_REMEDY_SOURCE, row->source);
    }
    wz_text_add(&hex, "0x");
    wz_text_add_hex(&hex, code, 8);
    say_problems(command, hex.at);
    wz_text_clear(&hex);
    wz_diagnosis_clear(&diagnosis);
}

/* The machine is asked where it can say more: that of a given snapshot, and for the log of a code nobody lists. */
static wz_exit look_at_machine(wz_command *command, uint32_t code)
{
    wz_error err = { 0 };

    if ((command->options->open == NULL && wz_remedy_of(code) != NULL)
        || wz_session_probe(command->session, command->options->open, NULL, &err) == WZ_OK)
        return WZ_EXIT_DONE;
    wz_command_error(command, &err);
    return err.status == WZ_E_CANCELLED ? WZ_EXIT_CANCELLED : WZ_EXIT_FAILED;
}

static wz_exit refuse(wz_command *command)
{
    wz_text  subject = { 0 };
    wz_error err = { 0 };

    wz_text_add(&subject, "/remedy:");
    wz_text_add(&subject, command->options->remedy);
    wz_fail_at(&err, WZ_E_FORMAT, wz_text_at(&subject), 0, IDS_OPTION_REMEDY);
    wz_command_error(command, &err);
    wz_text_clear(&subject);
    return WZ_EXIT_USAGE;
}

static wz_exit explain(wz_command *command)
{
    const char *asked = command->options->remedy;
    uint32_t    code;
    wz_error    err = { 0 };
    wz_exit     exit;

    if (wz_session_load_catalogue(command->session, command->options->catalogue, &err) != WZ_OK) {
        wz_command_error(command, &err);
        return WZ_EXIT_FAILED;
    }
    if (!wz_code_parse(asked, &code))
        return strlen(asked) >= WORD_LEAST && say_problems(command, asked) > 0 ? WZ_EXIT_DONE : refuse(command);
    exit = look_at_machine(command, code);
    if (exit == WZ_EXIT_DONE)
        say_code(command, code);
    return exit;
}

wz_exit wz_command_remedy(wz_command *command)
{
    wz_exit exit;

    command->session = wz_session_create(command->platform);
    exit = explain(command);
    wz_session_free(command->session);
    command->session = NULL;
    return exit;
}
