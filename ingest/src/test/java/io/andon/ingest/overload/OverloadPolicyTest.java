package io.andon.ingest.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.ingest.camera.OutgoingFrame;
import io.andon.ingest.settings.OverloadConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The policy in a closed loop with a job of limited speed, in simulated time. */
class OverloadPolicyTest {
  private static final int CAMERAS = 8;
  private static final int FPS = 10;
  private static final int HIGH_MILLIS = 5_000;
  private static final int LOW_MILLIS = 1_000;
  private static final double LEAST = 0.1;
  private static final int TICK_MILLIS = 10;

  /** A monotonic clock may begin anywhere, so it passes zero in these tests. */
  private static final long CLOCK_ORIGIN_MILLIS = 1_010_000;

  private long nowMillis = 1_000_000;
  private OverloadPolicy policy = policy(HIGH_MILLIS);
  private final List<FrameThinning> thinnings = new ArrayList<>();
  private final long[] sent = new long[CAMERAS];
  private final ArrayDeque<FrameMetadata> queue = new ArrayDeque<>();

  /** Where the first camera has a part of the job of its own. */
  private @Nullable ArrayDeque<FrameMetadata> ofFirstCamera;

  private double firstCamerasFramesPerSecond;
  private double firstCamerasCredit;
  private long largestQueue;
  private long largestLagMillis;
  private long leastLagMillis;
  private double largestShare;
  private double leastShare = 1;
  private double jobsCredit;

  /** Whether ingest can read the scores. */
  private boolean readable = true;

  OverloadPolicyTest() {
    for (int i = 0; i < CAMERAS; i++) {
      thinnings.add(new FrameThinning());
    }
  }

  @Test
  void sendsEverythingToAJobThatKeepsUp() {
    run(60, 100);

    assertThat(policy.share()).isEqualTo(1);
    assertThat(sent).containsOnly(60 * FPS);
    assertThat(queue).hasSizeLessThan(CAMERAS + 1);
  }

  @Test
  void keepsTheLagOfAJobThatIsTooSlowWithinBoundsAndIsFairToAllCameras() {
    run(20, 100);
    run(600, 40);

    assertThat(largestLagMillis).isBetween((long) LOW_MILLIS, HIGH_MILLIS + 1_000L);
    assertThat(largestQueue)
        .as("frames on Kafka that wait, with those of two seconds until the policy acts")
        .isLessThan((HIGH_MILLIS + 2_000) * 40L / 1_000);
    long all = 0;
    for (long ofCamera : sent) {
      assertThat(ofCamera).isBetween(sent[0] - 1, sent[0] + 1);
      all += ofCamera;
    }
    double scoredShare = (all - queue.size() - 20.0 * CAMERAS * FPS) / (600 * 40);
    assertThat(scoredShare).as("the job is kept busy").isBetween(0.97, 1.01);
  }

  @Test
  void holdsAJobThatIsTooSlowWithoutSwinging() {
    run(20, 100);
    run(60, 40);
    forgetExtremes();
    run(600, 40);

    assertThat(leastLagMillis).isGreaterThan(LOW_MILLIS);
    assertThat(largestLagMillis).isLessThan(HIGH_MILLIS);
    assertThat(leastShare).isGreaterThan(0.45);
    assertThat(largestShare).isLessThan(0.55);
  }

  @Test
  void followsAJobWhoseSpeedChangesAllTheTime() {
    run(20, 100);
    run(60, 40);
    forgetExtremes();
    Random random = new Random(42);
    for (int i = 0; i < 600; i++) {
      run(1, 20 + 40 * random.nextDouble());
    }

    assertThat(largestLagMillis).isLessThan(HIGH_MILLIS);
    assertThat(leastShare).isGreaterThan(2 * LEAST);
    assertThat(largestShare).isLessThan(0.8);
  }

