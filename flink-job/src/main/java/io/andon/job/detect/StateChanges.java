package io.andon.job.detect;

import java.util.Map;
import java.util.Set;

/**
 * What has to be written so that Flink's state holds a camera as it is now. Undo snapshots never
 * change, so each is written once, whatever happens to the camera afterwards.
 *
 * @param state the encoded {@link StateEnvelope}
 * @param undoTaken undo snapshots that are not stored yet, by their numbers
 * @param undoGone numbers of those that are stored and are needed no more
 */
record StateChanges(byte[] state, Map<Long, byte[]> undoTaken, Set<Long> undoGone) {
  /** How many bytes are to be written. */
  long bytes() {
    return state.length + undoTaken.values().stream().mapToLong(taken -> taken.length).sum();
  }
}
