/*
 * What is interpreted at most. What lies above is never a crash and never
 * lost: it passes verbatim, and a named error tells of it.
 */
#ifndef KALENDS_BASE_LIMITS_H
#define KALENDS_BASE_LIMITS_H

/* A test of what happens above these two brings smaller ones. */
#ifndef LIMIT_LINE
#define LIMIT_LINE   ((size_t)1 << 20)  /* bytes of one content line */
#define LIMIT_RECORD ((size_t)16 << 20) /* bytes of one component */
#endif
#define LIMIT_NESTING   16                /* components within components */
#define LIMIT_VALUES    ((size_t)1 << 20) /* EXDATEs, RDATEs of a series */
#define LIMIT_RULES     64                /* RRULEs, EXRULEs of a series */
#define LIMIT_OVERRIDES ((size_t)1 << 16) /* overrides of one series */
#define LIMIT_ZONES     ((size_t)4096)    /* VTIMEZONEs of one calendar */
#define LIMIT_ONSETS    ((size_t)1 << 19) /* of all these together */

#endif
