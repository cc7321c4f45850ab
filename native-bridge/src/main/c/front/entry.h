/* The functions that Triton looks up; exports.map lists the same. */
#ifndef WAIP_FRONT_ENTRY_H
#define WAIP_FRONT_ENTRY_H

#include "waip/triton_api.h"

#define WAIP_ENTRY __attribute__((visibility("default")))

WAIP_ENTRY TRITONSERVER_Error *TRITONBACKEND_Initialize(TRITONBACKEND_Backend *handle);
WAIP_ENTRY TRITONSERVER_Error *TRITONBACKEND_Finalize(TRITONBACKEND_Backend *handle);
WAIP_ENTRY TRITONSERVER_Error *TRITONBACKEND_ModelInitialize(TRITONBACKEND_Model *handle);
WAIP_ENTRY TRITONSERVER_Error *TRITONBACKEND_ModelFinalize(TRITONBACKEND_Model *handle);
WAIP_ENTRY TRITONSERVER_Error *TRITONBACKEND_ModelInstanceInitialize(TRITONBACKEND_ModelInstance *handle);
WAIP_ENTRY TRITONSERVER_Error *TRITONBACKEND_ModelInstanceFinalize(TRITONBACKEND_ModelInstance *handle);
WAIP_ENTRY TRITONSERVER_Error *TRITONBACKEND_ModelInstanceExecute(TRITONBACKEND_ModelInstance *handle,
                                                                  TRITONBACKEND_Request **requests,
                                                                  const uint32_t count);

#endif
