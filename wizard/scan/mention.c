#include "scan/parts.h"

#include <string.h>

typedef enum relation { NO_RELATION, EQUAL, ASSIGN, CAPPED, OPEN } relation;

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name(char c)
{
    return is_letter(c) || is_digit(c) || c == '_';
}

const char *wz_line_find(const char *code, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = code; *at != '\0'; at++)
        if (wz_starts_nocase(at, word) && (!is_letter(word[0]) || at == code || !is_name(at[-1]))
            && (!is_letter(word[length - 1]) || !is_name(at[length])))
            return at;
    return NULL;
}

/* ---- where ---- */

/* "6.0." before the build, its dots perhaps escaped; where that begins, or at itself. */
static size_t version_begin(const char *code, size_t at)
{
    static const char dots[] = ".0.6";
    size_t            begin = at;

    for (const char *c = dots; *c != '\0'; c++) {
        if (begin == 0 || code[begin - 1] != *c)
            return at;
        begin--;
        if (*c == '.' && begin > 0 && code[begin - 1] == '\\')
            begin--;
    }
    return begin > 0 && (is_name(code[begin - 1]) || code[begin - 1] == '.') ? at : begin;
}

/* 0x1772, &H1772, dword:00001772 */
static size_t hex_begin(const char *code, size_t at)
{
    while (at > 0 && code[at - 1] == '0')
        at--;
    if (at >= 2 && (code[at - 1] == 'x' || code[at - 1] == 'X') && code[at - 2] == '0')
        return at - 2;
    if (at >= 2 && (code[at - 1] == 'h' || code[at - 1] == 'H') && code[at - 2] == '&')
        return at - 2;
    if (at >= 6 && wz_starts_nocase(code + at - 6, "dword:"))
        return at - 6;
    return SIZE_MAX;
}

bool wz_mention_find(const char *code, const char *build, size_t from, wz_mention *out)
{
    const char *hex = strcmp(build, "6002") == 0 ? "1772" : "1773";

    for (size_t at = from; code[at] != '\0'; at++) {
        bool   is_decimal;
        size_t begin;

        if (code[at] != build[0] && code[at] != hex[0])
            continue;
        is_decimal = strncmp(code + at, build, 4) == 0;
        if ((!is_decimal && strncmp(code + at, hex, 4) != 0) || is_name(code[at + 4]))
            continue;
        begin = is_decimal ? version_begin(code, at) : hex_begin(code, at);
        if (begin == SIZE_MAX
            || (is_decimal && begin == at && at > 0 && (is_name(code[at - 1]) || code[at - 1] == '.')))
            continue;
        *out = (wz_mention){ .at = begin, .end = at + 4, .is_version = is_decimal && begin < at };
        out->is_longer = out->is_version && code[at + 4] == '.' && is_digit(code[at + 5]);
        return true;
    }
    return false;
}

/* ---- how ---- */

typedef struct sign { const char *text; relation before, after; } sign;

/* Longer ones first. after: with the number on the left, "6002 -lt $build" says the build is above. */
static const sign signs[] = {
    { "===", EQUAL, EQUAL }, { "!==", EQUAL, EQUAL }, { "==", EQUAL, EQUAL }, { "!=", EQUAL, EQUAL },
    { "<>", EQUAL, EQUAL }, { ">=", OPEN, CAPPED }, { "<=", CAPPED, OPEN }, { "=>", OPEN, CAPPED },
    { "=<", CAPPED, OPEN }, { "=", ASSIGN, ASSIGN }, { ">", CAPPED, OPEN }, { "<", OPEN, CAPPED },
    { "-ieq", EQUAL, EQUAL }, { "-ceq", EQUAL, EQUAL }, { "-eq", EQUAL, EQUAL }, { "-ne", EQUAL, EQUAL },
    { "-gt", CAPPED, OPEN }, { "-ge", OPEN, CAPPED }, { "-lt", OPEN, CAPPED }, { "-le", CAPPED, OPEN },
    { "equ", EQUAL, EQUAL }, { "neq", EQUAL, EQUAL }, { "gtr", CAPPED, OPEN }, { "geq", OPEN, CAPPED },
    { "lss", OPEN, CAPPED }, { "leq", CAPPED, OPEN }, { "case", EQUAL, NO_RELATION },
};

