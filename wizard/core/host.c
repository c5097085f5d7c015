#include "core/host.h"

#include "core/log_lines.h"

#include <string.h>

/* Clouds before the hypervisors they are made of. */
static const struct { const char *sign; wz_host host; } signs[] = {
    { "Amazon EC2",        WZ_HOST_AMAZON     },
    { "Google",            WZ_HOST_GOOGLE     },
    { "Nutanix",           WZ_HOST_NUTANIX    },
    { "VMware",            WZ_HOST_VMWARE     },
    { "VirtualBox",        WZ_HOST_VIRTUALBOX },
    { "innotek",           WZ_HOST_VIRTUALBOX },
    { "VBOX",              WZ_HOST_VIRTUALBOX },
    { "Parallels",         WZ_HOST_PARALLELS  },
    { "Xen",               WZ_HOST_XEN        },
    { "VRTUAL",            WZ_HOST_MICROSOFT  },
    { "Microsoft Corporation; Virtual Machine", WZ_HOST_MICROSOFT },
    { "QEMU",              WZ_HOST_QEMU       },
    { "KVM",               WZ_HOST_QEMU       },
    { "SeaBIOS",           WZ_HOST_QEMU       },
    { "Bochs",             WZ_HOST_QEMU       },
};

wz_host wz_host_of_firmware(const char *firmware)
{
    wz_view text = { firmware, strlen(firmware) };

    for (size_t i = 0; i < WZ_COUNT(signs); i++)
        if (wz_log_line_find(text, signs[i].sign) != NULL)
            return signs[i].host;
    return WZ_HOST_UNRECOGNISED;
}

wz_host wz_host_of(const wz_snapshot *snapshot)
{
    const char *firmware = wz_snapshot_text(snapshot, WZ_FACT_FIRMWARE);

    return firmware != NULL ? wz_host_of_firmware(firmware) : WZ_HOST_UNRECOGNISED;
}

const char *wz_host_name(wz_host host)
{
    switch (host) {
    case WZ_HOST_UNRECOGNISED: return "";
    case WZ_HOST_VMWARE:       return "VMware";
    case WZ_HOST_MICROSOFT:    return "Microsoft Hyper-V";
    case WZ_HOST_VIRTUALBOX:   return "VirtualBox";
    case WZ_HOST_QEMU:         return "QEMU/KVM";
    case WZ_HOST_XEN:          return "Xen";
    case WZ_HOST_PARALLELS:    return "Parallels";
    case WZ_HOST_AMAZON:       return "Amazon EC2";
    case WZ_HOST_GOOGLE:       return "Google Compute Engine";
    case WZ_HOST_NUTANIX:      return "Nutanix AHV";
    }
    return "";
}

bool wz_host_is_azure_tag(const char *tag)
{
    return wz_equal_nocase(tag, "7783-7084-3265-9085-8269-3286-77");
}

bool wz_host_is_azure(const wz_snapshot *snapshot)
{
    const char *tag = wz_snapshot_text(snapshot, WZ_FACT_CHASSIS_TAG);

    return tag != NULL && wz_host_is_azure_tag(tag);
}
