package io.andon.kafka;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Utils;

/**
 * Finds brokers that speak TLS before a client that doesn't is made. Kafka's clients take the first
 * bytes of a TLS alert for the length of an answer and reserve as much, 336 MiB, with each attempt
 * (KAFKA-4090): a small process dies of it without a word about the cause.
 */
public final class TlsProbe {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int ANSWER_MILLIS = 1_000;
  private static final long LIMIT_NANOS = Duration.ofSeconds(5).toNanos();

  /** The first byte of an alert and that of every version of TLS; no answer of Kafka is so long. */
  private static final int TLS_ALERT = 0x1503;

  /**
   * Asks for the versions of requests (number 18), what clients ask first, with or without SASL.
   */
  private static final byte[] QUESTION =
      ByteBuffer.allocate(14)
          .putInt(10)
          .putShort((short) 18)
          .putShort((short) 0)
          .putInt(0)
          .putShort((short) -1)
          .array();

  private TlsProbe() {}

  /**
   * Asks the brokers in turn until one answers; none any more after 5 s.
   *
   * @return the broker that speaks TLS where clients of this connection don't; empty if there is
   *     none, none answers, or clients speak TLS
   */
  public static Optional<String> mistaken(KafkaConnection connection) {
    String protocol =
        connection
            .clientProperties()
            .getOrDefault(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, SecurityProtocol.PLAINTEXT.name);
    if (!protocol.endsWith(SecurityProtocol.PLAINTEXT.name)) {
      return Optional.empty();
    }
    long began = System.nanoTime();
    for (String server : connection.bootstrapServers().split(",", -1)) {
      if (System.nanoTime() - began > LIMIT_NANOS) {
        break;
      }
      try {
        return answer(server.strip()) == TLS_ALERT ? Optional.of(server.strip()) : Optional.empty();
      } catch (IOException | IllegalArgumentException silent) {
        // The client itself will tell.
      }
    }
    return Optional.empty();
  }

  /** The first two bytes of the answer. */
  private static int answer(String server) throws IOException {
    Integer port = Utils.getPort(server);
    if (port == null) {
      throw new IOException("no address");
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Utils.getHost(server), port), CONNECT_MILLIS);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(QUESTION);
      return new DataInputStream(socket.getInputStream()).readUnsignedShort();
    }
  }
}
