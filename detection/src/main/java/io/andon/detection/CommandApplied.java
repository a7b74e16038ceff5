package io.andon.detection;

/**
 * Tells from which frame a command acts, or that it can't.
 *
 * @param commandId id of the command
 * @param from the first frame it acts on; for a refused one the frame it should have acted on
 * @param late true if the named capture time had passed already
 * @param refused true if nothing was done, because there was nothing to do it with
 * @param detail what was done or why not, for people; may be empty
 */
public record CommandApplied(
    String commandId, FrameStamp from, boolean late, boolean refused, String detail) {

  /** A command that acts and has nothing to add. */
  public CommandApplied(String commandId, FrameStamp from, boolean late) {
    this(commandId, from, late, false, "");
  }
}
