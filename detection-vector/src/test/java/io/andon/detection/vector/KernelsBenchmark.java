package io.andon.detection.vector;

import io.andon.detection.kernel.FlowStep;
import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.PlainKernels;
import io.andon.detection.kernel.Projection;
import io.andon.detection.kernel.PrototypeSearch;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Plain loops against vectors, a frame of the default profile: 16 x 24 cells, 120 features
 * projected to 64, 16 prototypes a cell, brightness of 192 x 128 pixels. Run by {@code
 * scripts/bench-kernels}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-XX:PerMethodTrapLimit=5000"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls fill() first
public class KernelsBenchmark {
  private static final int ROWS = 16;
  private static final int COLUMNS = 24;
  private static final int INPUTS = 120;
  private static final int OUTPUTS = 64;
  private static final int CAPACITY = 16;
  private static final int WIDTH = 192;
  private static final int HEIGHT = 128;

  /** Which kernels. */
  @Param({"plain", "vectors"})
  public String kernels;

  private final double[] distances = new double[ROWS * COLUMNS];
  private PrototypeSearch search;
  private Projection projection;
  private byte[] features;
  private byte[] projected;
  private FlowStep flow;
  private float[][][] planes;

  /** Fills a memory and a projection at random. */
  @Setup
  public void fill() {
    Kernels chosen =
        kernels.equals("plain") ? new PlainKernels() : VectorKernels.onThisMachine().orElseThrow();
    Random random = new Random(1);
    search = chosen.prototypeSearch(ROWS, COLUMNS, OUTPUTS, CAPACITY);
    byte[] prototype = new byte[OUTPUTS];
    for (int i = 0; i < ROWS * COLUMNS * CAPACITY; i++) {
      random.nextBytes(prototype);
      search.put(i / CAPACITY, i % CAPACITY, prototype, 0);
    }
    float[][] matrix = new float[INPUTS][OUTPUTS];
    for (float[] weights : matrix) {
      for (int i = 0; i < OUTPUTS; i++) {
        weights[i] = random.nextFloat() - 0.5f;
      }
    }
    projection = chosen.projection(matrix, new float[OUTPUTS]);
    features = new byte[ROWS * COLUMNS * INPUTS];
    random.nextBytes(features);
    projected = projection.project(features);
    flow = chosen.flowStep(WIDTH, HEIGHT);
    planes = new float[4][HEIGHT][flow.rowLength()];
    fillPlanes(random);
  }

  /** A smooth picture that moves by a pixel and a half. */
  private void fillPlanes(Random random) {
    byte[][] pictures = new byte[2][WIDTH * HEIGHT];
    double phase = random.nextDouble();
    for (int i = 0; i < 2; i++) {
      for (int at = 0; at < WIDTH * HEIGHT; at++) {
        double x = at % WIDTH + 1.5 * i;
        int y = at / WIDTH;
        double wave = Math.sin(x / 4 + phase) + Math.cos(y / 5.0 + phase);
        pictures[i][at] = (byte) (128 + 50 * wave + random.nextGaussian());
      }
      flow.fill(pictures[i], planes[i]);
    }
    flow.take(planes[0], planes[1], 0, planes[2], planes[3]);
  }

  /** Distances of all cells to the nearest prototypes. */
  @Benchmark
  public double[] distances() {
    search.distances(projected, distances);
    return distances;
  }

  /** The projection of all cells. */
  @Benchmark
  public byte[] projection() {
    return projection.project(features);
  }

  /** A step of optical flow on the largest size of the pyramid. */
  @Benchmark
  public float[][] flow() {
    flow.take(planes[0], planes[1], 0, planes[2], planes[3]);
    return planes[2];
  }
}
