package io.andon.contracts;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a command.
 *
 * @param commandId id of the command, 1 to 128 characters
 * @param camera camera id
 * @param outcome what became of the command
 * @param from the first frame it acts on; null exactly where it was rejected
 * @param late true if the capture time it named had passed already
 * @param detail for people, may be empty; at most {@link BoundedText#MAX_LENGTH} characters
 */
public record ControlAck(
    String commandId,
    String camera,
    Outcome outcome,
    @Nullable CapturedFrame from,
    boolean late,
    String detail) {
  public ControlAck {
    Bounds.text("commandId", commandId, Bounds.MAX_ID);
    CameraId.require(camera);
    Bounds.same("from given", from != null, outcome == Outcome.APPLIED);
    if (from != null) {
      Bounds.same("camera of from", from.camera(), camera);
    }
    detail = BoundedText.of(detail);
  }

  /** What became of a command. */
  public enum Outcome implements WireNamed {
    APPLIED("applied"),
    REJECTED("rejected");

    private final String wireName;

    Outcome(String wireName) {
      this.wireName = wireName;
    }

    @Override
    public String wireName() {
      return wireName;
    }
  }
}