static bool is_wrapping(char c)
{
    return c == ' ' || c == '\t' || c == '"' || c == '\'' || c == '(' || c == ')' || c == '[' || c == ']' || c == '^'
           || c == '\\' || c == '%' || c == '*' || c == '/';
}

/* < and > that send output to files, and those of tags, compare nothing; but they do within a query. */
static bool is_sign_of(const char *text, wz_language language, bool queries, char before)
{
    if (queries || strchr("<>=", text[0]) == NULL || text[1] == '=' || strcmp(text, "=") == 0)
        return true;
    if (language == WZ_LANGUAGE_XML)
        return before == ' ';
    return language != WZ_LANGUAGE_BATCH && language != WZ_LANGUAGE_POWERSHELL;
}

static relation relation_before(const char *code, size_t at, wz_language language, bool queries)
{
    while (at > 0 && is_wrapping(code[at - 1]))
        at--;
    if (at >= 7 && wz_starts_nocase(code + at - 7, "version") && code[at] == ']') {
        at -= 7;                                       /* [version]"6.0.6002" */
        while (at > 0 && is_wrapping(code[at - 1]))
            at--;
    }
    for (size_t i = 0; i < WZ_COUNT(signs); i++) {
        size_t length = strlen(signs[i].text);

        if (at >= length && wz_starts_nocase(code + at - length, signs[i].text)
            && is_sign_of(signs[i].text, language, queries, at > length ? code[at - length - 1] : ' ')
            && (!is_letter(signs[i].text[0]) || at == length || !is_name(code[at - length - 1])))
            return signs[i].before;
    }
    return NO_RELATION;
}

static relation relation_after(const char *code, size_t at, wz_language language, bool queries)
{
    while (is_wrapping(code[at]))
        at++;
    for (size_t i = 0; i < WZ_COUNT(signs); i++) {
        size_t length = strlen(signs[i].text);

        if (wz_starts_nocase(code + at, signs[i].text) && is_sign_of(signs[i].text, language, queries, code[at - 1])
            && (!is_letter(signs[i].text[length - 1]) || !is_name(code[at + length])))
            return signs[i].after;
    }
    return NO_RELATION;
}

/* A search in a text stands before the number. */
static bool searches(const char *code, size_t at)
{
    static const char *const anywhere[] = {
        "find", "find.exe", "findstr", "findstr.exe", "like", "-like", "-notlike", "-match", "-notmatch", "instr",
        "-contains", "-notcontains", "-in", "-notin", "indexof", ".match", ".search", ".includes", ".contains",
        "startswith", "stringinstr", "strcmp", "intcmp", "grep",
    };

    for (size_t i = 0; i < WZ_COUNT(anywhere); i++) {
        const char *found = wz_line_find(code, anywhere[i]);

        if (found != NULL && (size_t)(found - code) < at)
            return true;
        if (found != NULL && anywhere[i][0] == '-')    /* @(6001, 6002) -contains */
            return true;
    }
    return false;
}

/* Does a single "=" compare in this line? */
static bool equals_compares(const char *code, wz_language language)
{
    static const char *const words[] = { "if", "elseif", "while", "until", "iif", "and", "or", "case", "select" };

    if (language != WZ_LANGUAGE_VBS && language != WZ_LANGUAGE_BASIC && language != WZ_LANGUAGE_XML)
        return false;
    for (size_t i = 0; i < WZ_COUNT(words); i++)
        if (wz_line_find(code, words[i]) != NULL)
            return true;
    return false;
}

static bool is_query(const char *code)
{
    return (wz_line_find(code, "where") != NULL && (wz_line_find(code, "select") != NULL
                                                    || wz_line_find(code, "win32_operatingsystem") != NULL))
           || (wz_line_find(code, "wmic") != NULL && wz_line_find(code, "where") != NULL);
}

