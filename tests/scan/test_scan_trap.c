/*
 * The traps: what looks like a test for build 6002 and is none, or a harmless one. The numbers are those of the list
 * that the scanner was designed by; each has a row below or, where a compiler has to speak, a function trap_NUMBER_… of
 * tests/data/compat/forms.inc, judged by test_scan_code.c at every level of two compilers:
 *
 *    1  version resources, component names, DriverVer      10  an identifier or a length that happens to be 6002
 *    2  tables of version names                            11  the wizard's own reports
 *    3  sets that have 6003, ranges that are open          12  comments, here-strings, logs, symbols
 *    4  code for the transition itself                     13  a compatibility layer answers
 *    5  old samples of Direct3D 11                         14  only a warning depends on it
 *    6  version floors of files, as scanners have them     15  assertions
 *    7  case 6002 of something else
 *    8  ports, events, years, colours
 *    9  the same bytes inside something else
 *
 * 11 for the program itself is the walker's: it leaves out files with its own hash.
 */
#include "check.h"
#include "core/report.h"
#include "scan/scan.h"

static wz_findings look(const char *name, const char *bytes, size_t length)
{
    wz_findings  list = { 0 };
    wz_scan_note note;

    assert_int_equal(wz_scan_file(name, (wz_view){ bytes, length }, NULL, &list, &note), WZ_OK);
    return list;
}

static size_t alarms(const wz_findings *list)
{
    return list->by_grade[WZ_GRADE_A] + list->by_grade[WZ_GRADE_B] + list->by_grade[WZ_GRADE_C];
}

static void text_that_is_no_test(void **state)
{
    static const struct { unsigned trap; const char *name, *text; } rows[] = {
        { 1, "a.inf", "DriverVer=04/11/2009,6.0.6002.18005\n" },
        { 1, "a.xml", "<assemblyIdentity name=\"x\" version=\"6.0.6002.18005\"/>\n" },
        { 1, "a.cmd", "dir %windir%\\winsxs\\x86_foo_6.0.6002.18005_none\n" },
        { 2, "a.js", "var names = { \"6.0.6002\": \"SP2\" };\n" },
        { 2, "a.ini", "[builds]\n6001=SP1\n6002=SP2\n" },
        { 3, "a.ps1", "if ($os.BuildNumber -in 6002, 6003) {}\n" },
        { 3, "a.vbs", "If os.BuildNumber >= 6000 And os.BuildNumber < 7000 Then\n" },
        { 4, "a.cmd", "if %before%==6002 if %build%==6003 echo done\n" },
        { 6, "a.ini", "smb.floor = 6.0.6002.18005\n" },
        { 6, "a.reg", "\"ntoskrnl\"=\"6.0.6002.24565\"\n" },
        { 7, "a.js", "switch (code) {\ncase 6002: return 'gone';\n}\n" },
        { 8, "a.vbs", "port = 6002 : phone = \"0555 6002\"\n" },
        { 8, "a.ps1", "Get-EventLog System | ? { $_.EventID -eq 6002 }\n" },
        { 8, "a.xml", "<colour rgb=\"6002\"/><x>6002</x>\n" },
        { 12, "a.vbs", "' If os.BuildNumber = \"6002\" Then\n" },
        { 12, "a.ps1", "$sample = @'\nif ($os.BuildNumber -eq 6002) {}\n'@\n" },
        { 12, "a.js", "/* if (os.BuildNumber == 6002) */\n" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_findings list = look(rows[i].name, rows[i].text, strlen(rows[i].text));

        if (alarms(&list) > 0)
            print_error("trap %u: %s", rows[i].trap, rows[i].text);
        CHECK_ROW(i, alarms(&list) == 0);
        wz_findings_clear(&list);
    }
}

/* Logs, dumps, symbols, signature files: not looked into, whatever they hold. */
static void files_that_run_nothing(void **state)
{
    static const char        text[] = "if build == 6002 then GetVersionExW 6.0.6002";
    static const char *const names[] = { "cbs.log", "memory.dmp", "ntoskrnl.pdb", "signatures.dat", "notes.txt",
                                         "report.html", "report.csv" };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        wz_findings list = look(names[i], text, sizeof text - 1);

        CHECK_ROW(i, list.count == 0 && !wz_scan_wants(names[i]));
        wz_findings_clear(&list);
    }
}

/* 11: a report as XML quotes lines with 6002; the same lines in somebody else's file do count. */
static void our_own_report(void **state)
{
    wz_report   report = { .language = "en-US",
                           .title = "select * from Win32_OperatingSystem where BuildNumber=6002" };
    wz_text     xml = { 0 };
    wz_findings list;
    char       *other;

    (void)state;
    wz_report_render(&report, WZ_REPORT_XML, &xml);
    list = look("report.xml", xml.at, xml.length);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].excuse, WZ_EXCUSE_OWN);
    assert_int_equal(alarms(&list), 0);
    assert_int_equal(list.by_grade[WZ_GRADE_NONE], 1);
    wz_findings_clear(&list);

    other = strstr(xml.at, "<report");
    memcpy(other, "<policy", 7);
    list = look("report.xml", xml.at, xml.length);
    assert_int_equal(alarms(&list), 1);
    wz_findings_clear(&list);
    wz_text_clear(&xml);
}

/* 13: what a layer answers does not change with the build. */
static void a_compatibility_layer(void **state)
{
    static const struct { const char *layers; bool answers; } rows[] = {
        { "WINXPSP2", true },           { "RUNASADMIN WINSRV03SP1", true }, { "~ VISTASP2", true },
        { "NT4SP5 256COLOR", true },    { "win2000", true },                { "RUNASADMIN", false },
        { "", false },                  { "~", false },                     { "DISABLETHEMES HIGHDPIAWARE", false },
        { "256COLOR 640X480", false },
    };
    static const char text[] = "if (build == 6002) {}\nif (build > 6002) {}\nif (build == 6002 || build == 6003) {}\n";
    wz_findings       list;

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        CHECK_ROW(i, wz_layer_answers(rows[i].layers) == rows[i].answers);

    list = look("a.js", "if (build == 6002) {}\n", 22);
    assert_int_equal(alarms(&list), 1);
    wz_findings_excuse(&list, 1, WZ_EXCUSE_LAYER);     /* of the next file: changes nothing here */
    assert_int_equal(alarms(&list), 1);
    wz_findings_excuse(&list, 0, WZ_EXCUSE_LAYER);
    assert_int_equal(alarms(&list), 0);
    assert_int_equal(list.by_grade[WZ_GRADE_NONE], 1);
    assert_int_equal(list.items[0].excuse, WZ_EXCUSE_LAYER);
    wz_findings_clear(&list);

    list = look("a.js", text, sizeof text - 1);        /* what is harmless already keeps its reason */
    wz_findings_excuse(&list, 0, WZ_EXCUSE_LAYER);
    assert_int_equal(list.by_grade[WZ_GRADE_NONE], list.count);
    assert_int_equal(list.items[list.count - 1].excuse, WZ_EXCUSE_KNOWS_6003);
    wz_findings_clear(&list);
}

int test_scan_trap(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_is_no_test), cmocka_unit_test(files_that_run_nothing),
        cmocka_unit_test(our_own_report), cmocka_unit_test(a_compatibility_layer),
    };

    return cmocka_run_group_tests_name("scan_trap", tests, NULL, NULL);
}
