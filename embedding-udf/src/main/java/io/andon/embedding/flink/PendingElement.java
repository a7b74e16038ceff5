package io.andon.embedding.flink;

import io.andon.embedding.FrameEmbedding;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** What the operator has taken and not yet given on, in the order it came. */
sealed interface PendingElement {
  /** A watermark or watermark status behind frames. */
  record Signal(StreamElement element) implements PendingElement {}

  /** A frame that is decoded and embedded elsewhere. */
  final class Frame implements PendingElement {
    private final FrameRecord record;
    private final boolean hasTimestamp;
    private final long timestamp;
    private final long bytes;
    private volatile @Nullable Outcome outcome;

    /**
     * Takes a frame over.
     *
     * @param input may be reused by the caller: its parts are taken out, they are immutable
     * @param decodedBytes bytes of the decoded picture
     */
    Frame(StreamRecord<FrameRecord> input, long decodedBytes) {
      record = input.getValue();
      hasTimestamp = input.hasTimestamp();
      timestamp = hasTimestamp ? input.getTimestamp() : 0;
      bytes = decodedBytes + record.picture().length;
    }

    FrameRecord record() {
      return record;
    }

    /** Bytes held for this frame: encoded and decoded picture. */
    long bytes() {
      return bytes;
    }

    /** What became of the frame, null until it is known. */
    @Nullable Outcome outcome() {
      return outcome;
    }

    void complete(Outcome result) {
      outcome = result;
    }

    <T> StreamRecord<T> output(T value) {
      return hasTimestamp ? new StreamRecord<>(value, timestamp) : new StreamRecord<>(value);
    }
  }

  /** What became of a frame. */
  sealed interface Outcome {
    /** It has an embedding. */
    record Embedded(FrameEmbedding embedding, StageTimes times) implements Outcome {}

    /** It repeats a picture: there is nothing to embed. */
    record Repeated(StageTimes times) implements Outcome {}

    /** It is set aside. */
    record Rejected(RejectedFrame frame) implements Outcome {}
  }
}
