/*
 * late: every function that is asked for at run time, and what happens where it is missing.
 *
 * A function stands here when its DLL is not one of NT 6.0's KnownDLLs, so that Windows would take an import of it from
 * a file beside the program (system_dll.h); or when NT 6.0 may lack it. All others are imported. There is no other way
 * to a function by its name: tests/lint/check_late.py. Each row is taken away once by tests/platform/test_late.c, which
 * sees what the row promises. Any thread.
 */
#ifndef WZ_PLATFORM_LATE_H
#define WZ_PLATFORM_LATE_H

#include "platform/system_dll.h"

/*
 * What happens without a function.
 *
 * PRELOAD      what Windows would load later is loaded before, from the system folder
 * NO_VERSION   what RtlGetVersion tells cannot be read: facts with the code, and the checks on them say so
 * NO_SHIM      what a compatibility layer would tell cannot be read
 * NO_START     when Windows was started cannot be read
 * NO_DOMAIN    the domain cannot be read
 * PLAIN        the version of a file is asked for the plain way, which may give that of its language file
 * NO_STRINGS   findings name no product, company and version
 * NO_RESOURCE  as NO_STRINGS, and the version of a file cannot be read
 * REGISTERED   drivers are scanned as far as they are registered, whether loaded or not
 * NO_DIGEST    a file cannot be checked by its hash: WZ_E_SYSTEM; a text has no digest, which equals none
 * NO_TRUST     a signature is WZ_SIGNATURE_NOT_CHECKED
 * NO_LISTS     the same, of a file that is not signed itself and may be by a catalogue of Windows
 * NO_CABINET   a cabinet cannot be read: WZ_E_SYSTEM, IDS_CABINET_LIBRARY
 * TEXTS        an installer's findings are those of its texts, not of its tables
 * NO_PRINTER   no printer is found: IDS_PRINT_SPOOLER
 * NO_DEFAULT   a printer must be named, none is the default one
 */

/* ROW(dll, function, first NT version that has it, what happens without); sorted by DLL and function. */
#define WZ_LATE_ROWS(ROW) \
    ROW(L"bcrypt.dll",   BCryptCloseAlgorithmProvider,        "6.0", NO_DIGEST)   \
    ROW(L"bcrypt.dll",   BCryptCreateHash,                    "6.0", NO_DIGEST)   \
    ROW(L"bcrypt.dll",   BCryptDestroyHash,                   "6.0", NO_DIGEST)   \
    ROW(L"bcrypt.dll",   BCryptFinishHash,                    "6.0", NO_DIGEST)   \
    ROW(L"bcrypt.dll",   BCryptGetProperty,                   "6.0", NO_DIGEST)   \
    ROW(L"bcrypt.dll",   BCryptHashData,                      "6.0", NO_DIGEST)   \
    ROW(L"bcrypt.dll",   BCryptOpenAlgorithmProvider,         "6.0", NO_DIGEST)   \
    ROW(L"cabinet.dll",  FDICopy,                             "5.0", NO_CABINET)  \
    ROW(L"cabinet.dll",  FDICreate,                           "5.0", NO_CABINET)  \
    ROW(L"cabinet.dll",  FDIDestroy,                          "5.0", NO_CABINET)  \
    ROW(L"crypt32.dll",  CertGetCertificateContextProperty,   "5.1", NO_TRUST)    \
    ROW(L"crypt32.dll",  CertGetNameStringW,                  "5.1", NO_TRUST)    \
    ROW(L"kernel32.dll", GetVersionExW,                       "5.0", NO_SHIM)     \
    ROW(L"kernel32.dll", SetDefaultDllDirectories,            "6.2", PRELOAD)     \
    ROW(L"msi.dll",      MsiCloseHandle,                      "5.2", TEXTS)       \
    ROW(L"msi.dll",      MsiDatabaseOpenViewW,                "5.2", TEXTS)       \
    ROW(L"msi.dll",      MsiOpenDatabaseW,                    "5.2", TEXTS)       \
    ROW(L"msi.dll",      MsiRecordGetStringW,                 "5.2", TEXTS)       \
    ROW(L"msi.dll",      MsiViewExecute,                      "5.2", TEXTS)       \
    ROW(L"msi.dll",      MsiViewFetch,                        "5.2", TEXTS)       \
    ROW(L"netapi32.dll", NetApiBufferFree,                    "5.0", NO_DOMAIN)   \
    ROW(L"netapi32.dll", NetGetJoinInformation,               "5.0", NO_DOMAIN)   \
    ROW(L"ntdll.dll",    NtQuerySystemInformation,            "5.0", NO_START)    \
    ROW(L"ntdll.dll",    RtlGetVersion,                       "5.0", NO_VERSION)  \
    ROW(L"psapi.dll",    EnumDeviceDrivers,                   "5.1", REGISTERED)  \
    ROW(L"psapi.dll",    GetDeviceDriverFileNameW,            "5.1", REGISTERED)  \
    ROW(L"version.dll",  GetFileVersionInfoExW,               "6.0", PLAIN)       \
    ROW(L"version.dll",  GetFileVersionInfoSizeExW,           "6.0", PLAIN)       \
    ROW(L"version.dll",  GetFileVersionInfoSizeW,             "5.0", NO_STRINGS)  \
    ROW(L"version.dll",  GetFileVersionInfoW,                 "5.0", NO_STRINGS)  \
    ROW(L"version.dll",  VerQueryValueW,                      "5.0", NO_RESOURCE) \
    ROW(L"winspool.drv", EnumPrintersW,                       "5.0", NO_PRINTER)  \
    ROW(L"winspool.drv", GetDefaultPrinterW,                  "5.0", NO_DEFAULT)  \
    ROW(L"wintrust.dll", CryptCATAdminAcquireContext,         "5.1", NO_LISTS)    \
    ROW(L"wintrust.dll", CryptCATAdminCalcHashFromFileHandle, "5.1", NO_LISTS)    \
    ROW(L"wintrust.dll", CryptCATAdminEnumCatalogFromHash,    "5.1", NO_LISTS)    \
    ROW(L"wintrust.dll", CryptCATAdminReleaseCatalogContext,  "5.1", NO_LISTS)    \
    ROW(L"wintrust.dll", CryptCATAdminReleaseContext,         "5.1", NO_LISTS)    \
    ROW(L"wintrust.dll", CryptCATCatalogInfoFromContext,      "5.1", NO_LISTS)    \
    ROW(L"wintrust.dll", WTHelperProvDataFromStateData,       "5.1", NO_TRUST)    \
    ROW(L"wintrust.dll", WinVerifyTrust,                      "5.1", NO_TRUST)

typedef enum wz_late_function {
#define WZ_LATE_ID(dll, function, since, without) WZ_LATE_##function,
    WZ_LATE_ROWS(WZ_LATE_ID)
#undef WZ_LATE_ID
    WZ_LATE_COUNT
} wz_late_function;

wz_function wz_late(wz_late_function which);           /* cast to its real type; NULL: not here */

#endif
