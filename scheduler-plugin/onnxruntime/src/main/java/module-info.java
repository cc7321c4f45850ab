/** Planned sessions: batching, variant choice and deadlines over ONNX Runtime. */
module io.waip.onnxruntime {
  requires transitive io.waip.api;
  requires transitive io.waip.nativebridge;
  requires transitive io.waip.scheduler;
  requires transitive com.microsoft.onnxruntime;
  requires org.jctools.core;
  requires static org.jspecify;

  exports io.waip.onnxruntime;
  exports io.waip.onnxruntime.agreement;
}
