/* Content decides: what is inside a file against its name, the plan, the catalogue and this machine. */
#include "check.h"
#include "core/media.h"
#include "machine.h"
#include "words.h"

#define STACK_SHA1   "5cb91f4e9000383f061b80f88feffdf228c2443c"
#define STACK_SHA256 "26bf790fadd11eca1433abd8edc78d2ddfa1fe85fe0d2f67cdffb5de0c069530"
#define NO_SHA1      "0000000000000000000000000000000000000000"
#define NO_SHA256    "0000000000000000000000000000000000000000000000000000000000000000"
#define SITE_SHA1    "1111111111111111111111111111111111111111"

/* A file as it should be for KB5022340, the last step for ESU year 3, of which the catalogue knows no hash. */
static wz_file good_file(const char *name)
{
    wz_file file = { .bytes = 1000, .is_examined = true, .is_cabinet = true, .signature = WZ_SIGNATURE_MICROSOFT };

    file.name = wz_copy(name);
    file.path = wz_copy(name);
    file.signer = wz_copy("Microsoft Corporation");
    file.signature_kinds = WZ_SIGNATURE_SHA2;
    memcpy(file.sha1, NO_SHA1, sizeof NO_SHA1);
    memcpy(file.sha256, NO_SHA256, sizeof NO_SHA256);
    file.content = (wz_content){ .is_asked = true, .witnesses = 7, .kb = 5022340, .architecture = WZ_ARCH_X64,
                                 .windows = { 6, 0, 0, 0 }, .names_systems = true, .for_server_2008 = true,
                                 .is_esu_gated = true };
    return file;
}

typedef struct scene {
    wz_snapshot *snapshot;
    wz_plan     *plan;
    wz_files     files;
    wz_matches   matches;
} scene;

static void scene_open(scene *self, wz_target target)
{
    *self = (scene){ 0 };
    self->snapshot = machine_bare("x64");
    machine_set(self->snapshot, WZ_FACT_ESU_PREMIUM, "1");
    self->plan = wz_plan_create(self->snapshot, machine_catalogue(), target);
    self->files.items = wz_new_array(8, wz_file);
    self->files.room = 8;
}

static wz_file *scene_add(scene *self, wz_file file)
{
    assert_true(self->files.count < self->files.room);
    self->files.items[self->files.count] = file;
    return &self->files.items[self->files.count++];
}

static void scene_match(scene *self, const wz_catalogue *catalogue)
{
    wz_media_match(self->plan, catalogue, &self->files, WZ_ARCH_X64, true, &self->matches);
}

static const wz_match *scene_item(const scene *self, unsigned kb)
{
    for (size_t i = 0; i < self->matches.count; i++)
        if (self->matches.items[i].update->kb == kb)
            return &self->matches.items[i];
    fail_msg("KB%u is no step", kb);
    return NULL;
}

static void scene_close(scene *self)
{
    wz_matches_clear(&self->matches);
    wz_files_clear(&self->files);
    wz_plan_free(self->plan);
    wz_snapshot_free(self->snapshot);
}

static const char *explained(const wz_match *match, wz_text *text)
{
    wz_text_clear(text);
    wz_match_explain(match, test_words(), text);
    return wz_text_at(text);
}

/* ---- one thing wrong at a time ---- */

typedef void (*change)(wz_file *file);

static void good(wz_file *file)          { (void)file; }
static void renamed(wz_file *file)       { free(file->name); file->name = wz_copy("download.msu"); }
static void newer_windows(wz_file *file) { file->content.windows.minor = 1; }
static void windows_10(wz_file *file)    { file->content.windows.major = 10; }
static void vista_only(wz_file *file)    { file->content.for_server_2008 = false; }
static void x86_inside(wz_file *file)    { file->content.architecture = WZ_ARCH_X86; }
static void ia64_inside(wz_file *file)   { file->content.architecture = WZ_ARCH_IA64; }
static void arm_inside(wz_file *file)    { file->content.is_other_architecture = true; }
static void other_kb(wz_file *file)      { file->content.kb = 5009642; }
static void contradictory(wz_file *file) { file->content.is_contradictory = true; }
static void no_kb(wz_file *file)         { file->content.kb = 0; }
static void no_windows(wz_file *file)    { file->content.windows.major = 0; }
static void no_processor(wz_file *file)
{
    file->content.architecture = WZ_ARCH_UNKNOWN;
    file->content.is_esu_gated = false;
}
static void unsigned_file(wz_file *file) { file->signature = WZ_SIGNATURE_NONE; }
static void no_cabinet(wz_file *file)    { file->is_cabinet = false; file->content = (wz_content){ 0 }; }
static void not_opened(wz_file *file)
{
    file->content = (wz_content){ .is_asked = true };
    wz_fail(&file->content.error, WZ_E_IO, 23, "x.msu");
}
static void damaged(wz_file *file)
{
    file->content = (wz_content){ .is_asked = true };
    wz_fail_at(&file->content.error, WZ_E_FORMAT, "x.msu", 0, 0);
}
static void damaged_inside(wz_file *file) { wz_fail_at(&file->content.error, WZ_E_FORMAT, "x.msu, x.cab", 0, 0); }
static void x86_by_name(wz_file *file)
{
    free(file->name);
    file->name = wz_copy("windows6.0-kb5022340-x86.msu");
}
static void all_wrong(wz_file *file)
{
    newer_windows(file);
    x86_inside(file);
    other_kb(file);
    unsigned_file(file);
}

