/*
 * snapshot: the facts of one machine, each with source, time and state.
 *
 * Facts are text under a closed list of ids; the typed getters read them. Lists (packages, hotfixes, manifests) have a
 * fact of their own that carries source, time and state of the whole list. A snapshot is filled by platform/ probes or
 * read from XML (resources/snapshot.xsd) and then only read; any thread may read it.
 */
#ifndef WZ_CORE_SNAPSHOT_H
#define WZ_CORE_SNAPSHOT_H

#include "core/clock.h"
#include "core/error.h"
#include "core/version.h"

typedef enum wz_fact_state {
    WZ_FACT_NOT_ASKED,   /* nobody looked */
    WZ_FACT_KNOWN,
    WZ_FACT_ABSENT,      /* looked, is not there (a missing key, value, file or row) */
    WZ_FACT_UNREADABLE   /* looked, got an error or no answer in time: os_code */
} wz_fact_state;

/* X(enumerator suffix, name in XML). Values: V version, T text, N decimal number, F "1"/"0". */
#define WZ_FACTS(X)                                                                                                    \
    X(COMPUTER_NAME,       "computer.name")             /* T */                                                        \
    X(COMPUTER_DOMAIN,     "computer.domain")           /* T domain or workgroup */                                    \
    X(MACHINE_ID,          "computer.id")               /* T MachineGuid: same machine after a restart? */             \
    X(BOOT_TIME,           "computer.bootTime")         /* T ISO 8601 */                                               \
    X(VERSION_API,         "version.api")               /* V RtlGetVersion, three parts */                             \
    X(VERSION_SHIM,        "version.shim")              /* V GetVersionEx: differs under a compatibility layer */      \
    X(VERSION_REGISTRY,    "version.registry")          /* V CurrentVersion + CurrentBuildNumber */                    \
    X(VERSION_KERNEL,      "version.kernelFile")        /* V ntoskrnl.exe, four parts */                               \
    X(VERSION_WMI,         "version.wmi")               /* V Win32_OperatingSystem.Version */                          \
    X(SERVICE_PACK,        "version.servicePack")       /* T CSDVersion of RtlGetVersion, "Service Pack 2" */          \
    X(SERVICE_PACK_MAJOR,  "version.servicePackMajor")  /* N */                                                        \
    X(BUILD_LAB,           "version.buildLab")          /* T BuildLabEx, else BuildLab */                              \
    X(PRODUCT_NAME,        "version.productName")       /* T registry ProductName */                                   \
    X(CAPTION,             "version.caption")           /* T Win32_OperatingSystem.Caption */                          \
    X(PRODUCT_TYPE,        "version.productType")       /* N 1 workstation, 2 domain controller, 3 server */           \
    X(EDITION,             "version.edition")           /* N GetProductInfo */                                         \
    X(SERVER_CORE,         "version.serverCore")        /* F from the GetProductInfo value */                          \
    X(ARCHITECTURE,        "version.architecture")      /* T x86, x64, ia64: of the machine, not of this process */    \
    X(SHA2_SUPPORT,        "sha2.support")              /* N SHA2-Codesigning-Support */                               \
    X(SHA2_CORE_SUPPORT,   "sha2.coreSupport")          /* N SHA2-Core-Codesigning-Support */                          \
    X(STACK_VERSION,       "stack.version")             /* V highest folder of servicing\Version */                    \
    X(PENDING_CBS_REBOOT,  "pending.cbsReboot")         /* F key RebootPending; ABSENT = no */                         \
    X(PENDING_CBS_PACKAGES,"pending.cbsPackages")       /* N key or value PackagesPending */                           \
    X(PENDING_CBS_SESSIONS,"pending.cbsSessions")       /* N subkeys of PendedSessionPackages */                       \
    X(PENDING_COMPONENTS,  "pending.components")        /* T HKLM\COMPONENTS PendingXmlIdentifier, ExecutionState */ \
    X(PENDING_XML_FILE,    "pending.xmlFile")           /* F WinSxS\pending.xml */                                     \
    X(PENDING_UPDATE_AGENT,"pending.updateAgent")       /* F Auto Update\RebootRequired */                             \
    X(PENDING_RENAMES,     "pending.fileRenames")       /* T PendingFileRenameOperations, one path a line */           \
    X(DISK_FREE,           "disk.systemFree")           /* N bytes free on the system drive */                         \
    X(DISK_TOTAL,          "disk.systemTotal")          /* N bytes */                                                  \
    X(ADMINISTRATOR,       "rights.administrator")      /* F this process holds an enabled administrators group */     \
    X(CAN_ELEVATE,         "rights.canElevate")         /* F the person is an administrator behind UAC */              \
    X(REMOTE_SESSION,      "session.remote")            /* F Terminal Services session */                              \
    X(START_UPDATE,        "service.wuauserv.start")    /* N 2 automatic, 3 manual, 4 disabled */                      \
    X(START_INSTALLER,     "service.trustedInstaller.start") /* N */                                                   \
    X(ESU_YEAR1,           "licence.esuYear1")          /* N LicenseStatus 0 to 6; ABSENT = no row or no key */        \
    X(ESU_YEAR2,           "licence.esuYear2")                                                                         \
    X(ESU_YEAR3,           "licence.esuYear3")                                                                         \
    X(ESU_YEAR4,           "licence.esuYear4")                                                                         \
    X(ESU_YEAR5,           "licence.esuYear5")                                                                         \
    X(ESU_YEAR6,           "licence.esuYear6")                                                                         \
    X(ESU_PREMIUM,         "licence.premiumAssurance")                                                                 \
    X(FIRMWARE,            "computer.firmware")         /* T maker, product and BIOS as the firmware names them */    \
    X(AZURE_AGENT,         "computer.azureAgent")       /* T services of the Azure agent; ABSENT = none */             \
    X(CHASSIS_TAG,         "computer.chassisTag")       /* T asset tag of Azure; ABSENT = another, or none */          \
    X(CLUSTER,             "role.cluster")              /* N start type of ClusSvc; ABSENT = no cluster node */        \
    X(SOPHOS,              "antivirus.sophos")          /* T program of one of its services; ABSENT = none */          \
    X(SOPHOS_DATE,         "antivirus.sophosDate")      /* T when the newest program beside it was written */          \
    X(AVIRA,               "antivirus.avira")           /* the same two */                                             \
    X(AVIRA_DATE,          "antivirus.aviraDate")                                                                      \
    X(LOG_SERVICING,       "log.servicing")             /* T lines of CBS.log that matter, "" when none does */        \
    X(LOG_READINESS,       "log.readiness")             /* T the last section of CheckSUR.log */                       \
    X(ON_BATTERY,          "power.onBattery")           /* F "0" also where there is no battery */                     \
    X(PACKAGES,            "packages")                  /* N count; the list follows */                                \
    X(HOTFIXES,            "hotfixes")                  /* N count of WMI QuickFixEngineering rows */                  \
    X(MANIFESTS,           "manifests")                 /* N count of *.mum in servicing\Packages that name a KB */

