package io.andon.job.detect;

import io.andon.contracts.ClockSource;
import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.LumaPlane;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.StageTimes;
import io.andon.job.archive.ArchiveSettings;
import io.andon.job.events.OutboundRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * One subtask of the detecting operator on a state backend, made by its factory as Flink makes it.
 * Its cameras send a frame each tenth of a second; a camera's pictures are a steady pattern with
 * seeded grain.
 */
final class DetectHarness extends AbstractStreamOperatorTestHarness<OutboundRecord> {
  private static final long START_MICROS = 1_000_000_000_000L;
  private static final int SIDE = 4;
  private static final int CHANNELS = 8;

  private final KeySelector<EmbeddedFrame, String> frameKey = frame -> frame.metadata().camera();
  private final KeySelector<ControlRecord, String> controlKey = ControlRecord::camera;

  private ClockSource clock = ClockSource.SENDER;

  DetectHarness(int maxLiveCameras, boolean rocksDb) throws Exception {
    this(maxLiveCameras, rocksDb, null);
  }

  DetectHarness(int maxLiveCameras, boolean rocksDb, @Nullable ArchiveSettings archive)
      throws Exception {
    super(factory(maxLiveCameras, archive), 8, 1, 0);
    config.setStatePartitioner(0, frameKey);
    config.setStatePartitioner(1, controlKey);
    config.setStateKeySerializer(
        Types.STRING.createSerializer(executionConfig.getSerializerConfig()));
    config.serializeAllConfigs();
    if (rocksDb) {
      setStateBackend(new EmbeddedRocksDBStateBackend());
    }
  }

  static DetectHarness opened(int maxLiveCameras, boolean rocksDb) throws Exception {
    DetectHarness harness = new DetectHarness(maxLiveCameras, rocksDb);
    harness.open();
    return harness;
  }

  private static DetectOperatorFactory factory(
      int maxLiveCameras, @Nullable ArchiveSettings archive) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(2_000_000), ZoneOffset.UTC);
    DetectorOptions detector =
        new DetectorOptions(1_000, 6_000, 50, 1_000, 5_000, 60_000, true, false);
    return new DetectOperatorFactory(
        new DetectSettings("andon.frames", detector, maxLiveCameras, 2, archive, clock));
  }

  /** Which clock frames name from now on; the sender's at first. */
  void clock(ClockSource source) {
    clock = source;
  }

  /** Gives the same frames to each camera in turn, as a partition of the log would. */
  void feed(List<String> cameras, int from, int to, boolean anomalous) throws Exception {
    for (int seq = from; seq < to; seq++) {
      for (String camera : cameras) {
        StreamRecord<EmbeddedFrame> record =
            new StreamRecord<>(frame(camera, seq, anomalous, clock), micros(seq) / 1_000);
        detector().setKeyContextElement1(record);
        detector().processElement1(record);
      }
    }
  }

  /** Gives a command that was written before all frames. */
  void command(ControlCommand command) throws Exception {
    command(command, 77);
  }

  /** Gives a command that was written at a time, milliseconds since the epoch. */
  void command(ControlCommand command, long timestampMillis) throws Exception {
    byte[] value = ControlCodec.encode(command).value();
    StreamRecord<ControlRecord> record =
        new StreamRecord<>(new ControlRecord(command.camera(), timestampMillis, value));
    detector().setKeyContextElement2(record);
    detector().processElement2(record);
  }

  /** Moves event time to that of a camera's frame of this number. */
  void eventTime(int seq) throws Exception {
    detector().processWatermark1(new Watermark(micros(seq) / 1_000));
  }

  /** Takes a checkpoint as the task does. */
  OperatorSubtaskState checkpoint(long id) throws Exception {
    prepareSnapshotPreBarrier(id);
    return snapshot(id, id);
  }

  /** Cameras that have state. */
  long camerasKept() {
    return keysOf("camera");
  }

  /** Retired cameras that are remembered. */
  long retiredKept() {
    return keysOf("retired");
  }

  private long keysOf(String stateName) {
    return ((AbstractStreamOperator<?>) detector())
        .getKeyedStateBackend()
        .getKeys(stateName, VoidNamespace.INSTANCE)
        .count();
  }

  /** Numbers of a camera's undo snapshots in the state. */
  List<Long> undoSnapshotsKept(String camera) throws Exception {
    KeyedStateBackend<String> backend =
        ((AbstractStreamOperator<?>) detector()).getKeyedStateBackend();
    backend.setCurrentKey(camera);
    List<Long> numbers = new ArrayList<>();
    backend
        .getPartitionedState(
            VoidNamespace.INSTANCE,
            VoidNamespaceSerializer.INSTANCE,
            new MapStateDescriptor<>(
                "undo", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE))
        .keys()
        .forEach(numbers::add);
    Collections.sort(numbers);
    return numbers;
  }

  List<String> given(OutputTag<OutboundRecord> tag) {
    List<String> texts = new ArrayList<>();
    var side = getSideOutput(tag);
    if (side != null) {
      side.forEach(record -> texts.add(text(record.getValue())));
    }
    return texts;
  }

  List<String> incidents() {
    return extractOutputValues().stream().map(DetectHarness::text).toList();
  }

  /** All of a record, its timestamp too. */
  private static String text(OutboundRecord record) {
    return record.timestampMillis() + " " + record.keyText() + " " + record.valueText();
  }

  static long micros(int seq) {
    return START_MICROS + seq * 100_000L;
  }

  static EmbeddedFrame frame(String camera, int seq, boolean anomalous, ClockSource clock) {
    Random grain = new Random(camera.hashCode() * 31L + seq);
    byte[] patches = new byte[SIDE * SIDE * CHANNELS];
    for (int i = 0; i < patches.length; i++) {
      int level = (i * 37) % 100 - 50;
      patches[i] = (byte) ((anomalous && i < patches.length / 2 ? -level : level) + noise(grain));
    }
    byte[] luma = new byte[16 * 16];
    for (int i = 0; i < luma.length; i++) {
      luma[i] = (byte) (100 + i % 50 + noise(grain));
    }
    float[] pooled = new float[CHANNELS];
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] = patches[i];
    }
    long micros = micros(seq);
    return new EmbeddedFrame(
        new FrameMetadata(camera, micros, clock, 1, seq, 64, 64, Set.of()),
        new FrameRef("andon.frames", 0, seq, camera, 1, seq),
        micros,
        new FrameEmbedding(
            SIDE, SIDE, CHANNELS, patches, 0.1f, pooled, new LumaPlane(16, 16, luma)),
        new StageTimes(micros, micros, micros),
        "fake");
  }

  private static int noise(Random grain) {
    return grain.nextInt(7) - 3;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } catch (Exception e) {
      throw new IOException("the operator did not close", e);
    }
  }

  @SuppressWarnings("unchecked") // the factory makes no other
  private TwoInputStreamOperator<EmbeddedFrame, ControlRecord, OutboundRecord> detector() {
    return (TwoInputStreamOperator<EmbeddedFrame, ControlRecord, OutboundRecord>)
        (Object) getOperator();
  }
}
