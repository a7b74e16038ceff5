package io.andon.quickstart.job;

import io.andon.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A Kafka node in a process of its own, with the topics. Prints {@code READY} when it serves them;
 * started again on its folder it goes on where it was.
 */
@Command(name = "broker", mixinStandardHelpOptions = true)
public final class BrokerProcess implements Callable<Integer> {
  @Option(names = "--dir", required = true, description = "where it keeps its data")
  private Path folder = Path.of("");

  @Option(names = "--port", required = true, description = "for clients, on loopback")
  private int port;

  @Option(names = "--controller-port", required = true, description = "its controller's")
  private int controllerPort;

  @Option(names = "--set", description = "key=value: another setting of the broker")
  private Map<String, String> settings = Map.of();

  /** Entry point. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new BrokerProcess()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(folder, port, controllerPort, settings);
    JobProcess.createTopics(broker.bootstrapServers());
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    System.out.println("READY");
    new CountDownLatch(1).await();
    return 0;
  }
}
