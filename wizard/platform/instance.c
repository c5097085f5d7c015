/* One installation at a time on this computer, whoever's. */
#include "platform/context.h"

#include "platform/files.h"

/*
 * The name is the claim, not the ownership of the mutex: that would belong to one thread. The kernel forgets the name
 * when the last process that has it ends, so a crash leaves nothing behind.
 */
static wz_status claim_name(HANDLE *out, wz_error *err)
{
    HANDLE mutex = CreateMutexW(NULL, FALSE, L"Global\\Build6003Wizard");
    DWORD  code = GetLastError();

    if (mutex == NULL)
        return wz_fail(err, code == ERROR_ACCESS_DENIED ? WZ_E_BUSY : WZ_E_SYSTEM, code, "Build6003Wizard");
    if (code == ERROR_ALREADY_EXISTS) {
        CloseHandle(mutex);
        return wz_fail(err, WZ_E_BUSY, code, "Build6003Wizard");
    }
    *out = mutex;
    return WZ_OK;
}

wz_status wz_instance_claim(wz_windows *self, wz_error *err)
{
    const char *folder, *busy;
    wz_status   status;

    if (self->claim != NULL)
        return WZ_OK;
    status = wz_folder_data_make(self, &folder, err);
    if (status == WZ_OK)
        status = claim_name(&self->claim, err);
    if (status == WZ_OK)
        wz_files_sweep(folder);                        /* after a power cut; nobody else writes there now */
    busy = status == WZ_OK ? wz_installers_busy() : NULL;
    if (busy != NULL) {
        wz_instance_release(self);
        return wz_fail(err, WZ_E_BUSY, ERROR_INSTALL_ALREADY_RUNNING, busy);
    }
    return status;
}

void wz_instance_release(wz_windows *self)
{
    if (self->claim != NULL)
        CloseHandle(self->claim);
    self->claim = NULL;
}
