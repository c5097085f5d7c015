#include "platform/signature.h"

#include <stdlib.h>
#include <string.h>

#include "platform/late.h"
#include "platform/system_dll.h"
#include "platform/wide.h"

#include <wincrypt.h>
#include <wintrust.h>
#include <softpub.h>
#include <mscat.h>

/* The certificates Microsoft signs Windows with end in these; public, in every Windows' own store. */
static const char *const microsoft_roots[] = {
    "a43489159a520f0d93d032ccaf37e7fe20a8b419",        /* Microsoft Root Authority (1997) */
    "cdd4eeae6000ac7f40c3802c171e30148030c072",        /* Microsoft Root Certificate Authority (2001) */
    "3b1efd3a66ea28b16697394703a72ca340a05bd5",        /* Microsoft Root Certificate Authority 2010 */
    "8f43288ad272f3103b6fb1428485ea3014c0bcfe",        /* Microsoft Root Certificate Authority 2011 */
};

/* Not "Microsoft Windows Hardware Compatibility Publisher", which signs what others wrote. */
static const char *const microsoft_names[] = { "Microsoft Corporation", "Microsoft Windows" };

static bool is_among(const char *text, const char *const list[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text != NULL && strcmp(text, list[i]) == 0)
            return true;
    return false;
}

bool wz_signature_is_microsoft(const char *root_sha1, const char *organization, const char *common_name)
{
    return is_among(root_sha1, microsoft_roots, WZ_COUNT(microsoft_roots)) && organization != NULL &&
           strcmp(organization, "Microsoft Corporation") == 0 &&
           is_among(common_name, microsoft_names, WZ_COUNT(microsoft_names));
}

typedef LONG (WINAPI *verify_function)(HWND window, GUID *action, void *data);
typedef CRYPT_PROVIDER_DATA *(WINAPI *provider_function)(HANDLE state);
typedef DWORD (WINAPI *name_function)(PCCERT_CONTEXT of, DWORD type, DWORD flags, void *which, wchar_t *name,
                                      DWORD units);
typedef BOOL (WINAPI *property_function)(PCCERT_CONTEXT of, DWORD id, void *value, DWORD *length);

/* Loaded when a file is checked: a start without it is sooner, and possible where these libraries do not load. */
typedef struct trust {
    verify_function   verify;
    provider_function provider;
    name_function     name;
    property_function property;
} trust;

static bool trust_load(trust *to)
{
    to->verify = (verify_function)wz_late(WZ_LATE_WinVerifyTrust);
    to->provider = (provider_function)wz_late(WZ_LATE_WTHelperProvDataFromStateData);
    to->name = (name_function)wz_late(WZ_LATE_CertGetNameStringW);
    to->property = (property_function)wz_late(WZ_LATE_CertGetCertificateContextProperty);
    return to->verify != NULL && to->provider != NULL && to->name != NULL && to->property != NULL;
}

/* Owned; NULL when the certificate has no such attribute. */
static char *certificate_name(const trust *with, PCCERT_CONTEXT certificate, const char *attribute)
{
    DWORD    units = with->name(certificate, CERT_NAME_ATTR_TYPE, 0, (void *)attribute, NULL, 0);
    wchar_t *name;
    char    *utf8;

    if (units <= 1)
        return NULL;
    name = wz_new_array(units, wchar_t);
    with->name(certificate, CERT_NAME_ATTR_TYPE, 0, (void *)attribute, name, units);
    utf8 = wz_utf8_for_display(name, wcslen(name));
    free(name);
    return utf8;
}

static bool certificate_sha1(const trust *with, PCCERT_CONTEXT certificate, char hex[41])
{
    BYTE    hash[20];
    DWORD   length = sizeof hash;
    wz_text text = { 0 };

    if (!with->property(certificate, CERT_SHA1_HASH_PROP_ID, hash, &length) || length != sizeof hash)
        return false;
    for (size_t i = 0; i < sizeof hash; i++)
        wz_text_add_hex(&text, hash[i], 2);
    memcpy(hex, text.at, 41);
    wz_text_clear(&text);
    return true;
}

/* By the digest algorithm of a signer: SHA-1 is 1.3.14.3.2.26, the SHA-2 family 2.16.840.1.101.3.4.2.x (RFC 5754). */
static unsigned kind_of(const char *oid)
{
    if (oid != NULL && strcmp(oid, szOID_OIWSEC_sha1) == 0)
        return WZ_SIGNATURE_SHA1;
    return oid != NULL && strncmp(oid, "2.16.840.1.101.3.4.2.", 21) == 0 ? WZ_SIGNATURE_SHA2 : 0;
}

