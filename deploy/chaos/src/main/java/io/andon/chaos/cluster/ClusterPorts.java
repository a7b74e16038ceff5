package io.andon.chaos.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
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
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      int[] free = new int[SINGLE];
      for (int i = 0; i < SINGLE; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        free[i] = socket.getLocalPort();
      }
      // Endpoints take the first free one of a range, so one that is taken meanwhile does no harm.
      int metrics = 20_000 + free[0] % 10_000;
      return new ClusterPorts(free[0], free[1], free[2], free[3], metrics);
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
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
