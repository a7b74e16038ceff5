package io.andon.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
  /** One port that another process has taken. */
  record Taken(String option, String variable, int port) {
    @Override
    public String toString() {
      return "port %d is in use; choose another by --%s or %s".formatted(port, option, variable);
    }
  }

  /** Every port that can't be listened on now. */
  List<Taken> taken() {
    return byOption().entrySet().stream()
        .filter(entry -> !isFree(entry.getValue()))
        .map(entry -> taken(entry.getKey(), entry.getValue()))
        .toList();
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

  private static Taken taken(String option, int port) {
    String variable = "ANDON_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
    return new Taken(option, variable, port);
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
