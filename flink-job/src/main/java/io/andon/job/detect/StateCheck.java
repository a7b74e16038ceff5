package io.andon.job.detect;

import io.andon.detection.DetectorSettings;
import io.andon.detection.SnapshotException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the state of every camera that was restored. State that can't be read is no reason to
 * try again: the job fails for good, and says of each camera what is wrong.
 */
final class StateCheck {
  private static final int TOLD = 20;

  private final DetectorSettings settings;
  private final List<String> problems = new ArrayList<>();
  private int unreadable;

  StateCheck(DetectorSettings settings) {
    this.settings = settings;
  }

  void look(String camera, @Nullable StoredCamera stored) {
    if (stored == null) {
      return;
    }
    try {
      LiveCamera.restore(camera, settings, stored);
    } catch (SnapshotException | IllegalStateException e) {
      unreadable++;
      if (problems.size() < TOLD) {
        problems.add("camera " + camera + ": " + e.getMessage());
      }
    }
  }

  /** Throws what stops the job, if a camera's state could not be read. */
  void requireReadable() {
    if (unreadable > 0) {
      String more = unreadable > problems.size() ? "\n  and " + (unreadable - TOLD) + " more" : "";
      throw new SuppressRestartsException(
          new IllegalStateException(
              "the state can't be read; was it written by a later version of the job?\n  "
                  + String.join("\n  ", problems)
                  + more));
    }
  }
}
