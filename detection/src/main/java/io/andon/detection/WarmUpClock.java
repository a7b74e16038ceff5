package io.andon.detection;

/** How far a warm-up has come. */
final class WarmUpClock {
  private static final double NOT_QUITE = 0.99;

  private final DetectorSettings.WarmUp settings;
  private long micros;
  private int frames;
  private boolean done;

  WarmUpClock(DetectorSettings.WarmUp settings) {
    this.settings = settings;
  }

  boolean isDone() {
    return done;
  }

  void addFrame(long stepMicros) {
    micros += stepMicros;
    frames++;
  }

  /** Whether the memory has filled enough for scores to be worth calibrating against. */
  boolean isSettled() {
    return micros >= settings.settleMillis() * 1_000L;
  }

  /** Ends the warm-up if its time and frames are reached and the calibration is ready. */
  void finish(boolean calibrated) {
    done = frames >= settings.frames() && micros >= settings.millis() * 1_000L && calibrated;
  }

  /** There is a baseline already. */
  void skip() {
    done = true;
  }

  void restart() {
    micros = 0;
    frames = 0;
    done = false;
  }

  /** 0..1; 1 only when it is done. */
  double progress() {
    if (done) {
      return 1;
    }
    double time = micros / (settings.millis() * 1_000.0);
    return Math.min(NOT_QUITE, Math.min(time, (double) frames / settings.frames()));
  }

  void write(SnapshotWriter out) {
    out.putLong(micros);
    out.putInt(frames);
    out.putBoolean(done);
  }

  void read(SnapshotReader in) throws SnapshotException {
    micros = in.takeLong();
    frames = in.takeInt("warm-up frames", 0, Integer.MAX_VALUE);
    done = in.takeBoolean();
  }
}
