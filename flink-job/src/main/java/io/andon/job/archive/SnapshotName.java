package io.andon.job.archive;

import io.andon.detection.FrameStamp;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of an archived snapshot: the last frame that it has seen. Ordered as the camera's frames
 * are.
 *
 * @param capturedMicros capture time of that frame, microseconds since the epoch
 * @param play its play
 * @param seq its number within the play
 */
public record SnapshotName(long capturedMicros, long play, long seq)
    implements Comparable<SnapshotName> {
  private static final Pattern FILE =
      Pattern.compile("([0-9]{1,19})-([0-9]{1,19})-([0-9]{1,19})\\.andt");
  private static final Comparator<SnapshotName> ORDER =
      Comparator.comparingLong(SnapshotName::play).thenComparingLong(SnapshotName::seq);

  static SnapshotName of(FrameStamp stamp) {
    return new SnapshotName(stamp.capturedMicros(), stamp.play(), stamp.seq());
  }

  /** The name that a file name stands for; empty if it is none of ours. */
  static Optional<SnapshotName> parse(String fileName) {
    Matcher matcher = FILE.matcher(fileName);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SnapshotName(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3))));
    } catch (NumberFormatException beyondALong) {
      return Optional.empty();
    }
  }

  /** {@code <capturedMicros>-<play>-<seq>.andt}. */
  public String fileName() {
    return capturedMicros + "-" + play + "-" + seq + ".andt";
  }

  /** Whether that frame of its camera is its own last one or one that it had not seen yet. */
  public boolean isUpTo(long framePlay, long frameSeq) {
    return isBefore(framePlay, frameSeq) || (play == framePlay && seq == frameSeq);
  }

  /** Whether it had not seen that frame of its camera yet. */
  public boolean isBefore(long framePlay, long frameSeq) {
    return play < framePlay || (play == framePlay && seq < frameSeq);
  }

  @Override
  public int compareTo(SnapshotName other) {
    return ORDER.compare(this, other);
  }
}
