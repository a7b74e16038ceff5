package io.andon.ingest.kafka;

import io.andon.contracts.CameraId;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.WireHeader;
import io.andon.ingest.camera.OutgoingFrame;
import io.andon.ingest.gate.FrameGate;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.metrics.DropReason;
import io.andon.ingest.metrics.IngestMeters;
import io.andon.ingest.overload.FrameThinning;
import io.andon.ingest.overload.OverloadPolicy;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.KafkaConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes frames from all cameras' queues in turn and hands them to one producer. It is the only
 * thread that may wait for the producer; the cameras' threads only put frames into their queues. A
 * frame that doesn't reach the broker is dropped and counted by reason, never sent again out of
 * order.
 */
public final class FrameSender implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameSender.class);
  private static final long PROBE_NANOS = 2_000_000_000L;

  /** So long an answer counts: the brokers are asked otherwise more often than that. */
  private static final long FRESH_NANOS = 10_000_000_000L;

  private static final byte[] NO_PICTURE = {};

  private final KafkaConfig kafka;
  private final Producer<byte[], byte[]> producer;
  private final IngestMeters meters;
  private final OverloadPolicy overload;
  private final InstantSource clock;
  private final List<Lane> lanes = new ArrayList<>();
  private final SendLoop loop = new SendLoop();
  private final DropLog drops;
  private final LongSupplier nanoTime;
  private volatile boolean connected;
  private volatile long takenNanos;
  private long lastProbeNanos = System.nanoTime() - PROBE_NANOS;
  private int cursor;

  /**
   * Makes a sender; {@link #run} starts it. The producer stays the caller's to close.
   *
   * @param kafka where to
   * @param cameras cameras that frames are offered of
   * @param producer the one producer
   * @param meters where sent and dropped frames are counted
   * @param overload tells which share of the frames is sent
   * @param clock wall clock of the record timestamps
   */
  public FrameSender(
      KafkaConfig kafka,
      List<CameraConfig> cameras,
      Producer<byte[], byte[]> producer,
      IngestMeters meters,
      OverloadPolicy overload,
      InstantSource clock) {
    this(kafka, cameras, producer, meters, overload, clock, System::nanoTime, LOG::warn, LOG::info);
  }

  FrameSender(
      KafkaConfig kafka,
      List<CameraConfig> cameras,
      Producer<byte[], byte[]> producer,
      IngestMeters meters,
      OverloadPolicy overload,
      InstantSource clock,
      LongSupplier nanoTime,
      Consumer<String> warn,
      Consumer<String> info) {
    this.kafka = kafka;
    this.producer = producer;
    this.meters = meters;
    this.overload = overload;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.takenNanos = nanoTime.getAsLong();
    drops = new DropLog(nanoTime, warn, info);
    for (CameraConfig camera : cameras) {
      Lane lane = new Lane(camera);
      lanes.add(lane);
      meters.queueDepth(camera.id(), lane.queue::size);
    }
  }

  /**
   * Hands over a frame of the n-th camera; never blocks. Frames of one camera come by one thread.
   *
   * @param pixels the decoded picture, for the camera's gate; null where there is none
   */
  public void offer(int camera, OutgoingFrame frame, @Nullable I420Picture pixels) {
    Lane lane = lanes.get(camera);
    overload.offered();
    OutgoingFrame admitted = lane.thinning.admit(frame, overload.share());
    if (admitted == null) {
      meters.dropped(lane.id, DropReason.RATE_LOWERED);
    } else if (lane.queue.offer(lane.gated(admitted, pixels))) {
      loop.arrived();
    } else {
      // The queue itself remembers where the gap is.
      meters.dropped(lane.id, DropReason.QUEUE_FULL);
      drops.dropped(lane.id, DropReason.QUEUE_FULL, null);
    }
  }

  /** Frames of the n-th camera that were sent without their picture, since the start. */
  public long gatedFrames(int camera) {
    return lanes.get(camera).gatedFrames.get();
  }

  /** Whether the broker answered last time it was asked. */
  public boolean isConnected() {
    return connected;
  }

  /** Whether the broker took something within the last 10 s. */
  public boolean tookLately() {
    return nanoTime.getAsLong() - takenNanos <= FRESH_NANOS;
  }

  private void taken() {
    connected = true;
    takenNanos = nanoTime.getAsLong();
  }

  @Override
  public void run() {
    loop.run(this::sendOne, this::probe);
  }

  /**
   * Sends what waits, then ends {@link #run}; to be called when no more is offered.
   *
   * @param limit how long it may take; what then still waits is dropped
   */
  public void drain(Duration limit) throws InterruptedException {
    loop.drain(limit);
    for (Lane lane : lanes) {
      while (lane.queue.poll() != null) {
        meters.dropped(lane.id, DropReason.SHUTDOWN);
      }
    }
  }

  /** Learns whether the broker is there while no frame tells. */
  private void probe() {
    if (connected || System.nanoTime() - lastProbeNanos < PROBE_NANOS) {
      return;
    }
    lastProbeNanos = System.nanoTime();
    try {
      connected = !producer.partitionsFor(kafka.framesTopic()).isEmpty();
    } catch (KafkaException e) {
      LOG.warn("no answer from Kafka at {}: {}", kafka.bootstrapServers(), named(e));
    }
  }

  private void sendOne() {
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(cursor);
      cursor = (cursor + 1) % lanes.size();
      FrameQueue.Taken taken = lane.queue.poll();
      if (taken != null) {
        lane.send(taken);
        return;
      }
    }
  }

  /** A client's message may hold settings; the kind of the failure is enough to act on. */
  private static String named(Exception failure) {
    return failure.getClass().getSimpleName();
  }

  /** One camera's way to the producer. */
  private final class Lane {
    private final String id;
    private final byte[] key;
    private final FrameQueue queue;
    private final FrameNumbering numbering;
    private final FrameThinning thinning = new FrameThinning();
    private final @Nullable FrameGate gate;
    private final AtomicLong gatedFrames = new AtomicLong();

    Lane(CameraConfig camera) {
      id = camera.id();
      key = CameraId.toKey(id);
      queue = new FrameQueue(camera.queueFrames());
      numbering = new FrameNumbering(id);
      gate = FrameGate.of(camera.gate());
    }

    /** Behind the thinning, so that the gate compares with what is sent. By the camera's thread. */
    OutgoingFrame gated(OutgoingFrame frame, @Nullable I420Picture pixels) {
      if (gate == null) {
        return frame;
      }
      if (pixels == null) {
        gate.unseen();
        return frame.gated(gate.picture(), false);
      }
      boolean repeated =
          gate.isUnchanged(pixels, frame.capturedMicros(), frame.play(), frame.damaged());
      return frame.gated(gate.picture(), repeated);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells what became of it.
    void send(FrameQueue.Taken taken) {
      if (taken.afterGap()) {
        numbering.dropped();
      }
      FrameMetadata metadata = numbering.next(taken.frame());
      Delivery delivery = new Delivery(metadata);
      byte[] value = metadata.repeatsPicture() ? NO_PICTURE : taken.frame().jpeg();
      try {
        producer.send(record(metadata, value), delivery::done);
      } catch (KafkaException | IllegalStateException e) {
        meters.dropped(id, loop.isAborted() ? DropReason.SHUTDOWN : DropReason.DELIVERY_FAILED);
        loop.requireAborted(e);
        return;
      }
      if (!delivery.refusedAtOnce) {
        delivery.handedOver();
      }
    }

    private ProducerRecord<byte[], byte[]> record(FrameMetadata metadata, byte[] value) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(kafka.framesTopic(), null, clock.millis(), key, value);
      for (WireHeader header : FrameHeaders.encode(metadata)) {
        record.headers().add(header.name(), header.value());
      }
      return record;
    }

    /** What became of one frame. */
    private final class Delivery {
      private final FrameMetadata metadata;
      // Set and read by the sending thread only: the producer tells refusals before send returns.
      private boolean refusedAtOnce;
      private boolean handedOver;
      private boolean lost;

      Delivery(FrameMetadata metadata) {
        this.metadata = metadata;
      }

      /** The producer has it, and may have told already that it was lost. */
      synchronized void handedOver() {
        handedOver = true;
        numbering.handedOver(metadata);
        overload.sent(metadata);
        if (lost) {
          overload.lost(metadata);
        }
      }

      private synchronized void lost() {
        lost = true;
        if (handedOver) {
          overload.lost(metadata);
        }
      }

      void done(@Nullable Object record, @Nullable Exception failure) {
        if (failure == null) {
          taken();
          drops.taken();
          meters.sent(id, clock.millis() * 1000 - metadata.capturedMicros());
          if (metadata.repeatsPicture()) {
            meters.gated(id);
            gatedFrames.incrementAndGet();
          }
          return;
        }
        if (loop.isThisThread()) {
          refusedAtOnce = true;
        }
        DropReason reason = DropLog.reason(failure);
        if (reason != DropReason.TOO_LARGE) {
          connected = false;
        }
        lost();
        numbering.dropped();
        meters.dropped(id, reason);
        drops.dropped(id, reason, failure);
      }
    }
  }
}
