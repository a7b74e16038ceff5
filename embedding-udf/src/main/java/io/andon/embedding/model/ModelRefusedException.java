package io.andon.embedding.model;

import java.io.Serial;
import java.util.List;

/** A model can't be used; every reason found is told at once. */
public final class ModelRefusedException extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1L;

  private final List<String> reasons;

  /**
   * @param model directory or id of the model
   * @param reasons at least one
   */
  public ModelRefusedException(String model, List<String> reasons) {
    super("model " + model + " is refused:\n  - " + String.join("\n  - ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /** The reasons, at least one. */
  public List<String> reasons() {
    return reasons;
  }
}
