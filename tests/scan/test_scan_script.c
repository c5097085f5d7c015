#include "check.h"
#include "scan/scan.h"

typedef struct script {
    const char *name, *text;
    wz_grade    grade;         /* of the strongest finding */
    int         rule;          /* of it; -1: no finding at all */
    unsigned    line;          /* 0: not looked at */
} script;

/* The strongest finding, or NULL. */
static const wz_finding *strongest(const wz_findings *list)
{
    const wz_finding *best = NULL;

    for (size_t i = 0; i < list->count; i++)
        if (best == NULL || list->items[i].grade > best->grade)
            best = &list->items[i];
    return best;
}

/* One script; false, after a line that says how it was judged, when that is not as wished. */
static bool is_judged_as_wished(const script *wished)
{
    wz_findings       list = { 0 };
    wz_scan_note      note;
    const wz_finding *best;
    bool              fits;

    assert_int_equal(wz_scan_file(wished->name, (wz_view){ wished->text, strlen(wished->text) }, NULL, &list, &note),
                     WZ_OK);
    assert_int_equal(note.kind, WZ_SCAN_SCRIPT);
    best = strongest(&list);
    if (best == NULL)
        fits = wished->rule < 0;
    else
        fits = (int)best->rule == wished->rule && best->grade == wished->grade
               && (wished->line == 0 || best->line == wished->line) && best->offset < strlen(wished->text);
    if (!fits)
        print_error("%s: %s is %s %s, excuse %d\n", wished->name, wished->text,
                    best != NULL ? wz_grade_name(best->grade) : "not found",
                    best != NULL ? wz_rule_name(best->rule) : "", best != NULL ? (int)best->excuse : 0);
    wz_findings_clear(&list);
    return fits;
}

#define FIND WZ_RULE_TEXT_FIND
#define EQUAL WZ_RULE_TEXT_EQUAL
#define RANGE WZ_RULE_TEXT_RANGE
#define QUERY WZ_RULE_TEXT_QUERY

