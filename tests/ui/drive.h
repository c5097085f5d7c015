/*
 * drive: works the wizard from outside, as a person would, and looks at what it shows.
 *
 * The program under test is the shipped EXE in another process; we post messages to its window and read its
 * controls by their numbers from resources/resource.h. Every wait is for a condition with a deadline (seconds of the
 * drive, DRIVE_SECONDS at first), never for time alone. What does not come true fails the running cmocka test with a
 * sentence and the state of the sheet, so tests need no checks of their own for it: functions return only on success.
 *
 * Text is UTF-16; texts we are given live in wz_drive.text until the next call that reads a text. One thread.
 *
 * Why so:
 *   - buttons of the sheet are posted: sent, we would wait for the box that one of them opens;
 *   - keys are real input (SendInput) and go where the system says, so the sheet must be in the foreground: there
 *     has to be a window manager. They are processed after everything else, so wait for what they should bring about;
 *   - a restart ends this program too; the next one finds the wizard that RunOnce has started with drive_attach
 *     (tests/tools/testbed.py tells how Wine restarts, story.h how a test goes through it);
 *   - list views are read through memory in the other process, so both have to be of the same architecture;
 *   - pictures are taken by the host's `import`, which Wine lets us start.
 *
 * Environment: WZ_EXE a Windows path; WZ_SHOTS, a folder of the host (/…) for pictures, else none is taken; WZ_LANG,
 * the tag of the language that every wizard is started in, else it is started in none and expected to speak en-US.
 */
#ifndef WZ_TESTS_UI_DRIVE_H
#define WZ_TESTS_UI_DRIVE_H

#include <windows.h>

#include <commctrl.h>

#include "resource.h"

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

#define DRIVE_SECONDS    30
#define DRIVE_TEXT_UNITS 32768
#define DRIVE_NONE       (-1)          /* no button of the sheet; no row */

typedef struct wz_drive {
    HANDLE    process;                 /* NULL when attached without the right to wait */
    DWORD     process_id;
    DWORD     thread_id;               /* of the sheet */
    HWND      sheet;
    HMODULE   strings;                 /* the EXE as data: texts are compared with its own */
    LANGID    language;                /* that the wizard is to speak */
    unsigned  seconds;                 /* deadline of every wait */
    DWORD     slowest_ms;              /* the longest the window took to answer while something was waited for */
    unsigned  answers;                 /* how often it was asked */
    bool      site;                    /* a site catalogue is in use; for story.h */
    bool      is_resized;              /* a test has made the window larger; for layout.h */
    wchar_t  *text;                    /* DRIVE_TEXT_UNITS */
    wchar_t  *said;                    /* as many: what drive_string gave last */
    char     *utf8;                    /* what drive_utf8 gave last */
} wz_drive;

/* ---- begin and end ---- */

/*
 * A test is DRIVE_TEST(name) in the table of its group and finds its wz_drive, not yet begun, in *state. What it
 * started is ended after it, also when it fails.
 */
#define DRIVE_TEST(test) cmocka_unit_test_setup_teardown(test, drive_setup, drive_teardown)
int drive_setup(void **state);
int drive_teardown(void **state);

/* Start the EXE with these arguments (may be L"") and wait for its first page. d needs no initialisation. */
void drive_start(wz_drive *d, const wchar_t *arguments);
/* Start it and do not wait for a window: for what must end by itself. */
void drive_launch(wz_drive *d, const wchar_t *arguments);
/* Find the sheet of a wizard that somebody else started, e.g. RunOnce; waits for it. */
void drive_attach(wz_drive *d);
/* The sheet is closed and another opened, in another language: wait for that one. */
void drive_wait_other_sheet(wz_drive *d);
/* Wait until the program has ended; its exit code. */
DWORD drive_wait_exit(wz_drive *d);
/* Give everything back. A program that still runs is ended; that is no failure here. Never fails. */
void drive_end(wz_drive *d);

/* ---- waiting for anything ---- */

typedef bool (*drive_condition)(wz_drive *d, void *context);
/* True as soon as the condition is; false at the deadline, or when the program has ended and it still is not. Asks the
   window with WM_NULL each time; one that does not answer within DRIVE_HANG_MS hangs, which fails. */
#define DRIVE_HANG_MS 10000
bool drive_wait(wz_drive *d, drive_condition is_true, void *context);

/* ---- pages ---- */

/* String id of the title of page 1 to 10. */
unsigned drive_title_of(unsigned page);
/* Wait until page 1 to 10 is there: caption and the page number at its foot. */
void drive_wait_page(wz_drive *d, unsigned page);
/* Which page is there, 1 to 10, by the caption; 0 when none of them is. Does not wait. */
unsigned drive_page(wz_drive *d);
/* The window of the page. Does not wait. */
HWND drive_page_window(wz_drive *d);
/* Expect another language from now on. */
void drive_speak(wz_drive *d, const wchar_t *tag);
/* Text of a string id in that language, with its arguments filled in (NULL for none); lives until the next call of
   this, whatever else is read meanwhile. */
