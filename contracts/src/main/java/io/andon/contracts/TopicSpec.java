package io.andon.contracts;

import java.time.Duration;
import java.util.Map;

/**
 * How a topic is to be made.
 *
 * @param name name
 * @param partitions number of partitions; for topics keyed by camera it fixes a camera's order and
 *     is chosen once
 * @param retention how long records are kept
 * @param retentionBytes how many bytes a partition keeps at most, whichever limit comes first
 * @param cleanup what happens to old records
 * @param maxMessageBytes largest record batch the broker takes
 * @param keyedBy what the key is, in words
 */
public record TopicSpec(
    String name,
    int partitions,
    Duration retention,
    long retentionBytes,
    CleanupPolicy cleanup,
    int maxMessageBytes,
    String keyedBy) {
  private static final Duration LONGEST_SEGMENT = Duration.ofDays(1);
  private static final Duration SHORTEST_SEGMENT = Duration.ofMinutes(1);
  private static final int SEGMENTS_PER_RETENTION = 12;

  public TopicSpec {
    Bounds.within("partitions", partitions, 1, 720);
    Bounds.within(
        "retention seconds", retention.toSeconds(), 60, Duration.ofDays(3660).toSeconds());
    Bounds.within("retentionBytes", retentionBytes, 1 << 20, Long.MAX_VALUE);
    Bounds.within("maxMessageBytes", maxMessageBytes, 1024, 64 << 20);
  }

  /** The same topic under another name. */
  public TopicSpec withName(String other) {
    return new TopicSpec(
        other, partitions, retention, retentionBytes, cleanup, maxMessageBytes, keyedBy);
  }

  /** The same topic with another number of partitions. */
  public TopicSpec withPartitions(int count) {
    return new TopicSpec(name, count, retention, retentionBytes, cleanup, maxMessageBytes, keyedBy);
  }

  /** The same topic with another retention. */
  public TopicSpec withRetention(Duration time) {
    return new TopicSpec(name, partitions, time, retentionBytes, cleanup, maxMessageBytes, keyedBy);
  }

  /**
   * The topic's settings under Kafka's names. A segment is rolled well within the retention, since
   * Kafka deletes whole segments only: otherwise a quiet topic would keep pictures far longer than
   * was promised.
   */
  public Map<String, String> settings() {
    Duration segment = retention.dividedBy(SEGMENTS_PER_RETENTION);
    segment = segment.compareTo(LONGEST_SEGMENT) > 0 ? LONGEST_SEGMENT : segment;
    segment = segment.compareTo(SHORTEST_SEGMENT) < 0 ? SHORTEST_SEGMENT : segment;
    return Map.of(
        "cleanup.policy", cleanup.wireName(),
        "retention.ms", Long.toString(retention.toMillis()),
        "retention.bytes", Long.toString(retentionBytes),
        "segment.ms", Long.toString(segment.toMillis()),
        "max.message.bytes", Integer.toString(maxMessageBytes),
        "message.timestamp.type", "CreateTime");
  }

  /** What happens to old records. */
  public enum CleanupPolicy implements WireNamed {
    /** They are deleted after the retention. */
    DELETE("delete"),
    /** Only the last record of each key is kept. */
    COMPACT("compact");

    private final String wireName;

    CleanupPolicy(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }
}
