package io.andon.chaos.security;

import io.andon.bench.simulator.LineSimulation;
import io.andon.bench.simulator.rtsp.RtspCredentials;
import io.andon.bench.simulator.rtsp.RtspServer;
import io.andon.broker.FreePorts;
import io.andon.chaos.cluster.Cluster;
import io.andon.ingest.IngestCommand;
import io.andon.kafka.access.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Camera, ingest, broker and Flink cluster with everything secured: RTSP over TLS, Kafka with
 * certificates of clients on top of passwords, Flink and every endpoint over TLS.
 */
final class SecuredLine implements AutoCloseable {
  /** Every secret, each a word that is nowhere else. */
  static final Map<String, String> SECRETS =
      Map.of(
          "camera", "canary-camera-3f81c2d7a5",
          "wrong camera", "canary-wrong-camera-70be19",
          "ingest", "canary-kafka-ingest-92ad44",
          "job", "canary-kafka-job-5be07713",
          "wrong kafka", "canary-wrong-kafka-c1d2e3",
          "key", "canary-key-password-8d6641",
          "flink", "canary-flink-store-0e9b75");

  /** Not secret: what is searched must show it, or the search is of no use. */
  static final String PLANTED = "planted-4d17e9";

  /** The camera that works, and one that does without its certificate's host name. */
  static final String CAMERA = PLANTED;

  static final String PINNED = "pinned";

  /** The one whose password is wrong. */
  static final String WRONG_PASSWORD = "wrong-password";

  /** Cameras that must not be believed or don't let ingest in. */
  static final List<String> REFUSED =
      List.of(WRONG_PASSWORD, "unknown-authority", "other-authority", "other-host");

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private final Path folder;
  private final SecuredBroker broker;
  private final RtspServer cameras;
  private final Cluster cluster;
  private final int ingestPort;
  private final Path otherAuthority;
  private final List<Process> children = new ArrayList<>();

  private SecuredLine(
      Path folder,
      SecuredBroker broker,
      RtspServer cameras,
      Cluster cluster,
      int ingestPort,
      Path otherAuthority) {
    this.folder = folder;
    this.broker = broker;
    this.cameras = cameras;
    this.cluster = cluster;
    this.ingestPort = ingestPort;
    this.otherAuthority = otherAuthority;
  }

  /** Starts all of it in a folder, which is named so that the search finds its name. */
  static SecuredLine start(Path parent) throws Exception {
    Path folder = Files.createDirectories(parent.resolve(PLANTED));
    SecuredBroker broker =
        SecuredBroker.start(
            folder.resolve("kafka"),
            Map.of(Role.INGEST, secret("ingest"), Role.JOB, secret("job")));
    broker.prepare();
    Certificates certificates = broker.certificates();
    for (String name : List.of("client", "server")) {
      certificates.sign(name);
    }
    RtspServer cameras =
        RtspServer.start(
            0,
            LineSimulation.create(List.of("conveyor"), 1, null).cameras(),
            5,
            new RtspCredentials("viewer", secret("camera")),
            certificates.bundle("server"));
    Cluster cluster =
        Cluster.in(
            ROOT,
            folder.resolve("cluster"),
            Map.of(
                "ANDON_BOOTSTRAP", broker.bootstrapServers(),
                "ANDON_FLINK_SETTINGS", flinkSettings(folder, certificates).toString(),
                "ANDON_TEST_KEY_PASSWORD", secret("key")));
    Path other = Certificates.in(folder.resolve("other-authority")).authority();
    int ingestPort = FreePorts.take(1).get(0);
    SecuredLine line = new SecuredLine(folder, broker, cameras, cluster, ingestPort, other);
    try {
      line.startParts();
      return line;
    } catch (Exception e) {
      line.close();
      throw e;
    }
  }

  private void startParts() throws Exception {
    Files.writeString(folder.resolve("camera.password"), secret("camera"));
    Files.writeString(folder.resolve("wrong.password"), secret("wrong kafka"));
    certificates().key("client", secret("key"));
    startIngest("ingest", kafka("ingest"));
    Files.writeString(cluster.config(), jobYaml(kafka("job")));
    cluster.start();
  }

