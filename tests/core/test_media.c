#include "check.h"
#include "core/media.h"
#include "machine.h"
#include "resource.h"
#include "words.h"

/* SHA-1 and SHA-256 of the x64 file of KB4493730 as the catalogue has them; the tests stand and fall with that row. */
#define STACK_SHA1     "5cb91f4e9000383f061b80f88feffdf228c2443c"
#define STACK_SHA256   "26bf790fadd11eca1433abd8edc78d2ddfa1fe85fe0d2f67cdffb5de0c069530"
#define STACK_X86_SHA1 "ab4368f19db796680ff445a7769886c4cdc009a0"
#define STACK_X86_SHA256 "601c6afc2da2bce6e6068aba2368c94a3902a4948365a24cde44022ef462e163"
#define INNER_SHA1     "de2cd401093a5c42254c7bd69349821ad10341ff"
#define SHA2_SHA1      "09cb148f6ef10779d7352b7269d66a7f23019207"
#define LEVEL_SHA1     "f318a56b0a7761596ad17746921949a62912d15c"
#define OTHER_SHA1     "0000000000000000000000000000000000000000"
#define OTHER_SHA256   "0000000000000000000000000000000000000000000000000000000000000000"

static void file_add(wz_files *files, const char *name, const char *sha1, const char *sha256, wz_signature signature)
{
    wz_file *file;

    files->items = wz_grow(files->items, files->count, &files->room, sizeof *files->items);
    file = &files->items[files->count++];
    *file = (wz_file){ .bytes = 1000, .is_examined = true, .is_cabinet = true, .signature = signature };
    file->name = wz_copy(name);
    file->path = wz_copy(name);
    memcpy(file->sha1, sha1, sizeof file->sha1);
    memcpy(file->sha256, sha256, sizeof file->sha256);
    file->content.is_asked = true;                     /* inside it is what its name says; see test_media_content.c */
    if (wz_file_name_parse(name, &file->content.kb, &file->content.architecture)) {
        file->content.witnesses = WZ_WITNESS_PROPERTIES;
        file->content.windows = (wz_version){ 6, 0, 0, 0 };
    }
}

/* The verdict for one step of the plan for a bare x64 machine, 0 the stack, 1 SHA-2, 2 the rollup. */
static wz_file_verdict verdict_of(const wz_files *files, wz_target target, size_t step, bool sha2_ready,
                                  const wz_file **file)
{
    wz_snapshot    *snapshot = machine_bare("x64");
    wz_plan        *plan;
    wz_matches      matches = { 0 };
    wz_file_verdict verdict;

    machine_set(snapshot, WZ_FACT_ESU_PREMIUM, "1");
    plan = wz_plan_create(snapshot, machine_catalogue(), target);
    wz_media_match(plan, machine_catalogue(), files, WZ_ARCH_X64, sha2_ready, &matches);
    assert_int_equal(matches.count, plan->step_count);
    assert_in_range(step, 0, plan->step_count - 1);
    verdict = matches.items[step].verdict;
    if (file != NULL)
        *file = matches.items[step].file;
    assert_ptr_equal(matches.items[step].update, plan->steps[step].update);
    wz_matches_clear(&matches);
    wz_plan_free(plan);
    wz_snapshot_free(snapshot);
    return verdict;
}

/* ---- names ---- */

static void names_of_updates_are_understood(void **state)
{
    static const struct { const char *name; unsigned kb; wz_architecture architecture; } rows[] = {
        { "windows6.0-kb4493730-x64_5cb91f4e9000383f061b80f88feffdf228c2443c.msu",     4493730, WZ_ARCH_X64  },
        { "Windows6.0-KB4493730-x64.msu",                                              4493730, WZ_ARCH_X64  },
        { "WINDOWS6.0-KB4493730-X86.MSU",                                              4493730, WZ_ARCH_X86  },
        { "windows6.0-kb4474419-v4-x86_fd568cb47870cd8ed5ba10e1dd3c49061894030e.msu",  4474419, WZ_ARCH_X86  },
        { "windows6.0-kb4474419-v12-ia64.cab",                                         4474419, WZ_ARCH_IA64 },
        { "windows6.0-kb4474419-amd64.cab",                                            4474419, WZ_ARCH_X64  },
        { "ie9-windows6.0-kb4534251-x64_b9279f8cb4b5b3879028549482d2c0fb74b929d3.msu", 4534251, WZ_ARCH_X64  },
        { "windows6.0-kb948465-x86_55f17352b4398ecb4f0cc20e3737631420ca1609.exe",      948465,  WZ_ARCH_X86  },
        { "Windows6.0-KB4493730-x64 (1).msu",                                          4493730, WZ_ARCH_X64  },
        { "Windows6.0-KB4493730-x64(2).msu",                                           4493730, WZ_ARCH_X64  },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        unsigned        kb = 0;
        wz_architecture architecture = WZ_ARCH_UNKNOWN;

        CHECK_ROW(i, wz_file_name_parse(rows[i].name, &kb, &architecture));
        CHECK_ROW(i, kb == rows[i].kb && architecture == rows[i].architecture);
    }
}

