/*
 * fake_scan: a compatibility scan that finds what a test lists, on a machine of fake_platform.
 */
#ifndef WZ_TESTS_CORE_FAKE_SCAN_H
#define WZ_TESTS_CORE_FAKE_SCAN_H

#include "fake_platform.h"

/* A finding in path; a program's when line is 0. Owned by the list. */
void fake_finding(wz_findings *list, const char *path, wz_rule rule, wz_evidence evidence, unsigned line,
                  const char *place);
/*
 * Gives machine->platform a scan: of C:\Agent\agent.sys (A, a driver's), C:\Scripts\logon.cmd (B), D:\Tools\old.exe
 * (C), C:\Tools\note.exe (D), a harmless place, a packed file and one that is locked. The folder C:\none is not there,
 * and C:\stop is stopped after the first two files.
 */
void fake_scan_give(fake_machine *machine);
/* What that one finds. */
void fake_scan_fill(wz_scan_result *out);

#endif
