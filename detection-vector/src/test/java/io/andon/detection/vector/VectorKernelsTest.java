package io.andon.detection.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.andon.detection.kernel.FlowStep;
import io.andon.detection.kernel.Kernels;
import io.andon.detection.kernel.PlainKernels;
import io.andon.detection.kernel.Projection;
import io.andon.detection.kernel.PrototypeSearch;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors give the bits that plain loops give. */
class VectorKernelsTest {
  /** So many that the compiler takes the loops over from the interpreter. */
  private static final int FRAMES = 40;

  private static final int MANY_INPUTS = 120;
  private static final int CHANNELS = 64;

  /** The projection's answer is an array of its own; vectors on the heap take megabytes. */
  private static final long PROJECTED_BYTES_AT_MOST = 2 * 16 * 24 * CHANNELS;

  private final Kernels plain = new PlainKernels();
  private final Optional<Kernels> offered = VectorKernels.onThisMachine();
  private final Kernels vectors = offered.orElse(plain);
  private final Random random = new Random(42);

  @BeforeEach
  void theProcessorHasLongVectors() {
    assumeTrue(offered.isPresent(), "no vectors of 256 bits on this processor");
  }

  @Test
  void compiledLoopsKeepTheirVectorsOffTheHeap() {
    PrototypeSearch search = vectors.prototypeSearch(16, 24, 64, 16);
    Projection projection =
        vectors.projection(new float[MANY_INPUTS][CHANNELS], new float[CHANNELS]);
    FlowStep flow = vectors.flowStep(192, 128);
    float[][][] planes = new float[4][128][flow.rowLength()];
    byte[] features = new byte[16 * 24 * MANY_INPUTS];
    double[] distances = new double[16 * 24];
    Runnable frame =
        () -> {
          search.distances(projection.project(features), distances);
          flow.take(planes[0], planes[1], 0, planes[2], planes[3]);
        };

    await()
        .atMost(Duration.ofMinutes(5))
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .until(() -> allocated(frame) < PROJECTED_BYTES_AT_MOST);
  }

