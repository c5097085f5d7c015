/* The journal as text: XML with a last line that tells whether the rest is whole. */
#include "core/journal.h"

#include "core/xml.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

#define SEAL_BEFORE "<!-- crc32 "
#define SEAL_AFTER  " -->\n"
#define SEAL_DIGITS 8u
#define SEAL_LENGTH (sizeof SEAL_BEFORE - 1 + SEAL_DIGITS + sizeof SEAL_AFTER - 1)

static const char *const state_names[] = { "open", "restart", "done", "stopped", "failed" };
static const char *const outcome_names[] = {
    "none", "begun", "installed", "pending", "already", "not-applicable", "failed", "rolled-back",
};

const char *wz_outcome_name(wz_outcome outcome)
{
    return outcome_names[outcome];
}

/* ---- write ---- */

static void write_number(wz_text *out, const char *name, uint64_t value)
{
    wz_text digits = { 0 };

    wz_text_add_number(&digits, value);
    wz_text_add_attribute(out, name, digits.at);
    wz_text_clear(&digits);
}

static void write_element(wz_text *out, const char *name, const char *value)
{
    if (value == NULL)
        return;
    wz_text_add(out, "  <");
    wz_text_add(out, name);
    wz_text_add(out, ">");
    wz_text_add_xml(out, value);
    wz_text_add(out, "</");
    wz_text_add(out, name);
    wz_text_add(out, ">\n");
}

static void write_step(wz_text *out, const wz_journal_step *step)
{
    wz_text_add(out, "    <step");
    write_number(out, "kb", step->kb);
    wz_text_add_attribute(out, "outcome", wz_outcome_name(step->outcome));
    if (step->has_code)
        write_number(out, "code", step->code);
    write_number(out, "attempts", step->attempts);
    wz_text_add_time_attribute(out, "begun", step->begun);
    wz_text_add_time_attribute(out, "ended", step->ended);
    wz_text_add_attribute(out, "file", step->file);
    wz_text_add_attribute(out, "sha256", step->sha256[0] != '\0' ? step->sha256 : NULL);
    wz_text_add_attribute(out, "rule", step->rule);
    wz_text_add(out, "/>\n");
}

static void write_head(const wz_journal *journal, wz_text *out)
{
    wz_text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<journal version=\"1\"");
    wz_text_add_attribute(out, "state", state_names[journal->state]);
    wz_text_add_attribute(out, "target", wz_target_name(journal->target));
    wz_text_add_attribute(out, "unattended", journal->unattended ? "1" : "0");
    wz_text_add_attribute(out, "restartAllowed", journal->restart_allowed ? "1" : "0");
    write_number(out, "restarts", journal->restarts);
    write_number(out, "restartsWithoutProgress", journal->restarts_without_progress);
    write_number(out, "inForceAtRestart", journal->in_force_at_restart);
    wz_text_add_time_attribute(out, "begun", journal->begun);
    wz_text_add_time_attribute(out, "ended", journal->ended);
    wz_text_add_time_attribute(out, "restartAsked", journal->restart_asked);
    wz_text_add_time_attribute(out, "bootTimeThen", journal->boot_time_then);
    wz_text_add(out, ">\n  <machine");
    wz_text_add_attribute(out, "id", journal->machine_id);
    wz_text_add_attribute(out, "computer", journal->computer);
    wz_text_add(out, "/>\n  <catalogue");
    wz_text_add_attribute(out, "name", journal->catalogue);
    wz_text_add_attribute(out, "sha256", journal->catalogue_sha256[0] != '\0' ? journal->catalogue_sha256 : NULL);
    wz_text_add(out, "/>\n  <output");
    wz_text_add_attribute(out, "log", journal->log);
    wz_text_add_attribute(out, "report", journal->report);
    wz_text_add_attribute(out, "language", journal->language);
    wz_text_add_attribute(out, "reportLanguage", journal->report_language);
    wz_text_add(out, "/>\n");
}

