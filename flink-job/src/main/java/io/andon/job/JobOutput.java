package io.andon.job;

import io.andon.contracts.Topics;

/** What a job gives, in the order of the data flow. */
public enum JobOutput {
  INCIDENTS("incidents", Topics.INCIDENTS),
  SCORES("scores", Topics.SCORES),
  HEALTH("health", Topics.HEALTH),
  EMBEDDINGS("embeddings", Topics.EMBEDDINGS),
  CONTROL_ACKS("control-acks", Topics.CONTROL_ACKS),
  DEAD_LETTERS("dead-letters", Topics.DEAD_LETTER);

  private final String uid;
  private final String defaultTopic;

  JobOutput(String uid, String defaultTopic) {
    this.uid = uid;
    this.defaultTopic = defaultTopic;
  }

  /** Stable name of its sink. */
  public String uid() {
    return uid;
  }

  /** The topic it goes to unless the configuration says otherwise. */
  public String defaultTopic() {
    return defaultTopic;
  }
}
