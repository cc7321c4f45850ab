/* Errors and log lines in Triton's form. */
#ifndef WAIP_FRONT_ERRORS_H
#define WAIP_FRONT_ERRORS_H

#include "waip/triton_api.h"

enum { WAIP_LINE_BYTES = 1024, WAIP_MESSAGE_BYTES = 512 };

/* Where a check tells what is wrong: one line, ended by a zero byte, cut where it does not fit. */
struct waip_message {
  char text[WAIP_MESSAGE_BYTES];
};

/* The caller's to delete. Cut at WAIP_LINE_BYTES. */
__attribute__((format(printf, 2, 3))) TRITONSERVER_Error *waip_error(TRITONSERVER_Error_Code code,
                                                                     const char *format, ...);

/* Writes the line; always false, for the check to return. */
__attribute__((format(printf, 2, 3))) bool waip_fault(struct waip_message *message, const char *format, ...);

/* Drops an error that nobody can act on, such as one of a setter that cannot fail on a live request. */
void waip_ignore(TRITONSERVER_Error *error);

/* For state changes and start-up, never for a request. */
__attribute__((format(printf, 2, 3))) void waip_log(TRITONSERVER_LogLevel level, const char *format, ...);

#endif
