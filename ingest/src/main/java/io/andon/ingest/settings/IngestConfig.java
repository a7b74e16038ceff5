package io.andon.ingest.settings;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.ConfigLoader;
import io.andon.config.SelfChecked;
import io.andon.kafka.BootstrapServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration of an ingest process.
 *
 * @param kafka where frames go
 * @param overload what happens when the job lags
 * @param server where health and metrics are served
 * @param cameras the cameras, 1 to 256
 */
public record IngestConfig(
    KafkaConfig kafka, OverloadConfig overload, ServerConfig server, List<CameraConfig> cameras)
    implements SelfChecked {
  /** Path of the schema on the class path: the one place of types, ranges and defaults. */
  public static final String SCHEMA = "io/andon/ingest/ingest.schema.json";

  private static final String URL =
      "must be an address rtsp://host:port/path, its host an IP address or a name of letters, digits,"
          + " '.', '-' and '_', its port from 1 to 65535";

  public IngestConfig {
    cameras = List.copyOf(cameras);
  }

  /**
   * Loads and checks a file.
   *
   * @throws ConfigException with every problem, if it is no valid configuration
   */
  public static IngestConfig load(Path file) throws ConfigException {
    return ConfigLoader.load(file, SCHEMA, IngestConfig.class);
  }

  @Override
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    Map<String, Integer> firstUse = new HashMap<>();
    problems.addAll(BootstrapServers.problems("kafka.bootstrapServers", kafka.bootstrapServers()));
    problems.addAll(
        kafka
            .security()
            .problems(
                "kafka.security",
                Map.of(
                    "kafka.properties", kafka.properties().keySet(),
                    "kafka.secretProperties", kafka.secretProperties().keySet())));
    reserved(kafka.properties().keySet(), "kafka.properties.", problems);
    reserved(kafka.secretProperties().keySet(), "kafka.secretProperties.", problems);
    problems.addAll(sharedTopics());
    if (overload.lowLagMillis() >= overload.highLagMillis()) {
      String value = Integer.toString(overload.lowLagMillis());
      String most = "must be below highLagMillis, " + overload.highLagMillis();
      problems.add(new Problem("overload.lowLagMillis", value, most));
    }
    for (int i = 0; i < cameras.size(); i++) {
      camera(i, firstUse, problems);
    }
    return problems;
  }

  /** A topic holds one kind of record: its readers would set the others aside. */
  private List<Problem> sharedTopics() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("kafka.framesTopic", kafka.framesTopic());
    names.put("kafka.healthTopic", kafka.healthTopic());
    names.put("overload.scoresTopic", overload.scoresTopic());
    List<Problem> problems = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    names.forEach(
        (key, name) -> {
          String other = owners.putIfAbsent(name, key);
          if (other != null) {
            problems.add(new Problem(key, name, "must be a name of its own; " + other + " has it"));
          }
        });
    return problems;
  }

  private static void reserved(Set<String> keys, String path, List<Problem> problems) {
    for (String key : new TreeSet<>(keys)) {
      if (KafkaConfig.RESERVED.contains(key)) {
        problems.add(new Problem(path + key, "", "is decided by ingest and must not be set here"));
      }
    }
  }

  private void camera(int i, Map<String, Integer> firstUse, List<Problem> problems) {
    CameraConfig camera = cameras.get(i);
    String key = "cameras[" + i + "].";
    Integer first = firstUse.putIfAbsent(camera.id(), i);
    if (first != null) {
      String taken = "must be unique; cameras[" + first + "] has it already";
      problems.add(new Problem(key + "id", camera.id(), taken));
    }
    if (CameraHost.of(camera.url()).isEmpty()) {
      problems.add(new Problem(key + "url", "", URL));
    }
    CameraTls tls = camera.tls();
    if (tls != null && !camera.url().startsWith("rtsps:")) {
      problems.add(new Problem(key + "tls", "", "needs an address rtsps://host:port/path"));
    }
    if (tls != null && !tls.verifyHost() && tls.truststore() == null) {
      String why = "must be given where verifyHost is false: any certificate would do otherwise";
      problems.add(new Problem(key + "tls.truststore", "", why));
    }
    if ((camera.width() == null) != (camera.height() == null)) {
      String missing = camera.width() == null ? "width" : "height";
      problems.add(new Problem(key + missing, "", "must be given: width and height go together"));
    }
    CropConfig crop = camera.crop();
    if (crop != null) {
      inside(key + "crop.width", crop.width(), "crop.x", crop.x(), problems);
      inside(key + "crop.height", crop.height(), "crop.y", crop.y(), problems);
    }
    // Pictures above fps are left out, which must not be taken for silence.
    int twoSteps = 2_000 / camera.fps();
    if (camera.stallMillis() < twoSteps) {
      String value = Integer.toString(camera.stallMillis());
      String least = "must be at least " + twoSteps + ", two frames' time at fps " + camera.fps();
      problems.add(new Problem(key + "stallMillis", value, least));
    }
    if (camera.reconnectMinMillis() > camera.reconnectMaxMillis()) {
      String value = Integer.toString(camera.reconnectMinMillis());
      String most = "must be at most reconnectMaxMillis, " + camera.reconnectMaxMillis();
      problems.add(new Problem(key + "reconnectMinMillis", value, most));
    }
  }

  private static void inside(
      String key, double length, String edge, double at, List<Problem> problems) {
    if (at + length > 100) {
      String most = "must be at most " + (100 - at) + ": " + edge + " is " + at + " percent";
      problems.add(new Problem(key, Double.toString(length), most));
    }
  }
}
