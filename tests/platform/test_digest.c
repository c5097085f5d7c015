#include "platform/place.h"

#include "platform/digest.h"

#define MEGABYTE (1024u * 1024u)

#define PIECE    (128u * 1024u)

/* Of the first bytes of place_byte, by Python's hashlib. Around the blocks of 64, the pieces that are read at a time,
   and the ring of eight of them. */
static const struct { size_t length; const char *sha1, *sha256; } answers[] = {
    { 0, "da39a3ee5e6b4b0d3255bfef95601890afd80709",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { 1, "5d1be7e9dda1ee8896be5b7e34a85ee16452a7b4",
      "ca358758f6d27e6cf45272937977a748fd88391db679ceda7dc7bf1f005ee879" },
    { 55, "749bbefb28edc4638b28b2b9a9e03ab9a4032b90",
      "8aa994584139d128848eeebc4e815639ba5ab6e6e39574195a63ac4f14f7c43b" },
    { 56, "a5b6e9c29d201c774753ff8e7fb64931656f5e63",
      "ad574708f75c044c9b85de64cb568ee7711ff4f36448c6242f053ba8f6cc2b63" },
    { 63, "d1a454409359fc372b4d22b3cea6488d6ba1be00",
      "280ed3e8ff1df845b2e7dfe6ac6cee817bef20e783cc65abc41b818b4d2fe076" },
    { 64, "39a0d8b645ad85f1f976731ed112ac9455e28b78",
      "c6ab9724ade5b6a7a1edfffb12f3aa9181351355af8fd08c919952ad211339dd" },
    { 65, "d0c96e18890114a14716e9686528d2e3fdba8d9e",
      "788367c73c7ddf4c53f65e68cc0d943e6227ab55b0e78ba63ace822b1c6301c0" },
    { 119, "562ecf8a430f8e1056e3619bae33628e9a1d0a4e",
      "3d610547d68216dedf7435a4fb6260353911f6b3fd3f18805ddb8be285d726fe" },
    { 120, "353f6d2bf0e91aa91b74a2e0b3f297510f7d825f",
      "1f80156a804cb7862ad113e8200e9d74499723e7c7854d5f48776d3148e09656" },
    { 128, "0060f2a7e34b6e4d459f560197ef93243732a400",
      "cc548ca2dec1f6fe4f58b2e27aa9c7521607df1130d140b55a4dad0665302356" },
    { 4096, "28bf9ec5e35c8f14f8bfaab948b7f820ff0858c4",
      "df948b4ca0bd845b125884a14b828f029deb3c7c92cac7023c4367eb7c79d437" },
    { PIECE - 1, "4eda2c98534566ab9e4e120d7d3f199b980d2515",
      "17aa1f1458cade5f3ab49f30b2d29ce8f093ea3c6635997f0dff8e3d3280df7d" },
    { PIECE, "e56c487e98f06346c714650350281b69f99d92ae",
      "c0f953863f2fbe555acc4908fedee33cdde98e73462a4fefda3a49acbec459fe" },
    { PIECE + 1, "c72ac8792ab86e3d4950926353f4091f00b2ec4e",
      "6b27886924492d8ab19ddac866bc92a6f21f78239c49a92d78d1eb0bfa24ca95" },
    { MEGABYTE - 1, "510d74bd48552cf7ad99d5c22688e4519dcd326f",
      "9a5291d74a04b1e6631e162afb28f2e0bf4e37a3f5a8007e50ba3ec4ec102602" },
    { MEGABYTE, "0cda41664fad3e5cf5c30d709ee601a1a0c27c0f",
      "6a2631ab0ee00d23bdeac0f84e069d9c69574b780533587cf77667c792987264" },
    { MEGABYTE + 1, "81c7480c071fef72e5d372d6a0f06afcfd9d70ba",
      "a70293899ced78986229792c09d1cf01887ac96e3fc8cde52ccb7a0cdebc32e9" },
    { 2 * MEGABYTE - 1, "7c2252cf6ff2acb0a0370c3c09c739f3feb0c3ba",
      "31bb9389df8c4d0574680679d5d97c037dcc439daea8808211af22782cc1afd8" },
    { 2 * MEGABYTE, "254c105b0302c9961453624138aadff37f591c55",
      "1fed6c20ec04d8996a1a11193ab71113c3ba8b2b378f333350332a17a1f94038" },
    { 2 * MEGABYTE + 1, "4db2a71c71f16591d4a98287a656555a50c95580",
      "c3bc88f5ea9dfaed6543452afd3cbd780ff71c8f1006f24431a3c08faa20344c" },
    { 3 * MEGABYTE + 1, "cf482436b733df77a6f832b00df341d27d72d6cf",
      "05deaef6cda02a73a2f33f2dfdabe180a97666ebfc1b6c535f5e9dcbba46711f" },
    { 17 * PIECE, "db5a5b72e2d248d3c7c4209eb2a3f051d6a3e7a1",
      "c140373475ca60c2f1ab8bcdd808f92cba31a4ce05c96ca5cdfbf8c60fb149ad" },
    { 16 * MEGABYTE + 5, "5095e7dd622126954f29c59c0ad5c0befab84e56",
      "c86dceed6e0662021bb2be933e962e67a5b3bcbbc869c5287f49c9e339f0becb" },
};

static wz_status digest_of(const char *path, uint64_t bytes, const wz_progress *progress, wz_digests *out,
                           wz_error *err)
{
    HANDLE    file = place_open(path, GENERIC_READ, FILE_SHARE_READ);
    wz_status status;

    assert_true(file != INVALID_HANDLE_VALUE);
    status = wz_digest_file(file, "name", bytes, progress, out, err);
    CloseHandle(file);
    return status;
}

static void files_have_the_known_digests(void **state)
{
    char *folder = place_create();
    char *path = place_path(folder, "file");

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(answers); i++) {
        wz_digests got = { "", "" };

        place_fill(path, answers[i].length);
        assert_int_equal(digest_of(path, answers[i].length, NULL, &got, NULL), WZ_OK);
        CHECK_TEXT(got.sha1, answers[i].sha1);
        CHECK_TEXT(got.sha256, answers[i].sha256);
    }
    free(path);
    place_remove(folder);
}

