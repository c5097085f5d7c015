/*
 * support_state: from a session to a support code, and from a code to a session that shows the caller's machine.
 *
 * The last error in a code is a code of Windows or of its installer as it is, or one of ours: customer bit 29 set, the
 * facility 0x600 in bits 16 to 27 plus which list the low 16 bits are from (wz_support_own). Any thread.
 */
#ifndef WZ_CORE_SUPPORT_STATE_H
#define WZ_CORE_SUPPORT_STATE_H

#include "core/flow.h"
#include "core/session.h"
#include "core/support_code.h"

typedef enum wz_support_own {
    WZ_SUPPORT_REASON = 0x26000000,      /* a rule of block 7000 and the like: wz_error.reason */
    WZ_SUPPORT_STATUS = 0x26010000,      /* wz_status */
    WZ_SUPPORT_FILE   = 0x26020000       /* wz_file_verdict of a refused update file */
} wz_support_own;

/*
 * What the machine says now. error: the last one the person was shown; NULL or WZ_OK: none, and then the code of the
 * last step that failed counts, and on page 6 the first update file that was refused.
 */
void wz_support_of(const wz_session *session, wz_page_id page, const wz_error *error, wz_support *out);

/* "Label: value" for each field, a line each, in the language of the words; appends. */
void wz_support_explain(const wz_support *support, const wz_words *words, wz_text *out);

/* The last error in words, "0x80070005 …"; appends nothing when there is none. */
void wz_support_explain_error(const wz_support *support, const wz_words *words, wz_text *out);

/*
 * Make the session the caller's machine, read only: a snapshot of what the code says, everything else not asked; its
 * target; assessed. The catalogue must be loaded. session->opened_from is the code, session->support what it says.
 */
void wz_session_open_code(wz_session *session, const wz_support *support);

/* The page that shows the caller's one read only: their own, or the nearest that a read-only visit has. */
wz_page_id wz_support_page(const wz_support *support, const wz_choices *choices);

#endif
