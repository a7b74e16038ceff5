package io.andon.manifests.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection: a pod, or an address outside.
 *
 * @param name for messages
 * @param namespace the pod's; null outside
 * @param labels the pod's; empty outside
 * @param address IPv4 address outside; null for a pod
 */
public record Endpoint(
    String name, @Nullable String namespace, Map<String, String> labels, @Nullable String address) {
  public Endpoint {
    labels = Map.copyOf(labels);
  }

  /** A pod. */
  public static Endpoint pod(String name, String namespace, Map<String, String> labels) {
    return new Endpoint(name, namespace, labels, null);
  }

  /** A host that is no pod. */
  public static Endpoint outside(String name, String address) {
    return new Endpoint(name, null, Map.of(), address);
  }

  @Override
  public String toString() {
    return name;
  }
}
