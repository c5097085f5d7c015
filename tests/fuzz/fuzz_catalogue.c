/* A site catalogue, and every plan that can be made with it. */
#include "fuzz/fuzz.h"

#include "core/check.h"
#include "core/plan.h"

static wz_text      files[3];
static wz_view      schema;
static wz_snapshot *bare;

static void start(void)
{
    wz_view snapshot_schema = fuzz_file("resources/snapshot.xsd", &files[0]);
    wz_view machine = fuzz_file("tests/data/snapshots/bare-sp2-x64.xml", &files[1]);

    schema = fuzz_file("resources/catalogue.xsd", &files[2]);
    FUZZ_HOLDS(wz_snapshot_read("bare", machine, snapshot_schema, &bare, NULL) == WZ_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wz_catalogue *catalogue = NULL;
    wz_error      err;

    if (schema.length == 0)
        start();
    if (wz_catalogue_read("fuzz", fuzz_view(bytes, length), schema, &catalogue, &err) != WZ_OK) {
        FUZZ_HOLDS(catalogue == NULL && err.status != WZ_OK);
        return 0;
    }
    for (int target = 0; target < WZ_TARGET_COUNT; target++) {
        wz_plan  *plan = wz_plan_create(bare, catalogue, (wz_target)target);
        wz_checks checks = { 0 };

        for (size_t i = 0; i < plan->step_count; i++)
            FUZZ_HOLDS(!plan->steps[i].update->known_bad);
        wz_checks_run(bare, catalogue, (wz_target)target, NULL, &checks);
        wz_checks_clear(&checks);
        wz_plan_free(plan);
    }
    wz_catalogue_free(catalogue);
    return 0;
}
