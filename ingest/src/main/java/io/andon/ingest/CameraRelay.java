package io.andon.ingest;

import io.andon.contracts.ClockSource;
import io.andon.ingest.camera.CameraListener;
import io.andon.ingest.camera.OutgoingFrame;
import io.andon.ingest.camera.StopReason;
import io.andon.ingest.gate.I420Picture;
import io.andon.ingest.kafka.FrameSender;
import io.andon.ingest.kafka.HealthSender;
import io.andon.ingest.metrics.DropReason;
import io.andon.ingest.metrics.IngestMeters;
import io.andon.ingest.settings.CameraConfig;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what happens at one camera: frames and faults to their senders, counts to the meters.
 */
final class CameraRelay implements CameraListener {
  private final int lane;
  private final FrameSender sender;
  private final HealthSender health;
  private final IngestMeters meters;
  private final InstantSource clock;
  private final CameraFaults faults;

  CameraRelay(
      CameraConfig camera,
      int lane,
      FrameSender sender,
      HealthSender health,
      IngestMeters meters,
      InstantSource clock) {
    this.lane = lane;
    this.sender = sender;
    this.health = health;
    this.meters = meters;
    this.clock = clock;
    faults = new CameraFaults(camera.id());
  }

  @Override
  public void captured(CameraConfig camera, OutgoingFrame frame, @Nullable I420Picture pixels) {
    meters.captured(camera.id(), frame.jpeg().length);
    if (frame.distrusted() || frame.clock() == ClockSource.SENDER) {
      faults.clock(frame.distrusted(), nowMicros()).forEach(health::offer);
    }
    sender.offer(lane, frame, pixels);
  }

  @Override
  public void late(CameraConfig camera, int bytes) {
    meters.captured(camera.id(), bytes);
    meters.dropped(camera.id(), DropReason.LATE);
  }

  @Override
  public void unfounded(CameraConfig camera, int bytes) {
    meters.captured(camera.id(), bytes);
    meters.dropped(camera.id(), DropReason.NO_KEY_FRAME);
  }

  @Override
  public void up(CameraConfig camera, long play) {
    faults.up(nowMicros()).forEach(health::offer);
  }

  @Override
  public void down(CameraConfig camera, long play, StopReason reason, String detail) {
    faults.down(reason, detail, nowMicros()).forEach(health::offer);
  }

  @Override
  public void reconnecting(CameraConfig camera, StopReason reason) {
    meters.reconnected(camera.id(), reason);
  }

  private long nowMicros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000L + now.getNano() / 1000;
  }
}
