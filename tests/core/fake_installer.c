/* What an installation and a restart do to the machine in memory. */
#include "fake_platform.h"

#include "resource.h"

#include <stdlib.h>

#define BOOT_SECONDS 90

fake_update *fake_find(fake_machine *machine, unsigned kb)
{
    for (size_t i = 0; i < machine->update_count; i++)
        if (machine->updates[i].kb == kb)
            return &machine->updates[i];
    return NULL;
}

static fake_update *update_of(fake_machine *machine, const char *name)
{
    unsigned        kb = 0;
    wz_architecture architecture = WZ_ARCH_UNKNOWN;

    return wz_file_name_parse(name, &kb, &architecture) ? fake_find(machine, kb) : NULL;
}

static bool succeeds(uint32_t code)
{
    return code == 0 || code == 3010 || code == 0x00240005u;
}

static void take_effect(fake_machine *machine, fake_update *update)
{
    update->is_waiting = false;
    update->is_in_force = true;
    if (update->stack.major != 0)
        machine->stack = update->stack;
    if (update->sha2)
        machine->sha2 = true;
    if (update->build.major != 0)
        machine->version = update->build;
}

static void do_work(fake_machine *machine, fake_update *update)
{
    update->installs++;
    switch (update->effect) {
    case FAKE_AT_ONCE:
        take_effect(machine, update);
        break;
    case FAKE_PENDING:
    case FAKE_UNSEEN:
    case FAKE_ROLLS_BACK:
    case FAKE_STAYS_PENDING:
        machine->signs = true;
        update->is_waiting = true;
        break;
    case FAKE_SILENT:
        update->is_waiting = true;
        break;
    case FAKE_NOTHING:
        break;
    }
}

void fake_install(void *context, const wz_file *staged, wz_install_result *out)
{
    fake_machine *machine = context;
    fake_update  *update = update_of(machine, staged->name);
    uint32_t      code;

    if (fake_act(machine) || update == NULL || update->cannot_start) {
        *out = (wz_install_result){ .started = false, .code = 2 };
        return;
    }
    code = update->code_count == 0 ? 0 : update->codes[update->runs < update->code_count ? update->runs
                                                                                        : update->code_count - 1];
    update->runs++;
    if (machine->cut_installs) {
        machine->is_dead = true;
        return;
    }
    machine->clock += 60;
    if (succeeds(code))
        do_work(machine, update);
    *out = (wz_install_result){ .started = true, .code = code, .seconds = 60 };
}

void fake_power_on(fake_machine *machine)
{
    bool stays = false;

    machine->is_dead = false;
    machine->is_claimed = false;
    machine->is_restarting = false;
    machine->held = 0;
    machine->cut_at = 0;
    free(machine->resume);
    machine->resume = NULL;
    machine->clock += BOOT_SECONDS;
    machine->booted = machine->clock;
    for (size_t i = 0; i < machine->update_count; i++) {
        fake_update *update = &machine->updates[i];

        if (!update->is_waiting)
            continue;
        if (update->effect == FAKE_STAYS_PENDING)
            stays = true;
        else if (update->effect == FAKE_ROLLS_BACK)
            update->is_waiting = false;
        else
            take_effect(machine, update);
    }
    machine->signs = stays;
}

wz_status fake_free_space(void *context, uint64_t *bytes, wz_error *err)
{
    const fake_machine *machine = context;

    (void)err;
    *bytes = machine->space_left != 0 ? machine->space_left : machine->disk_free;
    return WZ_OK;
}

/* One by one. */
wz_status fake_examine_all(void *context, wz_files *files, const wz_progress *progress)
{
    fake_machine *machine = context;

    for (size_t i = 0; i < files->count; i++) {
        wz_progress_report(progress, IDS_DOING_EXAMINE, files->items[i].name, (unsigned)(i * 1000 / files->count));
        if (wz_progress_cancelled(progress)
            || machine->platform.examine(machine, &files->items[i], progress) != WZ_OK)
            return WZ_E_CANCELLED;
    }
    return WZ_OK;
}

void fake_system_text(void *context, uint32_t code, wz_text *out)
{
    (void)context;
    if (code == 0x800703E5u)
        wz_text_add(out, "Overlapped I/O operation is in progress.");
}
