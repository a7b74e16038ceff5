package io.andon.embedding.flink;

import static io.andon.embedding.flink.EmbedHarness.settings;
import static io.andon.embedding.flink.TestFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.embedding.picture.JpegPictureDecoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class EmbedOperatorFailureTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ScriptedEmbedder embedder = new ScriptedEmbedder();

  @Test
  void aBarrierWaitsForAllFramesBeforeIt() throws Exception {
    embedder.delayedUpToMicros(3_000);
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(64, 4, 2)).open()) {
      for (int i = 0; i < 50; i++) {
        harness.send(frame(i));
      }
      harness.flink.prepareSnapshotPreBarrier(1);
      assertThat(harness.numbersOut()).hasSize(50);
      var state = harness.flink.snapshot(1, 1);
      assertThat(state.getStateSize()).isZero();
    }
  }

  @Test
  void aBarrierThatWaitsTooLongFailsTheTask() throws Exception {
    embedder.holdCalls();
    EmbedSettings hasty = new EmbedSettings(8, 1 << 20, 4, 2, 1, Duration.ofMillis(50));
    EmbedHarness harness = new EmbedHarness(embedder, hasty).open();
    harness.send(frame(0));
    assertThatThrownBy(() -> harness.flink.prepareSnapshotPreBarrier(9))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("1 frames")
        .hasMessageContaining("flushDeadline")
        .hasMessageContaining("checkpoint 9");
    embedder.letCallsGo();
    harness.close();
  }

  @Test
  void anExceptionOfTheModelFailsTheTask() throws Exception {
    IllegalStateException cause = new IllegalStateException("engine broke");
    embedder.failing(cause);
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(8, 4, 2)).open()) {
      harness.send(frame(0));
      assertThatThrownBy(() -> harness.flink.endInput())
          .hasStackTraceContaining("embedding failed: engine broke");
    }
  }

  @Test
  void anUnexpectedExceptionOfTheDecoderFailsTheTask() throws Exception {
    TestFrames.Decoding broken =
        (frame, shape) -> {
          throw new UnsatisfiedLinkError("no decoder");
        };
    try (EmbedHarness harness = new EmbedHarness(embedder, broken, settings(8, 4, 2)).open()) {
      harness.send(frame(0));
      assertThatThrownBy(() -> harness.flink.endInput())
          .hasStackTraceContaining("embedding failed: no decoder");
    }
  }

  @Test
  void anUnexpectedExceptionOfADecoderOnTheModelsThreadFailsTheTaskAndGivesTheModelBack()
      throws Exception {
    embedder.takingOneCore();
    TestFrames.Decoding broken =
        (frame, shape) -> {
          throw new UnsatisfiedLinkError("no decoder on " + Thread.currentThread().getName());
        };
    try (EmbedHarness harness =
        new EmbedHarness(embedder, broken, EmbedHarness.onEveryCore(4)).open()) {
      harness.send(frame(0));
      assertThatThrownBy(() -> harness.flink.endInput())
          .hasStackTraceContaining("embedding failed: no decoder on embed-model-");
    }
    assertThat(embedder.events).containsExactly("lease closed");
  }

  @Test
  void closeWaitsForTheNativeCallBeforeTheModelIsGivenBack() throws Exception {
    embedder.holdCalls();
    EmbedHarness harness = new EmbedHarness(embedder, settings(8, 1, 1)).open();
    harness.send(frame(0));
    harness.send(frame(1));
    Awaitility.await().atMost(PATIENCE).until(() -> embedder.batches.size() == 1);
    Thread task = Thread.currentThread();
    CompletableFuture<Void> release =
        CompletableFuture.runAsync(
            () -> {
              Awaitility.await()
                  .atMost(PATIENCE)
                  .until(() -> waitsIn(task, InferenceQueue.Client.class));
              embedder.letCallsGo();
            });
    harness.close();
    release.get(1, TimeUnit.MINUTES);
    assertThat(embedder.events).containsExactly("call ended", "lease closed");
    assertThat(embedder.batchSizes()).as("what waited is dropped").containsExactly(1);
  }

  private static boolean waitsIn(Thread thread, Class<?> type) {
    return thread.getState() == Thread.State.WAITING
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(type.getName()));
  }

  @Test
  void unalignedCheckpointsAreRefused() throws Exception {
    try (EmbedHarness harness = new EmbedHarness(embedder, settings(8, 4, 2))) {
      Configuration job = harness.flink.getEnvironment().getJobConfiguration();
      job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
      job.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
      assertThatThrownBy(harness::open)
          .hasMessageContaining("execution.checkpointing.unaligned.enabled is true")
          .hasMessageContaining("only false is allowed");
      assertThat(embedder.leases.get()).isZero();
    }
  }

  @Test
  void aDecoderOfAnotherSpaceIsRefused() throws Exception {
    EmbedOperatorFactory factory =
        new EmbedOperatorFactory(embedder.factory(), JpegPictureDecoder::new, settings(8, 4, 2));
    try (EmbedHarness harness = new EmbedHarness(factory)) {
      assertThatThrownBy(harness::open)
          .hasMessageContaining("decoder is 'imageio-triangle-1'")
          .hasMessageContaining("allows 'numbers'");
      assertThat(embedder.events).as("the lease is given back").containsExactly("lease closed");
    }
  }

  @Test
  void subtasksWithOtherBoundsAreRefused() throws Exception {
    try (EmbedHarness one = new EmbedHarness(embedder, settings(8, 4, 2)).open();
        EmbedHarness other = new EmbedHarness(embedder, settings(8, 5, 2))) {
      assertThatThrownBy(other::open)
          .hasMessageContaining("maxBatch 5 and maxBatchesInFlight 2 differ from 4 and 2");
      assertThat(one.numbersOut()).isEmpty();
      assertThat(embedder.events).as("the lease is given back").containsExactly("lease closed");
    }
  }
}
