package io.andon.embedding.flink;

import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.FrameMetadata;
import io.andon.embedding.Embedder;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.EmbeddingResult;
import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.PictureDecoder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a subtask does off its own thread: decode, and queue for the model. Decoding has threads of
 * its own, unless the model's threads keep every core busy: then these decode what they take, so
 * that no thread waits for a core and pixels go from the decoder to the model while they are in its
 * cache. {@code wake} is called from other threads whenever a frame is done or something failed.
 * The waiting work is bounded by the frames that the operator submits.
 */
final class EmbedPipeline implements AutoCloseable {
  /** Decoder of a space that does not depend on it, as of a fake embedder. */
  private static final String ANY_DECODER = "any";

  /** Threads that decode for a model which leaves cores to them. */
  private static final int DECODE_THREADS = 2;

  private final EmbedderLease lease;
  private final Embedder embedder;
  private final String spaceId;
  private final PictureDecoder decoder;
  private final InferenceQueue.Client model;
  private final @Nullable ThreadPoolExecutor decoding;
  private final EmbedMeters meters;
  private final Clock clock;
  private final Runnable wake;
  private volatile @Nullable Throwable failure;

  private EmbedPipeline(
      EmbedderLease lease,
      PictureDecoder decoder,
      EmbedSettings settings,
      EmbedMeters meters,
      Clock clock,
      Runnable wake) {
    this.lease = lease;
    this.embedder = lease.embedder();
    this.spaceId = embedder.space().id();
    this.decoder = decoder;
    requireSameDecoder(embedder.space().decoder(), decoder.name());
    this.meters = meters;
    this.clock = clock;
    this.wake = wake;
    this.model = InferenceQueue.attach(embedder, settings, meters);
    int threads = decodeThreads(settings.decodeThreads());
    this.decoding = threads == 0 ? null : decodingPool(threads);
  }

  private int decodeThreads(int asked) {
    boolean coresAreBusy =
        embedder.takesOneCore()
            && model.parallelCalls() >= Runtime.getRuntime().availableProcessors();
    return asked > 0 || coresAreBusy ? asked : DECODE_THREADS;
  }

