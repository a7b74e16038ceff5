import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints each incident event once. Group "alerts-example" goes on where it was; a new group begins with
 * the oldest event that is kept.
 */
public final class IncidentReader {
  private static final int REMEMBERED = 10_000;

  private IncidentReader() {}

  /** Arguments: the brokers, and for how many seconds to read (0 for ever). */
  public static void main(String[] arguments) {
    long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 0;
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", arguments[0],
            "group.id", "alerts-example",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false",
            "isolation.level", "read_committed");
    Set<String> seen = new LinkedHashSet<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("andon.incidents"));
      while (seconds == 0 || System.nanoTime() < end) {
        for (ConsumerRecord<String, byte[]> event : consumer.poll(Duration.ofSeconds(1))) {
          if (isNew(seen, header(event, "ce_id") + header(event, "ce_type"))) {
            act(event);
          }
        }
        consumer.commitSync(); // only after acting: a crash repeats events, and loses none
      }
    }
  }

  private static void act(ConsumerRecord<String, byte[]> event) {
    System.out.printf(
        "%s %s %s %s%n",
        header(event, "ce_time"),
        event.key(),
        header(event, "ce_type"),
        new String(event.value(), StandardCharsets.UTF_8));
  }

  private static boolean isNew(Set<String> seen, String idAndType) {
    if (seen.size() >= REMEMBERED) {
      Iterator<String> oldest = seen.iterator();
      oldest.next();
      oldest.remove();
    }
    return seen.add(idAndType);
  }

  private static String header(ConsumerRecord<?, ?> event, String name) {
    return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