typedef enum wz_fact_id {
#define WZ_FACT_ENUM(suffix, name) WZ_FACT_##suffix,
    WZ_FACTS(WZ_FACT_ENUM)
#undef WZ_FACT_ENUM
    WZ_FACT_COUNT
} wz_fact_id;

/* The letters above. */
typedef enum wz_fact_kind { WZ_FACT_TEXT, WZ_FACT_VERSION, WZ_FACT_NUMBER, WZ_FACT_FLAG } wz_fact_kind;

typedef struct wz_fact {
    wz_fact_state state;
    unsigned      os_code;   /* for WZ_FACT_UNREADABLE; 0 = no answer within the time limit */
    wz_time       time;      /* when it was read */
    char         *source;    /* owned: "registry HKLM\…", "API RtlGetVersion", "file C:\…", "WMI Win32_…" */
    char         *value;     /* owned; NULL unless known */
} wz_fact;

typedef struct wz_package { char *name; int32_t state; } wz_package;   /* identity as registered; raw CurrentState */

/* What a CurrentState means, on both scales (FINDINGS.md 1). */
typedef enum wz_package_state {
    WZ_PACKAGE_ABSENT,      /* 0, 16, 32, 48 and everything unknown */
    WZ_PACKAGE_STAGED,      /* 4, 0x40: does not count */
    WZ_PACKAGE_REMOVING,    /* 5 */
    WZ_PACKAGE_PENDING,     /* 6, 0x60, 0x65: restart outstanding */
    WZ_PACKAGE_SUPERSEDED,  /* 0x50: counts */
    WZ_PACKAGE_INSTALLED,   /* 7, 8, 0x70, 0x80 */
    WZ_PACKAGE_BROKEN       /* negative */
} wz_package_state;