  @Test
  void aJobThatKeepsUpForHalfAMinuteOnlyIsHeldEarlyWhenItFallsBehindAgain() {
    run(20, 100);
    run(60, 40);
    forgetExtremes();
    for (int i = 0; i < 10; i++) {
      run(30, 120);
      assertThat(policy.share()).isEqualTo(1);
      run(30, 40);
    }

    assertThat(largestLagMillis).isLessThan(HIGH_MILLIS);
    assertThat(leastShare).isGreaterThan(2 * LEAST);
  }

  @Test
  void onePartOfTheJobThatIsTooSlowLowersTheRateForAll() {
    run(20, 100);
    ofFirstCamera = new ArrayDeque<>();
    firstCamerasFramesPerSecond = FPS / 2.0;
    run(120, 100);
    forgetExtremes();
    run(600, 100);

    assertThat(largestLagMillis).isLessThan(HIGH_MILLIS);
    assertThat(leastLagMillis).isGreaterThan(LOW_MILLIS / 2);
    assertThat(leastShare).isGreaterThan(0.35);
    assertThat(largestShare).isLessThan(0.65);
  }

  @Test
  void aCameraThatIsNoLongerScoredCostsTheOthersNoFrame() {
    run(20, 100);
    ofFirstCamera = new ArrayDeque<>();
    firstCamerasFramesPerSecond = 0;
    run(120, 100);

    assertThat(leastShare).isEqualTo(1);
    assertThat(sent).containsOnly(140 * FPS);
    assertThat(largestLagMillis).isLessThanOrEqualTo(HIGH_MILLIS / 2 + 1_000);
  }

  @Test
  void aJobThatIsTooSlowSoonAfterACameraWasLastScoredIsHeldByTheOthers() {
    run(20, 100);
    ofFirstCamera = new ArrayDeque<>();
    firstCamerasFramesPerSecond = 0;
    run(10, 100);
    run(300, 35);

    assertThat(largestLagMillis).isLessThan(HIGH_MILLIS + 1_000);
    assertThat(leastShare).isGreaterThan(2 * LEAST);
    assertThat(policy.share()).isBetween(0.4, 0.6);
  }

  @Test
  void aHighLagOfMinutesIsWorkedOffWithoutStarvingTheCameras() {
    policy = policy(60_000);
    run(20, 100);
    forgetExtremes();
    run(900, 40);

    assertThat(largestLagMillis).isLessThan(75_000);
    assertThat(leastShare).isGreaterThan(0.2);
    assertThat(policy.share()).isBetween(0.4, 0.6);
  }

  @Test
  void aPauseShorterThanTheHighLagCostsNoFrame() {
    run(20, 100);
    run(4, 0);
    run(60, 160);

    assertThat(policy.share()).isEqualTo(1);
    assertThat(sent).containsOnly(84 * FPS);
  }

  @Test
  void comesBackToTheFullRateWhenTheJobDoes() {
    run(20, 100);
    run(120, 20);
    assertThat(policy.share()).isLessThan(0.5);

    run(60, 200);

    assertThat(policy.share()).isEqualTo(1);
    assertThat(policy.lagMillis()).isLessThan(LOW_MILLIS);
  }

  @Test
  void sendsTheLeastShareToAJobThatStandsStill() {
    run(20, 100);
    run(60, 0);

    assertThat(policy.share()).isEqualTo(LEAST);
  }

  @Test
  void holdsTheShareWhileScoresCanNotBeRead() {
    run(20, 100);
    run(120, 40);
    double before = policy.share();
    assertThat(before).isLessThan(0.6);

    readable = false;
    run(600, 40);
    assertThat(policy.share()).isEqualTo(before);

    readable = true;
    forgetExtremes();
    run(300, 40);
    assertThat(largestLagMillis).isLessThan(HIGH_MILLIS);
    assertThat(leastShare).isGreaterThan(2 * LEAST);
    assertThat(policy.share()).isBetween(0.4, 0.6);
  }

