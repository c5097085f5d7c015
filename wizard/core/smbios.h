/*
 * smbios: the one thing that is read from the firmware's tables.
 *
 * The bytes come from the firmware, which may say anything: nothing is read beyond what is there. Source: DMTF
 * DSP0134, System Management BIOS reference, sections 6.1 (structures) and 7.4 (type 3, system enclosure). Any thread.
 */
#ifndef WZ_CORE_SMBIOS_H
#define WZ_CORE_SMBIOS_H

#include "core/text.h"

/*
 * The asset tag of the first chassis, without blanks around it; bytes that are no ASCII text become "?". table: the
 * structures alone, one behind the other. False, and out untouched: there is none. Appends.
 */
bool wz_smbios_chassis_tag(wz_view table, wz_text *out);

#endif
