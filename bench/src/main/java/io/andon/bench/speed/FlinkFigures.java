package io.andon.bench.speed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;

/** What Flink tells of itself on the job's endpoint of metrics. */
final class FlinkFigures {
  static final String CHECKPOINTS = "flink_jobmanager_job_numberOfCompletedCheckpoints";
  static final String CHECKPOINT_BYTES = "flink_jobmanager_job_lastCheckpointSize";
  static final String CHECKPOINT_MILLIS = "flink_jobmanager_job_lastCheckpointDuration";
  private static final long PATIENCE_SECONDS = 180;

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpRequest request;

  FlinkFigures(int port) {
    request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
  }

  /** Waits until a checkpoint that began after the call is complete: the second one from now. */
  void awaitCheckpoint() throws IOException, InterruptedException, InvalidRunException {
    double before = value(CHECKPOINTS);
    long since = System.nanoTime();
    while (value(CHECKPOINTS) < before + 2) {
      if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new InvalidRunException("no checkpoint in " + PATIENCE_SECONDS + " s");
      }
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  /**
   * A metric's value; the first one of several with the name.
   *
   * @throws IOException if it is not there
   */
  double value(String name) throws IOException, InterruptedException {
    return client
        .send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new IOException("no metric " + name));
  }
}
