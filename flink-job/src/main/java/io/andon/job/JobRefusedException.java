package io.andon.job;

import java.util.List;

/** A job that can't start; tells every reason at once. */
public final class JobRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reasons every reason
   */
  public JobRefusedException(List<String> reasons) {
    super("the job can't start:\n  " + String.join("\n  ", reasons));
  }
}
