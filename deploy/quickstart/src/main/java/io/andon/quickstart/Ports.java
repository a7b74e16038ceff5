package io.andon.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The ports of the demo, all on loopback, each 1..65535.
 *
 * @param kafka Kafka clients
 * @param controller Kafka's controller
 * @param rtsp the simulated cameras
 * @param ingest health and metrics of ingest
 * @param job metrics of the job
 * @param flink Flink's web UI
 */
public record Ports(int kafka, int controller, int rtsp, int ingest, int job, int flink) {
  private static final int HIGHEST = 65_535;

  /** What is wrong with the ports, each with the option that changes it. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (Map.Entry<String, Integer> entry : byOption().entrySet()) {
      String option = entry.getKey();
      int port = entry.getValue();
      String wrong = wrong(port, seen);
      if (!wrong.isEmpty()) {
        String variable = "ANDON_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
        problems.add(
            "port %d %s; choose another by --%s or %s".formatted(port, wrong, option, variable));
      }
    }
    return problems;
  }

  private static String wrong(int port, Set<Integer> seen) {
    if (port < 1 || port > HIGHEST) {
      return "is not between 1 and " + HIGHEST;
    }
    if (!seen.add(port)) {
      return "is given twice";
    }
    return isFree(port) ? "" : "is in use";
  }

  /** Kafka's address for clients. */
  public String bootstrapServers() {
    return "127.0.0.1:" + kafka;
  }

  private Map<String, Integer> byOption() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("kafka-port", kafka);
    ports.put("controller-port", controller);
    ports.put("rtsp-port", rtsp);
    ports.put("ingest-port", ingest);
    ports.put("job-port", job);
    ports.put("flink-port", flink);
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
