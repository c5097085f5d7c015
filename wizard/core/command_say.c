#include "core/command_say.h"

#include "core/report_parts.h"

#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* One line of plain text whatever a value in it holds: a name may come from anybody. */
static void add_plain(wz_text *out, const char *line)
{
    wz_text spaced = { 0 };

    for (const char *p = line; *p != '\0'; p++)
        wz_text_append(&spaced, (unsigned char)*p < ' ' ? " " : p, 1);
    wz_text_add_visible(out, wz_text_at(&spaced));
    wz_text_clear(&spaced);
}

static void to_screen(wz_command *command, bool is_error, const char *line)
{
    wz_text out = { 0 };

    add_plain(&out, line);
    wz_text_add(&out, "\n");
    command->output->write(command->output->context, is_error, out.at);
    wz_text_clear(&out);
}

static void to_log(wz_command *command, bool has_time, const char *line)
{
    if (command->log_path == NULL)
        return;
    if (!has_time) {
        wz_text_add_time(&command->log, command->platform->now(command->platform->context));
        wz_text_add(&command->log, "  ");
    }
    add_plain(&command->log, line);
    wz_text_add(&command->log, "\r\n");
}

static void put(wz_command *command, bool is_error, bool has_time, const wz_text *line)
{
    if (is_error || !command->options->quiet)
        to_screen(command, is_error, wz_text_at(line));
    to_log(command, has_time, wz_text_at(line));
}

static void put_phrase(wz_command *command, bool is_error, bool has_time, const wz_phrase *phrase)
{
    wz_text line = { 0 };

    wz_phrase_render(phrase, command->words, &line);
    if (line.length > 0)
        put(command, is_error, has_time, &line);
    wz_text_clear(&line);
}

void wz_command_say(wz_command *command, unsigned id, size_t count, const char *const args[])
{
    wz_text line = { 0 };

    wz_words_fill(command->words, id, args, count, &line);
    put(command, false, false, &line);
    wz_text_clear(&line);
}

void wz_command_say_phrase(wz_command *command, const wz_phrase *phrase)
{
    put_phrase(command, false, false, phrase);
}

void wz_command_complain_phrase(wz_command *command, const wz_phrase *phrase)
{
    put_phrase(command, true, false, phrase);
}

void wz_command_say_timed(wz_command *command, const wz_phrase *line)
{
    put_phrase(command, false, true, line);
    wz_command_save_log(command);                      /* a milestone: what follows may be a power cut */
}

void wz_command_error(wz_command *command, const wz_error *err)
{
    wz_text line = { 0 };

    wz_error_render(err, command->words, &line);
    put(command, true, false, &line);
    wz_text_clear(&line);
}

void wz_command_complain_verdict(wz_command *command)
{
    wz_phrase sentence = { 0 };

    wz_session_verdict(command->session, &sentence);
    wz_command_complain_phrase(command, &sentence);
    wz_phrase_clear(&sentence);
}

static void lose_log(wz_command *command, const wz_error *err)
{
    free(command->log_path);
    command->log_path = NULL;
    command->has_lost = true;
    wz_command_error(command, err);
}

bool wz_command_open_log(wz_command *command, const char *path)
{
    const wz_platform *platform = command->platform;
    wz_error           err = { 0 };
    wz_status          status;

    if (command->log_path != NULL)
        return true;
    command->log_path = wz_copy(path);
    wz_text_clear(&command->log);
    status = platform->read_file(platform->context, path, WZ_COMMAND_LOG_LIMIT, &command->log, &err);
    if (status == WZ_E_NOT_FOUND) {
        wz_text_clear(&command->log);
        wz_text_add(&command->log, BYTE_ORDER_MARK);
    } else if (status != WZ_OK) {
        lose_log(command, &err);
        return false;
    }
    /* a path that cannot be written is told before anything is done */
    wz_command_save_log(command);
    return command->log_path != NULL;
}

void wz_command_save_log(wz_command *command)
{
    const wz_platform *platform = command->platform;
    wz_view            bytes = { wz_text_at(&command->log), command->log.length };
    wz_error           err = { 0 };

    if (command->log_path != NULL && platform->write_file(platform->context, command->log_path, bytes, &err) != WZ_OK)
        lose_log(command, &err);
}
