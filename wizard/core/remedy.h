/*
 * remedy: an installer's code -> how it is treated, what it says, why it comes, what to do.
 *
 * The rows are servicing.md 7D (exit codes of wusa.exe) and section 8 (errors), each with its confidence; a code that
 * section 8 marks as unverified has no row. What a row says is true of the code; what is true of one update on one
 * machine is worked out in diagnosis.h. Constant data, any thread.
 */
#ifndef WZ_CORE_REMEDY_H
#define WZ_CORE_REMEDY_H

#include "core/catalogue.h"

typedef enum wz_code_meaning {
    WZ_CODE_OK,
    WZ_CODE_RESTART,           /* done, a restart is missing */
    WZ_CODE_ALREADY,           /* there already, says the installer */
    WZ_CODE_NOT_APPLICABLE,
    WZ_CODE_RESTART_FIRST,     /* restart, then once more */
    WZ_CODE_RETRY,             /* wait, then once more, a few times */
    WZ_CODE_FAILED
} wz_code_meaning;

typedef struct wz_remedy {
    uint32_t        code;
    const char     *name;         /* as in the Windows headers; NULL when it has none */
    wz_code_meaning treatment;
    unsigned        says;         /* string id: what the code says */
    unsigned        cause, fix;   /* string ids; 0 where nothing is wrong */
    wz_confidence   confidence;   /* of cause and fix: wz_confidence_is_fact decides how they are introduced */
    const char     *source;       /* where that is written */
} wz_remedy;

/* NULL: not listed. A Win32 error above 5 and its HRESULT (0x8007…) are one code. */
const wz_remedy *wz_remedy_of(uint32_t code);
const wz_remedy *wz_remedy_at(size_t index);   /* all rows, for tests and lists; NULL behind the last */

wz_code_meaning wz_code_treat(uint32_t code);  /* WZ_CODE_FAILED when not listed */
unsigned        wz_code_word(uint32_t code);   /* string id of what it says; the general one when not listed */

/* Each form that people look it up by: "3010 (0x00000bc2)", "2149842967 (-2145124329, 0x80240017)". Appends. */
void wz_text_add_code_forms(wz_text *out, uint32_t code);
/*
 * A code as people write it: 0x80070643, 80070643 (eight hexadecimal digits that begin with 0 or 8 to F are no decimal
 * number), -2147023293, 2147944003, 1603, or the name of a listed one, without case. False: it is none of these.
 */
bool wz_code_parse(const char *text, uint32_t *code);
/* The part of Windows a code is from: "FACILITY_WIN32 (7)", "NTSTATUS", "Win32". Appends. */
void wz_text_add_code_facility(wz_text *out, uint32_t code);
/* Are they the same failure: equal, or a Win32 error and its HRESULT? */
bool wz_code_is_same(uint32_t one, uint32_t other);

#endif