  @Test
  void lowersNothingAfterScoresOfAJobThatKeepsUpCouldNotBeRead() {
    run(20, 100);
    readable = false;
    run(600, 100);
    readable = true;
    run(60, 100);

    assertThat(policy.share()).isEqualTo(1);
    assertThat(sent).containsOnly(680 * FPS);
  }

  @Test
  void lowersNothingForAJobThatNeverRan() {
    run(120, 0);

    assertThat(policy.share()).isEqualTo(1);
  }

  @Test
  void whereItIsNotEnabledTheLagIsToldAndEverythingSent() {
    policy = policy(false, HIGH_MILLIS);
    run(20, 100);
    run(60, 40);

    assertThat(policy.lagMillis()).isGreaterThan(3L * HIGH_MILLIS);
    assertThat(leastShare).isEqualTo(1);
    assertThat(sent).containsOnly(80 * FPS);
  }

  private void forgetExtremes() {
    largestLagMillis = 0;
    leastLagMillis = Long.MAX_VALUE;
    largestShare = 0;
    leastShare = 1;
  }

  private void run(int seconds, double jobFramesPerSecond) {
    long end = nowMillis + seconds * 1_000L;
    for (long next = nowMillis; next < end; next += TICK_MILLIS) {
      nowMillis = next + TICK_MILLIS;
      if (nowMillis % (1_000 / FPS) == 0) {
        capture();
      }
      score(jobFramesPerSecond);
      if (nowMillis % 1_000 == 0) {
        if (readable) {
          policy.step();
        } else {
          policy.hold();
        }
        largestLagMillis = Math.max(largestLagMillis, policy.lagMillis());
        leastLagMillis = Math.min(leastLagMillis, policy.lagMillis());
        largestShare = Math.max(largestShare, policy.share());
        leastShare = Math.min(leastShare, policy.share());
      }
      largestQueue = Math.max(largestQueue, queue.size());
    }
  }

  private void capture() {
    for (int camera = 0; camera < CAMERAS; camera++) {
      policy.offered();
      OutgoingFrame frame =
          new OutgoingFrame(
              new byte[] {1},
              64,
              48,
              nowMillis * 1_000,
              ClockSource.SENDER,
              false,
              false,
              false,
              1);
      if (thinnings.get(camera).admit(frame, policy.share()) != null) {
        FrameMetadata metadata =
            new FrameMetadata(
                "camera-" + camera,
                nowMillis * 1_000,
                ClockSource.SENDER,
                1,
                sent[camera]++,
                64,
                48,
                Set.of());
        policy.sent(metadata);
        if (camera == 0 && ofFirstCamera != null) {
          ofFirstCamera.add(metadata);
        } else {
          queue.add(metadata);
        }
      }
    }
  }

  private void score(double framesPerSecond) {
    jobsCredit = score(queue, jobsCredit, framesPerSecond);
    if (ofFirstCamera != null) {
      firstCamerasCredit = score(ofFirstCamera, firstCamerasCredit, firstCamerasFramesPerSecond);
    }
  }

  private double score(ArrayDeque<FrameMetadata> from, double creditLeft, double framesPerSecond) {
    double credit = Math.min(1, creditLeft) + framesPerSecond * TICK_MILLIS / 1_000;
    for (; credit >= 1 && !from.isEmpty(); credit--) {
      FrameMetadata frame = from.remove();
      if (readable) {
        policy.scored(new FrameRef("frames", 0, 0, frame.camera(), frame.play(), frame.seq()));
      }
    }
    return credit;
  }

  private OverloadPolicy policy(int highMillis) {
    return policy(true, highMillis);
  }

  private OverloadPolicy policy(boolean enabled, int highMillis) {
    return new OverloadPolicy(
        new OverloadConfig(enabled, "scores", highMillis, LOW_MILLIS, LEAST),
        () -> (nowMillis - CLOCK_ORIGIN_MILLIS) * 1_000_000);
  }
}