  /** Leases the model and starts the threads; on failure the lease is given back. */
  static EmbedPipeline open(
      EmbedderFactory embedders,
      PictureDecoderFactory decoders,
      EmbedSettings settings,
      EmbedMeters meters,
      Clock clock,
      Runnable wake) {
    EmbedderLease lease = embedders.acquire();
    try {
      return new EmbedPipeline(lease, decoders.create(), settings, meters, clock, wake);
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  /** Other pixels would be another space, so the space's decoder has to be the one that runs. */
  private static void requireSameDecoder(String spaceDecoder, String decoder) {
    if (!spaceDecoder.equals(ANY_DECODER) && !spaceDecoder.equals(decoder)) {
      throw new IllegalStateException(
          "decoder is '%s', the embedding space allows '%s'".formatted(decoder, spaceDecoder));
    }
  }

  private static ThreadPoolExecutor decodingPool(int threads) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.MILLISECONDS,
        new LinkedBlockingQueue<>(),
        work -> {
          Thread thread = new Thread(work, "embed-decode-" + number.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Space of every embedding that comes out. */
  String spaceId() {
    return spaceId;
  }

  /** Bytes that the decoded picture of such a frame takes. */
  long decodedBytes(FrameMetadata metadata) {
    if (metadata.repeatsPicture() || !hasSize(metadata)) {
      return 0;
    }
    InputShape shape = embedder.inputShapeFor(metadata.width(), metadata.height());
    return 3L * shape.width() * shape.height();
  }

  /** The times of a frame without a picture of its own: nothing is decoded or embedded. */
  StageTimes timesOfRepeated(FrameRecord frame) {
    long now = nowMicros();
    return new StageTimes(frame.fetchedMicros(), now, now);
  }

  /** Takes a frame; it is completed later, by another thread or at once if it is plainly bad. */
  void submit(PendingElement.Frame frame) {
    if (frame.record().picture().length == 0) {
      reject(frame, DeadLetterReason.EMPTY_PICTURE, "the record has no picture");
    } else if (!hasSize(frame.record().metadata())) {
      reject(frame, DeadLetterReason.BAD_HEADER, "width and height are to be 1 or more");
    } else {
      FrameMetadata metadata = frame.record().metadata();
      submit(new FrameRequest(frame, embedder.inputShapeFor(metadata.width(), metadata.height())));
    }
  }

  private void submit(FrameRequest request) {
    if (decoding == null) {
      model.submit(request);
      return;
    }
    decoding.execute(
        () -> {
          try {
            if (request.picture() != null) {
              model.submit(request);
            }
          } catch (Throwable e) { // an Error of a native decoder too must fail the task
            fail(e);
          }
        });
  }

  /** Throws what went wrong in another thread, if anything did. */
  void requireHealthy() {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("embedding failed: " + cause.getMessage(), cause);
    }
  }

  /** Waits for the native calls that run, then gives the model back. */
  @Override
  public void close() {
    boolean interrupted = decoding != null && endDecoding(decoding);
    model.close();
    lease.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A decoder may be native: its call has to end before the library goes. */
  private static boolean endDecoding(ThreadPoolExecutor decoding) {
    decoding.getQueue().clear();
    decoding.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (decoding.awaitTermination(1, TimeUnit.MINUTES)) {
          return interrupted;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static boolean hasSize(FrameMetadata metadata) {
    return metadata.width() > 0 && metadata.height() > 0;
  }

  private DecodeResult timedDecode(FrameRecord record, InputShape shape) {
    FrameMetadata metadata = record.metadata();
    long startNanos = System.nanoTime();
    DecodeResult result =
        decoder.decode(record.picture(), metadata.width(), metadata.height(), shape);
    meters.pictureDecoded(Duration.ofNanos(System.nanoTime() - startNanos));
    return result;
  }

  private void reject(PendingElement.Frame frame, DeadLetterReason reason, String detail) {
    RejectedFrame rejected = RejectedFrame.of(frame.record(), reason, detail);
    complete(frame, new PendingElement.Outcome.Rejected(rejected));
  }

  private void complete(PendingElement.Frame frame, PendingElement.Outcome outcome) {
    frame.complete(outcome);
    wake.run();
  }

  private void fail(Throwable cause) {
    failure = cause;
    wake.run();
  }

  private long nowMicros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  private final class FrameRequest implements InferenceQueue.Request {
    private final PendingElement.Frame frame;
    private final InputShape shape;
    // Handed from one thread to the next by the queue's lock.
    private @Nullable Picture picture;
    private long decodedMicros;

    FrameRequest(PendingElement.Frame frame, InputShape shape) {
      this.frame = frame;
      this.shape = shape;
    }

    @Override
    public InputShape shape() {
      return shape;
    }

    @Override
    public @Nullable Picture picture() {
      if (picture == null) {
        DecodeResult result = timedDecode(frame.record(), shape);
        if (result instanceof DecodeResult.Decoded decoded) {
          picture = decoded.picture();
          decodedMicros = nowMicros();
        } else if (result instanceof DecodeResult.Rejected rejected) {
          reject(frame, rejected.reason(), rejected.detail());
        }
      }
      return picture;
    }

    @Override
    public void embedded(EmbeddingResult result) {
      if (result instanceof EmbeddingResult.Valid valid) {
        StageTimes times =
            new StageTimes(frame.record().fetchedMicros(), decodedMicros, nowMicros());
        complete(frame, new PendingElement.Outcome.Embedded(valid.embedding(), times));
      } else if (result instanceof EmbeddingResult.Invalid invalid) {
        reject(frame, DeadLetterReason.INVALID_EMBEDDING, invalid.why());
      }
    }

    @Override
    public void failed(Throwable cause) {
      fail(cause);
    }
  }
}
