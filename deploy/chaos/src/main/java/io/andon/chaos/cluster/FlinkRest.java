package io.andon.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a JobManager's REST interface. */
public final class FlinkRest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
  private final String base;

  FlinkRest(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  /**
   * A job as the JobManager sees it.
   *
   * @param id its id
   * @param state Flink's name of its state
   * @param runningSinceMillis when the last of its tasks began to run; empty if one doesn't
   */
  public record Job(String id, String state, Optional<Long> runningSinceMillis) {}

  /** The job that has not ended; empty if there is none or nobody answers. */
  public Optional<Job> job() throws InterruptedException {
    try {
      for (JsonNode job : get("/jobs/overview").path("jobs")) {
        String state = job.path("state").asText();
        if (!state.equals("FINISHED") && !state.equals("CANCELED") && !state.equals("FAILED")) {
          return Optional.of(job(job.path("jid").asText(), state));
        }
      }
    } catch (IOException nobodyAnswers) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private Job job(String id, String state) throws IOException, InterruptedException {
    long since = 0;
    boolean all = state.equals("RUNNING");
    for (JsonNode vertex : get("/jobs/" + id).path("vertices")) {
      for (JsonNode subtask : get(subtasks(id, vertex)).path("subtasks")) {
        all &= subtask.path("status").asText().equals("RUNNING");
        since = Math.max(since, subtask.path("start-time").asLong());
      }
    }
    return new Job(id, state, all && since > 0 ? Optional.of(since) : Optional.empty());
  }

  private static String subtasks(String id, JsonNode vertex) {
    return "/jobs/" + id + "/vertices/" + vertex.path("id").asText();
  }

  /** How many checkpoints of a job failed and completed so far. */
  public Checkpoints checkpoints(String id) throws IOException, InterruptedException {
    JsonNode counts = get("/jobs/" + id + "/checkpoints").path("counts");
    return new Checkpoints(counts.path("failed").asLong(), counts.path("completed").asLong());
  }

  /** Counts since the job was submitted. */
  public record Checkpoints(long failed, long completed) {}

  /** How a job stands, {@code FAILED} say; empty if it is not known. */
  public Optional<String> state(String id) throws InterruptedException {
    try {
      return Optional.of(get("/jobs/" + id).path("state").asText()).filter(s -> !s.isEmpty());
    } catch (IOException nobodyAnswers) {
      return Optional.empty();
    }
  }

  /** Why a job failed last. */
  public String failure(String id) throws IOException, InterruptedException {
    return get("/jobs/" + id + "/exceptions").toString();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