/* FIPS 180-4 examples */
static void bytes_have_the_known_digests(void **state)
{
    static const struct { const char *text, *want; } rows[] = {
        { "",    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
        { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    };
    char *many = malloc(1000000);
    char  got[65];

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        assert_int_equal(wz_digest_bytes((wz_view){ rows[i].text, strlen(rows[i].text) }, got, NULL), WZ_OK);
        CHECK_TEXT(got, rows[i].want);
    }
    memset(many, 'a', 1000000);
    assert_int_equal(wz_digest_bytes((wz_view){ many, 1000000 }, got, NULL), WZ_OK);
    CHECK_TEXT(got, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(many);
}

typedef struct watcher { unsigned last, calls, cancel_at; bool went_back; } watcher;

static void watch(void *context, const wz_phrase *doing, unsigned permille)
{
    watcher *self = context;

    (void)doing;
    self->went_back = self->went_back || permille < self->last;
    self->last = permille;
    self->calls++;
}

static bool stop(void *context)
{
    const watcher *self = context;

    return self->cancel_at > 0 && self->calls >= self->cancel_at;
}

static void progress_goes_up_to_the_end(void **state)
{
    char       *folder = place_create();
    char       *path = place_path(folder, "file");
    watcher     self = { 0 };
    wz_progress progress = { watch, stop, &self };
    wz_digests  got;

    (void)state;
    place_fill(path, 3 * MEGABYTE);
    assert_int_equal(digest_of(path, 3 * MEGABYTE, &progress, &got, NULL), WZ_OK);
    assert_int_equal(self.calls, 3 * MEGABYTE / PIECE);
    assert_int_equal(self.last, 1000);
    assert_false(self.went_back);
    self = (watcher){ 0 };
    assert_int_equal(digest_of(path, MEGABYTE, &progress, &got, NULL), WZ_OK);      /* it grew: never beyond 1000 */
    assert_int_equal(self.last, 1000);
    free(path);
    place_remove(folder);
}

/* At once, in the midst of it, and when the ring has gone round. */
static void a_person_can_stop_it(void **state)
{
    char *folder = place_create();
    char *path = place_path(folder, "file");

    (void)state;
    place_fill(path, 8 * MEGABYTE);
    for (unsigned at = 1; at <= 31; at += 5) {
        watcher     self = { .cancel_at = at };
        wz_progress progress = { watch, stop, &self };
        wz_digests  got = { "unchanged", "unchanged" };
        wz_error    error = { 0 };

        CHECK_ROW(at, digest_of(path, 8 * MEGABYTE, &progress, &got, &error) == WZ_E_CANCELLED);
        CHECK_ROW(at, error.status == WZ_E_CANCELLED && self.calls == at);
        CHECK_TEXT(got.sha1, "unchanged");
    }
    free(path);
    place_remove(folder);
}

static void a_file_that_cannot_be_read_is_an_error(void **state)
{
    char      *folder = place_create();
    char      *path = place_path(folder, "file");
    wz_digests got;
    wz_error   error = { 0 };
    HANDLE     file;

    (void)state;
    place_fill(path, 10);
    file = place_open(path, GENERIC_WRITE, FILE_SHARE_READ);             /* open, but not for reading */
    assert_int_equal(wz_digest_file(file, "name", 10, NULL, &got, &error), WZ_E_DENIED);
    CHECK_TEXT(error.subject, "name");
    CloseHandle(file);
    free(path);
    place_remove(folder);
}

int test_digest(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_have_the_known_digests),
        cmocka_unit_test(bytes_have_the_known_digests),
        cmocka_unit_test(progress_goes_up_to_the_end),
        cmocka_unit_test(a_person_can_stop_it),
        cmocka_unit_test(a_file_that_cannot_be_read_is_an_error),
    };

    return cmocka_run_group_tests_name("digest", tests, NULL, NULL);
}
