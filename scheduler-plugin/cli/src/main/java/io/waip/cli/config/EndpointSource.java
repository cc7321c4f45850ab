package io.waip.cli.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the endpoints come from. */
public sealed interface EndpointSource {

  /** The runtime inside the planner's own process. */
  record Embedded() implements EndpointSource {}

  /** The Triton server the planner is mounted in. */
  record MountedTriton() implements EndpointSource {}

  /**
   * Endpoints named in the configuration.
   *
   * @param endpoints at least one, names distinct
   */
  record Listed(List<Address> endpoints) implements EndpointSource {

    /** Copies the list. */
    public Listed {
      endpoints = List.copyOf(endpoints);
    }
  }

  /**
   * Endpoints named in another file.
   *
   * @param file its path, as written
   */
  record FromFile(Path file) implements EndpointSource {}

  /**
   * Endpoints of a Kubernetes InferencePool.
   *
   * @param namespace its namespace
   * @param pool its name
   */
  record FromKubernetes(String namespace, String pool) implements EndpointSource {}

  /**
   * One named endpoint.
   *
   * @param name distinct in its list
   * @param url scheme http, https or grpc, with host and port
   * @param region its data region; empty when unknown
   */
  record Address(String name, URI url, Optional<String> region) {}
}
