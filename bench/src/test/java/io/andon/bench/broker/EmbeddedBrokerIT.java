package io.andon.bench.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  @Test
  void startedAgainOnItsFolderItStillHasItsTopics(@TempDir Path folder) throws Exception {
    int port = freePort();
    int controllerPort = freePort();
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port, controllerPort);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(topics(admin)).isEmpty();
      admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port, controllerPort);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(topics(admin)).containsExactly("kept");
    }
  }

  private static Iterable<String> topics(Admin admin)
      throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
