package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.job.events.OutboundRecord;
import io.andon.job.frames.RawRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job breaks when it has just given an incident event, and goes on from its checkpoint. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RestartTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FRAMES = 480;
  private static final int ANOMALY_FROM = 260;
  private static final int FRAMES_PER_CHECKPOINT = 80; // so that some are done by then

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void losesNothingAndGivesTheSameBytesAgain(String backend) throws Exception {
    MemoryEnds undisturbed = new MemoryEnds(line(), List.of());
    MemoryEnds restarted = MemoryEnds.breakingAtTheFirstIncident(FRAMES_PER_CHECKPOINT, line());

    TestJob.run(undisturbed, 1);
    TestJob.runRestarted(restarted, backend, TestJob.settings());

    assertThat(restarted.given(JobOutput.SCORES))
        .as("it began again at a checkpoint, not at the first frame")
        .filteredOn(score -> score.valueText().contains("\"seq\":0,"))
        .hasSize(1);
    Map<String, String> expected = incidents(undisturbed);
    assertThat(expected).isNotEmpty();
    assertThat(incidents(restarted)).isEqualTo(expected);
    assertThat(restarted.given(JobOutput.INCIDENTS))
        .as("the first event twice")
        .hasSize(expected.size() + 1);
    assertThat(scores(restarted)).isEqualTo(scores(undisturbed)).hasSize(FRAMES);
  }

  /** By event id; an event that was given twice must be the same, byte for byte. */
  private static Map<String, String> incidents(MemoryEnds ends) {
    Map<String, String> byId = new TreeMap<>();
    for (OutboundRecord event : ends.given(JobOutput.INCIDENTS)) {
      String bytes =
          event.timestampMillis() + event.keyText() + event.header("ce_time") + event.valueText();
      String before = byId.put(Objects.requireNonNull(event.header("ce_id")), bytes);
      assertThat(before == null || before.equals(bytes)).as("the same again").isTrue();
    }
    return byId;
  }

  /** By frame; all of a score but the wall clock's latencies. */
  private static Map<Long, String> scores(MemoryEnds ends) throws IOException {
    Map<Long, String> bySeq = new TreeMap<>();
    for (OutboundRecord score : ends.given(JobOutput.SCORES)) {
      JsonNode json = JSON.readTree(score.value());
      ((ObjectNode) json).remove("latencyMicros");
      String before = bySeq.put(seq(json), json.toString());
      assertThat(before == null || before.equals(json.toString())).as("the same again").isTrue();
    }
    return bySeq;
  }

  private static long seq(JsonNode score) {
    return score.at("/frame/seq").asLong(-1);
  }

  private static List<RawRecord> line() {
    List<RawRecord> frames = new ArrayList<>();
    for (int seq = 0; seq < FRAMES; seq++) {
      frames.add(LineFrames.frame("line-a", seq, seq >= ANOMALY_FROM && seq < 420));
    }
    return frames;
  }
}
