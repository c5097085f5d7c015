/*
 * Every text that a control always shows fits it, in every language and at 96, 120, 144 and 192 dpi: from the dialog
 * templates and string tables of the built program, in the shell font. tests/ui/run finds out which control shows which
 * string and says so in the file WZ_LABELS, a line "dialog control string" each; dialog 0 is any. Texts that are put
 * together while the wizard runs are measured where they stand, see layout.h.
 *
 * In Wine the shell font is DejaVu Sans, which is wider than Tahoma: what fits here fits there.
 */
#include "check.h"
#include "resource.h"
#include "ui/drive_private.h"

#define LANGUAGES   64
#define PAIRS       512
#define ITEMS       64
#define TEXT_UNITS  2048
#define BUTTON_EDGE 6                  /* pixels at 96 dpi of a push button that are no text */
#define BOX_EDGE    17                 /* of a check box or radio button */
#define SAID_MOST   40

typedef struct pair { unsigned dialog, control, string; } pair;

/* One control of a template, in dialog units. */
typedef struct place { unsigned control; DWORD style; int width, height; bool is_button, is_static; } place;

typedef struct fits {
    wz_drive d;
    pair     pairs[PAIRS];
    size_t   pair_count;
    place    places[ITEMS];
    size_t   place_count;
    LANGID   languages[LANGUAGES];
    size_t   language_count;
    unsigned checked, faults;
    /* of one resolution */
    HDC      dc;
    HFONT    font, title_font;
    int      dpi, base_x, base_y;
} fits;

/* ---- templates: DLGTEMPLATEEX, DLGITEMTEMPLATEEX ----------------------------------------------------------------- */

static const WORD *skip_name(const WORD *at)
{
    if (*at == 0xFFFF)
        return at + 2;
    while (*at != 0)
        at++;
    return at + 1;
}

static const WORD *align(const WORD *at)
{
    return (const WORD *)(((UINT_PTR)at + 3) & ~(UINT_PTR)3);
}

static void read_template(fits *f, const WORD *at)
{
    WORD count = at[8];

    assert_int_equal(at[1], 0xFFFF);                            /* DIALOGEX */
    assert_true(count <= ITEMS);
    at = skip_name(skip_name(skip_name(at + 13)));              /* menu, class, caption */
    at = skip_name(at + 3);                                     /* size, weight, italic and character set; face */
    for (f->place_count = 0; f->place_count < count; f->place_count++) {
        place *p = &f->places[f->place_count];

        at = align(at);
        p->style = (DWORD)at[4] | (DWORD)at[5] << 16;
        p->width = (short)at[8];
        p->height = (short)at[9];
        p->control = (unsigned)at[10] | (unsigned)at[11] << 16;
        p->is_button = at[12] == 0xFFFF && at[13] == 0x0080;
        p->is_static = at[12] == 0xFFFF && at[13] == 0x0082;
        if (at[12] != 0xFFFF)
            p->is_button = _wcsicmp((const wchar_t *)(at + 12), L"Button") == 0;
        at = skip_name(skip_name(at + 12));                     /* class, text */
        at = (const WORD *)((const BYTE *)(at + 1) + *at);      /* what is for its creation */
    }
}

/* ---- measuring --------------------------------------------------------------------------------------------------- */

static void set_resolution(fits *f, int dpi)
{
    static const wchar_t letters[] = L"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    TEXTMETRICW metrics;
    SIZE        size;

    f->dpi = dpi;
    f->font = CreateFontW(-MulDiv(8, dpi, 72), 0, 0, 0, FW_NORMAL, FALSE, FALSE, FALSE, DEFAULT_CHARSET,
                          OUT_DEFAULT_PRECIS, CLIP_DEFAULT_PRECIS, DEFAULT_QUALITY, FF_DONTCARE, L"MS Shell Dlg");
    f->title_font = CreateFontW(-MulDiv(10, dpi, 72), 0, 0, 0, FW_BOLD, FALSE, FALSE, FALSE, DEFAULT_CHARSET,
                                OUT_DEFAULT_PRECIS, CLIP_DEFAULT_PRECIS, DEFAULT_QUALITY, FF_DONTCARE,
                                L"MS Shell Dlg");
    SelectObject(f->dc, f->font);
    GetTextMetricsW(f->dc, &metrics);
    GetTextExtentPoint32W(f->dc, letters, 52, &size);
    f->base_x = (size.cx / 26 + 1) / 2;                         /* as the dialog manager reckons */
    f->base_y = metrics.tmHeight;
}

static int button_edge(const fits *f, const place *p)
{
    DWORD type = p->style & BS_TYPEMASK;

    return MulDiv(type == BS_PUSHBUTTON || type == BS_DEFPUSHBUTTON ? BUTTON_EDGE : BOX_EDGE, f->dpi, 96);
}

