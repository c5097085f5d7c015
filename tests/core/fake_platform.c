#include "fake_platform.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

/* ---- power ---- */

/* True when the action must not happen: the power is gone. One that is cut "after" happens, and is the last. */
bool fake_act(fake_machine *machine)
{
    if (machine->is_dead)
        return true;
    machine->actions++;
    machine->clock++;
    if (machine->cut_at == 0 || --machine->cut_at > 0)
        return false;
    machine->is_dead = true;
    return !machine->cut_after;
}

/* ---- files ---- */

static fake_file *find_file(const fake_machine *machine, const char *path)
{
    for (size_t i = 0; i < machine->file_count; i++)
        if (wz_equal_nocase(machine->files[i].path, path))
            return &machine->files[i];
    return NULL;
}

const wz_text *fake_file_at(const fake_machine *machine, const char *path)
{
    const fake_file *file = find_file(machine, path);

    return file != NULL ? &file->bytes : NULL;
}

static void put_bytes(fake_machine *machine, const char *path, const char *bytes, size_t length)
{
    fake_file *file = find_file(machine, path);

    if (file == NULL) {
        machine->files = wz_grow(machine->files, machine->file_count, &machine->file_room, sizeof *machine->files);
        file = &machine->files[machine->file_count++];
        *file = (fake_file){ .path = wz_copy(path) };
    }
    wz_text_clear(&file->bytes);
    wz_text_append(&file->bytes, bytes, length);
}

void fake_put(fake_machine *machine, const char *path, const char *text)
{
    put_bytes(machine, path, text, strlen(text));
}

static void drop_file(fake_machine *machine, const char *path)
{
    fake_file *file = find_file(machine, path);

    if (file == NULL)
        return;
    free(file->path);
    wz_text_clear(&file->bytes);
    *file = machine->files[--machine->file_count];
}

static wz_status fake_read(void *context, const char *path, size_t limit, wz_text *out, wz_error *err)
{
    fake_machine    *machine = context;
    const fake_file *file = find_file(machine, path);

    if (machine->is_dead)
        return wz_fail(err, WZ_E_IO, 21, path);
    if (file == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, 2, path);
    if (file->bytes.length > limit)
        return wz_fail(err, WZ_E_LIMIT, 0, path);
    wz_text_clear(out);
    wz_text_append(out, wz_text_at(&file->bytes), file->bytes.length);
    return WZ_OK;
}

static wz_status fake_write(void *context, const char *path, wz_view bytes, wz_error *err)
{
    fake_machine *machine = context;

    if (fake_act(machine))
        return wz_fail(err, WZ_E_IO, 21, path);
    machine->writes++;
    if (machine->fail_write > 0 && --machine->fail_write == 0)
        return wz_fail(err, WZ_E_FULL, 112, path);
    if (machine->read_only != NULL && wz_starts_nocase(path, machine->read_only))
        return wz_fail(err, WZ_E_DENIED, 5, path);
    if (machine->full != NULL && wz_starts_nocase(path, machine->full))
        return wz_fail(err, WZ_E_FULL, 112, path);
    put_bytes(machine, path, bytes.at, bytes.length);
    return WZ_OK;
}

static wz_status fake_remove(void *context, const char *path, wz_error *err)
{
    fake_machine *machine = context;

    if (fake_act(machine))
        return wz_fail(err, WZ_E_IO, 21, path);
    drop_file(machine, path);
    return WZ_OK;
}

static wz_status fake_data_folder(void *context, wz_text *out, wz_error *err)
{
    (void)context;
    (void)err;
    wz_text_clear(out);
    wz_text_add(out, FAKE_DATA);
    return WZ_OK;
}

static wz_view fake_resource(void *context, wz_resource which)
{
    static const char *const names[] = { "resources/catalogue.xml", "resources/catalogue.xsd", "resources/snapshot.xsd",
                                         "resources/report.xsd", "resources/journal.xsd", "resources/notice.txt",
                                         "resources/suppressions.xsd" };
    wz_text *text = &((fake_machine *)context)->resources[which];
    if (text->length == 0)
        *text = test_read(names[which]);
    return (wz_view){ text->at, text->length };
}