static void judges_each_language(void **state)
{
    static const script rows[] = {
        /* batch */
        { "a.bat", "@echo off\r\nver | find \"6.0.6002\" > nul\r\nif errorlevel 1 exit /b 1\r\n", WZ_GRADE_B, FIND, 2 },
        { "a.cmd", "ver | findstr /C:\"6.0.6002\"\n", WZ_GRADE_B, FIND, 1 },
        { "a.cmd", "ver | findstr 6\\.0\\.6002\n", WZ_GRADE_B, FIND, 1 },
        { "a.cmd", "if \"%BUILD%\"==\"6002\" goto ok\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.cmd", "if %build% EQU 6002 goto ok\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.cmd", "if %build% GTR 6002 goto new\n", WZ_GRADE_C, RANGE, 1 },
        { "a.cmd", "if %build% GEQ 6002 goto new\n", WZ_GRADE_NONE, RANGE, 1 },
        { "a.cmd", "rem ver | find \"6.0.6002\"\n:: ver | find \"6.0.6002\"\n", WZ_GRADE_NONE, -1, 0 },
        { "a.cmd", "ver | find \"6.0.6002\" || ver | find \"6.0.6003\"\n", WZ_GRADE_NONE, FIND, 1 },
        { "a.cmd", "if %version%==6.0.6002 goto a\nif %version%==6.0.6003 goto a\n", WZ_GRADE_NONE, EQUAL, 1 },
        { "a.cmd", "wmic os where \"BuildNumber='6002'\" get Caption\n", WZ_GRADE_B, QUERY, 1 },
        { "a.bat", "telnet server 6002\n", WZ_GRADE_NONE, -1, 0 },
        { "a.bat", "set PORT=6002\n", WZ_GRADE_NONE, -1, 0 },
        { "a.bat", "if %port%==6002 goto x\n", WZ_GRADE_NONE, EQUAL, 1 },
        /* PowerShell */
        { "a.ps1", "if ($os.BuildNumber -eq 6002) { 'ok' }\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.ps1", "if ($b.BuildNumber -eq 6001 -or $b.BuildNumber -eq 6002) {}\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.ps1", "if ($b.BuildNumber -eq 6002 -or $b.BuildNumber -eq 6003) {}\n", WZ_GRADE_NONE, EQUAL, 1 },
        { "a.ps1", "if ($os.Version -like '6.0.6002*') {}\n", WZ_GRADE_B, FIND, 1 },
        { "a.ps1", "if ($os.Version -match '6\\.0\\.6002') {}\n", WZ_GRADE_B, FIND, 1 },
        { "a.ps1", "if ([version]$os.Version -gt [version]'6.0.6002') {}\n", WZ_GRADE_C, RANGE, 1 },
        { "a.ps1", "if ([Environment]::OSVersion.Version.Build -le 6002) {}\n", WZ_GRADE_C, RANGE, 1 },
        { "a.ps1", "if (6002 -lt $os.BuildNumber) {}\n", WZ_GRADE_C, RANGE, 1 },
        { "a.ps1", "if ($os.BuildNumber -ge 6002) {}\n", WZ_GRADE_NONE, RANGE, 1 },
        { "a.ps1", "if (6001, 6002 -contains $os.BuildNumber) {}\n", WZ_GRADE_B, FIND, 1 },
        { "a.ps1", "switch ($os.BuildNumber) {\n 6001 { 'a' }\n 6002 { 'b' }\n}\n", WZ_GRADE_C, EQUAL, 3 },
        { "a.ps1", "# if ($os.BuildNumber -eq 6002)\n<# 6002\n -eq 6002 #>\n", WZ_GRADE_NONE, -1, 0 },
        { "a.psm1", "$help = @'\nif ($os.BuildNumber -eq 6002) {}\n'@\n", WZ_GRADE_NONE, -1, 0 },
        { "a.psm1", "$help = @'\ntext\n'@\nif ($os.BuildNumber -eq 6002) {}\n", WZ_GRADE_B, EQUAL, 4 },
        { "a.ps1", "$i = (gi x.sys).VersionInfo; if ($i.FileVersion -eq '6.0.6002') {}\n", WZ_GRADE_D,
          WZ_RULE_TEXT_FILE_VERSION, 1 },
        { "a.ps1", "if ($f.Build -lt 6002 -or ($f.Build -eq 6002 -and $f.Revision -lt 22761)) {}\n", WZ_GRADE_D,
          WZ_RULE_TEXT_FILE_VERSION, 1 },
        /* VBScript */
        { "a.vbs", "If os.BuildNumber = \"6002\" Then\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.vbs", "If Left(os.Version, 8) = \"6.0.6002\" Then\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.vbs", "If InStr(os.Version, \"6.0.6002\") > 0 Then\n", WZ_GRADE_B, FIND, 1 },
        { "a.vbs", "If CInt(build) <= 6002 Then\n", WZ_GRADE_C, RANGE, 1 },
        { "a.vbs", "Select Case os.BuildNumber\n  Case \"6001\", \"6002\"\n", WZ_GRADE_C, EQUAL, 2 },
        { "a.vbs", "Set c = w.ExecQuery(\"select * from Win32_OperatingSystem where BuildNumber = '6002'\")\n",
          WZ_GRADE_B, QUERY, 1 },
        { "a.vbs", "' If os.BuildNumber = \"6002\" Then\nRem If b = 6002\n", WZ_GRADE_NONE, -1, 0 },
        { "a.vbs", "x = \"don't\" : If os.BuildNumber = \"6002\" Then\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.vbs", "eventid = 6002\n", WZ_GRADE_NONE, -1, 0 },
        { "a.vbs", "If e.EventCode = 6002 Then\n", WZ_GRADE_NONE, EQUAL, 1 },
        { "a.vbs", "If build = &H1772 Then\n", WZ_GRADE_B, EQUAL, 1 },
        /* JScript */
        { "a.js", "if (os.BuildNumber === \"6002\") {}\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.js", "if (build > 6002) {}\n", WZ_GRADE_C, RANGE, 1 },
        { "a.js", "if (version.indexOf('6.0.6002') == 0) {}\n", WZ_GRADE_B, FIND, 1 },
        { "a.js", "// build == 6002\n/* build == 6002\nbuild == 6002 */\n", WZ_GRADE_NONE, -1, 0 },
        { "a.js", "/* */ if (build == 6002) {}\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.js", "case 6002: code = 'push token';\n", WZ_GRADE_NONE, EQUAL, 1 },
        { "a.js", "if (build == 0x1772) {}\n", WZ_GRADE_B, EQUAL, 1 },
        /* settings */
        { "a.inf", "DriverVer=04/11/2009,6.0.6002.18005\n", WZ_GRADE_NONE, FIND, 1 },
        { "a.iss", "MinVersion=6.0.6002\n", WZ_GRADE_NONE, -1, 0 },
        { "a.ini", "; build == 6002\nport=6002\n", WZ_GRADE_NONE, -1, 0 },
        { "a.reg", "\"CurrentBuild\"=\"6002\"\n", WZ_GRADE_NONE, -1, 0 },
        /* others */
        { "a.au3", "If @OSBuild = 6002 Then\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.au3", "#cs\nIf @OSBuild = 6002 Then\n#ce\n", WZ_GRADE_NONE, -1, 0 },
        { "a.kix", "IF @BUILD = 6002 ; sp2\n", WZ_GRADE_B, EQUAL, 1 },
        { "a.nsi", "StrCmp $WinBuild \"6002\" sp2 other\n", WZ_GRADE_B, FIND, 1 },
        { "a.nsi", "# StrCmp $WinBuild \"6002\"\n", WZ_GRADE_NONE, -1, 0 },
        { "a.mof", "Query = \"Select * from Win32_OperatingSystem where Version like '6.0.6002%'\";\n",
          WZ_GRADE_B, QUERY, 1 },
        { "filter.mof", "Query = \"Select * from Win32_OperatingSystem where Version like '6.0%'\";\n",
          WZ_GRADE_NONE, -1, 0 },
        { "a.xml", "<FilterWmi query=\"select * from Win32_OperatingSystem where BuildNumber=6002\"/>\n",
          WZ_GRADE_B, QUERY, 1 },
        { "a.xml", "<!-- select * from Win32_OperatingSystem where BuildNumber=6002 -->\n", WZ_GRADE_NONE, -1, 0 },
        { "a.xml", "<assemblyIdentity name=\"x\" version=\"6.0.6002.18005\"/>\n", WZ_GRADE_NONE, FIND, 1 },
        { "a.wsf", "<job><script language=\"VBScript\">\nIf os.BuildNumber = \"6002\" Then\n", WZ_GRADE_B, EQUAL, 2 },
        /* not the number */
        { "a.vbs", "If build = 16002 Or build = 60021 Or x6002 = build Then\n", WZ_GRADE_NONE, -1, 0 },
        { "a.vbs", "If version = \"1.2.6002\" Then\n", WZ_GRADE_NONE, -1, 0 },
    };

    unsigned wrong = 0;

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        wrong += !is_judged_as_wished(&rows[i]);
    assert_int_equal(wrong, 0);
}

