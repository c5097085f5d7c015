#include "core/package.h"

#include "core/xml.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

void wz_content_clear(wz_content *content)
{
    free(content->systems);
    free(content->identity);
    free(content->release);
    free(content->restart);
    *content = (wz_content){ 0 };
}

/* ---- what one witness says, and how it joins the others ---- */

typedef struct package_said {
    unsigned        kb;
    wz_architecture architecture;
    bool            names_architecture;
    wz_version      windows;
} package_said;

static void join(wz_content *content, const package_said *said, unsigned witness)
{
    if (said->kb != 0 && content->kb != 0 && said->kb != content->kb)
        content->is_contradictory = true;
    if (said->architecture != WZ_ARCH_UNKNOWN && content->architecture != WZ_ARCH_UNKNOWN
        && said->architecture != content->architecture)
        content->is_contradictory = true;
    if (said->names_architecture && said->architecture == WZ_ARCH_UNKNOWN)
        content->is_other_architecture = true;
    if (said->windows.major != 0 && content->windows.major != 0
        && (said->windows.major != content->windows.major || said->windows.minor != content->windows.minor))
        content->is_contradictory = true;
    if (content->kb == 0)
        content->kb = said->kb;
    if (content->architecture == WZ_ARCH_UNKNOWN)
        content->architecture = said->architecture;
    if (content->windows.major == 0)
        content->windows = (wz_version){ .major = said->windows.major, .minor = said->windows.minor };
    content->witnesses |= witness;
}

/* "4493730" or "KB4493730"; 0 when it is neither. */
static unsigned number_of_kb(const char *text)
{
    uint64_t number = 0;

    if (wz_starts_nocase(text, "KB"))
        text += 2;
    return wz_parse_number(text, &number) && number >= 100000 && number <= 99999999 ? (unsigned)number : 0;
}

/* "Package_for_KB2999226_client", "package_3_for_kb2999226": the number after "_for_kb"; 0 when there is none. */
static unsigned kb_of_package(const char *name)
{
    for (const char *at = name; *at != '\0'; at++) {
        unsigned number = 0;
        unsigned digits = 0;

        if (!wz_starts_nocase(at, "_for_kb"))
            continue;
        for (at += 7; *at >= '0' && *at <= '9' && digits <= 8; at++, digits++)
            number = number * 10 + (unsigned)(*at - '0');
        return digits >= 6 && digits <= 8 && (*at == '\0' || *at == '_' || *at == '~') ? number : 0;
    }
    return 0;
}

/* The Windows that a package's own version tells: 6.x and 10.x do, others (Internet Explorer: 9.4.1.0) do not. */
static wz_version windows_of(const char *text)
{
    wz_version version = { 0 };
    wz_version none = { 0 };

    if (text == NULL || !wz_version_parse(text, &version))
        return none;
    return (version.major == 6 && version.minor <= 4) || (version.major == 10 && version.minor == 0) ? version : none;
}

static wz_architecture architecture_of(const char *text)
{
    return text != NULL ? wz_architecture_parse(text) : WZ_ARCH_UNKNOWN;
}

static void keep(char **field, const char *text)
{
    if (*field == NULL && text != NULL && *text != '\0')
        *field = wz_copy(text);
}

/* ---- properties ---- */

/* Text as UTF-8 without mark; converted is the caller's to clear. */
static wz_status text_of(const char *name, wz_view bytes, wz_text *converted, wz_view *out, wz_error *err)
{
    const unsigned char *byte = (const unsigned char *)bytes.at;

    if (bytes.length == 0)
        return wz_fail_at(err, WZ_E_FORMAT, name, 0, IDS_REASON_EMPTY);
    if (bytes.length > WZ_PACKAGE_MAX_BYTES)
        return wz_fail_at(err, WZ_E_LIMIT, name, 0, IDS_REASON_TOO_LARGE);
    *out = bytes;
    if (bytes.length >= 2 && byte[0] == 0xFF && byte[1] == 0xFE) {
        for (size_t i = 2; i + 1 < bytes.length; i += 2) {
            unsigned unit = (unsigned)byte[i] | (unsigned)byte[i + 1] << 8;

            /* Names and values are ASCII in every file seen; others need not be told apart. */
            wz_text_append(converted, unit < 0x80 ? (const char *)&byte[i] : "?", 1);
        }
        *out = (wz_view){ wz_text_at(converted), converted->length };
    } else if (bytes.length >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0) {
        *out = (wz_view){ bytes.at + 3, bytes.length - 3 };
    }
    if (memchr(out->at, '\0', out->length) != NULL)
        return wz_fail_at(err, WZ_E_FORMAT, name, 0, IDS_REASON_NUL);
    return WZ_OK;
}

