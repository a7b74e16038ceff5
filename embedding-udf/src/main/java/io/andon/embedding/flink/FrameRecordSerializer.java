package io.andon.embedding.flink;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link FrameRecord}. */
public final class FrameRecordSerializer extends ImmutableSerializer<FrameRecord> {
  private static final long serialVersionUID = 1;

  /** More than any broker here lets through. */
  private static final int MAX_PICTURE_BYTES = 64 << 20;

  @Override
  void write(FrameRecord frame, DataOutputView target) throws IOException {
    FrameFields.writeFrame(frame.metadata(), frame.ref(), target);
    target.writeLong(frame.recordTimestampMicros());
    target.writeLong(frame.fetchedMicros());
    writeBytes(frame.picture(), target);
  }

  @Override
  FrameRecord read(DataInputView source, int version) throws IOException {
    FrameRef ref = FrameFields.readRef(source);
    return new FrameRecord(
        FrameFields.readMetadata(ref, source, version),
        ref,
        source.readLong(),
        source.readLong(),
        readBytes(source, MAX_PICTURE_BYTES, "picture"));
  }

  @Override
  public FrameRecord createInstance() {
    return new FrameRecord(
        new FrameMetadata("", 0, ClockSource.ARRIVAL, 0, 0, 0, 0, Set.of()),
        new FrameRef("", 0, 0, "", 0, 0),
        0,
        0,
        new byte[0]);
  }

  @Override
  public TypeSerializerSnapshot<FrameRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in a savepoint. */
  public static final class Snapshot extends FormatSnapshot<FrameRecord> {
    /** For Flink, which reads the class name from a savepoint. */
    public Snapshot() {
      super(new FrameRecordSerializer());
    }
  }
}
