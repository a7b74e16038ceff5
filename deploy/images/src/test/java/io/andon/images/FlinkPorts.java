package io.andon.images;

import io.andon.broker.FreePorts;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the processes of Flink and a broker are, when one host stands for several.
 *
 * @param free ports of loopback
 */
record FlinkPorts(List<Integer> free) {
  private static final int COUNT = 10;

  static FlinkPorts take() throws java.io.IOException {
    return new FlinkPorts(FreePorts.take(COUNT));
  }

  int rest() {
    return free.get(0);
  }

  int managerMetrics() {
    return free.get(1);
  }

  int workerMetrics() {
    return free.get(2);
  }

  int rpc() {
    return free.get(3);
  }

  int broker() {
    return free.get(8);
  }

  int controller() {
    return free.get(9);
  }

  /** In place of what deploy/kubernetes says about addresses, sizes and folders. */
  List<String> settings(int metrics, Path folder) {
    return List.of(
        "-Djobmanager.rpc.address=127.0.0.1",
        "-Djobmanager.bind-host=127.0.0.1",
        "-Djobmanager.rpc.port=" + rpc(),
        "-Dblob.server.port=" + free.get(4),
        "-Drest.bind-address=127.0.0.1",
        "-Drest.port=" + rest(),
        "-Drest.bind-port=" + rest(),
        "-Dtaskmanager.host=127.0.0.1",
        "-Dtaskmanager.bind-host=127.0.0.1",
        "-Dtaskmanager.rpc.port=" + free.get(5),
        "-Dtaskmanager.data.port=" + free.get(6),
        "-Dmetrics.internal.query-service.port=0",
        "-Dmetrics.reporter.andon.host=127.0.0.1",
        "-Dmetrics.reporter.andon.port=" + metrics,
        "-Dtaskmanager.memory.process.size=2500m",
        "-Dio.tmp.dirs=" + folder.resolve("tmp"));
  }
}
