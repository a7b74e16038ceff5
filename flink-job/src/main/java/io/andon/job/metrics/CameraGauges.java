package io.andon.job.metrics;

import io.andon.detection.CameraState;
import io.andon.detection.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Score, state, incidents and budget a camera, for a bounded number of cameras in the process. */
final class CameraGauges implements AutoCloseable {
  private static final AtomicInteger LABELLED = new AtomicInteger();

  private final int maxLabelled;
  private final Map<String, Last> cameras = new HashMap<>();

  CameraGauges(int maxLabelled) {
    this.maxLabelled = maxLabelled;
  }

  /**
   * What a frame said of its camera.
   *
   * @param falseAlarmsPerDay the camera's budget
   * @return whether the camera has meters of its own
   */
  boolean set(String camera, Verdict verdict, double falseAlarmsPerDay) {
    Last last = cameras.get(camera);
    if (last == null) {
      if (LABELLED.incrementAndGet() > maxLabelled) {
        LABELLED.decrementAndGet();
        return false;
      }
      last = new Last(camera);
      cameras.put(camera, last);
    }
    last.score = verdict.score();
    last.state = number(verdict.state());
    last.falseAlarmsPerDay = falseAlarmsPerDay;
    return true;
  }

  /** An incident opened. */
  void incident(String camera) {
    Last last = cameras.get(camera);
    if (last != null) {
      last.incidents.increment();
    }
  }

  /** Nothing is known of the camera until its next frame. */
  void unknown(String camera) {
    Last last = cameras.get(camera);
    if (last != null) {
      last.score = Double.NaN;
      last.state = Double.NaN;
    }
  }

  /** The camera is gone; its place is free for another. */
  void remove(String camera) {
    Last last = cameras.remove(camera);
    if (last != null) {
      last.meters.forEach(Metrics.globalRegistry::remove);
      LABELLED.decrementAndGet();
    }
  }

  private static int number(CameraState state) {
    return switch (state) {
      case WARMING_UP -> 0;
      case NORMAL -> 1;
      case SUSPICIOUS -> 2;
      case INCIDENT -> 3;
      case CAMERA_FAULT -> 4;
      case FROZEN -> 5;
      case SCENE_CHANGED -> 6;
      case MODEL_CHANGED -> 7;
    };
  }

  @Override
  public void close() {
    cameras.values().forEach(last -> last.meters.forEach(Metrics.globalRegistry::remove));
    LABELLED.addAndGet(-cameras.size());
    cameras.clear();
  }

  /** Written by the task's thread, read by a scrape. */
  private static final class Last {
    private volatile double score;
    private volatile double state;
    private volatile double falseAlarmsPerDay;
    // From the first frame on: a rate needs the 0 before the first incident.
    private final Counter incidents;
    private final List<Meter> meters;

    private Last(String camera) {
      this.incidents = Meters.counter(JobMetric.CAMERA_INCIDENTS, camera);
      this.meters =
          List.of(
              incidents,
              Meters.gauge(JobMetric.SCORE, camera, () -> score),
              Meters.gauge(JobMetric.STATE, camera, () -> state),
              Meters.gauge(JobMetric.CAMERA_BUDGET, camera, () -> falseAlarmsPerDay));
    }
  }
}
