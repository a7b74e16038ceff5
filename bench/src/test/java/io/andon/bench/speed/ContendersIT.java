package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.broker.FreePorts;
import io.andon.contracts.FrameRef;
import io.andon.contracts.ScoreRecord;
import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.SharedEmbedders;
import io.andon.embedding.testing.FakeEmbedder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A comparison is fair only if all do the same work. */
@Timeout(600)
class ContendersIT {
  private static final int FRAMES = 60;

  /** Those that share the job's decoder and embedder. */
  private static final Set<Contender> ALIKE =
      EnumSet.complementOf(EnumSet.of(Contender.AS_PUBLISHED));

  @Test
  void everyContenderGivesTheScoresThatTheJobGives(@TempDir Path folder) throws Exception {
    EmbedderFactory fake =
        () -> SharedEmbedders.PROCESS.lease("bench-fake", () -> new FakeEmbedder(7));
    Map<Contender, Map<String, Double>> scores = new EnumMap<>(Contender.class);
    try (Bench bench = new Bench(ALIKE, fake, folder, folder, FreePorts.takeRow(Bench.ports()))) {
      for (Contender contender : ALIKE) {
        Map<String, Double> of = new TreeMap<>();
        Effort effort =
            bench.burst(
                contender,
                FRAMES,
                arrival -> of.put(name(arrival.score()), progress(arrival.score())));
        scores.put(contender, of);

        assertThat(effort.frames()).isEqualTo(FRAMES);
        assertThat(effort.cpuSeconds()).isPositive();
      }
      bench.requireNothingElse();
    }
    Map<String, Double> ofTheJob = scores.get(Contender.ANDON);
    assertThat(ofTheJob).hasSize(FRAMES);
    assertThat(ofTheJob.values().stream().distinct().count()).isGreaterThan(2);
    assertThat(scores).allSatisfy((contender, of) -> assertThat(of).isEqualTo(ofTheJob));
  }

  private static String name(ScoreRecord score) {
    FrameRef frame = score.frame().frame();
    return frame.camera() + "/" + frame.seq();
  }

  /** Score and progress of warm-up in one number. */
  private static double progress(ScoreRecord score) {
    return score.score() + score.warmUpProgress();
  }
}
