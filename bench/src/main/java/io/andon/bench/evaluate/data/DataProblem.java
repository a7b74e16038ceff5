package io.andon.bench.evaluate.data;

import java.util.List;

/** Labelled data that can't be used as it is; says where, what is there and what is allowed. */
public final class DataProblem extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param problem what is wrong, for people
   */
  public DataProblem(String problem) {
    super(problem);
  }

  DataProblem(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
