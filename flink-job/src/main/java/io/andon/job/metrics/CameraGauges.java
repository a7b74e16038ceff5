package io.andon.job.metrics;

import io.andon.detection.CameraState;
import io.andon.detection.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Score and state a camera, for a bounded number of cameras in the process. */
final class CameraGauges implements AutoCloseable {
  private static final AtomicInteger LABELLED = new AtomicInteger();

  private final int maxLabelled;
  private final Map<String, Last> cameras = new HashMap<>();

  CameraGauges(int maxLabelled) {
    this.maxLabelled = maxLabelled;
  }

  /** Whether the camera has gauges of its own. */
  boolean set(String camera, Verdict verdict) {
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
    return true;
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
    cameras.values().forEach(last -> last.gauges.forEach(Metrics.globalRegistry::remove));
    LABELLED.addAndGet(-cameras.size());
    cameras.clear();
  }

  /** Written by the task's thread, read by a scrape. */
  private static final class Last {
    private volatile double score;
    private volatile int state;
    private final List<Gauge> gauges;

    private Last(String camera) {
      this.gauges =
          List.of(
              Meters.gauge(JobMetric.SCORE, camera, () -> score),
              Meters.gauge(JobMetric.STATE, camera, () -> state));
    }
  }
}