static void check_fit(fits *f, unsigned dialog, const place *p, unsigned string, LANGID language)
{
    const wchar_t *at = NULL;
    int            units = (int)drive_word(&f->d, string, language, &at);
    int            width = MulDiv(p->width, f->base_x, 4), height = MulDiv(p->height, f->base_y, 8);
    bool           is_one_line = p->is_button || (p->style & SS_ELLIPSISMASK) != 0;
    UINT           flags = DT_CALCRECT | DT_EXPANDTABS | (is_one_line ? DT_SINGLELINE : DT_WORDBREAK)
                         | (p->is_static && p->style & SS_NOPREFIX ? DT_NOPREFIX : 0u);
    RECT           area = { 0, 0, p->is_button ? 0 : width, 0 };
    wchar_t        text[TEXT_UNITS] = L"";

    f->checked++;
    if (units == 0 || units >= TEXT_UNITS)
        return;                                                 /* test_strings.c says so */
    memcpy(text, at, (size_t)units * sizeof *text);
    SelectObject(f->dc, p->control == IDC_FRAME_TITLE ? f->title_font : f->font);
    DrawTextW(f->dc, text, units, &area, flags);
    area.right += p->is_button ? button_edge(f, p) : 0;
    if (area.right <= width && area.bottom <= height)
        return;
    if (f->faults++ < SAID_MOST)
        print_error("language %04x, %d dpi, dialog %u, control %u: needs %ld by %ld pixels and has %d by %d: \"%s\"\n",
                    language, f->dpi, dialog, p->control, area.right, area.bottom, width, height,
                    drive_utf8(&f->d, text));
}

static void check_places(fits *f, unsigned dialog)
{
    for (size_t i = 0; i < f->place_count; i++)
        for (size_t k = 0; k < f->pair_count; k++)
            for (size_t l = 0; l < f->language_count; l++)
                if ((f->places[i].is_button || f->places[i].is_static) && f->places[i].width > 1 /* else only heard */
                    && f->pairs[k].control == f->places[i].control
                    && (f->pairs[k].dialog == 0 || f->pairs[k].dialog == dialog))
                    check_fit(f, dialog, &f->places[i], f->pairs[k].string, f->languages[l]);
}

static BOOL CALLBACK check_dialog(HMODULE program, LPCWSTR type, LPWSTR name, LONG_PTR context)
{
    fits *f = (fits *)context;
    HRSRC found = FindResourceW(program, name, type);

    read_template(f, LockResource(LoadResource(program, found)));
    check_places(f, (unsigned)(UINT_PTR)name);
    return TRUE;
}

/* ---- what there is ----------------------------------------------------------------------------------------------- */

static BOOL CALLBACK add_language(HMODULE program, LPCWSTR type, LPCWSTR name, WORD language, LONG_PTR context)
{
    fits *f = (fits *)context;

    (void)program;
    (void)type;
    (void)name;
    assert_true(f->language_count < LANGUAGES);
    f->languages[f->language_count++] = language;
    return TRUE;
}

static void read_pairs(fits *f)
{
    wchar_t path[MAX_PATH] = L"";
    FILE   *file;
    char    line[64];

    assert_true(GetEnvironmentVariableW(L"WZ_LABELS", path, MAX_PATH) > 0);
    file = _wfopen(path, L"r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *at = line;
        pair *p = &f->pairs[f->pair_count++];

        assert_true(f->pair_count < PAIRS);
        p->dialog = (unsigned)strtoul(at, &at, 0);
        p->control = (unsigned)strtoul(at, &at, 0);
        p->string = (unsigned)strtoul(at, &at, 0);
    }
    fclose(file);
    assert_true(f->pair_count > 60);
}

static void every_text_fits_its_control_in_every_language_and_resolution(void **state)
{
    static const int resolutions[] = { 96, 120, 144, 192 };
    fits            *f = calloc(1, sizeof *f);
    wchar_t          path[MAX_PATH] = L"", face[LF_FACESIZE] = L"";

    (void)state;
    assert_non_null(f);
    read_pairs(f);
    GetEnvironmentVariableW(L"WZ_EXE", path, MAX_PATH);
    f->d.strings = LoadLibraryExW(path, NULL, LOAD_LIBRARY_AS_DATAFILE);
    assert_non_null(f->d.strings);
    EnumResourceLanguagesW(f->d.strings, RT_STRING, MAKEINTRESOURCEW(IDS_LANGUAGE_NAME / 16 + 1), add_language,
                           (LONG_PTR)f);
    f->dc = CreateCompatibleDC(NULL);
    for (size_t i = 0; i < ARRAYSIZE(resolutions); i++) {
        set_resolution(f, resolutions[i]);
        EnumResourceNamesW(f->d.strings, RT_DIALOG, check_dialog, (LONG_PTR)f);
        GetTextFaceW(f->dc, LF_FACESIZE, face);
        SelectObject(f->dc, GetStockObject(SYSTEM_FONT));
        DeleteObject(f->font);
        DeleteObject(f->title_font);
    }
    print_message("%u texts in %u languages, in %s\n", f->checked, (unsigned)f->language_count,
                  drive_utf8(&f->d, face));
    assert_true(f->checked > 60 * f->language_count * ARRAYSIZE(resolutions));
    assert_int_equal(f->faults, 0);
    DeleteDC(f->dc);
    FreeLibrary(f->d.strings);
    free(f->d.utf8);
    free(f);
}

int test_fits(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_fits_its_control_in_every_language_and_resolution),
    };

    return cmocka_run_group_tests_name("fits", tests, NULL, NULL);
}