/* The same script in five encodings gives the same finding at the right byte. */
static void reads_each_encoding(void **state)
{
    static const char text[] = "REM Gr\xC3\xBC\xC3\x9F\x65\r\nif \"%BUILD%\"==\"6002\" exit\r\n";
    enum { ANSI, UTF8, LITTLE, BIG, UNMARKED, ENCODINGS };

    (void)state;
    for (int encoding = 0; encoding < ENCODINGS; encoding++) {
        wz_text      file = { 0 };
        wz_findings  list = { 0 };
        wz_scan_note note;
        size_t       step = encoding >= LITTLE ? 2 : 1;

        if (encoding == UTF8)
            wz_text_append(&file, "\xEF\xBB\xBF", 3);
        if (encoding == LITTLE || encoding == BIG)
            wz_text_append(&file, encoding == BIG ? "\xFE\xFF" : "\xFF\xFE", 2);
        for (size_t i = 0; i < sizeof text - 1; i++) {
            char c[2] = { text[i], 0 };

            if (encoding == UTF8) {
                wz_text_append(&file, c, 1);
                continue;
            }
            if (text[i] == '\xC3') {                   /* the two letters that are not ASCII */
                c[0] = (char)((text[++i] & 0x3F) | 0xC0);
            }
            if (encoding == BIG) {
                c[1] = c[0];
                c[0] = 0;
            }
            wz_text_append(&file, c, step);
        }
        assert_int_equal(wz_scan_file("x.cmd", (wz_view){ file.at, file.length }, NULL, &list, &note), WZ_OK);
        CHECK_ROW(encoding, list.count == 1);
        CHECK_ROW(encoding, list.items[0].grade == WZ_GRADE_B && list.items[0].line == 2);
        CHECK_TEXT(list.items[0].place, "if \"%BUILD%\"==\"6002\" exit");
        CHECK_ROW(encoding, file.at[list.items[0].offset + (encoding == BIG)] == '6');
        CHECK_ROW(encoding, file.at[list.items[0].offset + (encoding == BIG) + 3 * step] == '2');
        wz_findings_clear(&list);
        wz_text_clear(&file);
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

/* Whatever a script holds, scanning ends, and what it keeps is UTF-8. */
static void survives_any_bytes(void **state)
{
    static const char *const parts[] = {
        "6002", "6.0.", "==", "\"", "'", "/*", "*/", "<#", "#>", "@'", "\n'@", "<!--", "-->", "\n", "\r\n", "build",
        "ver | find ", "\xFF\xFE", "\x00\xD8", "\xC3", "rem ", "0x1772", "&H1772", "dword:", "\\.", "case ", "6003",
        " ", "#cs", "#ce", "where select ",
    };
    static const char *const names[] = { "a.bat", "a.vbs", "a.js", "a.ps1", "a.ini", "a.au3", "a.xml", "a.nsi",
                                         "a.wql" };
    uint32_t seed = 6003;

    (void)state;
    for (unsigned round = 0; round < 3000; round++) {
        wz_text      file = { 0 };
        wz_findings  list = { 0 };
        wz_scan_note note;
        char        *exact;

        for (unsigned n = next_random(&seed) % 40; n > 0; n--) {
            const char *part = parts[next_random(&seed) % CHECK_COUNT(parts)];

            wz_text_append(&file, part, part[0] == '\0' ? 2 : strlen(part));
        }
        wz_text_add(&file, " 6002");
        exact = malloc(file.length);                   /* without an end mark: reading over it is seen */
        assert_non_null(exact);
        memcpy(exact, file.at, file.length);
        assert_int_equal(wz_scan_file(names[round % CHECK_COUNT(names)], (wz_view){ exact, file.length }, NULL, &list,
                                      &note), WZ_OK);
        for (size_t i = 0; i < list.count; i++) {
            assert_true(wz_is_utf8(list.items[i].place, strlen(list.items[i].place)));
            assert_true(list.items[i].offset < file.length);
        }
        wz_findings_clear(&list);
        wz_text_clear(&file);
        free(exact);
    }
}

static void keeps_a_long_line_short(void **state)
{
    wz_text      file = { 0 };
    wz_findings  list = { 0 };
    wz_scan_note note;

    (void)state;
    for (unsigned i = 0; i < 200000; i++)
        wz_text_add(&file, i == 150000 ? " if (build == 6002) " : "\xC3\xA4");
    assert_int_equal(wz_scan_file("a.js", (wz_view){ file.at, file.length }, NULL, &list, &note), WZ_OK);
    assert_int_equal(list.count, 1);
    assert_true(strlen(list.items[0].place) <= 240);
    CHECK_CONTAINS(list.items[0].place, "build == 6002");
    wz_findings_clear(&list);
    wz_text_clear(&file);
}

int test_scan_script(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_each_language), cmocka_unit_test(reads_each_encoding),
        cmocka_unit_test(survives_any_bytes), cmocka_unit_test(keeps_a_long_line_short),
    };

    return cmocka_run_group_tests_name("scan_script", tests, NULL, NULL);
}
