package io.andon.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real Kafka node (broker and controller) in this JVM, without topics. */
final class KafkaBroker implements AutoCloseable {
  // Below those that the system gives to connections and to whoever asks for any port.
  private static final int FIRST_PORT = 22_000;
  private static final int PORTS = 10_000;
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private final KafkaRaftServer server;
  private final int port;

  private KafkaBroker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** Starts a node with its data in a directory. */
  static KafkaBroker start(Path directory) throws IOException {
    int port = freePort();
    Properties settings = settings(directory, port, freePort());
    Path file = directory.resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      settings.store(writer, null);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] format = {
      "format",
      "--config",
      file.toString(),
      "--cluster-id",
      Uuid.randomUuid().toString(),
      "--standalone"
    };
    try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      if (StorageTool.execute(format, print) != 0) {
        throw new IllegalStateException(out.toString(StandardCharsets.UTF_8));
      }
    }
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
    server.startup();
    return new KafkaBroker(server, port);
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** One that nobody is given by chance until it is bound; each time another. */
  private static int freePort() throws IOException {
    for (int tried = 0; tried < PORTS; tried++) {
      int port = FIRST_PORT + Math.floorMod(NEXT_PORT.getAndIncrement(), PORTS);
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        return port;
      } catch (IOException taken) {
        // then the next one
      }
    }
    throw new IOException("no free port from " + FIRST_PORT + " on");
  }

  private static Properties settings(Path directory, int port, int controllerPort) {
    Properties settings = new Properties();
    String listeners =
        "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("listeners", listeners);
    settings.put("advertised.listeners", listeners);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
    settings.put("log.dirs", directory.resolve("data").toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", "4194304");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // The tests' records are years old by their timestamps: no retention while a test runs.
    settings.put("log.initial.task.delay.ms", "3600000");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    return settings;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
