/* A file of decisions, used on a finding of each rule. */
#include "fuzz/fuzz.h"

#include "core/suppressions.h"

static wz_text file;
static wz_view schema;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wz_suppressions list = { 0 };
    wz_findings     findings = { 0 };
    wz_error        err = { 0 };

    if (schema.length == 0)
        schema = fuzz_file("resources/suppressions.xsd", &file);
    if (wz_suppressions_read("fuzz", fuzz_view(bytes, length), schema, &list, &err) != WZ_OK) {
        FUZZ_HOLDS(list.items == NULL && err.status != WZ_OK);
        return 0;
    }
    for (int rule = 0; rule < WZ_RULE_COUNT; rule++) {
        wz_finding finding = { .path = wz_copy("C:\\Program Files\\Agent\\agent.exe"), .rule = (wz_rule)rule };

        wz_findings_add(&findings, &finding, 0);
    }
    wz_findings_suppress(&findings, list.items, list.count);
    for (size_t i = 0; i < findings.count; i++)
        FUZZ_HOLDS(findings.items[i].suppressed == NULL || *findings.items[i].suppressed != '\0');
    wz_findings_clear(&findings);
    wz_suppressions_clear(&list);
    return 0;
}
