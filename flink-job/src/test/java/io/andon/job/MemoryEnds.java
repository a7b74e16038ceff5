package io.andon.job;

import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import io.andon.contracts.EncodedRecord;
import io.andon.contracts.Topics;
import io.andon.job.events.OutboundRecord;
import io.andon.job.frames.RawRecord;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;

/** Ends in the memory of this process: what goes in is a list, what comes out is kept in order. */
final class MemoryEnds implements JobEnds {
  private static final Map<String, List<RawRecord>> INPUTS = new ConcurrentHashMap<>();
  private static final Map<String, Queue<OutboundRecord>> OUTPUTS = new ConcurrentHashMap<>();

  /** The generator takes no empty list: a command to a camera that never sends a frame. */
  private static final RawRecord UNHEARD = unheard();

  private static RawRecord unheard() {
    EncodedRecord command = ControlCodec.encode(new ControlCommand.Real("unheard", "nobody", 0));
    return new RawRecord(
        Topics.CONTROL, 0, 0, 1L, 1L, command.key(), new String[0], new byte[0][], command.value());
  }

  private final String id = UUID.randomUUID().toString();

  private static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

  private final RateLimiterStrategy<?> rate;
  private final boolean breaks;

  MemoryEnds(List<RawRecord> frames, List<RawRecord> controls) {
    this(frames, controls, RateLimiterStrategy.noOp(), false);
  }

  /**
   * Ends whose sink of incidents breaks once, right behind the first event that it kept.
   *
   * @param framesPerCheckpoint frames that are given between two checkpoints at most
   */
  static MemoryEnds breakingAtTheFirstIncident(int framesPerCheckpoint, List<RawRecord> frames) {
    return new MemoryEnds(
        frames, List.of(), RateLimiterStrategy.perCheckpoint(framesPerCheckpoint), true);
  }

  private MemoryEnds(
      List<RawRecord> frames,
      List<RawRecord> controls,
      RateLimiterStrategy<?> rate,
      boolean breaks) {
    this.rate = rate;
    this.breaks = breaks;
    INPUTS.put(id + "frames", List.copyOf(frames));
    INPUTS.put(id + "controls", controls.isEmpty() ? List.of(UNHEARD) : List.copyOf(controls));
  }

  @Override
  public Source<RawRecord, ?, ?> frames() {
    return source(id + "frames", rate);
  }

  @Override
  public Source<RawRecord, ?, ?> controls() {
    return source(id + "controls", RateLimiterStrategy.noOp());
  }

  private static Source<RawRecord, ?, ?> source(String name, RateLimiterStrategy<?> rate) {
    return new DataGeneratorSource<>(
        index -> INPUTS.getOrDefault(name, List.of()).get(index.intValue()),
        INPUTS.getOrDefault(name, List.of()).size(),
        rate,
        TypeInformation.of(RawRecord.class));
  }

  @Override
  public Sink<OutboundRecord> sink(JobOutput output) {
    return new MemorySink(id + output, breaks && output == JobOutput.INCIDENTS);
  }

  /** What was given so far. */
  List<OutboundRecord> given(JobOutput output) {
    return List.copyOf(OUTPUTS.getOrDefault(id + output, new ConcurrentLinkedQueue<>()));
  }

  private record MemorySink(String name, boolean breaks)
      implements Sink<OutboundRecord>, Serializable {
    @Override
    public SinkWriter<OutboundRecord> createWriter(WriterInitContext context) {
      Queue<OutboundRecord> kept =
          OUTPUTS.computeIfAbsent(name, n -> new ConcurrentLinkedQueue<>());
      return new SinkWriter<>() {
        @Override
        public void write(OutboundRecord record, Context c) {
          kept.add(record);
          if (breaks && BROKEN.add(name)) {
            throw new IllegalStateException("the sink breaks, as the test wants");
          }
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
