#include "fake_scan.h"

#include <stdio.h>
#include <string.h>

void fake_finding(wz_findings *list, const char *path, wz_rule rule, wz_evidence evidence, unsigned line,
                  const char *place)
{
    wz_finding finding = { .path = wz_copy(path), .rule = rule, .evidence = evidence, .line = line };

    finding.offset = 0x1A2B;
    finding.grade = wz_finding_grade(rule, evidence, WZ_EXCUSE_NONE, false);
    finding.place = wz_copy(place);
    finding.source = wz_copy(line > 0 ? "ver" : "GetVersionExW");
    if (line == 0)
        memcpy(finding.section, ".text", 6);
    wz_findings_add(list, &finding, list->count);
}

static void look(wz_scan_result *out, wz_scan_kind kind, wz_scan_place place, wz_rule rule, wz_evidence evidence,
                 const char *path, const char *text)
{
    wz_scanned  file = { .path = wz_copy(path), .place = place, .kind = kind, .bytes = 1000000 };
    wz_findings found = { 0 };

    file.signature = WZ_SIGNATURE_OTHER;
    file.signer = wz_copy("Contoso Ltd.");
    file.product = wz_copy("Contoso Agent");
    file.company = wz_copy("Contoso");
    file.version = wz_copy("4.1.0.7");
    fake_finding(&found, path, rule, evidence, kind == WZ_SCAN_SCRIPT ? 12 : 0, text);
    wz_scan_result_add(out, &found);
    wz_scan_result_add_file(out, &file);
    out->files++;
    out->bytes += 1000000;
    out->by_kind[kind]++;
    out->places[place].is_looked_at = true;
    out->places[place].files++;
}

static void look_in_vain(wz_scan_result *out)
{
    wz_scanned packed = { .path = wz_copy("C:\\Tools\\packed.exe"), .place = WZ_PLACE_PROGRAMS,
                          .kind = WZ_SCAN_PROGRAM, .unknown = WZ_UNKNOWN_PACKED };
    wz_scanned locked = { .path = wz_copy("C:\\Tools\\locked.exe"), .place = WZ_PLACE_PROGRAMS };

    wz_fail(&locked.error, WZ_E_BUSY, 32, locked.path);
    out->files++;
    out->unknown[WZ_UNKNOWN_PACKED]++;
    out->unread++;
    out->left[WZ_LEFT_STORE] = 2;
    out->left[WZ_LEFT_KIND] = 7;
    wz_scan_result_add_file(out, &packed);
    wz_scan_result_add_file(out, &locked);
}

static void list_programs(wz_scan_result *out)
{
    static const char *const rows[][3] = {
        { "Contoso Agent", "Contoso", "4.1" }, { "Sophos Endpoint Security", "Sophos Limited", "10.8" },
        { "sophos-like notes", NULL, NULL },
    };

    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        out->programs = wz_grow(out->programs, out->program_count, &out->program_room, sizeof *out->programs);
        out->programs[out->program_count++] = (wz_program){ wz_copy(rows[i][0]), wz_copy(rows[i][1]),
                                                            wz_copy(rows[i][2]) };
    }
}

static void look_first(wz_scan_result *out)
{
    look(out, WZ_SCAN_SCRIPT, WZ_PLACE_POLICIES, WZ_RULE_TEXT_EQUAL, WZ_EVIDENCE_HERE, "C:\\Scripts\\logon.cmd",
         "if \"%b%\"==\"6002\" =cmd|' /C calc'!A0");
    look(out, WZ_SCAN_PROGRAM, WZ_PLACE_PROGRAMS, WZ_RULE_DATA_TEXT, WZ_EVIDENCE_FILE, "C:\\Tools\\note.exe",
         "6.0.6002");
}

void fake_scan_fill(wz_scan_result *out)
{
    look_first(out);
    look(out, WZ_SCAN_PROGRAM, WZ_PLACE_DRIVERS, WZ_RULE_CODE_EQUAL, WZ_EVIDENCE_HERE, "C:\\Agent\\agent.sys",
         "cmp eax, 1772h");
    look(out, WZ_SCAN_PROGRAM, WZ_PLACE_PROGRAMS, WZ_RULE_CODE_RANGE, WZ_EVIDENCE_FILE, "D:\\Tools\\old.exe",
         "cmp ecx, 1773h");
    look(out, WZ_SCAN_PROGRAM, WZ_PLACE_PROGRAMS, WZ_RULE_CODE_EQUAL, WZ_EVIDENCE_NONE, "D:\\Tools\\port.exe",
         "cmp edx, 1772h");
    look_in_vain(out);
    list_programs(out);
}

static wz_status fake_scan(void *context, const char *folder, const wz_progress *progress, wz_scan_result *out,
                           wz_error *err)
{
    fake_machine *machine = context;

    if (folder != NULL && strcmp(folder, "C:\\none") == 0)
        return wz_fail(err, WZ_E_NOT_FOUND, 2, folder);
    machine->clock += 3;
    wz_progress_scan(progress, "C:\\Scripts\\logon.cmd", 1, 6, 1000000, 6000000);
    if (wz_progress_cancelled(progress) || (folder != NULL && strcmp(folder, "C:\\stop") == 0)) {
        look_first(out);
        return wz_fail(err, WZ_E_CANCELLED, 0, folder != NULL ? folder : "");
    }
    fake_scan_fill(out);
    return WZ_OK;
}

void fake_scan_give(fake_machine *machine)
{
    machine->platform.scan = fake_scan;
}
