package io.andon.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Faults of the camera that show in its brightness. A fault begins when it has lasted for a while
 * and ends when it has been gone for as long; frames that show one are judged no further.
 */
final class CameraFaults {
  private static final int DARK = 0;
  private static final int SATURATED = 1;
  private static final int COVERED = 2;
  private static final int FROZEN_PICTURE = 3;

  /** In the order of the constants above, which snapshots rely on. */
  private static final List<HealthChange.Fault> FAULTS =
      List.of(
          HealthChange.Fault.DARK,
          HealthChange.Fault.SATURATED,
          HealthChange.Fault.COVERED,
          HealthChange.Fault.FROZEN_PICTURE);

  private static final int DETAIL_MEMORY = 400;
  private static final int MIN_DETAIL_FRAMES = 100;

  /** So many times the adoption of a scene: a lens that is wiped within it keeps its baseline. */
  private static final long ADOPTIONS_TO_GIVE_WAY = 15;

  private final DetectorSettings.Faults settings;
  private final long giveWayMicros;
  private final boolean[] active = new boolean[FAULTS.size()];
  private final long[] differsSince = new long[FAULTS.size()];
  private double usualDetail;
  private int detailFrames;
  private long blurredSince = Long.MIN_VALUE;

  // The last picture, and until there is one the hash of the one before the snapshot was taken.
  private @Nullable Observation lastFrame;
  private int lastPicture;
  private long sameSince = Long.MIN_VALUE;

  /**
   * @param adoptMillis how long a new scene has to last, 0 if an operator must say so
   */
  CameraFaults(DetectorSettings.Faults settings, int adoptMillis) {
    this.settings = settings;
    giveWayMicros =
        adoptMillis == 0 ? Long.MAX_VALUE : ADOPTIONS_TO_GIVE_WAY * adoptMillis * 1_000L;
    Arrays.fill(differsSince, Long.MIN_VALUE);
  }

  /**
   * Judges a frame; true if it shows a fault, begun or not.
   *
   * @param again whether its picture is the last one again, as ingest says: nothing new is learnt
   *     from it, and it says nothing of a frozen camera
   */
  boolean judge(Observation frame, boolean again, long streamMicros, List<HealthChange> changes) {
    boolean[] shown = shown(frame, again, streamMicros);
    boolean any = false;
    for (int i = 0; i < FAULTS.size(); i++) {
      any |= shown[i] || active[i];
      if (shown[i] == active[i]) {
        differsSince[i] = Long.MIN_VALUE;
        continue;
      }
      if (differsSince[i] == Long.MIN_VALUE) {
        differsSince[i] = streamMicros;
      }
      // A frozen picture has its own, longer patience, and ends with the first new picture.
      boolean patient = i != FROZEN_PICTURE;
      long wait = patient ? settings.faultMillis() * 1_000L : 0;
      if (streamMicros - differsSince[i] >= wait) {
        active[i] = shown[i];
        differsSince[i] = Long.MIN_VALUE;
        changes.add(new HealthChange(FAULTS.get(i), shown[i], frame.stamp()));
      }
    }
    return any;
  }

  /** Ends every fault that has begun. */
  List<HealthChange> endAll(FrameStamp at) {
    List<HealthChange> ended = new ArrayList<>();
    for (int i = 0; i < FAULTS.size(); i++) {
      if (active[i]) {
        active[i] = false;
        ended.add(new HealthChange(FAULTS.get(i), false, at));
      }
    }
    return ended;
  }

  /** Forgets how much detail is usual; faults that have begun still end. */
  void forgetDetail() {
    usualDetail = 0;
    detailFrames = 0;
    blurredSince = Long.MIN_VALUE;
  }

  /** An operator calls the picture normal: it has as much detail as it should. */
  void trust() {
    if (blurredSince != Long.MIN_VALUE) {
      forgetDetail();
    }
  }

  /** Whether a fault has begun and not ended. */
  boolean isActive() {
    for (boolean fault : active) {
      if (fault) {
        return true;
      }
    }
    return false;
  }

