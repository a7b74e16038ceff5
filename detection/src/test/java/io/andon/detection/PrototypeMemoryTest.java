package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Learning a row at a time, with pairs that are kept up to date, comes to what learning one sample
 * after the other by the rule comes to. Values are few, so that equal distances are frequent.
 */
class PrototypeMemoryTest {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;
  private static final int CHANNELS = 5;
  private static final int FRAMES = 400;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16})
  void learningFollowsTheRule(int capacity) {
    Random random = new Random(7);
    PrototypeMemory memory = new PrototypeMemory(ROWS, COLUMNS, CHANNELS, capacity);
    List<Cell> rule = new ArrayList<>();
    for (int cell = 0; cell < ROWS * COLUMNS; cell++) {
      rule.add(new Cell(capacity));
    }
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] grid = grid(random);
      boolean[] skip = new boolean[ROWS * COLUMNS];
      for (int cell = 0; cell < skip.length; cell++) {
        skip[cell] = random.nextInt(4) == 0;
        if (!skip[cell] || rule.get(cell).prototypes.isEmpty()) {
          rule.get(cell).learn(sample(grid, cell));
        }
      }
      memory.learn(grid, new FrameStamp(frame, 1, frame, 0, frame), skip);

      byte[] probe = grid(random);
      double[] distances = new double[ROWS * COLUMNS];
      memory.distances(probe, distances);
      for (int cell = 0; cell < distances.length; cell++) {
        assertThat(distances[cell])
            .as("frame %d, cell %d", frame, cell)
            .isEqualTo(least(rule, probe, cell));
      }
    }
  }

  private static double least(List<Cell> rule, byte[] probe, int cell) {
    int least = Integer.MAX_VALUE;
    for (int other = 0; other < rule.size(); other++) {
      // Two rows: all of them are neighbours.
      if (Math.abs(other % COLUMNS - cell % COLUMNS) <= 1) {
        for (int[] prototype : rule.get(other).prototypes) {
          least = Math.min(least, squares(prototype, sample(probe, cell)));
        }
      }
    }
    return Math.sqrt(least);
  }

  private static byte[] grid(Random random) {
    byte[] grid = new byte[ROWS * COLUMNS * CHANNELS];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = (byte) (random.nextInt(7) - 3);
    }
    return grid;
  }

  private static int[] sample(byte[] grid, int cell) {
    int[] sample = new int[CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
      sample[i] = grid[cell * CHANNELS + i];
    }
    return sample;
  }

  private static int squares(int[] a, int[] b) {
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  /** The rule, written as plainly as it can be. */
  private static final class Cell {
    private final int capacity;
    private final List<int[]> prototypes = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();

    Cell(int capacity) {
      this.capacity = capacity;
    }

    void learn(int[] sample) {
      if (prototypes.size() < capacity) {
        prototypes.add(sample);
        counts.add(1);
        return;
      }
      int nearest = 0;
      for (int i = 1; i < capacity; i++) {
        if (squares(prototypes.get(i), sample) < squares(prototypes.get(nearest), sample)) {
          nearest = i;
        }
      }
      int keep = -1;
      int free = -1;
      int least = squares(prototypes.get(nearest), sample);
      for (int i = 0; i < capacity; i++) {
        for (int j = i + 1; j < capacity; j++) {
          if (squares(prototypes.get(i), prototypes.get(j)) < least) {
            least = squares(prototypes.get(i), prototypes.get(j));
            keep = i;
            free = j;
          }
        }
      }
      if (keep < 0) {
        merge(nearest, sample, 1);
      } else {
        merge(keep, prototypes.get(free), counts.get(free));
        prototypes.set(free, sample);
        counts.set(free, 1);
      }
    }

    private void merge(int slot, int[] other, int count) {
      int total = counts.get(slot) + count;
      int[] mean = new int[CHANNELS];
      for (int i = 0; i < CHANNELS; i++) {
        double exact =
            (double) (prototypes.get(slot)[i] * counts.get(slot) + other[i] * count) / total;
        mean[i] = (int) Math.floor(exact + 0.5);
      }
      prototypes.set(slot, mean);
      counts.set(slot, Math.min(1_000, total));
    }
  }
}