static void content_decides_for_a_signed_file(void **state)
{
    static const struct { change change; wz_file_verdict want; const char *says; } rows[] = {
        { good,           WZ_FILE_OK_SIGNATURE,       "Signed by Microsoft Corporation (SHA-2)."              },
        { good,           WZ_FILE_OK_SIGNATURE,       "could not be checked offline"                          },
        { renamed,        WZ_FILE_OK_SIGNATURE,       "Inside: KB5022340 for x64, Windows 6.0."               },
        { x86_by_name,    WZ_FILE_OK_SIGNATURE,       "Inside: KB5022340 for x64, Windows 6.0."               },
        { newer_windows,  WZ_FILE_WRONG_WINDOWS,      "Windows 6.1."                                          },
        { windows_10,     WZ_FILE_WRONG_WINDOWS,      "Windows 10.0."                                         },
        { vista_only,     WZ_FILE_WRONG_WINDOWS,      "not for Windows Server 2008"                           },
        { x86_inside,     WZ_FILE_WRONG_ARCHITECTURE, "Inside: KB5022340 for x86, Windows 6.0."               },
        { ia64_inside,    WZ_FILE_WRONG_ARCHITECTURE, "for ia64"                                              },
        { arm_inside,     WZ_FILE_WRONG_ARCHITECTURE, "another architecture"                                  },
        { other_kb,       WZ_FILE_WRONG_UPDATE,       "Inside: KB5009642"                                     },
        { contradictory,  WZ_FILE_CONTRADICTORY,      "contradict"                                            },
        { no_kb,          WZ_FILE_CONTENT_UNREAD,     "Inside: not stated for x64"                            },
        { no_windows,     WZ_FILE_CONTENT_UNREAD,     "Windows not stated."                                   },
        { no_processor,   WZ_FILE_CONTENT_UNREAD,     "does not say clearly"                                  },
        { not_opened,     WZ_FILE_CONTENT_UNREAD,     "Reason: x.msu: cannot be opened, read or written (code 23)." },
        { damaged,        WZ_FILE_DAMAGED,            "damaged"                                               },
        { damaged_inside, WZ_FILE_DAMAGED,            "Reason: x.msu, x.cab:"                                 },
        { unsigned_file,  WZ_FILE_NOT_TRUSTED,        "no valid signature"                                    },
        { no_cabinet,     WZ_FILE_NOT_CABINET,        "not a Microsoft cabinet"                               },
        { all_wrong,      WZ_FILE_WRONG_WINDOWS,      "Inside: KB5009642 for x86, Windows 6.1."               },
    };
    wz_text text = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        scene           here;
        const wz_match *match;

        scene_open(&here, WZ_TARGET_ESU3);
        rows[i].change(scene_add(&here, good_file("windows6.0-kb5022340-x64.msu")));
        scene_match(&here, machine_catalogue());
        match = scene_item(&here, 5022340);
        if (match->verdict != rows[i].want)
            fail_msg("row %u: %s", (unsigned)i, wz_file_verdict_name(match->verdict));
        CHECK_CONTAINS(explained(match, &text), rows[i].says);
        CHECK_ROW(i, wz_file_is_accepted(match->verdict) == (here.matches.other_count == 0
                                                             && rows[i].want == WZ_FILE_OK_SIGNATURE));
        scene_close(&here);
    }
    wz_text_clear(&text);
}

/* A content that is asked for nothing: an .exe has none, and is judged by hash and signature. */
static void programs_are_judged_without_content(void **state)
{
    scene    here;
    wz_file *file;

    (void)state;
    scene_open(&here, WZ_TARGET_ESU3);
    file = scene_add(&here, good_file("windows6.0-kb5022340-x64.exe"));
    no_cabinet(file);
    scene_match(&here, machine_catalogue());
    assert_int_equal(scene_item(&here, 5022340)->verdict, WZ_FILE_OK_SIGNATURE);
    file->signature = WZ_SIGNATURE_OTHER;
    scene_match(&here, machine_catalogue());
    assert_int_equal(scene_item(&here, 5022340)->verdict, WZ_FILE_NOT_TRUSTED);
    scene_close(&here);
}

