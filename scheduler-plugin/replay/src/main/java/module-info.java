/** Virtual-time replay: traces, arrivals, baselines, the goodput limit. */
module io.waip.replay {
  requires transitive io.waip.api;
  requires transitive io.waip.scheduler;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;

  exports io.waip.replay.drive;
  exports io.waip.replay.policy;
}
