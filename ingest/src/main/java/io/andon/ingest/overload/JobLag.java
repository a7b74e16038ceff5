package io.andon.ingest.overload;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How long the job takes from a frame's sending until its score, by one probe a camera: a frame is
 * noted when it is sent, and the first score of it or of a later one ends the probe. Also how many
 * frames wait, by the numbers of the last one sent and the last one scored: a frame that is never
 * scored, since it can't be decoded, waits only until a later one is, and one that Kafka did not
 * take does not wait. A camera counts once it has been scored, so that a job that never ran lowers
 * nothing, and until it is given up: a single camera that gets no score while those of all others
 * are in time is no sign of a job that is too slow, which makes several late or scores the one
 * slowly. All times are of one monotonic clock. Bounded by the number of cameras. Thread-safe.
 */
final class JobLag {
  /**
   * A probe that waits longer than this while other cameras are scored is of an unusable camera.
   */
  static final long GIVEN_UP_MILLIS = 60_000;

  /** Scores younger than this are signs of life. */
  static final long RECENT_MILLIS = 10_000;

  /** Lost frames that are told apart from those that wait, of each camera: minutes of them. */
  private static final int MOST_LOST = 10_000;

  /** Weight of the newest second in how many frames a camera sends. */
  private static final double NEWEST = 0.1;

  /** Frames a second that a camera is taken to send at least. */
  private static final double LEAST_SENT = 0.1;

  private final long aloneMillis;
  private final long inTimeMillis;
  private final Map<String, Probe> probes = new HashMap<>();

  /**
   * Makes the lag of a job of which nothing is known.
   *
   * @param highMillis lag above which fewer frames are sent; a single camera is given up after half
   *     of it, from where on the rate may be lowered
   * @param lowMillis lag below which the others are in time, if it is at most a quarter of the high
   *     one; else that
   */
  JobLag(long highMillis, long lowMillis) {
    aloneMillis = highMillis / 2;
    inTimeMillis = Math.min(lowMillis, aloneMillis / 2);
  }

  private static final class Probe {
    /** Alone without a score while others were in time, and not scored since. */
    private boolean alone;

    private boolean waiting;
    private long play;
    private long seq;
    private long sentMillis;
    private long lagMillis;
    private @Nullable Long scoredMillis;
    private long lastPlay;
    private long lastSeq;
    private long scoredSeq;

    /** Frames of the last play behind the last one scored that Kafka did not take. */
    private final NavigableSet<Long> lost = new TreeSet<>();

    /** Frames of earlier plays that were not scored when the last play began. */
    private long leftOver;

    private int sentSince;
    private double sentASecond;

    void countSent(long sentPlay, long sentSeq) {
      sentSince++;
      if (sentPlay != lastPlay) {
        leftOver = waitingFrames();
        lastPlay = sentPlay;
        scoredSeq = sentSeq - 1;
        lost.clear();
      }
      lastSeq = sentSeq;
    }

    void countScored(long ofPlay, long ofSeq) {
      if (ofPlay == lastPlay) {
        leftOver = 0;
        scoredSeq = Math.max(scoredSeq, ofSeq);
        lost.headSet(scoredSeq, true).clear();
      } else {
        leftOver = Math.max(0, leftOver - 1);
      }
    }

    void countLost(long ofPlay, long ofSeq) {
      if (ofPlay != lastPlay) {
        leftOver = Math.max(0, leftOver - 1);
      } else if (ofSeq > scoredSeq) {
        lost.add(ofSeq);
        if (lost.size() > MOST_LOST) {
          lost.pollFirst();
        }
      }
    }

    /** Whether it waits for the score of this frame or of an earlier one. */
    boolean waitsForUpTo(long ofPlay, long ofSeq) {
      return waiting && (ofPlay > play || (ofPlay == play && ofSeq >= seq));
    }

    /** Ends a second of counting what is sent. */
    void endSecond() {
      double weight = sentASecond == 0 ? 1 : NEWEST;
      sentASecond = Math.max(LEAST_SENT, sentASecond + weight * (sentSince - sentASecond));
      sentSince = 0;
    }

    long waitingFrames() {
      return leftOver + Math.max(0, lastSeq - scoredSeq - lost.size());
    }
  }

  /** A frame was handed to the producer. */
  synchronized void sent(String camera, long play, long seq, long nowMillis) {
    Probe probe = probes.computeIfAbsent(camera, id -> new Probe());
    probe.countSent(play, seq);
    if (!probe.waiting) {
      probe.waiting = true;
      probe.play = play;
      probe.seq = seq;
      probe.sentMillis = nowMillis;
    }
  }

