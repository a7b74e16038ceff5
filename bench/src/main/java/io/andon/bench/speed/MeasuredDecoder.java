package io.andon.bench.speed;

import io.andon.embedding.InputShape;
import io.andon.embedding.picture.DecodeResult;
import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.embedding.picture.PictureDecoder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;

/** The job's decoder, whose CPU time is told apart on whatever thread it runs. */
final class MeasuredDecoder implements PictureDecoder {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final LongAdder NANOS = new LongAdder();

  private final PictureDecoder decoder = new JpegPictureDecoder();

  /** CPU time of all decoders of this process so far. */
  static long cpuNanos() {
    return NANOS.sum();
  }

  @Override
  public String name() {
    return decoder.name();
  }

  @Override
  public DecodeResult decode(
      byte[] jpeg, int declaredWidth, int declaredHeight, InputShape target) {
    long before = THREADS.getCurrentThreadCpuTime();
    DecodeResult result = decoder.decode(jpeg, declaredWidth, declaredHeight, target);
    NANOS.add(THREADS.getCurrentThreadCpuTime() - before);
    return result;
  }
}
