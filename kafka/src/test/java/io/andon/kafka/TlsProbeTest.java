package io.andon.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.config.SecretRef;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TlsProbeTest {
  private static final byte[] ALERT = {0x15, 3, 3, 0, 2, 2, 80};
  private static final byte[] VERSIONS = {0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  @Test
  void aBrokerThatSpeaksTlsIsNamedBehindOneThatIsAway() throws Exception {
    try (ServerSocket broker = broker(ALERT)) {
      String servers = "127.0.0.1:1, " + address(broker);
      assertThat(TlsProbe.mistaken(connection(servers, SecurityProtocol.PLAINTEXT)))
          .contains(address(broker));
      assertThat(TlsProbe.mistaken(connection(servers, SecurityProtocol.SASL_PLAINTEXT)))
          .contains(address(broker));
    }
  }

  @Test
  void nothingIsSaidOfOneThatAnswersInTheClearOrNotAtAll() throws Exception {
    try (ServerSocket broker = broker(VERSIONS);
        ServerSocket leaving = broker(new byte[0]);
        ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      for (String servers :
          List.of(address(broker), address(leaving), address(silent), "127.0.0.1:1")) {
        assertThat(TlsProbe.mistaken(connection(servers, SecurityProtocol.PLAINTEXT))).isEmpty();
      }
    }
  }

  @Test
  void clientsThatSpeakTlsAskNobody() throws Exception {
    try (ServerSocket broker = broker(ALERT)) {
      KafkaConnection byProperty =
          new KafkaConnection(
              address(broker),
              KafkaSecurity.NONE,
              Map.of("security.protocol", "SASL_SSL"),
              Map.of());
      assertThat(TlsProbe.mistaken(byProperty)).isEmpty();
      assertThat(TlsProbe.mistaken(connection(address(broker), SecurityProtocol.SASL_SSL)))
          .isEmpty();
    }
  }

  private static KafkaConnection connection(String servers, SecurityProtocol protocol) {
    KafkaSecurity security =
        new KafkaSecurity(protocol, "job", new SecretRef("env:NONE"), null, null, null, null);
    return KafkaConnection.of(servers, security);
  }

  private static String address(ServerSocket broker) {
    return "127.0.0.1:" + broker.getLocalPort();
  }

  /** Answers each first request with the same bytes. */
  private static ServerSocket broker(byte[] answer) throws IOException {
    ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                  DataInputStream in = new DataInputStream(client.getInputStream());
                  in.readFully(new byte[in.readInt()]);
                  client.getOutputStream().write(answer);
                } catch (IOException e) {
                  if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                  }
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }
}