/* ---- clock ---- */

static wz_time fake_now(void *context)
{
    return ((fake_machine *)context)->clock;
}

static uint64_t fake_ticks(void *context)
{
    const fake_machine *machine = context;

    return (uint64_t)(machine->clock - machine->booted) * 1000;
}

/* ---- digests ---- */

static void digest(const char *bytes, size_t length, size_t digits, char *out)
{
    uint32_t crc = wz_crc32(bytes, length);

    for (size_t at = 0; at < digits; at += 8) {
        char part[9];

        snprintf(part, sizeof part, "%08x", (unsigned)(crc + at));
        memcpy(out + at, part, 8);
    }
    out[digits] = '\0';
}

static void fake_sha256(void *context, wz_view bytes, char out[65])
{
    (void)context;
    digest(bytes.at, bytes.length, 64, out);
}

/* "sha1:<digits>;" at the beginning: the content says itself what its digest is. */
static void claim_digest(const char *bytes, size_t length, const char *label, size_t digits, char *out)
{
    size_t before = strlen(label);

    if (length > before + digits && memcmp(bytes, label, before) == 0 && bytes[before + digits] == ';') {
        memcpy(out, bytes + before, digits);
        out[digits] = '\0';
    }
}

static void fill_examined(wz_file *file, const char *bytes, size_t length)
{
    file->is_examined = true;
    file->bytes = length;
    file->is_cabinet = length < 4 || memcmp(bytes, "text", 4) != 0;
    digest(bytes, length, 40, file->sha1);
    digest(bytes, length, 64, file->sha256);
    claim_digest(bytes, length, "sha1:", 40, file->sha1);
    claim_digest(bytes, length, "sha256:", 64, file->sha256);
    wz_content_clear(&file->content);                  /* inside it is what its name says */
    if (file->is_cabinet && wz_file_name_parse(file->name, &file->content.kb, &file->content.architecture)) {
        file->content.is_asked = true;
        file->content.witnesses = WZ_WITNESS_PROPERTIES;
        file->content.windows = (wz_version){ 6, 0, 0, 0 };
    }
    file->signature = WZ_SIGNATURE_NONE;
    if (strstr(bytes, "microsoft") != NULL) {
        file->signature = WZ_SIGNATURE_MICROSOFT;
        free(file->signer);
        file->signer = wz_copy("Microsoft Corporation");
    }
}

/* ---- update files ---- */

static const char *content_at(const fake_machine *machine, const char *path, size_t *length)
{
    const fake_file *file = find_file(machine, path);
    size_t           folder = strlen(FAKE_MEDIA "\\");

    if (file != NULL) {
        *length = file->bytes.length;
        return file->bytes.at;
    }
    for (size_t i = 0; wz_starts_nocase(path, FAKE_MEDIA "\\") && i < machine->media_count; i++)
        if (wz_equal_nocase(path + folder, machine->media[i].name)) {
            *length = strlen(machine->media[i].content);
            return machine->media[i].content;
        }
    return NULL;
}

static wz_status fake_list_media(void *context, const char *folder, wz_files *out, wz_error *err)
{
    fake_machine *machine = context;

    if (machine->is_dead || (machine->missing_folder != NULL && wz_equal_nocase(folder, machine->missing_folder)))
        return wz_fail(err, WZ_E_NOT_FOUND, 3, folder);
    wz_files_clear(out);
    for (size_t i = 0; wz_equal_nocase(folder, FAKE_MEDIA) && i < machine->media_count; i++) {
        wz_text path = { 0 };

        wz_text_add(&path, FAKE_MEDIA "\\");
        wz_text_add(&path, machine->media[i].name);
        out->items = wz_grow(out->items, out->count, &out->room, sizeof *out->items);
        out->items[out->count++] = (wz_file){ .path = wz_text_take(&path), .name = wz_copy(machine->media[i].name),
                                              .bytes = strlen(machine->media[i].content) };
    }
    return WZ_OK;
}

