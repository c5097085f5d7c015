/*
 * The tag of the chassis, from the firmware's own table, so that no service has to answer for it. One that is not
 * Azure's is the number by which an owner knows the computer: it is read, and told to nobody.
 */
#include <stdlib.h>

#include "core/host.h"
#include "core/smbios.h"
#include "platform/probe.h"

#define SOURCE        "API GetSystemFirmwareTable RSMB"
#define TABLE_RSMB    0x52534D42u                      /* 'RSMB' */
#define HEAD_BYTES    8u                               /* of RawSMBIOSData: calling method, versions, length */
#define MOST_BYTES    (1024u * 1024u)

void wz_probe_chassis(wz_snapshot *out)
{
    UINT    length = GetSystemFirmwareTable(TABLE_RSMB, 0, NULL, 0);
    UINT    got;
    char   *bytes;
    wz_text tag = { 0 };

    if (length == 0) {
        DWORD code = GetLastError();

        /* A machine without such a table; ERROR_INVALID_FUNCTION: a firmware without any. */
        if (code == ERROR_SUCCESS || code == ERROR_INVALID_FUNCTION)
            wz_probe_absent(out, WZ_FACT_CHASSIS_TAG, SOURCE);
        else
            wz_probe_code(out, WZ_FACT_CHASSIS_TAG, SOURCE, code);
        return;
    }
    if (length > MOST_BYTES) {
        wz_probe_code(out, WZ_FACT_CHASSIS_TAG, SOURCE, ERROR_INVALID_DATA);
        return;
    }
    bytes = wz_new_array(length, char);
    got = GetSystemFirmwareTable(TABLE_RSMB, 0, bytes, length);
    if (got == 0 || got > length)
        wz_probe_code(out, WZ_FACT_CHASSIS_TAG, SOURCE, got == 0 ? GetLastError() : ERROR_MORE_DATA);
    else if (got > HEAD_BYTES
             && wz_smbios_chassis_tag((wz_view){ bytes + HEAD_BYTES, got - HEAD_BYTES }, &tag)
             && wz_host_is_azure_tag(tag.at))
        wz_probe_known(out, WZ_FACT_CHASSIS_TAG, SOURCE, tag.at);
    else
        wz_probe_absent(out, WZ_FACT_CHASSIS_TAG, SOURCE);
    wz_text_clear(&tag);
    free(bytes);
}
