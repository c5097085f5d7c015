/*
 * host: what this Windows runs on, by what its firmware calls itself.
 *
 * The names are those that hypervisors give to their virtual firmware (systeminfo of real machines: "VMware, Inc.;
 * VMware Virtual Platform", "QEMU; Standard PC"). A name that is not in the list proves nothing. Any thread.
 */
#ifndef WZ_CORE_HOST_H
#define WZ_CORE_HOST_H

#include "core/snapshot.h"

typedef enum wz_host {
    WZ_HOST_UNRECOGNISED, WZ_HOST_VMWARE, WZ_HOST_MICROSOFT, WZ_HOST_VIRTUALBOX, WZ_HOST_QEMU, WZ_HOST_XEN,
    WZ_HOST_PARALLELS, WZ_HOST_AMAZON, WZ_HOST_GOOGLE, WZ_HOST_NUTANIX
} wz_host;

wz_host     wz_host_of_firmware(const char *firmware);
wz_host     wz_host_of(const wz_snapshot *snapshot);
const char *wz_host_name(wz_host host);                    /* a product's name, the same in every language; "" */
/*
 * A virtual machine in Azure, by the asset tag that Azure gives the chassis of each: Microsoft's own way to verify it
 * (MicrosoftDocs/azure-docs, automation/troubleshoot/update-agent-issues-linux.md; cloud-init has the same constant).
 * The agent's services (named by Azure/aks-engine) prove nothing: they come along with a copied disk.
 */
bool        wz_host_is_azure(const wz_snapshot *snapshot);
bool        wz_host_is_azure_tag(const char *tag);

#endif
