package io.andon.embedding.flink;

import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.FrameRef;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link RejectedFrame}. */
public final class RejectedFrameSerializer extends ImmutableSerializer<RejectedFrame> {
  private static final long serialVersionUID = 1;

  private static final int SHA256_BYTES = 32;

  @Override
  void write(RejectedFrame frame, DataOutputView target) throws IOException {
    FrameFields.writeRef(frame.ref(), target);
    target.writeLong(frame.recordTimestampMicros());
    target.writeUTF(frame.reason().wireName());
    target.writeUTF(frame.detail());
    target.writeInt(frame.sizeBytes());
    writeBytes(frame.sha256(), target);
    writeBytes(frame.head(), target);
  }

  @Override
  RejectedFrame read(DataInputView source, int version) throws IOException {
    return new RejectedFrame(
        FrameFields.readRef(source),
        source.readLong(),
        FrameFields.reason(source.readUTF()),
        source.readUTF(),
        source.readInt(),
        readBytes(source, SHA256_BYTES, "sha256"),
        readBytes(source, RejectedFrame.MAX_HEAD_BYTES, "head"));
  }

  @Override
  public RejectedFrame createInstance() {
    return new RejectedFrame(
        new FrameRef("", 0, 0, "", 0, 0),
        0,
        DeadLetterReason.UNDECODABLE_PICTURE,
        "",
        0,
        new byte[SHA256_BYTES],
        new byte[0]);
  }

  @Override
  public TypeSerializerSnapshot<RejectedFrame> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in a savepoint. */
  public static final class Snapshot extends FormatSnapshot<RejectedFrame> {
    /** For Flink, which reads the class name from a savepoint. */
    public Snapshot() {
      super(new RejectedFrameSerializer());
    }
  }
}