  /** A score came back. */
  synchronized void scored(String camera, long play, long seq, long nowMillis) {
    Probe probe = probes.get(camera);
    if (probe == null) {
      return; // of a camera of another process, or of a frame of the process before this one
    }
    probe.scoredMillis = nowMillis;
    probe.alone = false;
    probe.countScored(play, seq);
    if (probe.waitsForUpTo(play, seq)) {
      probe.waiting = false;
      probe.lagMillis = Math.max(0, nowMillis - probe.sentMillis);
    }
  }

  /**
   * Kafka did not take a frame that was told as sent: the job never sees it, so the next one that
   * is sent is waited for.
   */
  synchronized void lost(String camera, long play, long seq) {
    Probe probe = probes.get(camera);
    if (probe == null) {
      return;
    }
    probe.countLost(play, seq);
    probe.waiting &= !probe.waitsForUpTo(play, seq);
  }

  /**
   * Scores could not be read until now: probes begin anew, but for those of cameras that had been
   * given up, and what was sent is not counted as a second's. How many frames wait is known again
   * with the next score.
   */
  synchronized void forgetWaiting(long nowMillis) {
    for (Probe probe : probes.values()) {
      boolean givenUp = isGivenUp(probe, true, nowMillis);
      probe.waiting &= givenUp;
      probe.sentSince = 0;
    }
  }

  /** The largest lag of a camera that counts, 0 if none does. */
  synchronized long millis(long nowMillis) {
    giveUpWhoIsAlone(nowMillis);
    boolean alive = probes.values().stream().anyMatch(probe -> isRecent(probe, nowMillis));
    long largest = 0;
    for (Probe probe : probes.values()) {
      largest = Math.max(largest, millis(probe, alive, nowMillis));
    }
    return largest;
  }

  /**
   * Frames that were sent and not scored yet, all cameras taken for as late as the latest of those
   * that count: a part of the job may be slow alone, and what waits for it must not look little
   * beside what the others can do. To be asked once a second, which is what frames a second are
   * counted by.
   */
  synchronized double waitingFrames(long nowMillis) {
    giveUpWhoIsAlone(nowMillis);
    boolean alive = probes.values().stream().anyMatch(probe -> isRecent(probe, nowMillis));
    double sentASecond = 0;
    double longest = 0;
    for (Probe probe : probes.values()) {
      probe.endSecond();
      sentASecond += probe.sentASecond;
      boolean counts = probe.scoredMillis != null && !isGivenUp(probe, alive, nowMillis);
      longest = Math.max(longest, counts ? probe.waitingFrames() / probe.sentASecond : 0);
    }
    return longest * sentASecond;
  }

  private void giveUpWhoIsAlone(long nowMillis) {
    Probe late = null;
    boolean scored = false;
    for (Probe probe : probes.values()) {
      boolean inTime = millis(probe, true, nowMillis) <= inTimeMillis;
      if (!inTime && late != null) {
        return; // not alone
      }
      late = inTime ? late : probe;
      scored |= inTime && isScoredWithin(inTimeMillis, probe, nowMillis);
    }
    if (late != null && scored && isSilent(late, nowMillis)) {
      late.alone = true;
    }
  }

  private boolean isSilent(Probe probe, long nowMillis) {
    return probe.waiting
        && nowMillis - probe.sentMillis > aloneMillis
        && !isScoredWithin(aloneMillis, probe, nowMillis);
  }

  private static long millis(Probe probe, boolean alive, long nowMillis) {
    if (probe.scoredMillis == null || isGivenUp(probe, alive, nowMillis)) {
      return 0;
    }
    if (!probe.waiting) {
      return isRecent(probe, nowMillis) ? probe.lagMillis : 0;
    }
    return Math.max(probe.lagMillis, nowMillis - probe.sentMillis);
  }

  private static boolean isGivenUp(Probe probe, boolean alive, long nowMillis) {
    boolean unusable =
        alive
            && probe.waiting
            && nowMillis - probe.sentMillis > GIVEN_UP_MILLIS
            && !isRecent(probe, nowMillis);
    return unusable || probe.alone;
  }

  private static boolean isRecent(Probe probe, long nowMillis) {
    return isScoredWithin(RECENT_MILLIS, probe, nowMillis);
  }

  private static boolean isScoredWithin(long millis, Probe probe, long nowMillis) {
    return probe.scoredMillis != null && nowMillis - probe.scoredMillis <= millis;
  }
}
