#include "errors.h"

#include <stdarg.h>
#include <stdio.h>

TRITONSERVER_Error *waip_error(TRITONSERVER_Error_Code code, const char *format, ...) {
  char line[WAIP_LINE_BYTES];
  va_list values;
  va_start(values, format);
  vsnprintf(line, sizeof line, format, values);
  va_end(values);
  return TRITONSERVER_ErrorNew(code, line);
}

bool waip_fault(struct waip_message *message, const char *format, ...) {
  va_list values;
  va_start(values, format);
  vsnprintf(message->text, sizeof message->text, format, values);
  va_end(values);
  return false;
}

void waip_ignore(TRITONSERVER_Error *error) {
  if (error != NULL) {
    TRITONSERVER_ErrorDelete(error);
  }
}

void waip_log(TRITONSERVER_LogLevel level, const char *format, ...) {
  char line[WAIP_LINE_BYTES];
  va_list values;
  va_start(values, format);
  vsnprintf(line, sizeof line, format, values);
  va_end(values);
  waip_ignore(TRITONSERVER_LogMessage(level, "waip", 0, line));
}
