package io.andon.kafka;

import io.andon.config.ConfigException.Problem;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** The brokers' addresses as a configuration gives them. */
public final class BootstrapServers {
  private static final int MAX_PORT = 65_535;

  private BootstrapServers() {}

  /**
   * What Kafka's clients would refuse, found without asking for any name.
   *
   * @param path path of the setting
   * @param servers {@code host:port} separated by commas
   */
  public static List<Problem> problems(String path, String servers) {
    List<Problem> problems = new ArrayList<>();
    for (String server : servers.split(",", -1)) {
      String address = server.strip();
      if (!isAddress(address)) {
        problems.add(
            new Problem(path, address, "must be host:port, its port from 0 to " + MAX_PORT));
      }
    }
    return problems;
  }

  private static boolean isAddress(String address) {
    try {
      Integer port = Utils.getHost(address) == null ? null : Utils.getPort(address);
      return port != null && port <= MAX_PORT;
    } catch (NumberFormatException e) {
      return false; // more digits than an int holds
    }
  }
}