static wz_status fake_examine(void *context, wz_file *file, const wz_progress *progress)
{
    fake_machine *machine = context;
    size_t        length = 0;
    const char   *bytes = content_at(machine, file->path, &length);

    if (wz_progress_cancelled(progress))
        return WZ_E_CANCELLED;
    file->error = (wz_error){ 0 };
    if (bytes == NULL || machine->is_dead)
        wz_fail(&file->error, WZ_E_NOT_FOUND, 2, file->path);
    else
        fill_examined(file, bytes, length);
    return WZ_OK;
}

static wz_status fake_stage(void *context, const wz_file *file, wz_file *out, const wz_progress *progress,
                            wz_error *err)
{
    fake_machine *machine = context;
    size_t        length = 0;
    const char   *bytes = content_at(machine, file->path, &length);
    wz_text       path = { 0 };

    (void)progress;
    if (fake_act(machine))
        return wz_fail(err, WZ_E_IO, 21, file->path);
    if (bytes == NULL)
        return wz_fail(err, WZ_E_NOT_FOUND, 2, file->path);
    if (machine->full != NULL && wz_starts_nocase(FAKE_DATA, machine->full))
        return wz_fail(err, WZ_E_FULL, 112, FAKE_DATA);
    wz_text_add(&path, FAKE_DATA "\\Media\\");
    wz_text_add(&path, file->name);
    if (!wz_equal_nocase(path.at, file->path)) {
        put_bytes(machine, path.at, bytes, length);
        bytes = content_at(machine, path.at, &length);
    }
    *out = (wz_file){ .name = wz_copy(file->name) };
    out->path = wz_text_take(&path);
    fill_examined(out, bytes, length);
    machine->held++;
    return WZ_OK;
}

static void fake_unstage(void *context)
{
    ((fake_machine *)context)->held = 0;
}

/* ---- one at a time ---- */

static wz_status fake_claim(void *context, wz_error *err)
{
    fake_machine *machine = context;

    if (machine->busy_with != NULL)
        return wz_fail(err, WZ_E_BUSY, 1618, machine->busy_with);
    if (machine->is_busy || machine->is_claimed)
        return wz_fail(err, WZ_E_BUSY, 0, "Global\\Build6003Wizard");
    machine->is_claimed = true;
    return WZ_OK;
}

static void fake_release(void *context)
{
    ((fake_machine *)context)->is_claimed = false;
}

static void fake_awake(void *context, bool on)
{
    ((fake_machine *)context)->is_awake = on;
}

static void fake_pause(void *context, unsigned milliseconds)
{
    fake_machine *machine = context;

    machine->pauses++;
    machine->paused_ms += milliseconds;
}

/* ---- restarts ---- */

static wz_status fake_arrange(void *context, const char *switches, wz_error *err)
{
    fake_machine *machine = context;

    if (fake_act(machine) || machine->no_arrange)
        return wz_fail(err, WZ_E_DENIED, 5, "RunOnce");
    free(machine->resume);
    machine->resume = wz_copy(switches);
    return WZ_OK;
}

static void fake_cancel(void *context)
{
    fake_machine *machine = context;

    if (fake_act(machine))
        return;
    machine->cancels++;
    free(machine->resume);
    machine->resume = NULL;
}

static wz_status fake_restart(void *context, wz_error *err)
{
    fake_machine *machine = context;

    if (fake_act(machine) || machine->no_restart)
        return wz_fail(err, WZ_E_SYSTEM, 1300, "restart");
    machine->restarts++;
    machine->is_restarting = true;
    return WZ_OK;
}

/* ---- the machine ---- */

