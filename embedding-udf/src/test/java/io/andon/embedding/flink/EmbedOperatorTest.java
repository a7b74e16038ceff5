package io.andon.embedding.flink;

import static io.andon.embedding.flink.EmbedHarness.settings;
import static io.andon.embedding.flink.TestFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.andon.contracts.DeadLetterReason;
import io.andon.embedding.Picture;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EmbedOperatorTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ScriptedEmbedder embedder = new ScriptedEmbedder();

  @Test
  void keepsOrderAndEmbeddingsTogetherUnderRandomDelays() throws Exception {
    embedder.delayedUpToMicros(2_000);
    Random random = new Random(7);
    TestFrames.Decoding slow =
        (frame, shape) -> {
          synchronized (random) {
            LockSupport.parkNanos(random.nextInt(200_000));
          }
          return TestFrames.decode(frame, shape);
        };
    try (EmbedHarness harness = new EmbedHarness(embedder, slow, settings(16, 4, 2)).open()) {
      for (int i = 0; i < 300; i++) {
        harness.send(i % 5 == 0 ? TestFrames.upright(i) : frame(i));
      }
      harness.flink.endInput();
      assertThat(harness.numbersOut()).isEqualTo(IntStream.range(0, 300).boxed().toList());
      assertThat(harness.flink.extractOutputValues())
          .allSatisfy(
              f -> assertThat(f.ownEmbedding().pooled()[0]).isEqualTo((float) f.metadata().seq()));
      assertThat(embedder.maxRunning.get()).as("batches at a time").isEqualTo(2);
    }
  }

  @Test
  void givesOnAllThatIsKnownOfTheFrame() throws Exception {
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(16, 4, 2)).open()) {
      FrameRecord frame = frame(5);
      harness.send(frame);
      harness.runMailsUntilOutput(1);
      var out = harness.flink.getRecordOutput().iterator().next();
      EmbeddedFrame embedded = out.getValue();
      long nowMicros = EmbedHarness.CLOCK.instant().getEpochSecond() * 1_000_000;
      assertThat(out.getTimestamp()).isEqualTo(frame.metadata().capturedMicros() / 1_000);
      assertThat(embedded.metadata()).isEqualTo(frame.metadata());
      assertThat(embedded.ref()).isEqualTo(frame.ref());
      assertThat(embedded.recordTimestampMicros()).isEqualTo(frame.recordTimestampMicros());
      assertThat(embedded.times())
          .isEqualTo(new StageTimes(frame.fetchedMicros(), nowMicros, nowMicros));
      assertThat(embedded.spaceId()).isEqualTo("scripted@1/fp32/numbers");
    }
  }

  @Test
  void aFrameThatRepeatsAPictureKeepsItsPlaceAndNeedsNoModel() throws Exception {
    embedder.holdCalls();
    try (EmbedHarness harness = busyHarness()) {
      harness.send(TestFrames.repeated(3, 0));
      harness.send(frame(4));
      harness.send(TestFrames.repeated(6, 0));
      awaitQueued(1);
      assertThat(harness.numbersOut()).as("none overtakes the first").isEmpty();
      embedder.letCallsGo();
      harness.flink.endInput();
      assertThat(harness.numbersOut()).containsExactly(0, 3, 4, 6);
      assertThat(embedder.batchSizes()).containsExactly(1, 1);
      assertThat(harness.flink.extractOutputValues())
          .filteredOn(f -> f.embedding() == null)
          .extracting(f -> f.metadata().sameAs().orElseThrow())
          .containsExactly(0L, 0L);
    }
  }

  @Test
  void sendsAtOnceWhenIdle() throws Exception {
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(16, 8, 1)).open()) {
      for (int i = 0; i < 5; i++) {
        harness.send(frame(i));
        harness.runMailsUntilOutput(i + 1);
      }
      assertThat(embedder.batchSizes()).containsExactly(1, 1, 1, 1, 1);
    }
  }

  @Test
  void batchGrowsWhileTheModelIsBusy() throws Exception {
    assertThat(batchesOfSixteenBehindABusyModel()).containsExactly(1, 8, 8);
  }

  @Test
  void threadsOfTheModelShareWhatWaitsEvenly() throws Exception {
    embedder.holdCalls();
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(64, 32, 2)).open()) {
      harness.send(frame(0));
      Awaitility.await().atMost(PATIENCE).until(() -> embedder.batches.size() == 1);
      harness.send(frame(1));
      Awaitility.await().atMost(PATIENCE).until(() -> embedder.batches.size() == 2);
      for (int i = 2; i < 14; i++) {
        harness.send(frame(i));
      }
      awaitQueued(12);
      embedder.letOneCallGo();
      Awaitility.await().atMost(PATIENCE).until(() -> embedder.batches.size() == 3);
      embedder.letOneCallGo();
      Awaitility.await().atMost(PATIENCE).until(() -> embedder.batches.size() == 4);
      assertThat(embedder.batchSizes()).containsExactly(1, 1, 6, 3);
      embedder.letCallsGo();
      harness.flink.endInput();
      assertThat(embedder.batchSizes()).hasSizeGreaterThan(4);
      assertThat(harness.numbersOut()).isEqualTo(IntStream.range(0, 14).boxed().toList());
    }
  }

  @Test
  void takesHalfAShareWhereBatchesGainLittle() throws Exception {
    embedder.gainingLittleFromBatches();
    assertThat(batchesOfSixteenBehindABusyModel()).containsExactly(1, 8, 4, 2, 1, 1);
  }

  private List<Integer> batchesOfSixteenBehindABusyModel() throws Exception {
    embedder.holdCalls();
    try (EmbedHarness harness = busyHarness()) {
      for (int i = 1; i <= 16; i++) {
        harness.send(frame(i));
      }
      awaitQueued(16);
      embedder.letCallsGo();
      harness.flink.endInput();
      return embedder.batchSizes();
    }
  }

  @Test
  void asManyBatchesRunAsTheEmbedderSaysPay() throws Exception {
    embedder.holdCalls();
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(64, 1, 0)).open()) {
      for (int i = 0; i < 8; i++) {
        harness.send(frame(i));
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> embedder.maxRunning.get() == embedder.parallelCalls());
      embedder.letCallsGo();
      harness.flink.endInput();
      assertThat(embedder.maxRunning.get()).isEqualTo(embedder.parallelCalls());
    }
  }

  @Test
  void aRareSizeGoesInABatchOfItsOwnAndBlocksNobody() throws Exception {
    embedder.holdCalls();
    try (EmbedHarness harness = busyHarness()) {
      harness.send(frame(1));
      harness.send(TestFrames.upright(2));
      harness.send(frame(3));
      harness.send(TestFrames.upright(4));
      awaitQueued(4);
      embedder.letCallsGo();
      harness.flink.endInput();
      assertThat(embedder.batchSizes()).containsExactly(1, 2, 2);
      assertThat(embedder.batches)
          .allSatisfy(b -> assertThat(b.stream().map(Picture::width).distinct()).hasSize(1));
      assertThat(harness.numbersOut()).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void watermarksStayBehindTheirFrames() throws Exception {
    embedder.delayedUpToMicros(1_000);
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(16, 4, 2)).open()) {
      harness.send(frame(0));
      harness.flink.processWatermark(0);
      harness.send(frame(1));
      harness.flink.processWatermarkStatus(WatermarkStatus.IDLE);
      harness.send(frame(2));
      harness.flink.processWatermarkStatus(WatermarkStatus.ACTIVE);
      harness.flink.processWatermark(2);
      harness.flink.endInput();
      assertThat(harness.linesOut())
          .containsExactly(
              "F0",
              "W0",
              "F1",
              WatermarkStatus.IDLE.toString(),
              "F2",
              WatermarkStatus.ACTIVE.toString(),
              "W2");
    }
  }

  @Test
  void watermarksBehindOneFrameBecomeTheLatest() throws Exception {
    embedder.holdCalls();
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(16, 4, 2)).open()) {
      harness.send(frame(0));
      for (int i = 1; i <= 1000; i++) {
        harness.flink.processWatermark(i);
      }
      embedder.letCallsGo();
      harness.flink.endInput();
      assertThat(harness.linesOut()).containsExactly("F0", "W1000");
    }
  }

  @Test
  void badFramesAreSetAsideAndTheOthersGoOn() throws Exception {
    embedder.invalidAt(3);
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(16, 4, 2)).open()) {
      harness.send(frame(0));
      harness.send(TestFrames.undecodable(1));
      harness.send(TestFrames.frame(2, 640, 480, new byte[0]));
      harness.send(frame(3));
      harness.send(TestFrames.frame(4, 0, 480, TestFrames.picture(4, 4)));
      harness.send(frame(5));
      harness.flink.endInput();
      assertThat(harness.numbersOut()).containsExactly(0, 5);
      assertThat(harness.rejected().stream().map(RejectedFrame::reason))
          .containsExactly(
              DeadLetterReason.UNDECODABLE_PICTURE,
              DeadLetterReason.EMPTY_PICTURE,
              DeadLetterReason.INVALID_EMBEDDING,
              DeadLetterReason.BAD_HEADER);
      RejectedFrame undecodable = harness.rejected().get(0);
      assertThat(undecodable.ref()).isEqualTo(TestFrames.undecodable(1).ref());
      assertThat(undecodable.detail()).isEqualTo("not a number");
      assertThat(undecodable.head()).hasSize(64);
      assertThat(undecodable.sha256()).hasSize(32);
      assertThat(undecodable.sizeBytes()).isPositive();
      assertThat(undecodable.recordTimestampMicros()).isPositive();
    }
  }

  @Test
  void threadsOfAModelThatKeepsEveryCoreBusyDecodeWhatTheyTake() throws Exception {
    embedder.takingOneCore().delayedUpToMicros(500);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    try (EmbedHarness harness =
        new EmbedHarness(embedder, noting(threads), EmbedHarness.onEveryCore(4)).open()) {
      for (int i = 0; i < 200; i++) {
        harness.send(i % 5 == 0 ? TestFrames.upright(i) : frame(i));
        if (i % 20 == 0) {
          harness.send(TestFrames.undecodable(1_000 + i));
        }
      }
      harness.flink.endInput();
      assertThat(harness.numbersOut()).isEqualTo(IntStream.range(0, 200).boxed().toList());
      assertThat(harness.flink.extractOutputValues())
          .allSatisfy(
              f -> assertThat(f.ownEmbedding().pooled()[0]).isEqualTo((float) f.metadata().seq()));
      assertThat(harness.rejected()).hasSize(10);
      assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("embed-model-"));
    }
  }

  @Test
  void aBatchOfWhichNothingCanBeDecodedNeverReachesTheModel() throws Exception {
    embedder.takingOneCore();
    try (EmbedHarness harness = new EmbedHarness(embedder, EmbedHarness.onEveryCore(4)).open()) {
      harness.send(TestFrames.undecodable(1));
      harness.send(TestFrames.undecodable(2));
      harness.flink.endInput();
      assertThat(harness.rejected()).hasSize(2);
      assertThat(embedder.batches).isEmpty();
    }
  }

  @Test
  void aModelThatComputesElsewhereHasOtherThreadsDecode() throws Exception {
    assertThat(decodingThreads(EmbedHarness.onEveryCore(4)))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("embed-decode-"));
  }

  @Test
  void threadsThatAreAskedForDecodeThoughTheCoresAreBusy() throws Exception {
    embedder.takingOneCore();
    EmbedSettings every = EmbedHarness.onEveryCore(4);
    assertThat(decodingThreads(withThreads(every, every.maxBatchesInFlight(), 1)))
        .containsExactly("embed-decode-0");
  }

  @Test
  void aModelThatLeavesACoreHasOtherThreadsDecode() throws Exception {
    embedder.takingOneCore();
    EmbedSettings every = EmbedHarness.onEveryCore(4);
    assumeTrue(every.maxBatchesInFlight() > 1, "there is one core");
    assertThat(decodingThreads(withThreads(every, every.maxBatchesInFlight() - 1, 0)))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("embed-decode-"));
  }

  private static EmbedSettings withThreads(EmbedSettings like, int batches, int decode) {
    return new EmbedSettings(
        like.maxFramesInFlight(),
        like.maxBytesInFlight(),
        like.maxBatch(),
        batches,
        decode,
        like.flushDeadline());
  }

  private Set<String> decodingThreads(EmbedSettings settings) throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    try (EmbedHarness harness = new EmbedHarness(embedder, noting(threads), settings).open()) {
      for (int i = 0; i < 10; i++) {
        harness.send(frame(i));
      }
      harness.flink.endInput();
      assertThat(harness.numbersOut()).hasSize(10);
    }
    return threads;
  }

  private static TestFrames.Decoding noting(Set<String> threads) {
    return (frame, shape) -> {
      threads.add(Thread.currentThread().getName());
      return TestFrames.decode(frame, shape);
    };
  }

  @Test
  void holdsNoMoreFramesThanAllowed() throws Exception {
    assertThat(maxFramesHeld(settings(4, 8, 2))).isEqualTo(4);
  }

  @Test
  void holdsNoMoreBytesThanAllowed() throws Exception {
    long frameBytes = 3 * 16 * 8 + 4;
    EmbedSettings bytes =
        new EmbedSettings(100, frameBytes * 5 / 2, 8, 2, 3, settings(1, 1, 1).flushDeadline());
    assertThat(maxFramesHeld(bytes)).isEqualTo(2);
  }

  private int maxFramesHeld(EmbedSettings settings) throws Exception {
    embedder.delayedUpToMicros(3_000);
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger max = new AtomicInteger();
    List<EmbedHarness> harnesses = new java.util.concurrent.CopyOnWriteArrayList<>();
    TestFrames.Decoding counting =
        (frame, shape) -> {
          int out = harnesses.get(0).flink.getOutput().size();
          max.accumulateAndGet(taken.incrementAndGet() - out, Math::max);
          return TestFrames.decode(frame, shape);
        };
    try (EmbedHarness harness = new EmbedHarness(embedder, counting, settings)) {
      harnesses.add(harness);
      harness.open();
      for (int i = 0; i < 100; i++) {
        harness.send(frame(i));
      }
      harness.flink.endInput();
      assertThat(harness.numbersOut()).hasSize(100);
    }
    return max.get();
  }

  /** A harness whose model is held in its first call, with frame 0. */
  private EmbedHarness busyHarness() throws Exception {
    EmbedHarness harness = new EmbedHarness(embedder, settings(64, 8, 1)).open();
    harness.send(frame(0));
    Awaitility.await().atMost(PATIENCE).until(() -> embedder.batches.size() == 1);
    return harness;
  }

  private static void awaitQueued(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> EmbedMeters.queuedFrames() == count);
  }
}
