package io.andon.embedding.tensorflow;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;

/** What Linux says that the processor can do. */
final class ProcessorFeatures {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Set<String> BF16 = Set.of("avx512_bf16", "amx_bf16");
  private static final String FLAGS = "flags";

  private ProcessorFeatures() {}

  /** Whether it computes bf16 faster than fp32; false where that can't be told. */
  static boolean hasBf16() {
    try {
      return hasBf16(Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false; // not Linux, or hidden: the setting can be tried all the same
    }
  }

  /**
   * Whether all processors that are listed compute bf16.
   *
   * @param cpuInfo as in {@code /proc/cpuinfo}
   */
  static boolean hasBf16(String cpuInfo) {
    String[] flags = cpuInfo.lines().filter(line -> line.startsWith(FLAGS)).toArray(String[]::new);
    return flags.length > 0
        && Arrays.stream(flags)
            .noneMatch(line -> Collections.disjoint(Arrays.asList(line.split("\\s+")), BF16));
  }
}
