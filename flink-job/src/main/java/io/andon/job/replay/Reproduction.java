package io.andon.job.replay;

import io.andon.contracts.IncidentCodec;
import io.andon.contracts.IncidentEvent;
import io.andon.detection.DetectorScores;
import io.andon.detection.Verdict;
import io.andon.job.archive.ArchivedSnapshot;
import io.andon.job.events.OutboundRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay gave.
 *
 * @param target the event that was to be reproduced
 * @param reproduced the event as it was said again; null where nothing of that name was
 * @param snapshot where the replay began
 * @param location where that snapshot lies
 * @param settingsDiffer whether this program's detector has other built-in settings
 * @param frames frames of the camera that were replayed
 * @param commands commands that acted on the way
 * @param atPeak what each channel said of the peak frame, if known
 * @param lastVerdict what was said of the event's own frame
 * @param peakPicture the peak frame's encoded picture, if it was met
 */
record Reproduction(
    TargetEvent target,
    @Nullable OutboundRecord reproduced,
    ArchivedSnapshot snapshot,
    String location,
    boolean settingsDiffer,
    int frames,
    int commands,
    @Nullable DetectorScores atPeak,
    @Nullable Verdict lastVerdict,
    byte @Nullable [] peakPicture) {

  /** Whether the bytes are the same as those that were found. */
  boolean isSameBytes() {
    return reproduced != null && Arrays.equals(reproduced.value(), target.value());
  }

  /** A line for each field that differs; empty if the event was reproduced. */
  List<String> differences() {
    if (reproduced == null) {
      return List.of(
          "the replay says no event "
              + target.event().eventId()
              + (lastVerdict == null
                  ? ""
                  : "; at its frame the score is %.6f and the state %s"
                      .formatted(lastVerdict.score(), lastVerdict.state())));
    }
    IncidentEvent again = IncidentCodec.decodeValue(reproduced.value()).orElseThrow();
    return EventDifference.between(target.event(), again);
  }
}
