package io.andon.detection.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vector loops over lanes find what a search through all prototypes finds, to the last bit. */
class PrototypeLanesTest {
  @ParameterizedTest
  @CsvSource({"16, 24, 64, 16", "5, 3, 7, 11", "1, 1, 128, 64", "2, 9, 258, 1", "3, 1, 1, 8"})
  void theNearestPrototypeIsFoundExactly(int rows, int columns, int channels, int capacity) {
    Random random = new Random(42);
    int cells = rows * columns;
    PrototypeLanes lanes = new PrototypeLanes(rows, columns, channels, capacity);
    byte[][][] prototypes = new byte[cells][][];
    for (int cell = 0; cell < cells; cell++) {
      prototypes[cell] = new byte[random.nextInt(capacity + 1)][channels];
      for (int slot = 0; slot < prototypes[cell].length; slot++) {
        random.nextBytes(prototypes[cell][slot]);
        lanes.put(cell, slot, prototypes[cell][slot], 0);
      }
    }
    byte[] grid = new byte[cells * channels];
    random.nextBytes(grid);

    double[] distances = new double[cells];
    lanes.distances(grid, distances);

    double[] expected = new double[cells];
    Arrays.setAll(expected, cell -> searched(prototypes, grid, cell, columns, channels));
    assertThat(distances).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({"-128, 127", "127, -128", "-128, -128"})
  void theExtremesOfTheMostFeaturesAreExact(byte prototype, byte value) {
    int channels = 258;
    byte[] features = new byte[channels];
    Arrays.fill(features, prototype);
    PrototypeLanes lanes = new PrototypeLanes(1, 1, channels, 1);
    lanes.put(0, 0, features, 0);
    byte[] grid = new byte[channels];
    Arrays.fill(grid, value);

    double[] distances = new double[1];
    lanes.distances(grid, distances);

    assertThat(distances[0]).isEqualTo(Math.sqrt(channels) * Math.abs(prototype - value));
  }

  private static double searched(
      byte[][][] prototypes, byte[] grid, int cell, int columns, int channels) {
    int least = Integer.MAX_VALUE;
    for (int other = 0; other < prototypes.length; other++) {
      if (Math.abs(other / columns - cell / columns) <= 1
          && Math.abs(other % columns - cell % columns) <= 1) {
        for (byte[] prototype : prototypes[other]) {
          int squares = 0;
          for (int i = 0; i < channels; i++) {
            int difference = grid[cell * channels + i] - prototype[i];
            squares += difference * difference;
          }
          least = Math.min(least, squares);
        }
      }
    }
    return least == Integer.MAX_VALUE ? 0 : Math.sqrt(least);
  }
}