/* Name="value" into two owned strings; false when the line is not of that form. */
static bool split_property(wz_view line, char **name, char **value)
{
    const char *end = line.at + line.length;
    const char *mark = memchr(line.at, '=', line.length);
    const char *from, *to;

    if (mark == NULL || mark == line.at)
        return false;
    from = mark + 1;
    while (from < end && *from == ' ')
        from++;
    for (to = end; to > from && (to[-1] == '\r' || to[-1] == ' '); to--)
        continue;
    if (to - from < 2 || *from != '"' || to[-1] != '"')
        return false;
    while (mark > line.at && mark[-1] == ' ')
        mark--;
    *name = wz_copy_part(line.at, (size_t)(mark - line.at));
    *value = wz_copy_part(from + 1, (size_t)(to - from - 2));
    return true;
}

/*
 * Is one entry of "Windows Vista SP2;Windows Server Core SP2; Windows Server 2008 SP2;" this system? With or without
 * its service pack: which spelling each year had is not known, and the plan asks for certain updates only.
 */
static bool names_server_2008(const char *systems)
{
    for (const char *at = systems; *at != '\0';) {
        at += strspn(at, "; ");
        if (wz_starts_nocase(at, "Windows Server Core"))
            return true;
        if (wz_starts_nocase(at, "Windows Server 2008") && !wz_starts_nocase(at, "Windows Server 2008 R2"))
            return true;
        at += strcspn(at, ";");
    }
    return false;
}

static void take_property(const char *name, const char *value, package_said *said, wz_content *content)
{
    if (wz_equal_nocase(name, "KB Article Number")) {
        said->kb = number_of_kb(value);
    } else if (wz_equal_nocase(name, "Processor Architecture")) {
        said->names_architecture = true;
        said->architecture = architecture_of(value);
    } else if (wz_equal_nocase(name, "Applies to") && wz_starts_nocase(value, "Windows ")) {
        said->windows = windows_of(value + 8);
    } else if (wz_equal_nocase(name, "ApplicabilityInfo")) {
        keep(&content->systems, value);
        content->names_systems = true;
        content->for_server_2008 = content->for_server_2008 || names_server_2008(value);
    } else if (wz_equal_nocase(name, "Package Type")) {
        keep(&content->release, value);
    }
}

wz_status wz_package_properties(const char *name, wz_view bytes, wz_content *content, wz_error *err)
{
    wz_text   converted = { 0 };
    wz_view   text = { 0 };
    package_said said = { 0 };
    size_t    count = 0;
    wz_status status = text_of(name, bytes, &converted, &text, err);

    for (size_t at = 0; status == WZ_OK && at < text.length;) {
        const char *end = memchr(text.at + at, '\n', text.length - at);
        size_t      length = (end != NULL ? (size_t)(end - text.at) : text.length) - at;
        char       *property = NULL;
        char       *value = NULL;

        if (split_property((wz_view){ text.at + at, length }, &property, &value)) {
            take_property(property, value, &said, content);
            count++;
        }
        free(property);
        free(value);
        at += length + 1;
    }
    if (status == WZ_OK && count == 0)
        status = wz_fail_at(err, WZ_E_FORMAT, name, 1, IDS_REASON_FORMAT);
    if (status == WZ_OK)
        join(content, &said, WZ_WITNESS_PROPERTIES);
    wz_text_clear(&converted);
    return status;
}

/* ---- XML ---- */

static wz_status open_root(const char *name, wz_view bytes, const char *root, wz_xml **out, wz_error *err)
{
    wz_status status = wz_xml_open_unchecked(name, bytes, WZ_PACKAGE_MAX_BYTES, out, err);

    if (status == WZ_OK && strcmp(wz_node_name(wz_xml_root(*out)), root) != 0) {
        status = wz_fail_at(err, WZ_E_FORMAT, name, wz_node_line(wz_xml_root(*out)), IDS_REASON_ROOT);
        wz_xml_free(*out);
        *out = NULL;
    }
    return status;
}

static void identity_says(const wz_node *identity, package_said *said)
{
    const char *name = wz_node_attribute(identity, "name");
    const char *architecture = wz_node_attribute(identity, "processorArchitecture");

    if (name != NULL && said->kb == 0)
        said->kb = kb_of_package(name);
    said->names_architecture = architecture != NULL;
    said->architecture = architecture_of(architecture);
    said->windows = windows_of(wz_node_attribute(identity, "version"));
}

/* The only package with action="install"; WZ_E_FORMAT when there are none or several with different names. */
static wz_status unattend_package(const char *name, const wz_node *root, wz_content *content, wz_error *err)
{
    const wz_node *servicing = wz_node_first(root, "servicing");
    const wz_node *package = servicing != NULL ? wz_node_first(servicing, "package") : NULL;
    size_t         count = 0;

    for (; package != NULL; package = wz_node_next(package, "package")) {
        const wz_node *identity = wz_node_first(package, "assemblyIdentity");
        package_said said = { 0 };

        if (identity == NULL)
            continue;
        identity_says(identity, &said);
        join(content, &said, WZ_WITNESS_UNATTEND);
        count++;
    }
    return count > 0 ? WZ_OK : wz_fail_at(err, WZ_E_FORMAT, name, wz_node_line(root), IDS_REASON_FORMAT);
}

