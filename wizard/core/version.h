/*
 * version: Windows version numbers and how Windows prints them.
 *
 * Compared field by field as numbers, never as text; any build >= 6003 counts as "6003 reached" (servicing.md section
 * 1). A revision is what the kernel's file version has in its last part; NT 6.0 has no UBR value. Any thread.
 */
#ifndef WZ_CORE_VERSION_H
#define WZ_CORE_VERSION_H

#include "core/words.h"

typedef struct wz_version { uint16_t major, minor, build, revision; } wz_version;

/* "6.0.6002", "6.0.6003.20706": two to four parts of digits, each <= 65535, nothing else; missing parts are 0. */
bool wz_version_parse(const char *text, wz_version *out);
int  wz_version_compare(wz_version a, wz_version b);                 /* < 0, 0, > 0 */
void wz_text_add_version(wz_text *text, wz_version version, unsigned parts);   /* parts: 2 to 4 */

/* As the About box prints it: "Version 6.0 (Build 6002: Service Pack 2)", without a service pack "Version 6.0
   (Build 6002)". Windows' own English form, the evidence that is compared; never translated. */
void wz_version_about_line(wz_version version, const char *service_pack, wz_text *out);
/* As cmd's ver prints it: "Microsoft Windows [Version 6.0.6002]". */
void wz_version_ver_line(wz_version version, wz_text *out);

/* servicing.md 1.3: GDR 16384 to 20479, LDR 20480 to 24575. */
typedef enum wz_branch { WZ_BRANCH_NONE, WZ_BRANCH_GDR, WZ_BRANCH_LDR } wz_branch;

#define WZ_GDR_FIRST 16384u
#define WZ_GDR_LAST  20479u
#define WZ_LDR_FIRST 20480u
#define WZ_LDR_LAST  24575u

wz_branch wz_version_branch(uint16_t revision);
/* Revisions left before the end of its branch's range; 0 outside both ranges. 24566 -> 9. */
unsigned  wz_version_remaining(uint16_t revision);

#endif
