package io.andon.job.kafka;

/** Topics that can't be read; the message says why, without secrets. */
public final class TopicLogException extends Exception {
  private static final long serialVersionUID = 1L;

  TopicLogException(String message) {
    super(message);
  }
}
