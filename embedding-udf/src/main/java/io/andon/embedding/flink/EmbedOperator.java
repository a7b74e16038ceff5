package io.andon.embedding.flink;

import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.FrameEmbedding;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamElement;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.jspecify.annotations.Nullable;

/**
 * Embeds frames with a model shared by the process. Decoding and the model run on other threads;
 * this thread only takes frames, gives finished ones on in the order they came, and waits by
 * yielding to its mailbox. A frame that repeats an earlier picture needs neither and keeps its
 * place. Watermarks stay behind the frames they came after. Nothing is kept over a checkpoint: a
 * barrier waits until all frames in front of it have left, or fails the task at the deadline.
 * docs/adr/0006 says why this is no async I/O.
 */
final class EmbedOperator extends AbstractStreamOperator<EmbeddedFrame>
    implements OneInputStreamOperator<FrameRecord, EmbeddedFrame>, BoundedOneInput {
  private final EmbedderFactory embedders;
  private final PictureDecoderFactory decoders;
  private final EmbedSettings settings;
  private final Clock clock;
  private final transient MailboxExecutor mailbox;

  private final transient ArrayDeque<PendingElement> pending = new ArrayDeque<>();
  private final transient AtomicBoolean wakeScheduled = new AtomicBoolean();
  private transient int framesInFlight;
  private transient long bytesInFlight;
  private transient @Nullable EmbedMeters meters;
  private transient @Nullable EmbedPipeline pipeline;

  EmbedOperator(
      StreamOperatorParameters<EmbeddedFrame> parameters,
      EmbedderFactory embedders,
      PictureDecoderFactory decoders,
      EmbedSettings settings,
      Clock clock) {
    super(parameters);
    this.mailbox = parameters.getMailboxExecutor();
    this.embedders = embedders;
    this.decoders = decoders;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void open() throws Exception {
    super.open();
    requireAlignedCheckpoints();
    meters = EmbedMeters.open();
    pipeline = EmbedPipeline.open(embedders, decoders, settings, meters, clock, this::wake);
  }

  private void requireAlignedCheckpoints() {
    if (CheckpointingOptions.isUnalignedCheckpointEnabled(
        getContainingTask().getEnvironment().getJobConfiguration())) {
      throw new IllegalStateException(
          CheckpointingOptions.ENABLE_UNALIGNED.key()
              + " is true, only false is allowed: the embedding operator holds frames in flight,"
              + " which a barrier must not overtake");
    }
  }

  @Override
  public void processElement(StreamRecord<FrameRecord> input) throws Exception {
    EmbedPipeline work = pipeline();
    PendingElement.Frame frame =
        new PendingElement.Frame(input, work.decodedBytes(input.getValue().metadata()));
    while (!hasRoom(frame)) {
      mailbox.yield();
    }
    pending.add(frame);
    addInFlight(1, frame.bytes());
    if (frame.record().metadata().repeatsPicture()) {
      frame.complete(new PendingElement.Outcome.Repeated(work.timesOfRepeated(frame.record())));
      emitFinished();
    } else {
      work.submit(frame);
    }
  }

  private boolean hasRoom(PendingElement.Frame frame) {
    return framesInFlight == 0
        || (framesInFlight < settings.maxFramesInFlight()
            && bytesInFlight + frame.bytes() <= settings.maxBytesInFlight());
  }

  private void addInFlight(int frames, long bytes) {
    framesInFlight += frames;
    bytesInFlight += bytes;
    meters().addInFlight(frames);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (pending.peekLast() instanceof PendingElement.Signal last && last.element().isWatermark()) {
      pending.removeLast(); // the later watermark says it all, so a slow model piles up none
    }
    signal(mark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    signal(status);
  }

  private void signal(StreamElement element) throws Exception {
    pending.add(new PendingElement.Signal(element));
    emitFinished();
  }

  /** Gives on the elements at the head of the line whose outcome is known. */
  private void emitFinished() throws Exception {
    pipeline().requireHealthy();
    for (PendingElement head = pending.peek(); head != null; head = pending.peek()) {
      if (head instanceof PendingElement.Frame frame) {
        PendingElement.Outcome outcome = frame.outcome();
        if (outcome == null) {
          return;
        }
        pending.remove();
        addInFlight(-1, -frame.bytes());
        emit(frame, outcome);
      } else if (head instanceof PendingElement.Signal signal) {
        pending.remove();
        emit(signal.element());
      }
    }
  }

  private void emit(PendingElement.Frame frame, PendingElement.Outcome outcome) {
    if (outcome instanceof PendingElement.Outcome.Embedded embedded) {
      meters().frameEmbedded();
      FrameEmbedding embedding = embedded.embedding();
      output.collect(frame.output(embeddedFrame(frame.record(), embedding, embedded.times())));
    } else if (outcome instanceof PendingElement.Outcome.Repeated repeated) {
      meters().frameRepeated();
      output.collect(frame.output(embeddedFrame(frame.record(), null, repeated.times())));
    } else if (outcome instanceof PendingElement.Outcome.Rejected rejected) {
      meters().frameRejected(rejected.frame().reason());
      output.collect(EmbedOperatorFactory.REJECTED, frame.output(rejected.frame()));
    }
  }

  private EmbeddedFrame embeddedFrame(
      FrameRecord frame, @Nullable FrameEmbedding embedding, StageTimes times) {
    return new EmbeddedFrame(
        frame.metadata(),
        frame.ref(),
        frame.recordTimestampMicros(),
        embedding,
        times,
        pipeline().spaceId());
  }

  private void emit(StreamElement element) throws Exception {
    if (element.isWatermark()) {
      super.processWatermark(element.asWatermark());
    } else {
      super.processWatermarkStatus(element.asWatermarkStatus());
    }
  }

  /** Called from other threads: has this task's thread look at what is finished. */
  private void wake() {
    if (wakeScheduled.compareAndSet(false, true)) {
      try {
        mailbox.execute(this::wakened, "emit embedded frames");
      } catch (RejectedExecutionException e) {
        // The task is ending and takes no more mail; what is in flight is replayed from the log.
        wakeScheduled.set(false);
      }
    }
  }

  private void wakened() throws Exception {
    wakeScheduled.set(false);
    emitFinished();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    flush("the barrier of checkpoint " + checkpointId);
  }

  @Override
  public void endInput() throws Exception {
    flush("the end of input");
  }

  private void flush(String before) throws Exception {
    emitFinished();
    long deadlineMillis = settings.flushDeadline().toMillis();
    CompletableFuture<Boolean> deadline =
        new CompletableFuture<Boolean>()
            .completeOnTimeout(true, deadlineMillis, TimeUnit.MILLISECONDS);
    CompletableFuture<Void> alarm = deadline.thenRun(this::wake); // a waiting yield needs a mail
    try {
      while (!pending.isEmpty()) {
        if (deadline.isDone()) {
          throw new TimeoutException(
              "%d frames were still in flight %d ms (flushDeadline) after %s"
                  .formatted(framesInFlight, deadlineMillis, before));
        }
        mailbox.yield();
      }
    } finally {
      alarm.cancel(false);
      deadline.cancel(false);
    }
  }

  @Override
  public void close() throws Exception {
    try {
      if (pipeline != null) {
        pipeline.close();
        pipeline = null;
      }
      if (meters != null) {
        meters.addInFlight(-framesInFlight);
        meters.close();
        meters = null;
      }
    } finally {
      super.close();
    }
  }

  private EmbedPipeline pipeline() {
    return Objects.requireNonNull(pipeline, "the operator is not open");
  }

  private EmbedMeters meters() {
    return Objects.requireNonNull(meters, "the operator is not open");
  }
}
