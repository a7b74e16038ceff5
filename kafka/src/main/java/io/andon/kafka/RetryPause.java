package io.andon.kafka;

import java.time.Duration;

/** The pause between attempts to reach what is away: each is twice as long as the one before. */
public final class RetryPause {
  private final Duration longest;
  private Duration length;

  /**
   * @param first before the second attempt
   * @param longest at most
   */
  public RetryPause(Duration first, Duration longest) {
    this.length = first;
    this.longest = longest;
  }

  /** How long the next one is. */
  public Duration length() {
    return length;
  }

  /** Waits for it. */
  public void sleep() throws InterruptedException {
    Thread.sleep(length.toMillis());
    Duration twice = length.multipliedBy(2);
    length = twice.compareTo(longest) < 0 ? twice : longest;
  }
}