const wchar_t *drive_string(wz_drive *d, unsigned id, const wchar_t *first, const wchar_t *second);

/* ---- the sheet's buttons: IDC_FRAME_BACK, IDC_FRAME_NEXT, IDC_FRAME_FINISH, IDCANCEL, IDHELP ---- */

/* Wait until the button may be pressed, then press it. */
void drive_press(wz_drive *d, int button);
/* Wait until the wizard is at rest: no work is going on and Next or Finish may be pressed. */
void drive_wait_idle(wz_drive *d);
/* Press Next and wait for the page. Page 5 is left by Skip as long as nothing was scanned there. */
void drive_next(wz_drive *d, unsigned page);
void drive_back(wz_drive *d, unsigned page);
bool drive_can_press(wz_drive *d, int button);
/* The button that Enter presses, or DRIVE_NONE when it is one of the page (drive_default_id tells). */
int  drive_default_button(wz_drive *d);
int  drive_default_id(wz_drive *d);
void drive_wait_default(wz_drive *d, int button);        /* a page arrives first and sets its buttons then */
const wchar_t *drive_button_text(wz_drive *d, int button);

/* ---- controls of the page, or else of the window around it, by their numbers ---- */

HWND drive_control(wz_drive *d, int id);                 /* fails when there is none */
bool drive_is_enabled(wz_drive *d, int id);
bool drive_is_visible(wz_drive *d, int id);
bool drive_is_checked(wz_drive *d, int id);
void drive_wait_checked(wz_drive *d, int id);
/* Waits until it is enabled; check boxes too. Comes before all that is asked of the window later, so drive_wait_idle
   waits for what it starts. */
void drive_click(wz_drive *d, int id);
void drive_wait_enabled(wz_drive *d, int id);
const wchar_t *drive_text(wz_drive *d, int id);
bool drive_contains(wz_drive *d, int id, const wchar_t *part);
bool drive_says(wz_drive *d, int id, unsigned string);  /* its text contains that string, which has no arguments */
void drive_wait_text(wz_drive *d, int id, const wchar_t *part);   /* until the text contains part */
void drive_set_text(wz_drive *d, int id, const wchar_t *text);
void drive_choose(wz_drive *d, int id, int index);       /* entry of a combo box */
void drive_choose_at_once(wz_drive *d, int id, int index);       /* has taken effect on return; opens no window */

/* ---- list views ---- */

int  drive_list_count(wz_drive *d, int id);
int  drive_list_selected(wz_drive *d, int id);           /* DRIVE_NONE */
const wchar_t *drive_list_title(wz_drive *d, int id, int column);
const wchar_t *drive_list_text(wz_drive *d, int id, int row, int column);
/* The first row whose column contains part; DRIVE_NONE. */
int  drive_list_find(wz_drive *d, int id, int column, const wchar_t *part);
void drive_wait_list(wz_drive *d, int id, int rows);     /* until it has at least so many */
void drive_list_select(wz_drive *d, int id, int row);

/* ---- keyboard ---- */

/* Number of the control that has the focus, in the page or the sheet; 0 when none has. */
int  drive_focus(wz_drive *d);
void drive_wait_focus(wz_drive *d, int id);
/* One key with shift, control and alt as wanted: drive_key(d, VK_TAB, DRIVE_SHIFT). */
#define DRIVE_SHIFT 1u
#define DRIVE_CTRL  2u
#define DRIVE_ALT   4u
void drive_key(wz_drive *d, WORD key, unsigned modifiers);
void drive_type(wz_drive *d, const wchar_t *text);

/* ---- boxes before the sheet: questions, file dialogs, About ---- */

/* The enabled window that the sheet owns; waits for it. */
HWND drive_wait_box(wz_drive *d);
bool drive_has_box(wz_drive *d);
/* All texts in the box, one a line. */
const wchar_t *drive_box_text(wz_drive *d);
int  drive_box_default(wz_drive *d);     /* what Enter presses: the focused button, else the default one */
/* Press a button of the box (IDYES, IDOK …) and wait until the box is gone. */
void drive_answer(wz_drive *d, int id);
/* In a system file dialog: this path, then its OK button. Waits for another box: whether to replace a file, say. */
void drive_type_file(wz_drive *d, const wchar_t *path);
/* The same, and wait until the dialog is gone. */
void drive_answer_file(wz_drive *d, const wchar_t *path);

/* ---- other ---- */

/* True when the clipboard's text contains a part (const wchar_t *): for drive_wait. False while another has it open. */
bool drive_clipboard_has(wz_drive *d, void *part);

/* A picture NAME.png of the whole screen in WZ_SHOTS; nothing without that. Waits for the file. */
void drive_shot(wz_drive *d, const char *name);
/* UTF-8 of a text, for messages (%ls stops at the first letter that is not ASCII); lives until the next call. */
const char *drive_utf8(wz_drive *d, const wchar_t *text);
/* Fail with a sentence (printf) and the state of the sheet. */
_Noreturn void drive_fail(wz_drive *d, const char *format, ...);

#endif