wz_status wz_package_unattend(const char *name, wz_view bytes, wz_content *content, wz_error *err)
{
    wz_xml   *xml = NULL;
    wz_status status = open_root(name, bytes, "unattend", &xml, err);

    if (status == WZ_OK)
        status = unattend_package(name, wz_xml_root(xml), content, err);
    wz_xml_free(xml);
    return status;
}

/*
 * What a parent tells. Service Pack 2 itself is package_for_KB948465; the branches are below Microsoft-Windows-
 * Foundation-Package 6.0.6001.18000 (server; 6.0.6000.16386: client) or Microsoft-Windows-ServerCore-Package.
 */
static void parent_says(const wz_node *identity, package_said *said, wz_content *content)
{
    const char *name = wz_node_attribute(identity, "name");
    wz_version  version = { 0 };
    const char *text = wz_node_attribute(identity, "version");
    bool        is_package = name != NULL && wz_starts_nocase(name, "Microsoft-Windows-");

    if (name == NULL || text == NULL || !wz_version_parse(text, &version))
        return;
    if (version.major == 6 && version.minor == 0 && kb_of_package(name) == 948465) {
        content->names_systems = content->for_server_2008 = true;
    } else if (is_package) {
        content->names_systems = true;
        if (version.major == 6 && version.minor == 0 && version.build >= 6001)
            content->for_server_2008 = true;
    }
    if ((is_package || kb_of_package(name) == 948465) && said->windows.major == 0)
        said->windows = windows_of(text);
}

static void identity_keep(const wz_node *identity, wz_content *content)
{
    const char *name = wz_node_attribute(identity, "name");
    const char *version = wz_node_attribute(identity, "version");
    wz_text     text = { 0 };

    if (name == NULL || content->identity != NULL)
        return;
    wz_text_add(&text, name);
    wz_text_add(&text, " ");
    wz_text_add(&text, version != NULL ? version : "");
    content->identity = wz_text_take(&text);
}

static wz_status manifest_package(const char *name, const wz_node *root, wz_content *content, wz_error *err)
{
    const wz_node *identity = wz_node_first(root, "assemblyIdentity");
    const wz_node *package = wz_node_first(root, "package");
    package_said said = { 0 };

    if (identity == NULL || package == NULL)
        return wz_fail_at(err, WZ_E_FORMAT, name, wz_node_line(root), IDS_REASON_FORMAT);
    if (wz_node_attribute(package, "identifier") != NULL)
        said.kb = number_of_kb(wz_node_attribute(package, "identifier"));
    identity_says(identity, &said);
    for (const wz_node *parent = wz_node_first(package, "parent"); parent != NULL;
         parent = wz_node_next(parent, "parent"))
        for (const wz_node *at = wz_node_first(parent, "assemblyIdentity"); at != NULL;
             at = wz_node_next(at, "assemblyIdentity"))
            parent_says(at, &said, content);
    identity_keep(identity, content);
    keep(&content->release, wz_node_attribute(package, "releaseType"));
    keep(&content->restart, wz_node_attribute(package, "restart"));
    join(content, &said, WZ_WITNESS_MANIFEST);
    return WZ_OK;
}

wz_status wz_package_manifest(const char *name, wz_view bytes, wz_content *content, wz_error *err)
{
    wz_xml   *xml = NULL;
    size_t    marker = 0;
    wz_status status = open_root(name, bytes, "assembly", &xml, err);

    if (status == WZ_OK)
        status = manifest_package(name, wz_xml_root(xml), content, err);
    if (status == WZ_OK && wz_package_find_marker(bytes.at, bytes.length, &marker))
        content->is_esu_gated = true;
    wz_xml_free(xml);
    return status;
}

bool wz_package_find_marker(const char *bytes, size_t length, size_t *state)
{
    static const char marker[] = "ExtendedSecurityUpdatesAI";

    for (size_t i = 0; i < length; i++) {
        if (bytes[i] == '\0')
            continue;                                  /* UTF-16 is found as well */
        if (bytes[i] == marker[*state])
            ++*state;
        else
            *state = bytes[i] == marker[0];            /* no other letter of it is a capital E */
        if (*state == sizeof marker - 1) {
            *state = 0;
            return true;
        }
    }
    return false;
}

/* ---- names ---- */

static bool ends_with(const char *name, const char *ending)
{
    size_t length = strlen(name);
    size_t part = strlen(ending);

    return length >= part && wz_equal_nocase(name + length - part, ending);
}

wz_member wz_package_member(const char *name, bool is_payload)
{
    if (wz_equal_nocase(name, "update.mum"))
        return WZ_MEMBER_MANIFEST;
    if (ends_with(name, ".mum"))
        return WZ_MEMBER_MANIFEST_OTHER;
    if (is_payload)
        return WZ_MEMBER_OTHER;                        /* there .xml and .cab are files to install */
    if (ends_with(name, "-pkgProperties.txt"))
        return WZ_MEMBER_PROPERTIES;
    if (ends_with(name, ".xml"))
        return WZ_MEMBER_UNATTEND;
    if (ends_with(name, ".cab") && !ends_with(name, "WSUSSCAN.cab"))
        return WZ_MEMBER_CABINET;
    return WZ_MEMBER_OTHER;
}