static void set_functions(wz_platform *platform)
{
    platform->resource = fake_resource;
    platform->now = fake_now;
    platform->local_minutes = fake_local_minutes;
    platform->ticks_ms = fake_ticks;
    platform->probe = fake_probe;                      /* fake_probe.c */
    platform->read_file = fake_read;
    platform->write_file = fake_write;
    platform->remove_file = fake_remove;
    platform->list_media = fake_list_media;
    platform->examine = fake_examine;
    platform->examine_all = fake_examine_all;          /* fake_installer.c */
    platform->sha256 = fake_sha256;
    platform->data_folder = fake_data_folder;
    platform->stage = fake_stage;
    platform->unstage = fake_unstage;
    platform->free_space = fake_free_space;            /* fake_installer.c */
    platform->claim = fake_claim;
    platform->release = fake_release;
    platform->install = fake_install;                  /* fake_installer.c */
    platform->arrange_resume = fake_arrange;
    platform->cancel_resume = fake_cancel;
    platform->restart = fake_restart;
    platform->keep_awake = fake_awake;
    platform->pause = fake_pause;
    platform->system_text = fake_system_text;
}

fake_machine *fake_create(void)
{
    fake_machine *machine = wz_new(fake_machine);

    machine->platform.context = machine;
    set_functions(&machine->platform);
    machine->version = (wz_version){ 6, 0, 6002, 24565 };
    machine->stack = (wz_version){ 6, 0, 6002, 18005 };
    machine->architecture = "x64";
    machine->machine_id = "9e2f6c5a-0000-4000-8000-1234567890ab";
    machine->administrator = true;
    machine->product_type = 3;
    machine->disk_free = 40ull << 30;
    machine->clock = 1790000000;                       /* 2026-09-21 */
    machine->booted = machine->clock - 3600;
    return machine;
}

void fake_free(fake_machine *machine)
{
    for (size_t i = 0; i < machine->file_count; i++) {
        free(machine->files[i].path);
        wz_text_clear(&machine->files[i].bytes);
    }
    free(machine->files);
    for (size_t i = 0; i < machine->media_count; i++) {
        free(machine->media[i].name);
        free(machine->media[i].content);
    }
    for (size_t i = 0; i < WZ_COUNT(machine->resources); i++)
        wz_text_clear(&machine->resources[i]);
    free(machine->resume);
    free(machine);
}

void fake_add_media(fake_machine *machine, const char *name, const char *content)
{
    machine->media[machine->media_count].name = wz_copy(name);
    machine->media[machine->media_count].content = wz_copy(content);
    machine->media_count++;
}

void fake_drop_media(fake_machine *machine, size_t count)
{
    while (machine->media_count > count) {
        machine->media_count--;
        free(machine->media[machine->media_count].name);
        free(machine->media[machine->media_count].content);
    }
}

void fake_add_road(fake_machine *machine)
{
    machine->updates[0] = (fake_update){ .kb = 4493730, .effect = FAKE_AT_ONCE, .stack = { 6, 0, 6003, 20484 } };
    machine->updates[1] = (fake_update){ .kb = 4474419, .effect = FAKE_UNSEEN, .sha2 = true };
    machine->updates[2] = (fake_update){ .kb = 4534303, .effect = FAKE_PENDING, .build = { 6, 0, 6003, 20706 } };
    machine->update_count = 3;
    fake_add_media(machine, "Windows6.0-KB4474419-v4-x64.msu",
                   "sha1:09cb148f6ef10779d7352b7269d66a7f23019207;KB4474419");
    fake_add_media(machine, "Windows6.0-KB4493730-x64.msu",
                   "sha256:26bf790fadd11eca1433abd8edc78d2ddfa1fe85fe0d2f67cdffb5de0c069530;KB4493730");
    fake_add_media(machine, "Windows6.0-KB4534303-x64.msu",
                   "sha1:f318a56b0a7761596ad17746921949a62912d15c;KB4534303");
}
