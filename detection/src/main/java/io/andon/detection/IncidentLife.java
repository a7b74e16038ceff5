package io.andon.detection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects evidence frame by frame and leads one incident through its life. Evidence is a
 * cumulative sum (CUSUM): a score above the drift adds to it, one below takes from it, never under
 * 0; at 1 an incident opens. It closes after a quiet time, so that one event of the world stays one
 * incident.
 */
final class IncidentLife {
  /** No single frame opens an incident, nor do the two steps that a flash makes. */
  private static final double MAX_GAIN = 0.4;

  private static final double MAX_EVIDENCE = 100;
  private static final double NEWS = 1.05;

  private final DetectorSettings.Alarm settings;
  private final String camera;
  private double evidence;
  private double leastP = 1;
  private boolean open;
  private String id = "";
  private int revision;
  private @Nullable FrameStamp first;
  private @Nullable Peak peak;
  private double toldScore;
  private long firstStream;
  private long lastToldStream;
  private long quietSince = Long.MIN_VALUE;

  IncidentLife(DetectorSettings.Alarm settings, String camera) {
    this.settings = settings;
    this.camera = camera;
  }

  boolean isOpen() {
    return open;
  }

  double evidence() {
    return evidence;
  }

  /** Start of the evidence, in the detector's own time. */
  long firstStream() {
    return firstStream;
  }

  /** Takes a frame's score and tells what happens, or null. */
  IncidentChange.@Nullable Kind step(
      FrameStamp stamp,
      long streamMicros,
      long stepMicros,
      double score,
      double pValue,
      Supplier<Peak> peakOf) {
    double surplus = Math.min(score, settings.scoreCap()) - settings.drift();
    double gain = Math.min(MAX_GAIN, surplus * stepMicros / (settings.evidenceMillis() * 1_000.0));
    if (!open) {
      evidence = Math.max(0, evidence + gain);
      if (evidence == 0) {
        forget();
        return null;
      }
    } else {
      evidence = Math.min(MAX_EVIDENCE, evidence + Math.max(0, gain));
    }
    if (first == null) {
      first = stamp;
      firstStream = streamMicros;
    }
    leastP = Math.min(leastP, pValue);
    if (peak == null || score > peak.score()) {
      peak = peakOf.get();
    }
    return open ? goOn(streamMicros, score) : open(streamMicros);
  }

  private IncidentChange.@Nullable Kind open(long streamMicros) {
    if (evidence < 1) {
      return null;
    }
    open = true;
    revision = 0;
    id = id(camera, current(first));
    tell(streamMicros);
    return IncidentChange.Kind.OPENED;
  }

  private IncidentChange.@Nullable Kind goOn(long streamMicros, double score) {
    if (score >= settings.quietScore()) {
      quietSince = Long.MIN_VALUE;
    } else if (quietSince == Long.MIN_VALUE) {
      quietSince = streamMicros;
    }
    if (quietSince != Long.MIN_VALUE
        && streamMicros - quietSince >= settings.quietMillis() * 1_000L) {
      return IncidentChange.Kind.CLOSED;
    }
    if (current(peak).score() >= toldScore * NEWS
        && streamMicros - lastToldStream >= settings.updateMillis() * 1_000L) {
      revision++;
      tell(streamMicros);
      return IncidentChange.Kind.UPDATED;
    }
    return null;
  }

  private void tell(long streamMicros) {
    toldScore = current(peak).score();
    lastToldStream = streamMicros;
  }

  /** The change as it is told. */
  IncidentChange change(
      IncidentChange.Kind kind,
      FrameStamp now,
      double budgetPerDay,
      double certifiedPerDay,
      String space,
      IncidentChange.@Nullable CloseReason reason) {
    Peak highest = current(peak);
    return new IncidentChange(
        kind,
        id,
        revision,
        current(first),
        now,
        highest.stamp(),
        highest.score(),
        leastP,
        evidence,
        budgetPerDay,
        certifiedPerDay,
        highest.channel(),
        highest.boxes(),
        highest.heatMap(),
        highest.nearestNormal(),
        highest.baselineVersion(),
        space,
        reason,
        highest.cycle());
  }

  /** Closes the open incident and forgets it. */
  IncidentChange close(
      FrameStamp now,
      double budgetPerDay,
      double certifiedPerDay,
      String space,
      IncidentChange.CloseReason reason) {
    revision++;
    IncidentChange closed =
        change(IncidentChange.Kind.CLOSED, now, budgetPerDay, certifiedPerDay, space, reason);
    forget();
    return closed;
  }

  /** Drops the evidence and the incident. */
  void forget() {
    open = false;
    evidence = 0;
    leastP = 1;
    first = null;
    peak = null;
    quietSince = Long.MIN_VALUE;
  }

  private static <T> T current(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("no incident is under way");
    }
    return value;
  }

  /** First 128 bits of SHA-256 over camera and first frame, in hexadecimal. */
  private static String id(String camera, FrameStamp first) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(camera.getBytes(StandardCharsets.UTF_8));
      ByteBuffer frame = ByteBuffer.allocate(1 + 3 * Long.BYTES);
      frame.put((byte) 0).putLong(first.play()).putLong(first.seq());
      frame.putLong(first.capturedMicros());
      digest.update(frame.array());
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void write(SnapshotWriter out) {
    out.putDouble(evidence);
    out.putDouble(leastP);
    out.putBoolean(open);
    out.putText(id);
    out.putInt(revision);
    out.putOptionalStamp(first);
    out.putBoolean(peak != null);
    if (peak != null) {
      peak.write(out);
    }
    out.putDouble(toldScore);
    out.putLong(firstStream);
    out.putLong(lastToldStream);
    out.putLong(quietSince);
  }

  void read(SnapshotReader in) throws SnapshotException {
    evidence = in.takeDouble();
    leastP = in.takeDouble();
    open = in.takeBoolean();
    id = in.takeText("incident id", 64);
    revision = in.takeInt("revision", 0, Integer.MAX_VALUE);
    first = in.takeOptionalStamp();
    peak = in.takeBoolean() ? Peak.read(in) : null;
    toldScore = in.takeDouble();
    firstStream = in.takeLong();
    lastToldStream = in.takeLong();
    quietSince = in.takeLong();
    if (open && (first == null || peak == null)) {
      throw SnapshotReader.corrupt("an open incident has no first or peak frame");
    }
  }
}