  /** Heap bytes of one call, once it has been called often. */
  private static long allocated(Runnable call) {
    for (int i = 0; i < FRAMES; i++) {
      call.run();
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    call.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @ParameterizedTest
  @CsvSource({
    "16, 24, 64, 16",
    "16, 24, 64, 32",
    "5, 3, 7, 11",
    "1, 1, 128, 64",
    "2, 9, 258, 1",
    "3, 1, 1, 8",
    "1, 40, 64, 9"
  })
  void distancesAreTheSame(int rows, int columns, int channels, int capacity) {
    int cells = rows * columns;
    PrototypeSearch expected = plain.prototypeSearch(rows, columns, channels, capacity);
    PrototypeSearch search = vectors.prototypeSearch(rows, columns, channels, capacity);
    byte[] prototype = new byte[channels];
    // Twice, so that prototypes are replaced; some cells stay empty, some are not full.
    for (int i = 0; i < 2 * cells * capacity; i++) {
      int cell = random.nextInt(cells);
      int slot = random.nextInt(1 + cell % capacity);
      if (cell % 5 != 4) {
        random.nextBytes(prototype);
        expected.put(cell, slot, prototype, 0);
        search.put(cell, slot, prototype, 0);
      }
    }
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] grid = new byte[cells * channels];
      random.nextBytes(grid);

      assertThat(distances(search, grid, cells)).containsExactly(distances(expected, grid, cells));
      for (int row = 0; row < rows; row++) {
        int offset = row * columns * channels;
        int[] squares = new int[columns * capacity];
        int[] expectedSquares = new int[columns * capacity];
        search.squaresInRow(row, grid, offset, squares);
        expected.squaresInRow(row, grid, offset, expectedSquares);
        assertThat(squares).containsExactly(expectedSquares);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-128, 127", "127, -128", "-128, -128"})
  void theExtremesOfTheMostFeaturesAreExact(byte prototype, byte value) {
    int channels = 258;
    byte[] features = new byte[channels];
    Arrays.fill(features, prototype);
    PrototypeSearch search = vectors.prototypeSearch(1, 1, channels, 1);
    search.put(0, 0, features, 0);
    byte[] grid = new byte[channels];
    Arrays.fill(grid, value);

    assertThat(distances(search, grid, 1))
        .containsExactly(Math.sqrt(channels) * Math.abs(prototype - value));
  }

  @Test
  void aSmallGridAfterALargeOneMeetsNothingThatIsLeftOver() {
    PrototypeSearch large = vectors.prototypeSearch(4, 6, 16, 8);
    PrototypeSearch small = vectors.prototypeSearch(2, 2, 16, 8);
    byte[] prototype = new byte[16];
    Arrays.fill(prototype, (byte) 100);
    large.put(9, 0, prototype, 0);
    small.put(0, 0, prototype, 0);
    byte[] grid = new byte[4 * 6 * 16];
    Arrays.fill(grid, (byte) 100);

    distances(large, grid, 24);

    assertThat(distances(small, new byte[2 * 2 * 16], 4)).containsOnly(400);
  }

  @ParameterizedTest
  @CsvSource({"384, 120, 64", "1, 1, 1", "7, 19, 45", "64, 64, 64", "3, 258, 33", "2, 5, 120"})
  void projectionsAreTheSame(int cells, int inputs, int outputs) {
    float[][] matrix = new float[inputs][outputs];
    float[] bias = new float[outputs];
    for (int out = 0; out < outputs; out++) {
      bias[out] = 4 * random.nextFloat() - 2;
      for (float[] weights : matrix) {
        weights[out] = random.nextFloat() - 0.5f;
      }
    }
    Projection expected = plain.projection(matrix, bias);
    Projection projection = vectors.projection(matrix, bias);
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] grid = new byte[cells * inputs];
      random.nextBytes(grid);

      assertThat(projection.project(grid)).containsExactly(expected.project(grid));
    }
  }

  @Test
  void halvesAndWhatIsBeyondTheRangeAreRoundedTheSame() {
    int outputs = 40;
    float[][] matrix = new float[2][outputs];
    float[] bias = new float[outputs];
    float[] beyond = {126.5f, 127, 127.5f, -127, -127.5f, 1e30f, -1e30f};
    for (int out = 0; out < outputs; out++) {
      matrix[0][out] = 0.5f;
      matrix[1][out] = out % 2 == 0 ? 0.25f : -1.5f;
      bias[out] = out < beyond.length ? beyond[out] : 0.5f * (out - 20);
    }
    Projection expected = plain.projection(matrix, bias);
    Projection projection = vectors.projection(matrix, bias);
    byte[] grid = new byte[2 * 256];
    for (int value = 0; value < 256; value++) {
      grid[2 * value] = (byte) value;
      grid[2 * value + 1] = (byte) (value / 7);
    }

    for (int frame = 0; frame < FRAMES; frame++) {
      assertThat(projection.project(grid)).containsExactly(expected.project(grid));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "192, 128, 2",
    "192, 128, 40",
    "8, 8, 3",
    "9, 30, 3",
    "10, 9, 3",
    "11, 12, 3",
    "25, 24, 20",
    "31, 8, 3",
    "16, 10, 3",
    "17, 11, 3",
    "18, 11, 3",
    "32, 11, 3",
    "33, 11, 3",
    "34, 11, 3",
    "40, 70, 0"
  })
  void flowsAreTheSame(int width, int height, float fastest) {
    FlowStep expected = plain.flowStep(width, height);
    FlowStep step = vectors.flowStep(width, height);
    byte[] picture = new byte[width * height];
    for (int frame = 0; frame < FRAMES; frame++) {
      Flow one = new Flow(expected, width, height);
      Flow other = new Flow(step, width, height);
      for (int i = 0; i < 2; i++) {
        random.nextBytes(picture);
        one.show(picture, i);
        other.show(picture, i);
      }
      one.start(new Random(frame), fastest);
      other.start(new Random(frame), fastest);
      for (int n = 0; n < 3; n++) {
        assertArrayEquals(one.lengths(), other.lengths());
        one.take(frame - 20);
        other.take(frame - 20);
      }
      assertArrayEquals(one.lengths(), other.lengths());
    }
  }

  /** Two pictures and the flow between them. */
  private static final class Flow {
    private final FlowStep step;
    private final int width;
    private final int height;
    private final float[][][] pictures;
    private final float[][] u;
    private final float[][] v;

    Flow(FlowStep step, int width, int height) {
      this.step = step;
      this.width = width;
      this.height = height;
      pictures = new float[2][height][step.rowLength()];
      u = new float[height][step.rowLength()];
      v = new float[height][step.rowLength()];
    }

    void show(byte[] picture, int index) {
      step.fill(picture, pictures[index]);
    }

    /** Neighbours move alike, but not quite, as they do in pictures. */
    void start(Random way, float fastest) {
      for (int y = 0; y < height; y++) {
        float alongX = fastest * (2 * way.nextFloat() - 1);
        float alongY = fastest * (2 * way.nextFloat() - 1);
        for (int x = 0; x < width; x++) {
          u[y][x] = alongX + way.nextFloat() - 0.5f;
          v[y][x] = alongY + way.nextFloat() - 0.5f;
        }
      }
    }

    void take(float shared) {
      step.take(pictures[0], pictures[1], shared, u, v);
    }

    float[] lengths() {
      float[] lengths = new float[width * height];
      step.lengths(u, v, lengths);
      return lengths;
    }
  }

  @Test
  void theServiceLoaderFindsThem() {
    assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
  }

  private static double[] distances(PrototypeSearch search, byte[] grid, int cells) {
    double[] distances = new double[cells];
    search.distances(grid, distances);
    return distances;
  }
}
