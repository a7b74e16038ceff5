package io.andon.job;

import io.andon.config.ConfigException;
import io.andon.kafka.RetryPause;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a start until nothing speaks against it, and tells what does. */
final class PatientStart {
  private static final Logger LOG = LoggerFactory.getLogger(PatientStart.class);

  private final Duration firstPause;
  private final Duration longestPause;

  /**
   * @param firstPause before the second attempt; each one after it is twice as long
   * @param longestPause at most
   */
  PatientStart(Duration firstPause, Duration longestPause) {
    this.firstPause = firstPause;
    this.longestPause = longestPause;
  }

  /** An attempt, which looks at everything anew. */
  interface Attempt<T> {
    /**
     * Starts, or tells all that speaks against it.
     *
     * @throws ConfigException if the configuration is wrong
     * @throws JobRefusedException if something is missing
     */
    T start() throws ConfigException, JobRefusedException, InterruptedException;
  }

  /** What the first attempt gives that is not refused. */
  <T> T await(Attempt<T> attempt) throws InterruptedException {
    RetryPause pause = new RetryPause(firstPause, longestPause);
    while (true) {
      try {
        return attempt.start();
      } catch (ConfigException | JobRefusedException e) {
        LOG.warn("{}\nlooking again in {} s", e.getMessage(), pause.length().toSeconds());
      }
      pause.sleep();
    }
  }
}
