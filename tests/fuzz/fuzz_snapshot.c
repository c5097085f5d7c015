/* A snapshot from a mail, judged like a machine; written again it is the same. */
#include "fuzz/fuzz.h"

#include "core/check.h"
#include "core/plan.h"
#include "core/servicing_log.h"

static wz_text       files[3];
static wz_view       schema;
static wz_catalogue *catalogue;

static void start(void)
{
    wz_view updates = fuzz_file("resources/catalogue.xml", &files[0]);
    wz_view rules = fuzz_file("resources/catalogue.xsd", &files[1]);

    schema = fuzz_file("resources/snapshot.xsd", &files[2]);
    FUZZ_HOLDS(wz_catalogue_read("built in", updates, rules, &catalogue, NULL) == WZ_OK);
}

static void judge(const wz_snapshot *snapshot)
{
    wz_checks checks = { 0 };
    wz_plan  *plan = wz_plan_create(snapshot, catalogue, WZ_TARGET_FREE);
    wz_text   about = { 0 };

    wz_checks_run(snapshot, catalogue, WZ_TARGET_FREE, NULL, &checks);
    wz_system_about(snapshot, &about);
    wz_text_clear(&about);
    wz_checks_clear(&checks);
    wz_plan_free(plan);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wz_snapshot *snapshot = NULL, *again = NULL;
    wz_text      first = { 0 }, second = { 0 };

    if (schema.length == 0)
        start();
    if (wz_snapshot_read("fuzz", fuzz_view(bytes, length), schema, &snapshot, NULL) != WZ_OK)
        return 0;
    judge(snapshot);
    wz_snapshot_write(snapshot, &first);
    FUZZ_HOLDS(wz_snapshot_read("again", (wz_view){ first.at, first.length }, schema, &again, NULL) == WZ_OK);
    wz_snapshot_write(again, &second);
    FUZZ_HOLDS(first.length == second.length && memcmp(first.at, second.at, first.length) == 0);
    wz_text_clear(&first);
    wz_text_clear(&second);
    wz_snapshot_free(again);
    wz_snapshot_free(snapshot);
    return 0;
}
