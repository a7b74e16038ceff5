package io.andon.embedding.flink;

import io.andon.contracts.ClockSource;
import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import java.io.IOException;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The fields that several records share. Codes never depend on ordinals. */
final class FrameFields {
  private FrameFields() {}

  /** Writes metadata and reference of one frame; camera, play and seq once. */
  static void writeFrame(FrameMetadata metadata, FrameRef ref, DataOutputView target)
      throws IOException {
    writeRef(ref, target);
    target.writeLong(metadata.capturedMicros());
    target.writeByte(clockCode(metadata.clock()));
    target.writeInt(metadata.width());
    target.writeInt(metadata.height());
    target.writeByte(flagBits(metadata.flags()));
    target.writeBoolean(metadata.repeatsPicture());
    if (metadata.repeatsPicture()) {
      target.writeLong(metadata.sameAs().getAsLong());
    }
    target.writeInt(metadata.intervals());
  }

  /** Reads the metadata that {@link #writeFrame} wrote behind {@code ref}. */
  static FrameMetadata readMetadata(FrameRef ref, DataInputView source, int version)
      throws IOException {
    return new FrameMetadata(
        ref.camera(),
        source.readLong(),
        clock(source.readByte()),
        ref.play(),
        ref.seq(),
        source.readInt(),
        source.readInt(),
        flags(source.readUnsignedByte()),
        version > ImmutableSerializer.FIRST_VERSION && source.readBoolean()
            ? OptionalLong.of(source.readLong())
            : OptionalLong.empty(),
        version > ImmutableSerializer.SECOND_VERSION ? intervals(source.readInt()) : 1);
  }

  static void writeRef(FrameRef ref, DataOutputView target) throws IOException {
    target.writeUTF(ref.topic());
    target.writeInt(ref.partition());
    target.writeLong(ref.offset());
    target.writeUTF(ref.camera());
    target.writeLong(ref.play());
    target.writeLong(ref.seq());
  }

  static FrameRef readRef(DataInputView source) throws IOException {
    return new FrameRef(
        source.readUTF(),
        source.readInt(),
        source.readLong(),
        source.readUTF(),
        source.readLong(),
        source.readLong());
  }

  static DeadLetterReason reason(String wireName) throws IOException {
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      if (reason.wireName().equals(wireName)) {
        return reason;
      }
    }
    throw new IOException("reason is '" + wireName + "', which this version does not know");
  }

  private static int clockCode(ClockSource clock) {
    return switch (clock) {
      case SENDER -> 0;
      case ARRIVAL -> 1;
    };
  }

  private static ClockSource clock(int code) throws IOException {
    return switch (code) {
      case 0 -> ClockSource.SENDER;
      case 1 -> ClockSource.ARRIVAL;
      default -> throw new IOException("clock has code " + code + ", 0 and 1 are allowed");
    };
  }

  private static int intervals(int count) throws IOException {
    if (count < 1 || count > FrameHeaders.MAX_INTERVALS) {
      throw new IOException(
          "intervals are " + count + ", 1 to " + FrameHeaders.MAX_INTERVALS + " are allowed");
    }
    return count;
  }

  private static int flagBit(FrameFlag flag) {
    return switch (flag) {
      case RECONNECTED -> 1;
      case DECODE_ERROR -> 2;
      case CLOCK_DISTRUSTED -> 4;
      case DROPPED_BEFORE -> 8;
      case RATE_LOWERED -> 16;
    };
  }

  private static int flagBits(Set<FrameFlag> flags) {
    int bits = 0;
    for (FrameFlag flag : flags) {
      bits |= flagBit(flag);
    }
    return bits;
  }

  private static Set<FrameFlag> flags(int bits) throws IOException {
    EnumSet<FrameFlag> flags = EnumSet.noneOf(FrameFlag.class);
    for (FrameFlag flag : FrameFlag.values()) {
      if ((bits & flagBit(flag)) != 0) {
        flags.add(flag);
      }
    }
    if (flagBits(flags) != bits) {
      throw new IOException("flags has bits " + bits + ", of which some are unknown");
    }
    return flags;
  }
}
