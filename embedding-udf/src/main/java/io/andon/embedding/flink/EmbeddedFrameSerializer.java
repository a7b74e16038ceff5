package io.andon.embedding.flink;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.LumaPlane;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link EmbeddedFrame}. */
public final class EmbeddedFrameSerializer extends ImmutableSerializer<EmbeddedFrame> {
  private static final long serialVersionUID = 1;

  private static final int MAX_ARRAY_BYTES = 64 << 20;
  private static final int MAX_POOLED = 1 << 20;

  @Override
  void write(EmbeddedFrame frame, DataOutputView target) throws IOException {
    FrameFields.writeFrame(frame.metadata(), frame.ref(), target);
    target.writeLong(frame.recordTimestampMicros());
    target.writeLong(frame.times().fetchedMicros());
    target.writeLong(frame.times().decodedMicros());
    target.writeLong(frame.times().embeddedMicros());
    target.writeUTF(frame.spaceId());
    if (frame.embedding() != null) {
      writeEmbedding(frame.embedding(), target);
    }
  }

  @Override
  EmbeddedFrame read(DataInputView source, int version) throws IOException {
    FrameRef ref = FrameFields.readRef(source);
    FrameMetadata metadata = FrameFields.readMetadata(ref, source, version);
    long recordTimestampMicros = source.readLong();
    StageTimes times = new StageTimes(source.readLong(), source.readLong(), source.readLong());
    String spaceId = source.readUTF();
    return new EmbeddedFrame(
        metadata,
        ref,
        recordTimestampMicros,
        metadata.repeatsPicture() ? null : readEmbedding(source),
        times,
        spaceId);
  }

  private static void writeEmbedding(FrameEmbedding embedding, DataOutputView target)
      throws IOException {
    target.writeInt(embedding.rows());
    target.writeInt(embedding.columns());
    target.writeInt(embedding.channels());
    writeBytes(embedding.patches(), target);
    target.writeFloat(embedding.patchScale());
    target.writeInt(embedding.pooled().length);
    for (float value : embedding.pooled()) {
      target.writeFloat(value);
    }
    target.writeInt(embedding.luma().width());
    target.writeInt(embedding.luma().height());
    writeBytes(embedding.luma().values(), target);
  }

  private static FrameEmbedding readEmbedding(DataInputView source) throws IOException {
    int rows = source.readInt();
    int columns = source.readInt();
    int channels = source.readInt();
    byte[] patches = readBytes(source, MAX_ARRAY_BYTES, "patches");
    float patchScale = source.readFloat();
    float[] pooled = new float[checkedLength(source.readInt(), MAX_POOLED, "pooled")];
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] = source.readFloat();
    }
    LumaPlane luma =
        new LumaPlane(
            source.readInt(), source.readInt(), readBytes(source, MAX_ARRAY_BYTES, "luma"));
    return new FrameEmbedding(rows, columns, channels, patches, patchScale, pooled, luma);
  }

  @Override
  public EmbeddedFrame createInstance() {
    return new EmbeddedFrame(
        new FrameMetadata("", 0, ClockSource.ARRIVAL, 0, 0, 0, 0, Set.of()),
        new FrameRef("", 0, 0, "", 0, 0),
        0,
        new FrameEmbedding(
            0, 0, 0, new byte[0], 0, new float[0], new LumaPlane(1, 1, new byte[] {0})),
        new StageTimes(0, 0, 0),
        "");
  }

  @Override
  public TypeSerializerSnapshot<EmbeddedFrame> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names the format in a savepoint. */
  public static final class Snapshot extends FormatSnapshot<EmbeddedFrame> {
    /** For Flink, which reads the class name from a savepoint. */
    public Snapshot() {
      super(new EmbeddedFrameSerializer());
    }
  }
}