static void other_names_say_nothing(void **state)
{
    static const char *const names[] = {
        "", ".msu", "x.msu", "windows6.0-kb", "windows6.0-kb.msu", "windows6.0-kb-x64.msu",
        "windows6.1-kb4474419-v3-x64.msu",             /* Windows 7: the same number, another update */
        "windows6.0-kb4474419.msu", "windows6.0-kb4474419-arm.msu", "windows6.0-kb4474419-x64",
        "windows6.0-kb4474419-x64.txt", "windows6.0-kb4474419-x64.msu.exe.lnk", "windows6.0-kb4474419-x649.msu",
        "windows6.0-kb4474419-x64-express.cab", "windows6.0-kb4474419-v-x64.msu", "windows6.0-kb4474419-vx-x64.msu",
        "windows6.0-kb04474419-x64.msu", "windows6.0-kb12345-x64.msu", "windows6.0-kb99999999999999999999-x64.msu",
        "../windows6.0-kb4474419-x64.msu", "a b-windows6.0-kb4474419-x64.msu", "xwindows6.0-kb4474419-x64.msu",
        "windows6.0-kb-4474419-x64.msu", "windows6.0-kb4474419x64.msu", "\xFF\xFEwindows6.0-kb4474419-x64.msu",
        "-----------------------------------------------------------------------------------------------", "%s%n.msu",
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        unsigned        kb = 7;
        wz_architecture architecture = WZ_ARCH_IA64;

        CHECK_ROW(i, !wz_file_name_parse(names[i], &kb, &architecture));
        CHECK_ROW(i, kb == 7 && architecture == WZ_ARCH_IA64);
    }
}

/* Whatever a stick holds: no read past the end (the sanitizer watches), no number out of thin air. */
static void cut_and_changed_names_are_safe(void **state)
{
    static const char name[] = "ie9-windows6.0-kb4474419-v4-x64_09cb148f6ef10779d7352b7269d66a7f23019207.msu";

    (void)state;
    for (size_t length = 0; length < sizeof name; length++)
        for (int c = 0; c < 256; c += 5) {
            char           *copy = wz_copy_part(name, length);
            unsigned        kb = 0;
            wz_architecture architecture = WZ_ARCH_UNKNOWN;

            if (length > 0)
                copy[length / 2] = (char)c;
            if (wz_file_name_parse(copy, &kb, &architecture))
                assert_true(kb >= 100000 && kb <= 99999999 && architecture != WZ_ARCH_UNKNOWN);
            free(copy);
        }
}

/* ---- verdicts ---- */