static bool compares_files(const char *code)
{
    static const char *const words[] = { "fileversion", "productversion", "versioninfo", "getfileversion", "revision",
                                         "filegetversion", "fileversioninfo" };

    for (size_t i = 0; i < WZ_COUNT(words); i++)
        if (wz_line_find(code, words[i]) != NULL)
            return true;
    return false;
}

void wz_mention_judge(const char *code, wz_language language, wz_mention *mention)
{
    bool     queries = is_query(code);
    relation how = relation_before(code, mention->at, language, queries);
    bool     finds = how == NO_RELATION && searches(code, mention->at);
    size_t   next = mention->end;

    if (how == NO_RELATION && !finds)
        how = relation_after(code, mention->end, language, queries);
    while (is_wrapping(code[next]))
        next++;
    if (how == NO_RELATION && !finds && language == WZ_LANGUAGE_POWERSHELL && code[next] == '{')
        how = EQUAL;                                   /* a branch of switch */
    if (how == NO_RELATION && wz_starts_nocase(code + strspn(code, " \t"), "case "))
        how = EQUAL;
    if (how == ASSIGN)
        how = queries || equals_compares(code, language) ? EQUAL : NO_RELATION;

    mention->counts = true;
    mention->rule = how == CAPPED || how == OPEN ? WZ_RULE_TEXT_RANGE
                    : queries ? WZ_RULE_TEXT_QUERY : WZ_RULE_TEXT_EQUAL;
    if (how == NO_RELATION) {
        mention->counts = finds;
        mention->rule = queries ? WZ_RULE_TEXT_QUERY : WZ_RULE_TEXT_FIND;
    }
    if (wz_line_find(code, "driverver") != NULL || (mention->is_longer && !mention->counts))
        mention->excuse = WZ_EXCUSE_COMPONENT;
    else if (mention->is_longer || (mention->counts && compares_files(code)))
        mention->rule = WZ_RULE_TEXT_FILE_VERSION;
    else if (how == OPEN)
        mention->excuse = WZ_EXCUSE_OPEN_RANGE;
}

/* ---- what it is about ---- */

const char *wz_line_source(const char *code, bool strict)
{
    static const struct { const char *word, *name; } rows[] = {
        { "buildnumber", "BuildNumber" }, { "currentbuild", "CurrentBuild" },
        { "currentbuildnumber", "CurrentBuildNumber" }, { "win32_operatingsystem", "Win32_OperatingSystem" },
        { "osversion", "OSVersion" }, { "systeminfo", "systeminfo" }, { "winver", "winver" }, { "ver", "ver" },
        { "@osbuild", "@OSBuild" }, { "@build", "@Build" }, { "windowsbuild", "WindowsBuild" },
        { "osbuild", "OSBuild" }, { "winbuild", "WinBuild" }, { "windowsversion", "WindowsVersion" },
        { "getversionex", "GetVersionEx" }, { "getwindowsversion", "GetWindowsVersion" },
        { "build", "build" }, { "version", "Version" }, { "osver", "OSVer" }, { "winversion", "WinVersion" },
    };
    enum { STRICT = 16 };

    for (const char *at = code; *at != '\0'; at++) {
        if (strchr("bcgosvwBCGOSVW@", *at) == NULL || (at > code && is_name(at[-1])))
            continue;
        for (size_t i = 0; i < (strict ? STRICT : WZ_COUNT(rows)); i++)
            if (wz_starts_nocase(at, rows[i].word) && !is_name(at[strlen(rows[i].word)]))
                return rows[i].name;
    }
    if (strict)
        return NULL;
    for (const char *at = code; *at != '\0'; at++)     /* inside a longer name: strBuild, WinBuildNo */
        if (wz_starts_nocase(at, "build"))
            return "build";
        else if (wz_starts_nocase(at, "osver"))
            return "OSVer";
    return NULL;
}
