package io.andon.chaos.cluster;

import io.andon.broker.FreePorts;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Ports of one cluster, all on loopback.
 *
 * @param kafka Kafka clients
 * @param controller Kafka's controller
 * @param rest Flink's REST
 * @param rpc the JobManager's
 * @param metrics first of {@value #METRICS} for Prometheus
 */
public record ClusterPorts(int kafka, int controller, int rest, int rpc, int metrics) {
  /** How many processes get an endpoint. */
  public static final int METRICS = 8;

  private static final int SINGLE = 4;

  /** Free ones. */
  public static ClusterPorts free() throws IOException {
    List<Integer> free = FreePorts.take(SINGLE);
    return new ClusterPorts(
        free.get(0), free.get(1), free.get(2), free.get(3), FreePorts.takeRow(METRICS));
  }

  /** As scripts/cluster takes them. */
  Map<String, String> environment() {
    return Map.of(
        "ANDON_KAFKA_PORT", Integer.toString(kafka),
        "ANDON_CONTROLLER_PORT", Integer.toString(controller),
        "ANDON_FLINK_PORT", Integer.toString(rest),
        "ANDON_RPC_PORT", Integer.toString(rpc),
        "ANDON_METRICS_PORTS", metrics + "-" + (metrics + METRICS - 1));
  }
}
