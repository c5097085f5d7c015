/*
 * cabinet: what an update file (.msu, .cab) says about itself, taken out by Windows' own cabinet.dll.
 *
 * Only the descriptions are unpacked, into memory, never into a file: *-pkgProperties.txt and the unattend .xml of an
 * .msu; update.mum of a payload cabinet, whose other .mum files are only searched for one marker.
 * core/package_cabinet.h judges the table of contents before a byte is unpacked, and has the limits. Two cabinets deep,
 * no further.
 *
 * The payload cabinet inside an .msu can have hundreds of megabytes. It is never held whole: a second thread unpacks it
 * while the first one unpacks the .msu and hands over each piece. The second thread keeps the table of contents and
 * otherwise sees each byte once, going forward, which is how cabinets are laid out; one that wants to go back is
 * refused. So memory stays at the two windows of the decompressor (2 MB each at most), the tables and the descriptions,
 * and a process without any right to write can look as well.
 *
 * cabinet.dll is loaded from the system folder. Any thread; one call uses one thread more.
 */
#ifndef WZ_PLATFORM_CABINET_H
#define WZ_PLATFORM_CABINET_H

#include "core/platform.h"
#include "platform/win32.h"

/*
 * file   open for reading, best without sharing it with writers; its position moves
 * name   what errors and the progress call it
 * bytes  its length
 * out    cleared and filled; out->error says why something could not be read: WZ_E_FORMAT and WZ_E_LIMIT with a reason,
 *        WZ_E_IO and the like with the code when the file could not be read, WZ_E_SYSTEM without cabinet.dll
 *
 * Returns WZ_OK or WZ_E_CANCELLED.
 */
wz_status wz_cabinet_examine(HANDLE file, const char *name, uint64_t bytes, const wz_progress *progress,
                             wz_content *out);

#endif
