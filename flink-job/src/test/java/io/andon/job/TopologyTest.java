package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ControlAck;
import io.andon.contracts.ControlAckCodec;
import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import io.andon.contracts.DeadLetterCodec;
import io.andon.contracts.DeadLetterReason;
import io.andon.contracts.DeadLetterRecord;
import io.andon.contracts.EncodedRecord;
import io.andon.contracts.FrameHeaders;
import io.andon.contracts.ScoreCodec;
import io.andon.contracts.ScoreRecord;
import io.andon.contracts.Topics;
import io.andon.contracts.WireHeader;
import io.andon.job.events.OutboundRecord;
import io.andon.job.frames.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole topology on a MiniCluster. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TopologyTest {
  private static final int ANOMALY_FROM = 300;
  private static final int ANOMALY_TO = 340;
  private static final int FRAMES = 420;
  private static final Set<DeadLetterReason> BEHIND_THE_MODEL =
      Set.of(
          DeadLetterReason.DUPLICATE_SEQUENCE,
          DeadLetterReason.STALE_PLAY,
          DeadLetterReason.MISSING_REFERENCE);

  @Test
  void findsTheAnomalyOfItsCameraAndGivesTheSameEventsWhateverTheParallelism() throws Exception {
    List<RawRecord> frames = new ArrayList<>(line("line-a", true));
    frames.addAll(line("line-b", false));
    MemoryEnds one = new MemoryEnds(frames, List.of());
    MemoryEnds two = new MemoryEnds(frames, List.of());

    TestJob.run(one, 1);
    TestJob.run(two, 2);

    Map<String, String> incidents = byEventId(one.given(JobOutput.INCIDENTS));
    assertThat(incidents).isNotEmpty();
    assertThat(one.given(JobOutput.INCIDENTS))
        .allSatisfy(event -> assertThat(event.keyText()).isEqualTo("line-a"));
    assertThat(incidents.keySet()).anyMatch(id -> id.endsWith(".0"));
    assertThat(byEventId(two.given(JobOutput.INCIDENTS))).isEqualTo(incidents);
    assertThat(one.given(JobOutput.SCORES)).hasSize(2 * FRAMES);
    assertThat(one.given(JobOutput.EMBEDDINGS)).hasSize(2 * FRAMES);
    assertThat(one.given(JobOutput.DEAD_LETTERS)).isEmpty();
  }

  /** A savepoint has state of each sink: a job without one of them would be refused. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hasTheSameStagesWhetherEmbeddingsAreWrittenOrNot(boolean written) throws Exception {
    MemoryEnds ends = new MemoryEnds(line("line-a", false).subList(0, 10), List.of());
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    JobSettings settings = TestJob.settings().withEmbeddingsWritten(written);
    TestJob.topology(ends, settings).addTo(env);
    assertThat(env.getStreamGraph(false).getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .contains("encode-embeddings", JobOutput.EMBEDDINGS.uid());

    env.execute("test");

    assertThat(ends.given(JobOutput.SCORES)).hasSize(10);
    assertThat(ends.given(JobOutput.EMBEDDINGS)).hasSize(written ? 10 : 0);
  }

  @Test
  void setsEachBadRecordAsideForItsOneReasonWhileOtherFramesGoOn() throws Exception {
    List<RawRecord> frames = new ArrayList<>();
    for (int seq = 0; seq < 20; seq++) {
      frames.add(LineFrames.frame("good", seq, false));
    }
    frames.addAll(badRecords());
    for (int seq = 20; seq < 40; seq++) {
      frames.add(LineFrames.frame("good", seq, false));
    }
    RawRecord noCommand =
        LineFrames.raw(bytes("good"), List.of(), 9_000, bytes("{\"v\":1,\"command\":\"dance\"}"));
    MemoryEnds ends = new MemoryEnds(frames, List.of(noCommand));

    TestJob.run(ends, 1);

    Map<Long, DeadLetterReason> reasons = new TreeMap<>();
    for (OutboundRecord letter : ends.given(JobOutput.DEAD_LETTERS)) {
      DeadLetterRecord record = DeadLetterCodec.decode(letter.value()).orElseThrow();
      assertThat(reasons.put(record.offset(), record.reason())).isNull();
      assertThat(letter.timestampMillis()).isEqualTo(OutboundRecord.WHEN_WRITTEN);
      assertThat(record.value() == null)
          .as("%s knows no value", record.reason())
          .isEqualTo(BEHIND_THE_MODEL.contains(record.reason()));
    }
    Map<Long, DeadLetterReason> expected = new TreeMap<>();
    expected.put(1000L, DeadLetterReason.BAD_KEY);
    expected.put(1001L, DeadLetterReason.MISSING_HEADER);
    expected.put(1002L, DeadLetterReason.BAD_HEADER);
    expected.put(1003L, DeadLetterReason.UNKNOWN_VERSION);
    expected.put(1004L, DeadLetterReason.EMPTY_PICTURE);
    expected.put(1005L, DeadLetterReason.OVERSIZED_RECORD);
    expected.put(1006L, DeadLetterReason.CAPTURE_TIME_OUT_OF_RANGE);
    expected.put(1007L, DeadLetterReason.CAPTURE_TIME_OUT_OF_RANGE);
    expected.put(1008L, DeadLetterReason.UNDECODABLE_PICTURE);
    expected.put(1009L, DeadLetterReason.SIZE_MISMATCH);
    expected.put(1010L, DeadLetterReason.INVALID_EMBEDDING);
    expected.put(1012L, DeadLetterReason.DUPLICATE_SEQUENCE);
    expected.put(1013L, DeadLetterReason.STALE_PLAY);
    expected.put(1014L, DeadLetterReason.MISSING_REFERENCE);
    expected.put(1016L, DeadLetterReason.BAD_VALUE);
    expected.put(1018L, DeadLetterReason.MISSING_REFERENCE);
    expected.put(9000L, DeadLetterReason.BAD_COMMAND);
    assertThat(reasons).isEqualTo(expected);
    assertThat(ends.given(JobOutput.SCORES))
        .filteredOn(score -> score.keyText().equals("good"))
        .hasSize(40);
  }

  @Test
  void aFrameThatRepeatsAPictureIsScoredWithoutTheModel() throws Exception {
    List<RawRecord> frames = new ArrayList<>();
    for (int seq = 0; seq < 40; seq++) {
      frames.add(LineFrames.gated("line-a", seq, false));
    }
    MemoryEnds ends = new MemoryEnds(frames, List.of());

    TestJob.run(ends, 1);

    assertThat(ends.given(JobOutput.DEAD_LETTERS)).isEmpty();
    assertThat(ends.given(JobOutput.EMBEDDINGS)).as("of pictures").hasSize(32);
    List<ScoreRecord> scores = new ArrayList<>();
    for (OutboundRecord score : ends.given(JobOutput.SCORES)) {
      scores.add(ScoreCodec.decode(score.value()).orElseThrow());
    }
    assertThat(scores).extracting(score -> score.frame().frame().seq()).isSorted().hasSize(40);
    assertThat(scores)
        .filteredOn(score -> score.sameAs().isPresent())
        .hasSize(8)
        .allSatisfy(
            score ->
                assertThat(score.sameAs()).hasValue(score.frame().frame().seq() / 10 * 10 + 2));
  }

  @Test
  void answersACommandWithTheFrameItActsFrom() throws Exception {
    long actsFrom = LineFrames.START_MICROS + 5_000_000;
    EncodedRecord command =
        ControlCodec.encode(new ControlCommand.Freeze("freeze-1", "line-a", actsFrom));
    MemoryEnds ends = new MemoryEnds(line("line-a", false), List.of(control(command, 1)));

    TestJob.run(ends, 1);

    assertThat(ends.given(JobOutput.CONTROL_ACKS)).hasSize(1);
    ControlAck ack =
        ControlAckCodec.decode(ends.given(JobOutput.CONTROL_ACKS).get(0).value()).orElseThrow();
    assertThat(ack.commandId()).isEqualTo("freeze-1");
    assertThat(ack.outcome()).isEqualTo(ControlAck.Outcome.APPLIED);
    assertThat(ack.from()).isNotNull();
    assertThat(java.util.Objects.requireNonNull(ack.from()).capturedMicros())
        .isGreaterThanOrEqualTo(actsFrom);
  }

  @Test
  void refusesACommandTooManyAtTheTimeItWasWrittenWhateverTheCommandSays() throws Exception {
    List<RawRecord> commands = new ArrayList<>();
    for (int i = 1; i <= 65; i++) {
      String id = "freeze-" + i;
      commands.add(control(ControlCodec.encode(new ControlCommand.Freeze(id, "line-z", 0)), i));
    }
    MemoryEnds ends = new MemoryEnds(List.of(LineFrames.frame("line-a", 0, false)), commands);

    TestJob.run(ends, 1);

    List<OutboundRecord> rejected =
        ends.given(JobOutput.CONTROL_ACKS).stream()
            .filter(
                ack ->
                    ControlAckCodec.decode(ack.value()).orElseThrow().outcome()
                        == ControlAck.Outcome.REJECTED)
            .toList();
    assertThat(rejected).hasSize(1);
    assertThat(rejected.get(0).timestampMillis()).isEqualTo(65);
  }

  private static RawRecord control(EncodedRecord command, long timestampMillis) {
    return new RawRecord(
        Topics.CONTROL,
        0,
        0,
        timestampMillis,
        1L,
        command.key(),
        new String[0],
        new byte[0][],
        command.value());
  }

  private static List<RawRecord> badRecords() {
    byte[] picture = LineFrames.jpeg(0, false);
    byte[] key = bytes("bad");
    List<WireHeader> headers = FrameHeaders.encode(LineFrames.metadata("bad", 1, 1, micros(1000)));
    List<RawRecord> bad = new ArrayList<>();
    bad.add(LineFrames.raw(bytes("Bad Camera"), headers, 1000, picture));
    bad.add(LineFrames.raw(key, headers.subList(0, 3), 1001, picture));
    bad.add(LineFrames.raw(key, replaced(headers, FrameHeaders.SEQ, "-3"), 1002, picture));
    bad.add(LineFrames.raw(key, replaced(headers, FrameHeaders.VERSION, "9"), 1003, picture));
    bad.add(LineFrames.raw(key, headers, 1004, new byte[0]));
    bad.add(LineFrames.raw(key, headers, 1005, new byte[200_000]));
    bad.add(captured(1006, micros(1006) + TimeUnit.DAYS.toMicros(365)));
    bad.add(captured(1007, micros(1007) - TimeUnit.DAYS.toMicros(365)));
    bad.add(LineFrames.raw(key, headers, 1008, bytes("no picture at all")));
    bad.add(LineFrames.raw(key, replaced(headers, FrameHeaders.WIDTH, "640"), 1009, picture));
    bad.add(LineFrames.raw(key, headers, 1010, LineFrames.grey(13)));
    List<WireHeader> second = FrameHeaders.encode(LineFrames.metadata("twice", 2, 1, micros(1010)));
    bad.add(LineFrames.raw(bytes("twice"), second, 1011, picture));
    bad.add(LineFrames.raw(bytes("twice"), second, 1012, picture));
    bad.add(
        LineFrames.raw(bytes("twice"), replaced(second, FrameHeaders.PLAY, "1"), 1013, picture));
    // Of a camera that was never seen; with a picture all the same; of one that was set aside.
    bad.add(LineFrames.repeated("never", 1014, 1000));
    bad.add(LineFrames.frame("again", 1015, false));
    bad.add(withValue(LineFrames.repeated("again", 1016, 1015), picture));
    bad.add(LineFrames.record(LineFrames.metadata("grey", 1, 1017, micros(1017)), picture));
    bad.add(LineFrames.repeated("grey", 1018, 1010));
    return bad;
  }

  private static RawRecord withValue(RawRecord record, byte[] value) {
    return new RawRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestampMillis(),
        record.fetchedMicros(),
        record.key(),
        record.headerNames(),
        record.headerValues(),
        value);
  }

  private static RawRecord captured(long offset, long capturedMicros) {
    return LineFrames.raw(
        bytes("bad"),
        FrameHeaders.encode(LineFrames.metadata("bad", 1, 1, capturedMicros)),
        offset,
        LineFrames.jpeg(0, false));
  }

  private static long micros(long frame) {
    return LineFrames.START_MICROS + frame * 100_000;
  }

  private static List<WireHeader> replaced(List<WireHeader> headers, String name, String value) {
    return headers.stream()
        .map(header -> header.name().equals(name) ? WireHeader.of(name, value) : header)
        .toList();
  }

  private static List<RawRecord> line(String camera, boolean withAnomaly) {
    List<RawRecord> frames = new ArrayList<>();
    for (int seq = 0; seq < FRAMES; seq++) {
      boolean anomalous = withAnomaly && seq >= ANOMALY_FROM && seq < ANOMALY_TO;
      frames.add(LineFrames.frame(camera, seq, anomalous));
    }
    return frames;
  }

  private static Map<String, String> byEventId(List<OutboundRecord> events) {
    return events.stream()
        .collect(
            Collectors.toMap(
                event -> String.valueOf(event.header("ce_id")),
                OutboundRecord::valueText,
                (a, b) -> a,
                TreeMap::new));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
