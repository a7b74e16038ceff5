package io.andon.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/** Says why a Kafka client can't be made, without the values that its own messages repeat. */
public final class ClientProblem {
  private static final String UNRESOLVED = "No resolvable bootstrap urls";
  private static final Pattern SETTING = Pattern.compile("for configuration ([a-z0-9._]+)");

  private ClientProblem() {}

  /**
   * Whether no broker's name is known to the name service. It may be in a moment: a machine's
   * network may come up after the machine, and a container's name comes and goes with it.
   */
  public static boolean isUnresolvedName(KafkaException thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (String.valueOf(t.getMessage()).startsWith(UNRESOLVED)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The client's words if they are about the brokers' addresses, else the setting's name, else what
   * kinds of exception there were.
   */
  public static String text(KafkaException thrown) {
    List<String> kinds = new ArrayList<>();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      kinds.add(t.getClass().getSimpleName());
      String message = String.valueOf(t.getMessage());
      if (message.contains(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)) {
        return message;
      }
      Matcher setting = SETTING.matcher(message);
      if (setting.find()) {
        return setting.group(1) + " has a value that is not allowed";
      }
    }
    return String.join(" by ", kinds);
  }
}
