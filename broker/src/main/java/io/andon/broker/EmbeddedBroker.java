package io.andon.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One real Kafka node, broker and KRaft controller, inside this JVM, on loopback. It keeps its data
 * in a folder: started again on the same folder it goes on where it was.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String SETTINGS = "server.properties";
  private static final String META = "meta.properties";
  private static final int CONNECT_MILLIS = 1_000;
  private static final int ANSWER_MILLIS = 10_000;

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a node on free ports.
   *
   * @param folder where data and configuration are kept
   * @param more settings of the broker that go before this class's own
   * @throws IOException if the folder can't be written or formatted
   */
  public static EmbeddedBroker start(Path folder, Map<String, String> more) throws IOException {
    return start(folder, FreePorts.one(), FreePorts.one(), more);
  }

  /**
   * Formats the folder where that is not done yet, and starts the node.
   *
   * @param folder where data and configuration are kept
   * @param port of the broker
   * @param controllerPort of the controller
   * @throws IOException if the folder can't be written or formatted
   */
  public static EmbeddedBroker start(Path folder, int port, int controllerPort) throws IOException {
    return start(folder, port, controllerPort, Map.of());
  }

  /**
   * The same with other settings of the broker.
   *
   * @param more settings that go before this class's own
   */
  public static EmbeddedBroker start(
      Path folder, int port, int controllerPort, Map<String, String> more) throws IOException {
    return start(folder, port, controllerPort, more, List.of());
  }

  /**
   * The same with options of {@code kafka-storage format}, {@code --add-scram} say, which makes the
   * first user of a node that lets nobody else in.
   *
   * @param formatOptions used where the folder is not formatted yet
   */
  public static EmbeddedBroker start(
      Path folder,
      int port,
      int controllerPort,
      Map<String, String> more,
      List<String> formatOptions)
      throws IOException {
    if (folder.toString().contains(",")) {
      throw new IOException(
          "the broker can't keep its data in %s: Kafka takes a comma for the end of a path"
              .formatted(folder));
    }
    Files.createDirectories(folder);
    Properties settings = settings(folder, port, controllerPort);
    settings.putAll(more);
    Path file = folder.resolve(SETTINGS);
    // Kafka's own tools read such files as Latin-1; a stream gets other letters escaped.
    try (OutputStream output = Files.newOutputStream(file)) {
      settings.store(output, "Written at each start of the embedded broker");
    }
    if (!Files.exists(data(folder).resolve(META))) {
      format(file, formatOptions);
    }
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(server, "127.0.0.1:" + port);
  }

  /**
   * Starts the node again that left its data in a folder, on the ports that it had.
   *
   * @throws IOException if the folder holds no such node
   */
  public static EmbeddedBroker reopen(Path folder) throws IOException {
    int[] ports = ports(folder);
    return start(folder, ports[0], ports[1]);
  }

  /** Whether a node has left its data in a folder. */
  public static boolean isIn(Path folder) {
    return Files.exists(folder.resolve(SETTINGS));
  }

  /**
   * Whether anything answers where the node that left its data in a folder listened.
   *
   * @throws IOException if the folder holds no such node
   */
  public static boolean isAnswering(Path folder) throws IOException {
    int port = ports(folder)[0];
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (IOException nobodyListens) {
      return false;
    }
  }

  /**
   * Whether the broker that answers there is the node that left its data in the folder, and no
   * other on the same port.
   *
   * @throws IOException if the folder holds no such node, or what answers is no broker
   */
  public static boolean isItself(Path folder) throws IOException {
    String address = "127.0.0.1:" + ports(folder)[0];
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                address,
                "default.api.timeout.ms",
                String.valueOf(ANSWER_MILLIS),
                "request.timeout.ms",
                String.valueOf(ANSWER_MILLIS)))) {
      Properties own = properties(data(folder).resolve(META));
      return admin.describeCluster().clusterId().get().equals(own.getProperty("cluster.id"));
    } catch (NoSuchFileException neverFormatted) {
      return false;
    } catch (ExecutionException e) {
      throw new IOException(
          "what answers at " + address + " says nothing of itself: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking the broker");
    }
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream input = Files.newInputStream(file)) {
      properties.load(input);
    }
    return properties;
  }

  /** Ports of broker and controller. */
  private static int[] ports(Path folder) throws IOException {
    Properties before = properties(folder.resolve(SETTINGS));
    int[] ports =
        Arrays.stream(before.getProperty("listeners", "").split(","))
            .mapToInt(listener -> URI.create(listener).getPort())
            .toArray();
    if (ports.length != 2) {
      throw new IOException(folder + " was not left by an embedded broker");
    }
    return ports;
  }

  /** Where clients connect, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  private static Path data(Path folder) {
    return folder.resolve("data");
  }

  private static void format(Path settings, List<String> options) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    List<String> arguments =
        new ArrayList<>(List.of("format", "--config", settings.toString(), "--standalone"));
    arguments.addAll(List.of("--cluster-id", Uuid.randomUuid().toString()));
    arguments.addAll(options);
    int status =
        StorageTool.execute(
            arguments.toArray(String[]::new),
            new PrintStream(output, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IOException(
          "the broker's folder could not be formatted: " + output.toString(StandardCharsets.UTF_8));
    }
  }

  private static Properties settings(Path folder, int port, int controllerPort) {
    String listeners =
        "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort;
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("listeners", listeners);
    settings.put("advertised.listeners", listeners);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
    settings.put("log.dirs", data(folder).toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    for (String internal :
        new String[] {"transaction.state.log", "share.coordinator.state.topic"}) {
      settings.put(internal + ".replication.factor", "1");
      settings.put(internal + ".min.isr", "1");
      settings.put(internal + ".num.partitions", "1");
    }
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    // Small: this node shares a few cores and 4 GiB with everything else.
    settings.put("num.io.threads", "2");
    settings.put("num.network.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    return settings;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