void wz_journal_write(const wz_journal *journal, wz_text *out)
{
    wz_text text = { 0 };

    write_head(journal, &text);
    write_element(&text, "ticket", journal->ticket);
    write_element(&text, "technician", journal->technician);
    write_element(&text, "customer", journal->customer);
    write_element(&text, "notes", journal->notes);
    write_element(&text, "acceptedRenames", journal->renames_note);
    wz_text_add(&text, "  <steps>\n");
    for (size_t i = 0; i < journal->step_count; i++)
        write_step(&text, &journal->steps[i]);
    wz_text_add(&text, "  </steps>\n</journal>\n");

    uint32_t crc = wz_crc32(text.at, text.length);

    wz_text_add(&text, SEAL_BEFORE);
    wz_text_add_hex(&text, crc, SEAL_DIGITS);
    wz_text_add(&text, SEAL_AFTER);
    wz_text_append(out, text.at, text.length);
    wz_text_clear(&text);
}

/* ---- read ---- */

static unsigned lines_of(wz_view bytes)
{
    unsigned lines = 1;

    for (size_t i = 0; i + 1 < bytes.length; i++)
        lines += bytes.at[i] == '\n';
    return lines;
}

/* Whether the last line is there and speaks of exactly what stands before it. */
static wz_status check_seal(const char *name, wz_view bytes, wz_error *err)
{
    const char *seal;
    wz_text     want = { 0 };
    bool        is_whole;

    if (bytes.length < SEAL_LENGTH)
        return wz_fail_at(err, WZ_E_FORMAT, name, lines_of(bytes), IDS_JOURNAL_CUT_OFF);
    seal = bytes.at + bytes.length - SEAL_LENGTH;
    if (memcmp(seal, SEAL_BEFORE, sizeof SEAL_BEFORE - 1) != 0 ||
        memcmp(seal + SEAL_LENGTH - (sizeof SEAL_AFTER - 1), SEAL_AFTER, sizeof SEAL_AFTER - 1) != 0)
        return wz_fail_at(err, WZ_E_FORMAT, name, lines_of(bytes), IDS_JOURNAL_CUT_OFF);
    wz_text_add_hex(&want, wz_crc32(bytes.at, bytes.length - SEAL_LENGTH), SEAL_DIGITS);
    is_whole = memcmp(seal + sizeof SEAL_BEFORE - 1, want.at, SEAL_DIGITS) == 0;
    wz_text_clear(&want);
    return is_whole ? WZ_OK : wz_fail_at(err, WZ_E_FORMAT, name, lines_of(bytes), IDS_JOURNAL_CHECKSUM);
}

/* The schema has been checked: what these read is there and of its kind, or may be absent. */

static uint32_t read_number(const wz_node *node, const char *name)
{
    const char *value = wz_node_attribute(node, name);
    uint64_t    number = 0;

    return value != NULL && wz_parse_number(value, &number) && number <= UINT32_MAX ? (uint32_t)number : 0;
}

static wz_time read_time(const wz_node *node, const char *name)
{
    const char *value = wz_node_attribute(node, name);
    wz_time     time = 0;

    return value != NULL && wz_time_parse(value, &time) ? time : 0;
}

static bool read_flag(const wz_node *node, const char *name)
{
    const char *value = wz_node_attribute(node, name);

    return value != NULL && strcmp(value, "1") == 0;
}

static size_t read_word(const wz_node *node, const char *name, const char *const names[], size_t count)
{
    const char *value = wz_node_attribute(node, name);

    for (size_t i = 0; value != NULL && i < count; i++)
        if (strcmp(value, names[i]) == 0)
            return i;
    return 0;
}

static void read_sha256(const wz_node *node, char out[65])
{
    const char *value = wz_node_attribute(node, "sha256");

    if (value != NULL && strlen(value) == 64)
        memcpy(out, value, 65);
}

static char *read_element(const wz_node *root, const char *name)
{
    const wz_node *node = wz_node_first(root, name);

    return node != NULL ? wz_node_text(node) : NULL;
}

static bool is_file_name(const char *name)
{
    return name[0] != '\0' && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && strpbrk(name, "\\/:\"<>|?*") == NULL;
}

