package io.andon.embedding.flink;

import io.andon.embedding.picture.PictureDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Assumptions;

/** The operator alone, driven by the test's thread as the task's thread. */
final class EmbedHarness implements AutoCloseable {
  static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_700_000_001L), ZoneOffset.UTC);

  final OneInputStreamOperatorTestHarness<FrameRecord, EmbeddedFrame> flink;

  EmbedHarness(ScriptedEmbedder embedder, EmbedSettings settings) throws Exception {
    this(embedder, TestFrames::decode, settings);
  }

  EmbedHarness(ScriptedEmbedder embedder, TestFrames.Decoding decoding, EmbedSettings settings)
      throws Exception {
    this(
        new EmbedOperatorFactory(
            embedder.factory(), new LocalDecoder(TestFrames.decoder(decoding)), settings, CLOCK));
  }

  EmbedHarness(EmbedOperatorFactory factory) throws Exception {
    flink = new OneInputStreamOperatorTestHarness<>(factory, new FrameRecordSerializer());
    flink.setup(new EmbeddedFrameSerializer());
  }

  /** Only for a harness, where the factory never leaves the JVM. */
  private static final class LocalDecoder implements PictureDecoderFactory {
    private static final long serialVersionUID = 1;
    private static final List<PictureDecoder> DECODERS = new ArrayList<>();
    private final int index;

    LocalDecoder(PictureDecoder decoder) {
      synchronized (DECODERS) {
        index = DECODERS.size();
        DECODERS.add(decoder);
      }
    }

    @Override
    public PictureDecoder create() {
      synchronized (DECODERS) {
        return DECODERS.get(index);
      }
    }
  }

  static EmbedSettings settings(int maxFrames, int maxBatch, int batchesInFlight) {
    return new EmbedSettings(
        maxFrames, 1 << 20, maxBatch, batchesInFlight, 3, Duration.ofMinutes(1));
  }

  /** As many batches at a time as there are cores, and no threads asked for to decode. */
  static EmbedSettings onEveryCore(int maxBatch) {
    int cores = Runtime.getRuntime().availableProcessors();
    Assumptions.assumeTrue(cores <= 64, "more cores than batches at a time are allowed");
    return new EmbedSettings(64, 1 << 20, maxBatch, cores, 0, Duration.ofMinutes(1));
  }

  EmbedHarness open() throws Exception {
    flink.open();
    return this;
  }

  void send(FrameRecord frame) throws Exception {
    flink.processElement(frame, frame.metadata().capturedMicros() / 1_000);
  }

  /** Runs the task's mails until so many records and watermarks are out. */
  void runMailsUntilOutput(int count) throws Exception {
    while (flink.getOutput().size() < count) {
      flink.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
    }
  }

  List<Integer> numbersOut() {
    return flink.extractOutputValues().stream().map(f -> (int) f.metadata().seq()).toList();
  }

  /** Output in order: {@code F3} a frame, {@code W5} a watermark, else as it prints itself. */
  List<String> linesOut() {
    List<String> lines = new ArrayList<>();
    for (Object element : flink.getOutput()) {
      if (element instanceof StreamRecord<?> record
          && record.getValue() instanceof EmbeddedFrame frame) {
        lines.add("F" + frame.metadata().seq());
      } else if (element instanceof Watermark mark) {
        lines.add("W" + mark.getTimestamp());
      } else {
        lines.add(element.toString());
      }
    }
    return lines;
  }

  List<RejectedFrame> rejected() {
    List<RejectedFrame> frames = new ArrayList<>();
    var side = flink.getSideOutput(EmbedOperatorFactory.REJECTED);
    if (side != null) {
      side.forEach(record -> frames.add(record.getValue()));
    }
    return frames;
  }

  @Override
  public void close() {
    try {
      flink.close();
    } catch (Exception e) {
      throw new AssertionError("the operator did not close", e);
    }
  }
}
