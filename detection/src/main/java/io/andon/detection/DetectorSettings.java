package io.andon.detection;

/**
 * All that can be tuned about one camera's detector. Immutable; each group checks itself when it is
 * made and names what is wrong. Durations are event time, milliseconds.
 *
 * @param warmUp how long to look before alarming
 * @param memory what is remembered of normal patches and when it is learnt
 * @param activity how movement is judged
 * @param calibration how raw scores become comparable
 * @param alarm when an incident opens, is updated and closes
 * @param faults when a picture itself is at fault
 * @param sceneChange when a new scene becomes the normal one
 * @param undo how much learning can be undone
 * @param cycle how the cycle of a machine is followed
 * @param stills whether pictures are taken one by one, each of its own part: each is then learnt or
 *     judged alone; default false
 */
public record DetectorSettings(
    WarmUp warmUp,
    Memory memory,
    Activity activity,
    Calibration calibration,
    Alarm alarm,
    Faults faults,
    SceneChange sceneChange,
    Undo undo,
    Cycle cycle,
    boolean stills) {

  /** The documented defaults, meant for cameras at 5 to 10 frames a second. */
  public static DetectorSettings defaults() {
    return DetectorProfiles.defaults();
  }

  /** More memory and time for more accuracy: at most four times those of the defaults. */
  public static DetectorSettings quality() {
    return DetectorProfiles.quality();
  }

  /**
   * For pictures that are taken one by one, each of its own part. Frames must be flagged
   * discontinuous and be at least 100 ms apart.
   *
   * @param pictures normal pictures that are learnt before the first is judged, 2..1,000,000
   */
  public static DetectorSettings stills(int pictures) {
    return DetectorProfiles.stills(pictures);
  }

  /** The same with another warm-up. */
  public DetectorSettings withWarmUp(WarmUp value) {
    return new DetectorSettings(
        value, memory, activity, calibration, alarm, faults, sceneChange, undo, cycle, stills);
  }

  /** The same with another memory. */
  public DetectorSettings withMemory(Memory value) {
    return new DetectorSettings(
        warmUp, value, activity, calibration, alarm, faults, sceneChange, undo, cycle, stills);
  }

  /** The same with another judgement of movement. */
  public DetectorSettings withActivity(Activity value) {
    return new DetectorSettings(
        warmUp, memory, value, calibration, alarm, faults, sceneChange, undo, cycle, stills);
  }

  /** The same with another calibration. */
  public DetectorSettings withCalibration(Calibration value) {
    return new DetectorSettings(
        warmUp, memory, activity, value, alarm, faults, sceneChange, undo, cycle, stills);
  }

  /** The same with another alarm. */
  public DetectorSettings withAlarm(Alarm value) {
    return new DetectorSettings(
        warmUp, memory, activity, calibration, value, faults, sceneChange, undo, cycle, stills);
  }

  /** The same with another rule for new scenes. */
  public DetectorSettings withSceneChange(SceneChange value) {
    return new DetectorSettings(
        warmUp, memory, activity, calibration, alarm, faults, value, undo, cycle, stills);
  }

  /** The same with another bound on what can be undone. */
  public DetectorSettings withUndo(Undo value) {
    return new DetectorSettings(
        warmUp, memory, activity, calibration, alarm, faults, sceneChange, value, cycle, stills);
  }

  /** The same with another way to follow cycles. */
  public DetectorSettings withCycle(Cycle value) {
    return new DetectorSettings(
        warmUp, memory, activity, calibration, alarm, faults, sceneChange, undo, value, stills);
  }

  /** The same with another false-alarm budget. */
  public DetectorSettings withFalseAlarmsPerDay(double falseAlarmsPerDay) {
    return withAlarm(alarm.withFalseAlarmsPerDay(falseAlarmsPerDay));
  }

  /**
   * Warm-up ends when both are reached.
   *
   * @param millis event time, 1..86,400,000; default 45,000
   * @param frames frames, 2..1,000,000; default 200
   * @param settleMillis start of the warm-up whose scores are not used for calibration, because the
   *     memory is still filling; 0..millis; default 15,000
   */
  public record WarmUp(int millis, int frames, int settleMillis) {
    public WarmUp {
      Require.between("warmUp.millis", millis, 1, 86_400_000);
      Require.between("warmUp.frames", frames, 2, 1_000_000);
      Require.between("warmUp.settleMillis", settleMillis, 0, millis);
    }
  }

  /**
   * The memory of normal patches and pictures.
   *
   * @param prototypesPerCell normal prototypes a cell keeps, 2..32; default 16
   * @param scenePrototypes signatures kept of the whole scene, 2..1,024; default 64
   * @param learnIntervalMillis time between frames that are learnt, 0..60,000; default 500
   * @param warmUpIntervalMillis the same in warm-up; default 200
   * @param learnDelayMillis how long a frame waits before it is learnt, 0..600,000; default 10,000
   * @param warmUpDelayMillis the same in warm-up; default 2,000
   * @param delayedBytes bound on the frames that wait to be learnt, 0..2 MiB; default 1 MiB
   * @param quarantineBytes bound on the frames of an incident that wait for an operator's word,
   *     0..1 MiB; default 0.5 MiB
   * @param gateQuantile cells hotter than this quantile of recent frames' hottest cells are not
   *     learnt, 0.5..1; default 0.95
   * @param hottestCells cells whose mean is the score of a frame, 1..64; default 5
   * @param studyFrames normal frames of the first quarter of the warm-up that are studied before
   *     anything can be compared, 2..64; default 24
   */
  public record Memory(
      int prototypesPerCell,
      int scenePrototypes,
      int learnIntervalMillis,
      int warmUpIntervalMillis,
      int learnDelayMillis,
      int warmUpDelayMillis,
      int delayedBytes,
      int quarantineBytes,
      double gateQuantile,
      int hottestCells,
      int studyFrames) {
    public Memory {
      Require.between("memory.prototypesPerCell", prototypesPerCell, 2, 32);
      Require.between("memory.scenePrototypes", scenePrototypes, 2, 1_024);
      Require.between("memory.learnIntervalMillis", learnIntervalMillis, 0, 60_000);
      Require.between("memory.warmUpIntervalMillis", warmUpIntervalMillis, 0, 60_000);
      Require.between("memory.learnDelayMillis", learnDelayMillis, 0, 600_000);
      Require.between("memory.warmUpDelayMillis", warmUpDelayMillis, 0, 600_000);
      Require.between("memory.delayedBytes", delayedBytes, 0, 1 << 21);
      Require.between("memory.quarantineBytes", quarantineBytes, 0, 1 << 20);
      Require.between("memory.gateQuantile", gateQuantile, 0.5, 1);
      Require.between("memory.hottestCells", hottestCells, 1, 64);
      Require.between("memory.studyFrames", studyFrames, 2, 64);
    }
  }

  /**
   * Movement, judged on a coarse grid over a short and a long window.
   *
   * @param rows rows of the coarse grid, 1..8; default 4
   * @param columns columns of the coarse grid, 1..12; default 6
   * @param shortMillis short window, 200..60,000; default 1,000
   * @param longMillis long window, at least the short one, longer than a machine's usual pause, at
   *     most 60,000; default 4,000
   * @param maxGapMillis frames further apart than this have no movement between them, 1..60,000;
   *     default 2,000
   * @param noiseFloor mean brightness step below which movement is not told from noise, above 0..
   *     64; default 0.25
   * @param samples normal window values remembered a coarse cell, 16..480; default 240
   */
  public record Activity(
      int rows,
      int columns,
      int shortMillis,
      int longMillis,
      int maxGapMillis,
      double noiseFloor,
      int samples) {
    public Activity {
      Require.between("activity.rows", rows, 1, 8);
      Require.between("activity.columns", columns, 1, 12);
      Require.between("activity.shortMillis", shortMillis, 200, 60_000);
      Require.between("activity.longMillis", longMillis, shortMillis, 60_000);
      Require.between("activity.maxGapMillis", maxGapMillis, 1, 60_000);
      Require.between("activity.noiseFloor", noiseFloor, 0.001, 64);
      Require.between("activity.samples", samples, 16, 480);
    }
  }

  /**
   * From raw scores to scores whose alarm level is 1.
   *
   * @param smoothingMillis time constant of the exponential average that raw scores of appearance,
   *     motion and scene go through, so that noise of single frames widens neither the normal range
   *     nor an anomaly's score, 0..60,000; default 400
   * @param blockMillis normal time is cut into blocks of this length and each gives its highest
   *     scores, 100..600,000; default 2,000
   * @param blocks blocks remembered, 16..1,024; default 300
   * @param longerBlocks blocks that make a longer one, and longer ones that make a long one,
   *     2..120; default 30, which is a minute and half an hour; 1,440 longer and 336 long blocks
   *     are remembered
   * @param delayMillis a block counts only if no incident opened within this time after it,
   *     0..600,000; default 5,000
   * @param relativeFloor smallest distance of the alarm level above the median block maximum, as a
   *     share of that median, 0.001..10; default 0.1
   * @param activityFloor the same for the activity channel, in squared widths of its usual band,
   *     0.001..10; default 1
   * @param provisionalMargin factor on the distance between median and alarm level while the budget
   *     is not certified, 1..10; default 1
   * @param provisionalShare share of one day's budget that may be spent on the time until a day of
   *     normal time was seen, above 0..1; default 0.25
   */
  public record Calibration(
      int smoothingMillis,
      int blockMillis,
      int blocks,
      int longerBlocks,
      int delayMillis,
      double relativeFloor,
      double activityFloor,
      double provisionalMargin,
      double provisionalShare) {
    public Calibration {
      Require.between("calibration.smoothingMillis", smoothingMillis, 0, 60_000);
      Require.between("calibration.provisionalShare", provisionalShare, Double.MIN_VALUE, 1);
      Require.between("calibration.longerBlocks", longerBlocks, 2, 120);
      Require.between("calibration.blockMillis", blockMillis, 100, 600_000);
      Require.between("calibration.blocks", blocks, 16, 1_024);
      Require.between("calibration.delayMillis", delayMillis, 0, 600_000);
      Require.between("calibration.relativeFloor", relativeFloor, 0.001, 10);
      Require.between("calibration.provisionalMargin", provisionalMargin, 1, 10);
      Require.between("calibration.activityFloor", activityFloor, 0.001, 10);
    }
  }

  /**
   * The life of an incident.
   *
   * @param falseAlarmsPerDay false-alarm budget, above 0, at most 10,000; default 2; one a week is
   *     0.142857
   * @param suspiciousScore score from which the camera is called suspicious, 0..1; default 0.75
   * @param drift score that leaves the evidence as it is, 0..1; default 0.8
   * @param evidenceMillis time in which a score of 1 above the drift opens an incident, 1..60,000;
   *     default 500
   * @param scoreCap highest score that counts as evidence, 1..100; default 3
   * @param quietScore score below which a frame counts as quiet, 0..1; default 0.7
   * @param quietMillis quiet time that closes an incident, 0..600,000; default 2,000
   * @param updateMillis least time between updates of an incident, 0..600,000; default 500
   * @param silenceMillis time without a frame after which an open incident closes, 100..86,400,000;
   *     default 10,000
   */
  public record Alarm(
      double falseAlarmsPerDay,
      double suspiciousScore,
      double drift,
      int evidenceMillis,
      double scoreCap,
      double quietScore,
      int quietMillis,
      int updateMillis,
      int silenceMillis) {
    public Alarm {
      Require.between("alarm.falseAlarmsPerDay", falseAlarmsPerDay, Double.MIN_VALUE, 10_000);
      Require.between("alarm.suspiciousScore", suspiciousScore, 0, 1);
      Require.between("alarm.drift", drift, 0, 1);
      Require.between("alarm.evidenceMillis", evidenceMillis, 1, 60_000);
      Require.between("alarm.scoreCap", scoreCap, 1, 100);
      Require.between("alarm.quietScore", quietScore, 0, 1);
      Require.between("alarm.quietMillis", quietMillis, 0, 600_000);
      Require.between("alarm.updateMillis", updateMillis, 0, 600_000);
      Require.between("alarm.silenceMillis", silenceMillis, 100, 86_400_000);
    }

    /** The same with another false-alarm budget. */
    public Alarm withFalseAlarmsPerDay(double value) {
      return new Alarm(
          value,
          suspiciousScore,
          drift,
          evidenceMillis,
          scoreCap,
          quietScore,
          quietMillis,
          updateMillis,
          silenceMillis);
    }
  }

  /**
   * When the picture itself is at fault.
   *
   * @param darkBelow mean brightness below which a picture is dark, 0..255; default 12
   * @param saturatedAbove mean brightness above which it is saturated, 0..255; default 243
   * @param coveredDeviation standard deviation of brightness below which the camera is covered,
   *     0..128; default 5
   * @param coveredDetail share of the usual brightness steps between neighbouring pixels below
   *     which the camera is covered or out of focus, 0..1; default 0.3
   * @param faultMillis how long a fault must last to begin, and be gone to end, 0..600,000; default
   *     1,000
   * @param frozenMillis how long picture and patches must be the same bit for bit to be called
   *     frozen, 100..86,400,000; default 5,000
   */
  public record Faults(
      int darkBelow,
      int saturatedAbove,
      double coveredDeviation,
      double coveredDetail,
      int faultMillis,
      int frozenMillis) {
    public Faults {
      Require.between("faults.darkBelow", darkBelow, 0, 255);
      Require.between("faults.saturatedAbove", saturatedAbove, darkBelow, 255);
      Require.between("faults.coveredDeviation", coveredDeviation, 0, 128);
      Require.between("faults.coveredDetail", coveredDetail, 0, 1);
      Require.between("faults.faultMillis", faultMillis, 0, 600_000);
      Require.between("faults.frozenMillis", frozenMillis, 100, 86_400_000);
    }
  }

  /**
   * When a picture that has changed as a whole is taken for the normal one.
   *
   * @param share share of the cells that must be unlike the baseline and stay like themselves,
   *     0.5..1; default 0.6
   * @param adoptMillis how long they must, 0..86,400,000; 0 leaves it to an operator; default
   *     60,000
   */
  public record SceneChange(double share, int adoptMillis) {
    public SceneChange {
      Require.between("sceneChange.share", share, 0.5, 1);
      Require.between("sceneChange.adoptMillis", adoptMillis, 0, 86_400_000);
    }
  }

  /**
   * Snapshots of the baseline that learning can be undone with. The defaults always reach back an
   * hour.
   *
   * @param intervalMillis time between them, 1..86,400,000; default 1,200,000
   * @param snapshots how many are kept, 0..{@value #MAX_SNAPSHOTS}; default 4
   */
  public record Undo(int intervalMillis, int snapshots) {
    /** Most snapshots. */
    public static final int MAX_SNAPSHOTS = 8;

    public Undo {
      Require.between("undo.intervalMillis", intervalMillis, 1, 86_400_000);
      Require.between("undo.snapshots", snapshots, 0, MAX_SNAPSHOTS);
    }
  }

  /**
   * How the cycle of a machine is found and followed.
   *
   * @param enabled whether cycles are looked for at all; default true
   * @param shortestMillis shortest period that is looked for, 500..60,000; default 500
   * @param longestMillis longest one, from the shortest to 120,000; default 120,000
   * @param strength share of the difference between any two moments that must vanish at the period,
   *     by the values of the picture that repeat best, 0.1..1; default 0.5
   * @param settleCycles cycles in a row that must come off as usual before anything is said, 2..48;
   *     default 6
   * @param tolerance how much longer or shorter than usual the latest cycles may take, as a share,
   *     0.01..1; default 0.1
   */
  public record Cycle(
      boolean enabled,
      int shortestMillis,
      int longestMillis,
      double strength,
      int settleCycles,
      double tolerance) {
    public Cycle {
      Require.between("cycle.shortestMillis", shortestMillis, 500, 60_000);
      Require.between("cycle.longestMillis", longestMillis, shortestMillis, 120_000);
      Require.between("cycle.strength", strength, 0.1, 1);
      Require.between("cycle.settleCycles", settleCycles, 2, 48);
      Require.between("cycle.tolerance", tolerance, 0.01, 1);
    }

    /** The same, looking for cycles or not. */
    public Cycle withEnabled(boolean value) {
      return new Cycle(value, shortestMillis, longestMillis, strength, settleCycles, tolerance);
    }
  }
}