static void one_file_gets_the_verdict_of_its_content(void **state)
{
    static const struct {
        const char     *name, *sha1, *sha256;
        wz_signature    signature;
        wz_target       target;
        size_t          step;
        wz_file_verdict verdict;
    } rows[] = {
        /* known hashes */
        { "Windows6.0-KB4493730-x64.msu", STACK_SHA1, STACK_SHA256, WZ_SIGNATURE_NONE, WZ_TARGET_FREE, 0,
          WZ_FILE_OK_SHA256 },
        { "renamed.msu", STACK_SHA1, STACK_SHA256, WZ_SIGNATURE_NONE, WZ_TARGET_FREE, 0, WZ_FILE_OK_SHA256 },
        { "Windows6.0-KB4474419-v4-x64.msu", SHA2_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE, WZ_TARGET_FREE, 1,
          WZ_FILE_OK_SHA1 },
        { "inner.cab", INNER_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE, WZ_TARGET_FREE, 0, WZ_FILE_OK_SHA1 },
        /* the SHA-256 decides where there is one: a SHA-1 can be forged */
        { "Windows6.0-KB4493730-x64.msu", STACK_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_FREE, 0,
          WZ_FILE_WRONG_HASH },
        { "Windows6.0-KB4474419-v4-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_FREE, 1,
          WZ_FILE_WRONG_HASH },
        /* another architecture, by content and by name */
        { "Windows6.0-KB4493730-x64.msu", STACK_X86_SHA1, STACK_X86_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_FREE, 0,
          WZ_FILE_WRONG_ARCHITECTURE },
        { "Windows6.0-KB4493730-x86.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_FREE, 0,
          WZ_FILE_WRONG_ARCHITECTURE },
        /* no hash known: KB5022340 is step 4 of the plan for ESU year 3 */
        { "Windows6.0-KB5022340-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_ESU3, 4,
          WZ_FILE_OK_SIGNATURE },
        { "Windows6.0-KB5022340-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_OTHER, WZ_TARGET_ESU3, 4,
          WZ_FILE_NOT_TRUSTED },
        { "Windows6.0-KB5022340-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE, WZ_TARGET_ESU3, 4,
          WZ_FILE_NOT_TRUSTED },
        { "Windows6.0-KB5022340-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_NOT_CHECKED, WZ_TARGET_ESU3, 4,
          WZ_FILE_NOT_TRUSTED },
        { "Windows6.0-KB5022340-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_INVALID, WZ_TARGET_ESU3, 4,
          WZ_FILE_NOT_YET },
        { "renamed.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_ESU3, 4, WZ_FILE_MISSING },
        /* the April 2019 rollup is older than the SHA-2 rule: a failing signature is just that */
        { "Windows6.0-KB4493471-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_INVALID, WZ_TARGET_6003, 1,
          WZ_FILE_NOT_TRUSTED },
        /* a cabinet, where only the hash of the .msu is known */
        { "Windows6.0-KB4534303-x64.cab", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_FREE, 2,
          WZ_FILE_OK_SIGNATURE },
        { "Windows6.0-KB4534303-x64.msu", LEVEL_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE, WZ_TARGET_FREE, 2,
          WZ_FILE_OK_SHA1 },
        /* somebody else's file, and the one for Windows 7 */
        { "holiday.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_FREE, 0, WZ_FILE_MISSING },
        { "windows6.1-kb4474419-v3-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT, WZ_TARGET_FREE, 1,
          WZ_FILE_MISSING },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_files files = { 0 };

        file_add(&files, rows[i].name, rows[i].sha1, rows[i].sha256, rows[i].signature);
        CHECK_ROW(i, verdict_of(&files, rows[i].target, rows[i].step, false, NULL) == rows[i].verdict);
        wz_files_clear(&files);
    }
}

static void with_sha2_support_a_failing_signature_is_a_refusal(void **state)
{
    wz_files files = { 0 };

    (void)state;
    file_add(&files, "Windows6.0-KB5022340-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_INVALID);
    assert_int_equal(verdict_of(&files, WZ_TARGET_ESU3, 4, true, NULL), WZ_FILE_NOT_TRUSTED);
    wz_files_clear(&files);
}

static void broken_files_are_named_as_such(void **state)
{
    wz_files files = { 0 };

    (void)state;
    file_add(&files, "Windows6.0-KB4493730-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE);
    files.items[0].is_cabinet = false;                 /* a saved web page */
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 0, false, NULL), WZ_FILE_NOT_CABINET);
    files.items[0].error.status = WZ_E_IO;
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 0, false, NULL), WZ_FILE_UNREADABLE);
    files.items[0].error.status = WZ_OK;
    files.items[0].is_examined = false;
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 0, false, NULL), WZ_FILE_UNREADABLE);
    wz_files_clear(&files);
}

/* An unread hash is empty; an offer without one must not match it. */
static void empty_hashes_match_nothing(void **state)
{
    wz_files files = { 0 };
    static const char none[65] = "";

    (void)state;
    file_add(&files, "x.msu", none, none, WZ_SIGNATURE_MICROSOFT);
    for (size_t step = 0; step < 5; step++)
        assert_int_equal(verdict_of(&files, WZ_TARGET_ESU3, step, true, NULL), WZ_FILE_MISSING);
    wz_files_clear(&files);
}

static void best_of_several_files_is_taken(void **state)
{
    wz_files       files = { 0 };
    const wz_file *file = NULL;

    (void)state;
    file_add(&files, "Windows6.0-KB4493730-x64 (1).msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_MICROSOFT);
    file_add(&files, "Windows6.0-KB4493730-x86.msu", STACK_X86_SHA1, STACK_X86_SHA256, WZ_SIGNATURE_MICROSOFT);
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 0, true, &file), WZ_FILE_WRONG_HASH);
    CHECK_TEXT(file->name, "Windows6.0-KB4493730-x64 (1).msu");
    file_add(&files, "inner.cab", INNER_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE);
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 0, true, &file), WZ_FILE_OK_SHA1);
    CHECK_TEXT(file->name, "inner.cab");
    file_add(&files, "zz.msu", STACK_SHA1, STACK_SHA256, WZ_SIGNATURE_NONE);
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 0, true, &file), WZ_FILE_OK_SHA256);
    CHECK_TEXT(file->name, "zz.msu");
    wz_files_clear(&files);
}