/* The OID of SHA-256 in DER, as a second signature inside the first one names its digest. */
static bool mentions_sha256(const CRYPT_ATTRIBUTE *attribute)
{
    static const BYTE oid[] = { 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01 };

    for (DWORD i = 0; i < attribute->cValue; i++)
        for (DWORD at = 0; at + sizeof oid <= attribute->rgValue[i].cbData; at++)
            if (memcmp(attribute->rgValue[i].pbData + at, oid, sizeof oid) == 0)
                return true;
    return false;
}

/* Windows before SHA-2 support verifies the first signature and does not see one nested in it. */
static unsigned signature_kinds(const CMSG_SIGNER_INFO *signer)
{
    unsigned kinds;

    if (signer == NULL)
        return 0;
    kinds = kind_of(signer->HashAlgorithm.pszObjId);
    for (DWORD i = 0; i < signer->UnauthAttrs.cAttr; i++) {
        const CRYPT_ATTRIBUTE *attribute = &signer->UnauthAttrs.rgAttr[i];

        if (attribute->pszObjId != NULL && strcmp(attribute->pszObjId, "1.3.6.1.4.1.311.2.4.1") == 0
            && mentions_sha256(attribute))
            kinds |= WZ_SIGNATURE_SHA2;
    }
    return kinds;
}

/* Of the certificates that WinVerifyTrust used: first the signer's, last the root. */
static void signer_read(const trust *with, HANDLE state, wz_file *out)
{
    const CRYPT_PROVIDER_DATA *data = state == NULL ? NULL : with->provider(state);
    const CRYPT_PROVIDER_SGNR *signer = data == NULL || data->csSigners == 0 ? NULL : &data->pasSigners[0];
    PCCERT_CONTEXT             leaf, root;
    char                      *organization;
    char                       root_sha1[41] = "";

    out->signature = WZ_SIGNATURE_OTHER;
    out->signature_kinds = signer == NULL ? 0 : signature_kinds(signer->psSigner);
    if (signer == NULL || signer->csCertChain == 0)
        return;
    leaf = signer->pasCertChain[0].pCert;
    root = signer->pasCertChain[signer->csCertChain - 1].pCert;
    if (leaf == NULL || root == NULL)
        return;
    free(out->signer);
    out->signer = certificate_name(with, leaf, szOID_COMMON_NAME);
    organization = certificate_name(with, leaf, szOID_ORGANIZATION_NAME);
    if (certificate_sha1(with, root, root_sha1) && wz_signature_is_microsoft(root_sha1, organization, out->signer))
        out->signature = WZ_SIGNATURE_MICROSOFT;
    free(organization);
}

static bool is_unsigned(LONG result, DWORD last_error)
{
    if (result == TRUST_E_SUBJECT_FORM_UNKNOWN || result == TRUST_E_PROVIDER_UNKNOWN)
        return true;                                   /* a kind of file that cannot carry a signature */
    if (result != TRUST_E_NOSIGNATURE)
        return false;
    /* TRUST_E_NOSIGNATURE also covers a signature that could not be read; the reason is in the last error. */
    return last_error == ERROR_SUCCESS || last_error == (DWORD)TRUST_E_NOSIGNATURE ||
           last_error == (DWORD)TRUST_E_SUBJECT_FORM_UNKNOWN || last_error == (DWORD)TRUST_E_PROVIDER_UNKNOWN;
}

/* Closes what verify has opened. */
static void verify_subject(const trust *with, WINTRUST_DATA *data, wz_file *out)
{
    GUID  action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
    LONG  result;
    DWORD last_error;

    data->cbStruct = sizeof *data;
    data->dwUIChoice = WTD_UI_NONE;
    data->fdwRevocationChecks = WTD_REVOKE_NONE;
    data->dwStateAction = WTD_STATEACTION_VERIFY;
    data->dwProvFlags = WTD_CACHE_ONLY_URL_RETRIEVAL | WTD_REVOCATION_CHECK_NONE;
    out->signature_kinds = 0;
    SetLastError(ERROR_SUCCESS);
    result = with->verify((HWND)INVALID_HANDLE_VALUE, &action, data);
    last_error = GetLastError();
    if (result == ERROR_SUCCESS) {
        out->signature_code = 0;
        signer_read(with, data->hWVTStateData, out);
    } else if (is_unsigned(result, last_error)) {
        out->signature = WZ_SIGNATURE_NONE;
        out->signature_code = 0;
    } else {
        signer_read(with, data->hWVTStateData, out);          /* for the name only */
        out->signature = WZ_SIGNATURE_INVALID;
        out->signature_code = (unsigned)result;
    }
    data->dwStateAction = WTD_STATEACTION_CLOSE;
    with->verify((HWND)INVALID_HANDLE_VALUE, &action, data);
}

static void not_checked(wz_file *out)
{
    out->signature = WZ_SIGNATURE_NOT_CHECKED;
    out->signature_code = ERROR_PROC_NOT_FOUND;
}