static wz_status read_steps(const char *name, const wz_node *list, wz_journal *journal, wz_error *err)
{
    size_t room = 0;

    for (const wz_node *node = wz_node_first(list, "step"); node != NULL; node = wz_node_next(node, "step")) {
        wz_journal_step *step;
        const char      *file = wz_node_attribute(node, "file");

        /* The file is looked for in the Media folder: its name must not lead out of it. */
        if (file != NULL && !is_file_name(file))
            return wz_fail_at(err, WZ_E_FORMAT, name, wz_node_line(node), IDS_JOURNAL_FILE_NAME);
        journal->steps = wz_grow(journal->steps, journal->step_count, &room, sizeof *journal->steps);
        step = &journal->steps[journal->step_count++];
        *step = (wz_journal_step){ .kb = read_number(node, "kb"), .attempts = read_number(node, "attempts") };
        step->outcome = (wz_outcome)read_word(node, "outcome", outcome_names, WZ_COUNT(outcome_names));
        step->has_code = wz_node_attribute(node, "code") != NULL;
        step->code = read_number(node, "code");
        step->begun = read_time(node, "begun");
        step->ended = read_time(node, "ended");
        step->file = wz_copy(file);
        step->rule = wz_copy(wz_node_attribute(node, "rule"));
        read_sha256(node, step->sha256);
    }
    return WZ_OK;
}

static void read_head(const wz_node *root, wz_journal *journal)
{
    const wz_node *machine = wz_node_first(root, "machine");
    const wz_node *catalogue = wz_node_first(root, "catalogue");
    const wz_node *output = wz_node_first(root, "output");
    const char    *target = wz_node_attribute(root, "target");

    journal->state = (wz_journal_state)read_word(root, "state", state_names, WZ_COUNT(state_names));
    if (target != NULL)
        wz_target_parse(target, &journal->target);
    journal->unattended = read_flag(root, "unattended");
    journal->restart_allowed = read_flag(root, "restartAllowed");
    journal->restarts = read_number(root, "restarts");
    journal->restarts_without_progress = read_number(root, "restartsWithoutProgress");
    journal->in_force_at_restart = read_number(root, "inForceAtRestart");
    journal->begun = read_time(root, "begun");
    journal->ended = read_time(root, "ended");
    journal->restart_asked = read_time(root, "restartAsked");
    journal->boot_time_then = read_time(root, "bootTimeThen");
    journal->machine_id = wz_copy(wz_node_attribute(machine, "id"));
    journal->computer = wz_copy(wz_node_attribute(machine, "computer"));
    journal->catalogue = wz_copy(wz_node_attribute(catalogue, "name"));
    read_sha256(catalogue, journal->catalogue_sha256);
    journal->log = wz_copy(wz_node_attribute(output, "log"));
    journal->report = wz_copy(wz_node_attribute(output, "report"));
    journal->language = wz_copy(wz_node_attribute(output, "language"));
    journal->report_language = wz_copy(wz_node_attribute(output, "reportLanguage"));
    journal->ticket = read_element(root, "ticket");
    journal->technician = read_element(root, "technician");
    journal->customer = read_element(root, "customer");
    journal->notes = read_element(root, "notes");
    journal->renames_note = read_element(root, "acceptedRenames");
}

wz_status wz_journal_read(const char *name, wz_view bytes, wz_view schema, wz_journal **out, wz_error *err)
{
    wz_xml     *xml = NULL;
    wz_journal *journal;
    wz_status   status;

    if (bytes.length > WZ_JOURNAL_MAX_BYTES)
        return wz_fail_at(err, WZ_E_LIMIT, name, 0, 0);
    status = check_seal(name, bytes, err);
    if (status != WZ_OK)
        return status;
    status = wz_xml_open(name, bytes, WZ_JOURNAL_MAX_BYTES, schema, &xml, err);
    if (status != WZ_OK)
        return status;
    journal = wz_journal_create();
    read_head(wz_xml_root(xml), journal);
    status = read_steps(name, wz_node_first(wz_xml_root(xml), "steps"), journal, err);
    wz_xml_free(xml);
    if (status != WZ_OK) {
        wz_journal_free(journal);
        return status;
    }
    *out = journal;
    return WZ_OK;
}
