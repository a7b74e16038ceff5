package io.andon.job.detect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * Remembers until when a camera's frames were those of a camera that was retired. After a restart
 * the command is read again before the frames in front of it: they must not bring the camera back.
 * All methods are about the operator's current key.
 */
final class RetiredCameras {
  /** Frames are kept for a day by default; what is older can't be read again. */
  private static final long KEPT_MILLIS = Duration.ofDays(1).toMillis();

  private final ValueState<Long> retiredMicros;
  private final InternalTimerService<VoidNamespace> timers;

  RetiredCameras(ValueState<Long> retiredMicros, InternalTimerService<VoidNamespace> timers) {
    this.retiredMicros = retiredMicros;
    this.timers = timers;
  }

  static ValueStateDescriptor<Long> descriptor() {
    return new ValueStateDescriptor<>("retired", LongSerializer.INSTANCE);
  }

  /** The camera is retired by a command that was given then, microseconds since the epoch. */
  void add(long givenMicros) throws Exception {
    remove();
    retiredMicros.update(givenMicros);
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, endMillis(givenMicros));
  }

  /** Whether a frame was written to its log no later than the camera was retired. */
  boolean includes(long loggedMicros) throws Exception {
    Long at = retiredMicros.value();
    return at != null && loggedMicros <= at;
  }

  /** The camera is back, if it was away. */
  void remove() throws Exception {
    Long at = retiredMicros.value();
    if (at != null) {
      timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, endMillis(at));
      retiredMicros.clear();
    }
  }

  /** Whether a timer that fires is of a retired camera; it is forgotten for good then. */
  boolean expired() throws Exception {
    boolean retired = retiredMicros.value() != null;
    retiredMicros.clear();
    return retired;
  }

  private static long endMillis(long micros) {
    return TimeUnit.MICROSECONDS.toMillis(micros) + KEPT_MILLIS;
  }
}