static void the_built_in_hash_is_stronger_than_the_content(void **state)
{
    static const change changes[] = { other_kb, newer_windows, x86_inside, contradictory, damaged };
    wz_text text = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(changes); i++) {
        scene           here;
        wz_file        *file;
        const wz_match *match;

        scene_open(&here, WZ_TARGET_FREE);
        file = scene_add(&here, good_file("x.msu"));
        memcpy(file->sha1, STACK_SHA1, sizeof STACK_SHA1);
        memcpy(file->sha256, STACK_SHA256, sizeof STACK_SHA256);
        changes[i](file);
        scene_match(&here, machine_catalogue());
        match = scene_item(&here, 4493730);
        CHECK_ROW(i, match->verdict == WZ_FILE_OK_SHA256 && match->hash_wins && !match->by_site);
        CHECK_CONTAINS(explained(match, &text), "Accepted: its SHA-256 is the one in the catalogue.");
        CHECK_CONTAINS(explained(match, &text), "the checksum identifies the file");
        scene_close(&here);
    }
    wz_text_clear(&text);
}

static wz_catalogue *site(void)
{
    static const unsigned targets[] = { 5022340, 5022340, 5022340, 5022340, 5022340 };

    return machine_site_catalogue(targets, "<update kb='5022340' kind='rollup' programme='free' date='2023-01-10' "
        "restart='yes' architectures='x64' source='test' confidence='S'><file architecture='x64' sha1='" SITE_SHA1 "' "
        "source='test' confidence='S'/></update>");
}

static void the_hash_of_a_site_catalogue_needs_content_that_agrees(void **state)
{
    static const struct { change change; wz_file_verdict want; } rows[] = {
        { good,          WZ_FILE_GATED              },         /* the row says free, the content is not */
        { newer_windows, WZ_FILE_WRONG_WINDOWS      },
        { x86_inside,    WZ_FILE_WRONG_ARCHITECTURE },
        { other_kb,      WZ_FILE_WRONG_UPDATE       },
        { contradictory, WZ_FILE_CONTRADICTORY      },
        { damaged,       WZ_FILE_DAMAGED            },
        { not_opened,    WZ_FILE_CONTENT_UNREAD     },
        { no_processor,  WZ_FILE_CONTENT_UNREAD     },
    };
    wz_catalogue *catalogue = site();
    wz_text       text = { 0 };

    (void)state;
    for (size_t i = 0; i <= CHECK_COUNT(rows); i++) {
        scene           here;
        wz_file        *file;
        const wz_match *match;

        scene_open(&here, WZ_TARGET_FREE);
        wz_plan_free(here.plan);
        here.plan = wz_plan_create(here.snapshot, catalogue, WZ_TARGET_FREE);
        assert_int_equal(here.plan->step_count, 1);
        file = scene_add(&here, good_file("x.msu"));
        unsigned_file(file);
        memcpy(file->sha1, SITE_SHA1, sizeof SITE_SHA1);
        if (i < CHECK_COUNT(rows))
            rows[i].change(file);
        else
            file->content.is_esu_gated = false;
        scene_match(&here, catalogue);
        match = scene_item(&here, 5022340);
        if (match->verdict != (i < CHECK_COUNT(rows) ? rows[i].want : WZ_FILE_OK_SHA1))
            fail_msg("row %u: %s", (unsigned)i, wz_file_verdict_name(match->verdict));
        if (i == CHECK_COUNT(rows)) {
            CHECK_CONTAINS(explained(match, &text), "It is a site catalogue; what is inside");
            assert_true(match->by_site && !match->hash_wins);
        }
        scene_close(&here);
    }
    wz_text_clear(&text);
    wz_catalogue_free(catalogue);
}

/* The January 2020 rollup is free; a file that says so but needs an ESU licence is not it. */
static void a_gated_file_is_refused_for_a_free_step(void **state)
{
    scene    here;
    wz_file *file;

    (void)state;
    scene_open(&here, WZ_TARGET_FREE);
    file = scene_add(&here, good_file("windows6.0-kb4534303-x64.cab"));
    file->content.kb = 4534303;
    scene_match(&here, machine_catalogue());
    assert_int_equal(scene_item(&here, 4534303)->verdict, WZ_FILE_GATED);
    file->content.is_esu_gated = false;
    scene_match(&here, machine_catalogue());
    assert_int_equal(scene_item(&here, 4534303)->verdict, WZ_FILE_OK_SIGNATURE);
    scene_close(&here);
}

/* ---- the others ---- */

