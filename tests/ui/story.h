/*
 * story: ways through the wizard that several tests go. Fails as drive does.
 *
 * Environment: WZ_MEDIA and WZ_CATALOGUE, Windows paths of the update files and of their site catalogue; WZ_SHA256,
 * the digest of that catalogue; WZ_UPDATES, of the folder with all folders of make_updates.py; WZ_FILES, of a folder to
 * write to; WZ_REPORT, the path under which story_report saves the report; WZ_ROOT, of the project.
 */
#ifndef WZ_TESTS_UI_STORY_H
#define WZ_TESTS_UI_STORY_H

#include "ui/drive.h"

/* Names, without ending, of the update files that the machine takes: it is of the architecture of this program. */
#ifdef _WIN64
#define STORY_ARCH L"x64"
#else
#define STORY_ARCH L"x86"
#endif
#define STORY_STACK  L"Windows6.0-KB4493730-" STORY_ARCH
#define STORY_SHA2   L"Windows6.0-KB4474419-v4-" STORY_ARCH
#define STORY_ROLLUP L"Windows6.0-KB4534303-" STORY_ARCH

/* Value of an environment variable, then "\" and name unless that is NULL, into out (MAX_PATH units). */
void story_path(const wchar_t *variable, const wchar_t *name, wchar_t *out);

/* The whole file, at most 1 MB; to be freed. */
char *story_content(const wchar_t *path);

/* Start the wizard with media folder and site catalogue and wait for page 1. */
void story_start(wz_drive *d);
/* Wait for the first page of the one that RunOnce has started. */
void story_attach(wz_drive *d);
/* Start it with a snapshot of tests/data/snapshots and without a site catalogue. */
void story_open(wz_drive *d, const wchar_t *snapshot);

/*
 * Wait until the page is there and at rest; then everything that holds for any page on arrival: the default button is
 * Next, or Finish on the last; the focus is on the page's first useful control; page and layout are without fault
 * (layout.h); the site catalogue is named at the foot when story_start named one. Takes a picture page-NN-WHAT.
 */
void story_arrive(wz_drive *d, unsigned page, const char *what);
/* Press Next or Back, then as story_arrive. */
void story_next(wz_drive *d, unsigned page, const char *what);
void story_back(wz_drive *d, unsigned page);
/* A picture page-NN-WHAT of the page, as it is. */
void story_shot(wz_drive *d, unsigned page, const char *what);

/* On page 1: choose to check only. */
void story_check_only(wz_drive *d);
/* From page 1 by Next to page 7, taking what is preselected; then tick the backup. */
void story_to_review(wz_drive *d);
/* From page 7: press Install. */
void story_install(wz_drive *d);
/*
 * On page 8: wait until it asks for a restart or page 9 comes. True: page 9 is there. False: "Restart now" was pressed
 * and the program has ended; the test ends too, the machine restarts, and the test runs again with WZ_BOOT one higher.
 */
bool story_installed(wz_drive *d);
/* On page 8: wait until it can go no further by itself (Next is live) or page 9 comes. */
void story_wait_end(wz_drive *d);
/* How often the machine has restarted since the group began: WZ_BOOT. */
unsigned story_boot(void);
/* On page 9 or before: to page 10, fill in who did it, save the report, Finish; the program's exit code. */
DWORD story_report(wz_drive *d);

#endif
