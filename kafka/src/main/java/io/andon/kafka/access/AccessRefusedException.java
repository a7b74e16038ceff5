package io.andon.kafka.access;

import java.util.List;

/** The brokers refuse a client: it can't begin, and no later attempt would be different. */
public final class AccessRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param problems every reason, each naming its setting
   */
  public AccessRefusedException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