  /** Runs ingest in a process of its own, as a service does, until it ends or this is closed. */
  Process startIngest(String name, String kafka) throws Exception {
    Path config = Files.writeString(folder.resolve(name + ".yaml"), kafka + serverAndCameras());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + crashFile("ingest")));
    command.add("-Dlog4j2.configurationFile=classpath:io/andon/ingest/log4j2.xml");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // A class path is too long for a command line that is worth reading.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    command.addAll(List.of(IngestCommand.class.getName(), "run", "--config", config.toString()));
    builder.environment().put("ANDON_TEST_KEY_PASSWORD", secret("key"));
    builder.environment().put("ANDON_TEST_WRONG_PASSWORD", secret("wrong camera"));
    builder.redirectOutput(folder.resolve(name + ".log").toFile());
    Process started = builder.start();
    children.add(started);
    return started;
  }

  /** A part of a configuration that says where Kafka is, with a client's certificate. */
  String kafka(String user) throws Exception {
    return broker.kafkaYaml(user)
        + "    certificate: \"%s\"\n    key: \"file:%s\"\n    keyPassword: env:ANDON_TEST_KEY_PASSWORD\n"
            .formatted(
                certificates().chain("client"),
                certificates().folder().resolve("client.encrypted.key"));
  }

  private String serverAndCameras() throws Exception {
    Certificates certificates = certificates();
    Path own = certificates.authority();
    Path other = otherAuthority;
    String address = cameras.addresses().get(0);
    String elsewhere = address.replace("127.0.0.1", "localhost");
    String password = "file:" + folder.resolve("camera.password");
    String text = "server: {port: %d, tls: {certificate: \"%s\", key: \"file:%s\"}}\ncameras:\n";
    return text.formatted(ingestPort, certificates.chain("server"), certificates.key("server"))
        + camera(CAMERA, address, password, "tls: {truststore: \"" + own + "\"}")
        + camera(
            PINNED, elsewhere, password, "tls: {truststore: \"" + own + "\", verifyHost: false}")
        + camera(
            WRONG_PASSWORD,
            address,
            "env:ANDON_TEST_WRONG_PASSWORD",
            "tls: {truststore: \"" + own + "\"}")
        + camera(REFUSED.get(1), address, password, "fps: 5")
        + camera(REFUSED.get(2), address, password, "tls: {truststore: \"" + other + "\"}")
        + camera(REFUSED.get(3), elsewhere, password, "tls: {truststore: \"" + own + "\"}");
  }

  private static String camera(String id, String url, String password, String more) {
    return """
      - id: %s
        url: %s
        credentials: {user: viewer, password: "%s"}
        reconnectMinMillis: 500
        reconnectMaxMillis: 2000
        %s
    """
        .formatted(id, url, password, more);
  }

  /** A job's configuration. */
  String jobYaml(String kafka) {
    String configured = System.getenv("ANDON_MODELS");
    Path models = configured == null ? ROOT.resolve(".cache/models") : Path.of(configured);
    return kafka
        + "  delivery: exactly_once\nmodel: {directory: \"%s\"}\narchive: {directory: \"%s\", intervalMillis: 5000}\n"
            .formatted(models, cluster.folder().resolve("archive").toUri())
        + "flink: {checkpointIntervalMillis: 2000, checkpointDirectory: \"%s\"}\n"
            .formatted(cluster.folder().resolve("checkpoints").toUri());
  }

  private static Path flinkSettings(Path folder, Certificates certificates) throws Exception {
    String password = secret("flink");
    Path keys = certificates.keyStore("server", password);
    Path trusted = certificates.trustStore(password);
    StringBuilder settings = new StringBuilder();
    for (String part : List.of("internal", "rest")) {
      String prefix = "security.ssl." + part + ".";
      settings.append(prefix).append("enabled: true\n");
      settings.append(prefix).append("keystore: ").append(keys).append('\n');
      settings.append(prefix).append("truststore: ").append(trusted).append('\n');
      for (String which : List.of("keystore-password", "key-password", "truststore-password")) {
        settings.append(prefix).append(which).append(": ").append(password).append('\n');
      }
    }
    settings.append("security.ssl.rest.authentication-enabled: true\n");
    String reporter = "metrics.reporter.andon.";
    settings.append(reporter + "certificate: ").append(certificates.chain("server"));
    settings.append('\n').append(reporter + "key: ").append(certificates.key("server"));
    Path temporary = Files.createDirectories(folder.resolve("flink-tmp"));
    settings.append("\nio.tmp.dirs: ").append(temporary).append('\n');
    // Nothing is to be noticed soon here, and a busy machine is late with its handshakes.
    settings.append("heartbeat.timeout: 60 s\n");
    return Files.writeString(folder.resolve("flink-settings.yaml"), settings);
  }

  /** Where a process that crashes writes its report. */
  Path crashFile(String name) {
    return folder.resolve("crash-" + name + ".log");
  }

  /** Files that are there to hold a secret. */
  Set<Path> filesOfSecrets() {
    return Set.of(
        broker.passwordFile("ingest"),
        broker.passwordFile("job"),
        folder.resolve("camera.password"),
        folder.resolve("wrong.password"),
        folder.resolve("flink-settings.yaml"),
        cluster.folder().resolve("conf/config.yaml"));
  }

  /** All processes that were started, and those that they started. */
  List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    children.forEach(child -> all.add(child.toHandle()));
    for (String part : List.of("jobmanager", "taskmanager", "keep-job")) {
      Path pids = cluster.folder().resolve("pid/" + part + ".pid");
      for (String pid : Files.readAllLines(pids)) {
        ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(all::add);
      }
    }
    return all.stream().filter(ProcessHandle::isAlive).toList();
  }

  static String secret(String name) {
    String secret = SECRETS.get(name);
    if (secret == null) {
      throw new IllegalArgumentException("no secret " + name);
    }
    return secret;
  }

  Path folder() {
    return folder;
  }

  SecuredBroker broker() {
    return broker;
  }

  Certificates certificates() {
    return broker.certificates();
  }

  Cluster cluster() {
    return cluster;
  }

  int ingestPort() {
    return ingestPort;
  }

  @Override
  public void close() {
    for (Process child : children) {
      child.destroyForcibly();
      child.onExit().join();
    }
    cluster.close();
    cameras.close();
    broker.close();
  }
}
