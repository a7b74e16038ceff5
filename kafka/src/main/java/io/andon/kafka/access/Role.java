package io.andon.kafka.access;

/** Who uses Kafka. Each is a user of its own. */
public enum Role {
  /** Takes frames from cameras to Kafka. */
  INGEST("ingest"),
  /** The Flink job. */
  JOB("job"),
  /** A program that acts on incidents. */
  CONSUMER("consumer"),
  /** A person who replays incidents and sends commands. */
  OPERATOR("operator");

  private final String wireName;

  Role(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in configurations and documents. */
  public String wireName() {
    return wireName;
  }
}