static void every_other_file_is_judged(void **state)
{
    static const struct { const char *name; unsigned kb; change change; wz_file_verdict want;
                          const char *says; } rows[] = {
        { "windows6.0-kb4493471-x64.msu", 4493471, good,          WZ_FILE_SUPERSEDED,  "KB5022340 replaces it."   },
        { "windows6.0-kb5034173-x64.msu", 5034173, good,          WZ_FILE_NOT_IN_PLAN, "plan does not contain"    },
        { "windows6.0-kb5034173-x64.msu", 5034173, x86_inside,    WZ_FILE_WRONG_ARCHITECTURE, "KB5034173 for x86" },
        { "windows6.1-kb5034173-x64.msu", 5034173, newer_windows, WZ_FILE_WRONG_WINDOWS, "Windows 6.1"            },
        { "windows6.0-kb1234567-x64.msu", 1234567, good,          WZ_FILE_UNKNOWN,     "does not know"            },
        { "movie.exe",                    0,       no_cabinet,    WZ_FILE_UNKNOWN,     "does not know"            },
        { "page.msu",                     0,       no_cabinet,    WZ_FILE_NOT_CABINET, "saved web page"           },
        { "cut.cab",                      0,       damaged,       WZ_FILE_DAMAGED,     "damaged"                  },
        { "windows6.0-kb5022340-x64 (1).msu", 5022340, good,      WZ_FILE_SPARE,
          "Taken: windows6.0-kb5022340-x64 (0).msu" },
        { "windows6.0-kb5022340-x64 (1).msu", 5022340, newer_windows, WZ_FILE_WRONG_WINDOWS, "Windows 6.1"        },
        { "copy.msu",                     5022340, unsigned_file, WZ_FILE_NOT_TRUSTED, "no valid signature"       },
    };
    wz_text text = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        scene    here;
        wz_file *file;

        scene_open(&here, WZ_TARGET_ESU3);
        scene_add(&here, good_file("windows6.0-kb5022340-x64 (0).msu"));
        file = scene_add(&here, good_file(rows[i].name));
        file->content.kb = rows[i].kb;
        rows[i].change(file);
        scene_match(&here, machine_catalogue());
        assert_ptr_equal(scene_item(&here, 5022340)->file, &here.files.items[0]);
        assert_int_equal(here.matches.other_count, 1);
        assert_ptr_equal(here.matches.others[0].file, file);
        if (here.matches.others[0].verdict != rows[i].want)
            fail_msg("row %u: %s", (unsigned)i, wz_file_verdict_name(here.matches.others[0].verdict));
        CHECK_CONTAINS(explained(&here.matches.others[0], &text), rows[i].says);
        scene_close(&here);
    }
    wz_text_clear(&text);
}

static void a_file_that_cannot_be_read_is_listed_with_its_error(void **state)
{
    scene    here;
    wz_file *file;
    wz_text  text = { 0 };

    (void)state;
    scene_open(&here, WZ_TARGET_ESU3);
    file = scene_add(&here, good_file("notes.msu"));
    wz_content_clear(&file->content);
    file->is_examined = false;
    wz_fail(&file->error, WZ_E_BUSY, 32, "E:\\notes.msu");
    scene_match(&here, machine_catalogue());
    assert_int_equal(here.matches.others[0].verdict, WZ_FILE_UNREADABLE);
    CHECK_CONTAINS(explained(&here.matches.others[0], &text), "E:\\notes.msu: in use by another program (code 32).");
    wz_text_clear(&text);
    scene_close(&here);
}

/* What waits for its restart needs no file; one that lies there is simply not needed. */
static void files_of_pending_steps_are_not_needed(void **state)
{
    scene here;

    (void)state;
    scene_open(&here, WZ_TARGET_ESU3);
    machine_add(here.snapshot, 4493730, MACHINE_PENDING);
    wz_plan_free(here.plan);
    here.plan = wz_plan_create(here.snapshot, machine_catalogue(), WZ_TARGET_ESU3);
    scene_add(&here, good_file("windows6.0-kb4493730-x64.msu"))->content.kb = 4493730;
    scene_match(&here, machine_catalogue());
    assert_int_equal(scene_item(&here, 4493730)->verdict, WZ_FILE_NOT_NEEDED);
    assert_int_equal(here.matches.others[0].verdict, WZ_FILE_NOT_IN_PLAN);
    scene_close(&here);
}

int test_media_content(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(content_decides_for_a_signed_file),
        cmocka_unit_test(programs_are_judged_without_content),
        cmocka_unit_test(the_built_in_hash_is_stronger_than_the_content),
        cmocka_unit_test(the_hash_of_a_site_catalogue_needs_content_that_agrees),
        cmocka_unit_test(a_gated_file_is_refused_for_a_free_step),
        cmocka_unit_test(every_other_file_is_judged),
        cmocka_unit_test(a_file_that_cannot_be_read_is_listed_with_its_error),
        cmocka_unit_test(files_of_pending_steps_are_not_needed),
    };

    return cmocka_run_group_tests_name("media_content", tests, NULL, NULL);
}