  private boolean[] shown(Observation frame, boolean again, long streamMicros) {
    byte[] luma = frame.luma();
    int sum = 0;
    long squares = 0;
    for (byte value : luma) {
      int brightness = value & 0xff;
      sum += brightness;
      squares += (long) brightness * brightness;
    }
    double mean = (double) sum / luma.length;
    // Whole numbers up to the division: no cancellation in a bright, flat picture.
    double variance =
        ((double) luma.length * squares - (double) sum * sum) / luma.length / luma.length;
    boolean[] shown = new boolean[FAULTS.size()];
    boolean dark = mean < settings.darkBelow();
    boolean saturated = mean > settings.saturatedAbove();
    double detail = detail(frame);
    boolean flat = variance < settings.coveredDeviation() * settings.coveredDeviation();
    boolean clear = !dark && !saturated && !flat;
    boolean blurred = clear && isBlurred(detail, streamMicros);
    if (!clear) {
      blurredSince = Long.MIN_VALUE;
    }
    shown[DARK] = dark;
    shown[SATURATED] = saturated;
    shown[COVERED] = !dark && !saturated && (flat || blurred);
    shown[FROZEN_PICTURE] = again ? active[FROZEN_PICTURE] : isFrozen(frame, streamMicros);
    if (!again && clear && !blurred) {
      detailFrames = Math.min(DETAIL_MEMORY, detailFrames + 1);
      usualDetail += (detail - usualDetail) / detailFrames;
    }
    return shown;
  }

  /**
   * Whether the picture has much less detail than usual. A camera that looks elsewhere, closer or
   * at night by another light has less for good: after a long time the picture counts as one to be
   * judged, by which the scene is told to have changed.
   */
  private boolean isBlurred(double detail, long streamMicros) {
    if (detailFrames < MIN_DETAIL_FRAMES || detail >= settings.coveredDetail() * usualDetail) {
      blurredSince = Long.MIN_VALUE;
      return false;
    }
    if (blurredSince == Long.MIN_VALUE) {
      blurredSince = streamMicros;
    }
    if (streamMicros - blurredSince < giveWayMicros) {
      return true;
    }
    forgetDetail();
    return false;
  }

  private static double detail(Observation frame) {
    byte[] luma = frame.luma();
    int width = frame.lumaWidth();
    int sum = 0;
    for (int row = 0; row < luma.length; row += width) {
      int before = luma[row] & 0xff;
      for (int i = row + 1; i < row + width; i++) {
        int brightness = luma[i] & 0xff;
        sum += Math.abs(brightness - before);
        before = brightness;
      }
    }
    return (double) sum / luma.length;
  }

  private boolean isFrozen(Observation frame, long streamMicros) {
    if (!isLastPicture(frame) || sameSince == Long.MIN_VALUE) {
      sameSince = streamMicros;
    }
    lastFrame = frame;
    return streamMicros - sameSince >= settings.frozenMillis() * 1_000L;
  }

  private boolean isLastPicture(Observation frame) {
    Observation last = lastFrame;
    return last == null
        ? lastPicture == hash(frame)
        : Arrays.equals(last.luma(), frame.luma())
            && Arrays.equals(last.patches(), frame.patches());
  }

  private static int hash(Observation frame) {
    return 31 * ByteHash.of(frame.luma()) + ByteHash.of(frame.patches());
  }

  /** Goes on from a picture, if it is the one whose hash was read. */
  void resume(Observation picture) {
    if (hash(picture) == lastPicture) {
      lastFrame = picture;
    }
  }

  void write(SnapshotWriter out) {
    for (int i = 0; i < FAULTS.size(); i++) {
      out.putBoolean(active[i]);
      out.putLong(differsSince[i]);
    }
    out.putDouble(usualDetail);
    out.putInt(detailFrames);
    out.putInt(lastFrame == null ? lastPicture : hash(lastFrame));
    out.putLong(sameSince);
    out.putLong(blurredSince);
  }

  void read(SnapshotReader in) throws SnapshotException {
    for (int i = 0; i < FAULTS.size(); i++) {
      active[i] = in.takeBoolean();
      differsSince[i] = in.takeLong();
    }
    usualDetail = in.takeDouble();
    detailFrames = in.takeInt("detail frames", 0, DETAIL_MEMORY);
    lastPicture = in.takeInt();
    sameSince = in.takeLong();
    blurredSince = in.version() < 7 ? Long.MIN_VALUE : in.takeLong();
  }
}