void wz_signature_check(const wchar_t *path, HANDLE file, wz_file *out)
{
    WINTRUST_FILE_INFO subject = { .cbStruct = sizeof subject, .pcwszFilePath = path, .hFile = file };
    WINTRUST_DATA      data = { .dwUnionChoice = WTD_CHOICE_FILE };
    trust              with;

    if (!trust_load(&with)) {
        not_checked(out);
        return;
    }
    data.pFile = &subject;
    verify_subject(&with, &data, out);
}

/* ---- catalogues: mscat.h ---- */

typedef BOOL (WINAPI *acquire_function)(HANDLE *admin, const GUID *subsystem, DWORD flags);
typedef BOOL (WINAPI *release_function)(HANDLE admin, DWORD flags);
typedef BOOL (WINAPI *hash_function)(HANDLE file, DWORD *length, BYTE *hash, DWORD flags);
typedef HANDLE (WINAPI *find_function)(HANDLE admin, BYTE *hash, DWORD length, DWORD flags, HANDLE *previous);
typedef BOOL (WINAPI *info_function)(HANDLE catalogue, CATALOG_INFO *info, DWORD flags);
typedef BOOL (WINAPI *done_function)(HANDLE admin, HANDLE catalogue, DWORD flags);

typedef struct catalogues {
    acquire_function acquire;
    release_function release;
    hash_function    hash;
    find_function    find;
    info_function    info;
    done_function    done;
} catalogues;

static bool catalogues_load(catalogues *to)
{
    to->acquire = (acquire_function)wz_late(WZ_LATE_CryptCATAdminAcquireContext);
    to->release = (release_function)wz_late(WZ_LATE_CryptCATAdminReleaseContext);
    to->hash = (hash_function)wz_late(WZ_LATE_CryptCATAdminCalcHashFromFileHandle);
    to->find = (find_function)wz_late(WZ_LATE_CryptCATAdminEnumCatalogFromHash);
    to->info = (info_function)wz_late(WZ_LATE_CryptCATCatalogInfoFromContext);
    to->done = (done_function)wz_late(WZ_LATE_CryptCATAdminReleaseCatalogContext);
    return to->acquire != NULL && to->release != NULL && to->hash != NULL && to->find != NULL && to->info != NULL
        && to->done != NULL;
}

static void verify_in(const trust *with, const CATALOG_INFO *info, const wchar_t *path, HANDLE file, BYTE *hash,
                      DWORD length, wz_file *out)
{
    static const wchar_t  digits[] = L"0123456789ABCDEF";
    wchar_t               tag[2 * 64 + 1] = L"";
    WINTRUST_CATALOG_INFO subject = { .cbStruct = sizeof subject, .pcwszCatalogFilePath = info->wszCatalogFile,
                                      .pcwszMemberTag = tag, .pcwszMemberFilePath = path, .hMemberFile = file,
                                      .pbCalculatedFileHash = hash, .cbCalculatedFileHash = length };
    WINTRUST_DATA         data = { .dwUnionChoice = WTD_CHOICE_CATALOG };

    for (DWORD i = 0; i < length; i++) {
        tag[2 * i] = digits[hash[i] >> 4];
        tag[2 * i + 1] = digits[hash[i] & 15];
    }
    data.pCatalog = &subject;
    verify_subject(with, &data, out);
}

/* DRIVER_ACTION_VERIFY, the list that Windows' own catalogues are in. Asking for one that is not there makes it. */
static bool has_catalogues(void)
{
    wchar_t *path = wz_native_path(L"CatRoot\\{F750E6C3-38EE-11D1-85E5-00C04FC295EE}");
    bool     is_there = GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;

    free(path);
    return is_there;
}

void wz_signature_check_windows(const wchar_t *path, HANDLE file, wz_file *out)
{
    static const GUID own = { 0xF750E6C3, 0x38EE, 0x11D1, { 0x85, 0xE5, 0x00, 0xC0, 0x4F, 0xC2, 0x95, 0xEE } };
    CATALOG_INFO info = { .cbStruct = sizeof info };
    BYTE         hash[64];
    DWORD        length = sizeof hash;
    HANDLE       admin = NULL, catalogue;
    catalogues   by;
    trust        with;

    wz_signature_check(path, file, out);
    if (out->signature != WZ_SIGNATURE_NONE || !has_catalogues())
        return;
    if (!trust_load(&with) || !catalogues_load(&by)) {
        not_checked(out);
        return;
    }
    if (!by.acquire(&admin, &own, 0))
        return;
    if (by.hash(file, &length, hash, 0) && length <= sizeof hash) {
        catalogue = by.find(admin, hash, length, 0, NULL);
        if (catalogue != NULL && by.info(catalogue, &info, 0))
            verify_in(&with, &info, path, file, hash, length, out);
        if (catalogue != NULL)
            by.done(admin, catalogue, 0);
    }
    by.release(admin, 0);
}
