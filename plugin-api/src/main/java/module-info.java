import io.waip.api.measurement.MeasurementReader;

/** Contracts and value types of the planner: what plug-ins implement and drivers speak. */
module io.waip.api {
  requires transitive com.google.protobuf;
  requires static transitive org.jspecify;

  exports io.waip.api;
  exports io.waip.api.actuate;
  exports io.waip.api.admission;
  exports io.waip.api.agreement;
  exports io.waip.api.cost;
  exports io.waip.api.deployment;
  exports io.waip.api.drift;
  exports io.waip.api.measurement;
  exports io.waip.api.plan;
  exports io.waip.api.queue;
  exports io.waip.api.record;
  exports io.waip.api.resource;
  exports io.waip.api.route;
  exports io.waip.api.schedule;
  exports io.waip.api.v1;

  uses MeasurementReader;
}