/* Two names changed round: each file is what its content says, and neither is called damaged. */
static void swapped_names_do_not_matter(void **state)
{
    wz_files       files = { 0 };
    const wz_file *file = NULL;

    (void)state;
    file_add(&files, "windows6.0-kb4474419-v4-x64.msu", STACK_SHA1, STACK_SHA256, WZ_SIGNATURE_NONE);
    file_add(&files, "windows6.0-kb4493730-x64.msu", SHA2_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE);
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 0, false, &file), WZ_FILE_OK_SHA256);
    CHECK_TEXT(file->name, "windows6.0-kb4474419-v4-x64.msu");
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 1, false, &file), WZ_FILE_OK_SHA1);
    CHECK_TEXT(file->name, "windows6.0-kb4493730-x64.msu");
    wz_files_clear(&files);

    file_add(&files, "windows6.0-kb4474419-v4-x64.msu", STACK_SHA1, STACK_SHA256, WZ_SIGNATURE_NONE);
    assert_int_equal(verdict_of(&files, WZ_TARGET_FREE, 1, false, &file), WZ_FILE_MISSING);
    assert_null(file);
    wz_files_clear(&files);
}

/* ---- all steps ---- */

static void complete_and_refused_are_told_apart(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");
    wz_plan     *plan = wz_plan_create(snapshot, machine_catalogue(), WZ_TARGET_FREE);
    wz_files     files = { 0 };
    wz_matches   matches = { 0 };

    (void)state;
    wz_media_match(plan, machine_catalogue(), &files, WZ_ARCH_X64, false, &matches);
    assert_false(wz_matches_complete(&matches));       /* only missing */
    file_add(&files, "a.msu", STACK_SHA1, STACK_SHA256, WZ_SIGNATURE_NONE);
    file_add(&files, "b.msu", SHA2_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE);
    file_add(&files, "windows6.0-kb4534303-x64.msu", OTHER_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE);
    wz_media_match(plan, machine_catalogue(), &files, WZ_ARCH_X64, false, &matches);
    assert_false(wz_matches_complete(&matches));
    memcpy(files.items[2].sha1, LEVEL_SHA1, sizeof LEVEL_SHA1);
    wz_media_match(plan, machine_catalogue(), &files, WZ_ARCH_X64, false, &matches);
    assert_true(wz_matches_complete(&matches));
    assert_non_null(matches.items[0].offer);
    wz_matches_clear(&matches);
    wz_plan_free(plan);

    machine_add(snapshot, 4493730, MACHINE_INSTALLED);
    machine_add(snapshot, 4474419, MACHINE_PENDING);   /* needs its restart, not its file */
    wz_files_clear(&files);
    file_add(&files, "c.msu", LEVEL_SHA1, OTHER_SHA256, WZ_SIGNATURE_NONE);
    plan = wz_plan_create(snapshot, machine_catalogue(), WZ_TARGET_FREE);
    wz_media_match(plan, machine_catalogue(), &files, WZ_ARCH_X64, false, &matches);
    assert_int_equal(matches.items[0].verdict, WZ_FILE_NOT_NEEDED);
    assert_true(wz_matches_complete(&matches));
    wz_matches_clear(&matches);
    wz_plan_free(plan);
    wz_files_clear(&files);
    wz_snapshot_free(snapshot);
}

static void every_verdict_has_a_sentence_and_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = WZ_FILE_MISSING; i < WZ_FILE_VERDICT_COUNT; i++) {
        const char *sentence = wz_word(test_words(), wz_file_verdict_word((wz_file_verdict)i));

        CHECK_ROW(i, strlen(sentence) > 10);
        CHECK_ROW(i, wz_file_is_accepted((wz_file_verdict)i)
                     == (i == WZ_FILE_OK_SHA256 || i == WZ_FILE_OK_SHA1 || i == WZ_FILE_OK_SIGNATURE
                         || i == WZ_FILE_NOT_NEEDED));
        for (int k = WZ_FILE_MISSING; k < i; k++) {
            CHECK_ROW(i, strcmp(wz_file_verdict_name((wz_file_verdict)i), wz_file_verdict_name((wz_file_verdict)k)));
            CHECK_ROW(i, wz_file_verdict_word((wz_file_verdict)i) != wz_file_verdict_word((wz_file_verdict)k));
        }
    }
}

int test_media(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_updates_are_understood),
        cmocka_unit_test(other_names_say_nothing),
        cmocka_unit_test(cut_and_changed_names_are_safe),
        cmocka_unit_test(one_file_gets_the_verdict_of_its_content),
        cmocka_unit_test(with_sha2_support_a_failing_signature_is_a_refusal),
        cmocka_unit_test(broken_files_are_named_as_such),
        cmocka_unit_test(empty_hashes_match_nothing),
        cmocka_unit_test(best_of_several_files_is_taken),
        cmocka_unit_test(swapped_names_do_not_matter),
        cmocka_unit_test(complete_and_refused_are_told_apart),
        cmocka_unit_test(every_verdict_has_a_sentence_and_a_name_of_its_own),
    };

    return cmocka_run_group_tests_name("media", tests, NULL, NULL);
}
