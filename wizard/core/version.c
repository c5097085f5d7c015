#include "core/version.h"

bool wz_version_parse(const char *text, wz_version *out)
{
    uint16_t parts[4] = { 0 };
    size_t   count = 0;

    for (;;) {
        uint32_t number = 0;

        if (count == WZ_COUNT(parts) || *text < '0' || *text > '9')
            return false;
        for (; *text >= '0' && *text <= '9'; text++) {
            number = number * 10 + (uint32_t)(*text - '0');
            if (number > UINT16_MAX)
                return false;
        }
        parts[count++] = (uint16_t)number;
        if (*text != '.')
            break;
        text++;
    }
    if (*text != '\0' || count < 2)
        return false;
    *out = (wz_version){ parts[0], parts[1], parts[2], parts[3] };
    return true;
}

int wz_version_compare(wz_version a, wz_version b)
{
    if (a.major != b.major)
        return a.major < b.major ? -1 : 1;
    if (a.minor != b.minor)
        return a.minor < b.minor ? -1 : 1;
    if (a.build != b.build)
        return a.build < b.build ? -1 : 1;
    if (a.revision != b.revision)
        return a.revision < b.revision ? -1 : 1;
    return 0;
}

void wz_text_add_version(wz_text *text, wz_version version, unsigned parts)
{
    const uint16_t fields[4] = { version.major, version.minor, version.build, version.revision };

    for (unsigned i = 0; i < parts && i < WZ_COUNT(fields); i++) {
        if (i > 0)
            wz_text_add(text, ".");
        wz_text_add_number(text, fields[i]);
    }
}

void wz_version_about_line(wz_version version, const char *service_pack, wz_text *out)
{
    wz_text_add(out, "Version ");
    wz_text_add_version(out, version, 2);
    wz_text_add(out, " (Build ");
    wz_text_add_number(out, version.build);
    if (service_pack != NULL && *service_pack != '\0') {
        wz_text_add(out, ": ");
        wz_text_add(out, service_pack);
    }
    wz_text_add(out, ")");
}

void wz_version_ver_line(wz_version version, wz_text *out)
{
    wz_text_add(out, "Microsoft Windows [Version ");
    wz_text_add_version(out, version, 3);
    wz_text_add(out, "]");
}

wz_branch wz_version_branch(uint16_t revision)
{
    if (revision >= WZ_GDR_FIRST && revision <= WZ_GDR_LAST)
        return WZ_BRANCH_GDR;
    return revision >= WZ_LDR_FIRST && revision <= WZ_LDR_LAST ? WZ_BRANCH_LDR : WZ_BRANCH_NONE;
}

unsigned wz_version_remaining(uint16_t revision)
{
    switch (wz_version_branch(revision)) {
    case WZ_BRANCH_NONE: return 0;
    case WZ_BRANCH_GDR:  return WZ_GDR_LAST - revision;
    case WZ_BRANCH_LDR:  return WZ_LDR_LAST - revision;
    }
    return 0;
}
