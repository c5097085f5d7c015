/*
 * finding: one place that may behave differently when the build number changes from 6002 to 6003.
 *
 * A finding is never a verdict on a program: it names file, place and evidence, and asks for a test. Grades: A strong,
 * B likely, C possible, D a note, and none (0) for what was recognised as harmless; those are counted and kept out of
 * the lists that people see first. Grade is a pure function of rule, evidence and excuse (wz_finding_grade). All text
 * is UTF-8; strings belong to the list. scan/ makes them, scan_result.h keeps those of a whole machine. Plain values,
 * any thread.
 */
#ifndef WZ_CORE_FINDING_H
#define WZ_CORE_FINDING_H

#include "core/words.h"

typedef enum wz_grade { WZ_GRADE_NONE, WZ_GRADE_D, WZ_GRADE_C, WZ_GRADE_B, WZ_GRADE_A, WZ_GRADE_COUNT } wz_grade;

/* What was recognised. The name (wz_rule_name) is stable: reports and suppressions use it. */
typedef enum wz_rule {
    WZ_RULE_CODE_EQUAL,        /* 6002 compared for equality: cmp, sub, xor, a chain of subtractions */
    WZ_RULE_CODE_WORD,         /* the build inside a whole value: GetVersion's high half, NtBuildNumber's flags */
    WZ_RULE_CODE_RANGE,        /* a range, or a switch, that ends at 6002 */
    WZ_RULE_CODE_TABLE,        /* an address computed from build - 6000 */
    WZ_RULE_CODE_VERIFY,       /* 6002 stored for VerifyVersionInfo */
    WZ_RULE_IL_EQUAL,          /* .NET: 6002 compared for equality */
    WZ_RULE_IL_RANGE,          /* .NET: a range that ends at 6002 */
    WZ_RULE_DATA_TABLE,        /* a table with a row for each of several builds */
    WZ_RULE_DATA_TEXT,         /* "6002" or "6.0.6002" among a program's texts */
    WZ_RULE_TEXT_EQUAL,        /* a script compares with 6002 */
    WZ_RULE_TEXT_RANGE,        /* a script has a range that ends at 6002 */
    WZ_RULE_TEXT_FIND,         /* a script looks for 6002 in a text: find, like, InStr */
    WZ_RULE_TEXT_QUERY,        /* a WMI query for that build */
    WZ_RULE_TEXT_FILE_VERSION, /* a script compares the version of a file */
    WZ_RULE_MSI_CONDITION,     /* a condition of Windows Installer on WindowsBuild */
    WZ_RULE_COUNT
} wz_rule;

/* How near the number is to something that yields the version of Windows. */
typedef enum wz_evidence {
    WZ_EVIDENCE_NONE,          /* nothing in the file */
    WZ_EVIDENCE_FILE,          /* elsewhere in the file */
    WZ_EVIDENCE_HERE,          /* the same function, or the same statement of a script */
    WZ_EVIDENCE_COUNT
} wz_evidence;

/* Why a finding is harmless. */
typedef enum wz_excuse {
    WZ_EXCUSE_NONE,
    WZ_EXCUSE_KNOWS_6003,      /* 6003 is in the same set */
    WZ_EXCUSE_OPEN_RANGE,      /* ">= 6002" or "< 6002": 6003 falls on the same side */
    WZ_EXCUSE_MESSAGE,         /* a message is all that depends on it */
    WZ_EXCUSE_LAYER,           /* a compatibility layer answers in place of Windows */
    WZ_EXCUSE_OWN,             /* a report of this wizard, which quotes what it found */
    WZ_EXCUSE_ASSERT,          /* only a checked build's assertion depends on it */
    WZ_EXCUSE_COMPONENT,       /* the version of a file or component, not of Windows */
    WZ_EXCUSE_NAMES,           /* a list of names: an unknown build only lacks one */
    WZ_EXCUSE_UNRELATED,       /* nothing suggests a version: a port, an identifier, a length */
    WZ_EXCUSE_COUNT
} wz_excuse;

typedef struct wz_finding {
    char       *path;          /* as it was given to the scanner */
    wz_rule     rule;
    wz_grade    grade;
    wz_evidence evidence;
    wz_excuse   excuse;
    uint64_t    offset;        /* of the number, bytes from the beginning of the file */
    uint32_t    rva;           /* of the instruction or data once loaded; 0 in scripts */
    unsigned    line;          /* 1-based, scripts only; 0 in programs */
    char        section[9];    /* programs only; printable ASCII, else "" */
    char       *place;         /* the decoded instruction, or the line */
    char       *bytes;         /* programs: the instruction's bytes in hex, else NULL */
    char       *source;        /* what yields the version: "GetVersionExW", "BuildNumber"; NULL */
    char       *suppressed;    /* the reason when a suppression covers it; NULL */
} wz_finding;

#define WZ_FINDINGS_PER_FILE 256       /* what comes after is only counted */

typedef struct wz_findings {
    wz_finding *items;
    size_t      count, room;
    size_t      by_grade[WZ_GRADE_COUNT];       /* everything seen, kept or not */
    size_t      left_off;                       /* seen but not kept: too many in one file, or in all */
} wz_findings;

/* Takes over the strings of the finding, sets its grade. Ones without a grade are kept as well. */
void wz_findings_add(wz_findings *list, wz_finding *finding, size_t first_of_file);
void wz_findings_clear(wz_findings *list);
/* Moves all of from behind those of list, and adds what it counted; from is empty afterwards. */
void wz_findings_move(wz_findings *list, wz_findings *from);
/* Sorts, and keeps the first most of them; the others count as left off. Which ones does not depend on the order in
   which they came. */
void wz_findings_keep(wz_findings *list, size_t most);
/* By grade, strongest first, then path without case, then offset. */
void wz_findings_sort(wz_findings *list);

/* What from first on has a grade gets this excuse and so none. */
void wz_findings_excuse(wz_findings *list, size_t first, wz_excuse excuse);

/*
 * Does a program with these compatibility layers see the same version before and after? layers: the value that has the
 * program's path as its name in Software\Microsoft\Windows NT\CurrentVersion\AppCompatFlags\Layers, HKLM or HKCU,
 * such as "WINXPSP2 RUNASADMIN". Drivers and scripts do not have such layers of their own. Source: the version lies of
 * the Application Compatibility Toolkit (learn.microsoft.com cc749574).
 */
bool wz_layer_answers(const char *layers);

wz_grade wz_finding_grade(wz_rule rule, wz_evidence evidence, wz_excuse excuse, bool is_driver);

/* A person's decision that a finding is fine, with the reason; kept with the report, never dropped. */
typedef struct wz_suppression {
    const char *path_end;      /* the path ends with this, without case, at a backslash or slash; never "" */
    const char *rule;          /* name of the rule, or "*" */
    const char *reason;
} wz_suppression;

void wz_findings_suppress(wz_findings *list, const wz_suppression items[], size_t count);

const char *wz_rule_name(wz_rule rule);                     /* "code-equal" */
const char *wz_grade_name(wz_grade grade);                  /* "A" … "D", "0" */
unsigned    wz_grade_word(wz_grade grade);                  /* string ids */
unsigned    wz_rule_meaning(wz_rule rule);
unsigned    wz_rule_advice(wz_rule rule);
unsigned    wz_evidence_word(wz_evidence evidence);
unsigned    wz_excuse_word(wz_excuse excuse);               /* 0 for none */

/* What it means, where the version comes from, and what to do: sentences, appended. */
void wz_finding_explain(const wz_finding *finding, const wz_words *words, wz_text *out);

#endif
