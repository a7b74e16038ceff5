package io.andon.detection;

/**
 * Tells from which frame a command acts.
 *
 * @param commandId id of the command
 * @param from the first frame it acts on
 * @param late true if the named capture time had passed already
 */
public record CommandApplied(String commandId, FrameStamp from, boolean late) {}
