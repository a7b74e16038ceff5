package io.andon.contracts;

import io.andon.contracts.TopicSpec.CleanupPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every topic, with the values it is made with. None is compacted: each is a history, and the last
 * record of a camera alone would not tell what is open.
 */
public final class Topics {
  /** Pictures. */
  public static final String FRAMES = "andon.frames";

  /** Incidents opened, updated and closed. */
  public static final String INCIDENTS = "andon.incidents";

  /** A small record a frame. */
  public static final String SCORES = "andon.scores";

  /** Faults of cameras. */
  public static final String HEALTH = "andon.health";

  /** Pooled embeddings. */
  public static final String EMBEDDINGS = "andon.embeddings";

  /** Commands to detectors. */
  public static final String CONTROL = "andon.control";

  /** Answers to commands. */
  public static final String CONTROL_ACKS = "andon.control-acks";

  /** References to records that could not be used. */
  public static final String DEAD_LETTER = "andon.dead-letter";

  /** Largest record of {@link #FRAMES}, in bytes. */
  public static final int MAX_FRAME_BYTES = 2 << 20;

  private static final int PARTITIONS = 12;
  private static final int MAX_JSON_BYTES = 1 << 20;
  private static final long GIB = 1L << 30;
  private static final String BY_CAMERA = "camera id";
  private static final String BY_REFERENCE = "topic/partition/offset of the record set aside";

  private static final List<TopicSpec> ALL =
      List.of(
          topic(FRAMES, 1, 8 * GIB, MAX_FRAME_BYTES, BY_CAMERA),
          topic(INCIDENTS, 30, GIB, MAX_JSON_BYTES, BY_CAMERA),
          topic(SCORES, 3, GIB, MAX_JSON_BYTES, BY_CAMERA),
          topic(HEALTH, 30, GIB, MAX_JSON_BYTES, BY_CAMERA),
          topic(EMBEDDINGS, 7, 4 * GIB, MAX_JSON_BYTES, BY_CAMERA),
          topic(CONTROL, 90, GIB, MAX_JSON_BYTES, BY_CAMERA),
          topic(CONTROL_ACKS, 90, GIB, MAX_JSON_BYTES, BY_CAMERA),
          topic(DEAD_LETTER, 14, GIB, MAX_JSON_BYTES, BY_REFERENCE));

  private Topics() {}

  /** Every topic, in the order of the data flow. */
  public static List<TopicSpec> all() {
    return ALL;
  }

  /** The topic of that name; empty if it is none of ours. */
  public static Optional<TopicSpec> find(String name) {
    return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  private static TopicSpec topic(
      String name, int retentionDays, long retentionBytes, int maxBytes, String keyedBy) {
    return new TopicSpec(
        name,
        PARTITIONS,
        Duration.ofDays(retentionDays),
        retentionBytes,
        CleanupPolicy.DELETE,
        maxBytes,
        keyedBy);
  }
}
