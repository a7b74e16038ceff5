package io.andon.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
    List<Integer> ports = FreePorts.take(2);
    int port = ports.get(0);
    int controllerPort = ports.get(1);
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

  @Test
  void itsFolderMayBeCalledAsPeopleCallFolders(@TempDir Path parent) throws Exception {
    Path folder = parent.resolve("läufe 日本 #1 50%");
    List<Integer> ports = FreePorts.take(2);
    EmbeddedBroker.start(folder, ports.get(0), ports.get(1)).close();
    try (EmbeddedBroker broker = EmbeddedBroker.reopen(folder)) {
      assertThat(broker.bootstrapServers()).endsWith(":" + ports.get(0));
    }
    assertThat(folder.resolve("data/meta.properties")).exists();
    assertThat(parent).isDirectoryNotContaining(path -> !path.equals(folder));
  }

  @Test
  void aFolderWithACommaIsRefused(@TempDir Path parent) {
    assertThatThrownBy(() -> EmbeddedBroker.start(parent.resolve("a,b"), 1, 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("comma");
  }

  @Test
  void knowsItselfFromAnotherOnItsPort(@TempDir Path one, @TempDir Path other) throws Exception {
    List<Integer> ports = FreePorts.take(2);
    EmbeddedBroker.start(one, ports.get(0), ports.get(1)).close();
    try (EmbeddedBroker broker = EmbeddedBroker.start(other, ports.get(0), ports.get(1))) {
      assertThat(broker.bootstrapServers()).endsWith(":" + ports.get(0));
      assertThat(EmbeddedBroker.isAnswering(one)).isTrue();
      assertThat(EmbeddedBroker.isItself(one)).isFalse();
      assertThat(EmbeddedBroker.isItself(other)).isTrue();
    }
  }

  private static Iterable<String> topics(Admin admin)
      throws ExecutionException, InterruptedException {
    return admin.listTopics().names().get();
  }
}