typedef struct wz_snapshot {
    wz_fact     facts[WZ_FACT_COUNT];
    wz_package *packages;  size_t package_count, package_room;
    char      **hotfixes;  size_t hotfix_count, hotfix_room;      /* HotFixID of WMI: KB948465, 948465, a GUID */
    char      **manifests; size_t manifest_count, manifest_room;  /* file names in lower case without ".mum" */
    wz_time     taken;     /* when the probing began */
} wz_snapshot;

wz_snapshot *wz_snapshot_create(void);
void         wz_snapshot_free(wz_snapshot *snapshot);

/*
 * Writers: copy their arguments. A value that does not fit the fact's kind is noted as unreadable with code 13
 * (ERROR_INVALID_DATA), so that a snapshot in memory never says more than its file.
 */
void wz_fact_known(wz_snapshot *snapshot, wz_fact_id id, wz_time time, const char *source, const char *value);
void wz_fact_known_number(wz_snapshot *snapshot, wz_fact_id id, wz_time time, const char *source,
                          uint64_t value);
void wz_fact_absent(wz_snapshot *snapshot, wz_fact_id id, wz_time time, const char *source);
void wz_fact_unreadable(wz_snapshot *snapshot, wz_fact_id id, wz_time time, const char *source,
                        unsigned os_code);
void wz_snapshot_add_package(wz_snapshot *snapshot, const char *name, int32_t state);
void wz_snapshot_add_hotfix(wz_snapshot *snapshot, const char *id);
void wz_snapshot_add_manifest(wz_snapshot *snapshot, const char *name);

/* Readers. The typed ones return false unless the fact is known and well formed. */
const char *wz_fact_name(wz_fact_id id);                                     /* "version.api" */
bool        wz_fact_fits(wz_fact_id id, const char *value);                /* is it of the fact's kind? */
const char *wz_snapshot_text(const wz_snapshot *snapshot, wz_fact_id id);    /* NULL unless known */
bool        wz_snapshot_number(const wz_snapshot *snapshot, wz_fact_id id, uint64_t *out);
bool        wz_snapshot_version(const wz_snapshot *snapshot, wz_fact_id id, wz_version *out);
bool        wz_snapshot_flag(const wz_snapshot *snapshot, wz_fact_id id);    /* known and not "0" */

wz_package_state wz_package_meaning(int32_t current_state);

/*
 * The state of an update by its packages: identities Package*_for_KB<kb>[_word]~31bf3856ad364e35~…, without case
 * (FINDINGS.md 3); for service packs also VistaSP2-KB948465~… and KB936330~…. Of several packages the best counts, in
 * this order: installed, superseded, pending, being removed, broken, staged, absent. Reasons: an update has a package
 * for each branch and those of other branches stay absent or staged; the branch that is installed is in force whatever
 * the _BF package beside it or a newer revision still waits for (the wait itself is told by the pending.… facts); and
 * a broken package must be seen unless the update is there all the same.
 * Linear in the packages; call wz_snapshot_update_states for many updates.
 */
wz_package_state wz_snapshot_update_state(const wz_snapshot *snapshot, unsigned kb);

/* The KB number in a package identity or .mum name; 0 when it names none. */
unsigned wz_package_kb(const char *identity);

/*
 * All updates at once: one pass over the packages. states[i] answers kbs[i]; kbs ascending without repeats.
 * plan.c uses it so that a full catalogue against 10,000 packages stays in milliseconds.
 */
void wz_snapshot_update_states(const wz_snapshot *snapshot, const unsigned kbs[], size_t count,
                               wz_package_state states[]);

#define WZ_SNAPSHOT_MAX_BYTES (64u * 1024u * 1024u)

/* XML as in resources/snapshot.xsd; ends in a line feed. */
void wz_snapshot_write(const wz_snapshot *snapshot, wz_text *out);
/* name: what errors call it. WZ_E_FORMAT, WZ_E_LIMIT as wz_xml_open, and for a value that does not fit its kind. */
wz_status wz_snapshot_read(const char *name, wz_view bytes, wz_view schema, wz_snapshot **out, wz_error *err);

#endif
