package io.andon.ingest;

import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import io.andon.ingest.camera.CameraListener;
import io.andon.ingest.camera.OutgoingFrame;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.kafka.FrameSender;
import io.andon.ingest.metrics.IngestMeters;
import io.andon.ingest.settings.CameraConfig;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Passes on what happens at one camera: frames and faults to the sender, counts to the meters. */
final class CameraRelay implements CameraListener {
  private final int lane;
  private final FrameSender sender;
  private final IngestMeters meters;
  private final InstantSource clock;
  // Ends what a process before this one may have left open.
  private Fault fault = Fault.UNREACHABLE;

  CameraRelay(int lane, FrameSender sender, IngestMeters meters, InstantSource clock) {
    this.lane = lane;
    this.sender = sender;
    this.meters = meters;
    this.clock = clock;
  }

  @Override
  public void captured(CameraConfig camera, OutgoingFrame frame, @Nullable I420Picture pixels) {
    meters.captured(camera.id(), frame.jpeg().length);
    sender.offer(lane, frame, pixels);
  }

  @Override
  public void up(CameraConfig camera, long play) {
    sender.offer(event(camera, false, ""));
  }

  @Override
  public void down(CameraConfig camera, long play, StopReason reason, String detail) {
    fault = faultOf(reason);
    sender.offer(event(camera, true, detail));
  }

  @Override
  public void reconnecting(CameraConfig camera, StopReason reason) {
    meters.reconnected(camera.id(), reason);
  }

  private HealthEvent event(CameraConfig camera, boolean active, String detail) {
    Instant now = clock.instant();
    long nowMicros = now.getEpochSecond() * 1_000_000L + now.getNano() / 1000;
    return new HealthEvent(
        camera.id(), fault, active, HealthEvent.Source.INGEST, nowMicros, null, detail);
  }

  private static Fault faultOf(StopReason reason) {
    return switch (reason) {
      case UNREACHABLE, NOT_FOUND, END_OF_STREAM -> Fault.UNREACHABLE;
      case UNAUTHORIZED -> Fault.UNAUTHORIZED;
      case STALL, LAG -> Fault.STALLED;
      case STREAM_ERROR, PIPELINE -> Fault.UNDECODABLE;
    };
  }
}
