package io.andon.bench.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.bench.speed.BenchCommand.Round;
import io.andon.contracts.ScoreRecord.LatencyStage;
import io.andon.embedding.model.Model;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects figures, prints them as one table and writes them as JSON. */
final class Report {
  private final ObjectNode json = new ObjectMapper().createObjectNode();
  private final ObjectNode machine = json.putObject("machine");
  private final ObjectNode spread = new ObjectMapper().createObjectNode();
  private final List<Round> rounds = new ArrayList<>();

  void machine(Model model, Bench bench) throws IOException {
    Machine.describe(machine, model, bench.precision());
    machine.put("callers_of_the_model", bench.callers());
    machine.put("picture", Pictures.WIDTH + "x" + Pictures.HEIGHT);
    machine.put("picture_bytes", bench.pictures().meanBytes());
  }

  void idle(double cores) {
    put(json, "idle_cores_taken_off", cores);
  }

  void warmUp(int frames) {
    json.put("frames_until_compiled", frames);
  }

  void bestBatch(int frames) {
    json.put("limit_batch", frames);
  }

  void round(Round round) {
    rounds.add(round);
  }

  /** Limit (b), frames a second: the median so far. */
  double limit() {
    return median(round -> round.withDecoder().framesPerSecond());
  }

  void profile(
      Effort effort, Map<Stage, Double> cpuMillis, long allocatedBytes, BatchSizes batches) {
    ObjectNode stages = json.putObject("cpu_ms_a_frame_by_stage");
    for (Stage stage : Stage.values()) {
      put(stages, stage.label(), cpuMillis.getOrDefault(stage, 0.0) / effort.frames());
    }
    put(json, "allocated_kib_a_frame", allocatedBytes / 1024.0 / effort.frames());
    ObjectNode sizes = json.putObject("batches");
    put(sizes, "mean", batches.mean());
    batches.counts().forEach((size, count) -> put(sizes, size, count));
  }

  void latency(Contender contender, double share, OpenLoop run) {
    ObjectNode latencies =
        json.has("latency_ms") ? (ObjectNode) json.get("latency_ms") : json.putObject("latency_ms");
    ObjectNode one =
        latencies.putObject(contender.key() + "_at_" + Math.round(share * 100) + "_percent");
    put(one, "frames_per_second", run.framesPerSecond());
    one.put("frames", run.frames());
    put(one, "p50", run.millisAt(50));
    put(one, "p95", run.millisAt(95));
    put(one, "p99", run.millisAt(99));
    put(one, "p99_9", run.millisAt(99.9));
    put(one, "growth", run.growth());
    stages(one.putObject("p50_by_stage"), run.stages());
    stages(one.putObject("slowest_percent_by_stage"), run.slowest());
    if (contender == Contender.ANDON && share == 0.5) {
      put(json, "p99_ms_at_half_load", run.millisAt(99));
    }
  }

  private static void stages(ObjectNode node, Map<LatencyStage, Double> millis) {
    millis.forEach((stage, value) -> put(node, stage.wireName(), value));
  }

  /** Works the ratios out; each is the median of its rounds. */
  void finish() {
    json.put("valid", true);
    json.put("rounds", rounds.size());
    effort("limit_model", Round::model);
    effort("limit_model_and_decoder", Round::withDecoder);
    Set<Contender> measured = rounds.get(0).efforts().keySet();
    for (Contender contender : measured) {
      effort(contender.key(), round -> of(round, contender));
    }
    // What broker, load and reader spend on the same cores is not the job's, and what compilers
    // spend goes to all code of the process, once.
    ratio("ratio_to_limit", r -> r.withDecoder().cpuMillis() / of(r, Contender.ANDON).cpuMillis());
    ratio(
        "ratio_to_limit_with_compiler",
        r ->
            (r.withDecoder().cpuMillis() + r.withDecoder().compilerMillis())
                / (of(r, Contender.ANDON).cpuMillis() + of(r, Contender.ANDON).compilerMillis()));
    ratio("ratio_to_limit_wall", r -> rate(r, Contender.ANDON) / r.withDecoder().framesPerSecond());
    ratioTo("ratio_to_per_record", measured, Contender.PER_RECORD_TUNED);
    ratioTo("ratio_to_per_record_one_subtask", measured, Contender.PER_RECORD);
    ratioTo("ratio_to_per_record_as_published", measured, Contender.AS_PUBLISHED);
    ratioTo("ratio_to_async", measured, Contender.ASYNC);
    ratioTo("ratio_to_windows", measured, Contender.WINDOWS);
    ratioTo("ratio_to_batching_peer", measured, Contender.ASYNC, Contender.WINDOWS);
    json.set("middle_half_of_rounds", spread);
  }

  /**
   * Frames a second over those of the fastest of these peers. The fastest is the one over all
   * rounds: the best of each round would be the best of their luck.
   */
  private void ratioTo(String name, Set<Contender> measured, Contender... peers) {
    if (measured.containsAll(List.of(peers))) {
      Contender fastest =
          Stream.of(peers)
              .max(Comparator.comparingDouble(peer -> median(round -> rate(round, peer))))
              .orElseThrow();
      ratio(name, round -> rate(round, Contender.ANDON) / rate(round, fastest));
    }
  }

  /** The median of the rounds, and between which ratios the middle half of them lies. */
  private void ratio(String name, ToDoubleFunction<Round> ratio) {
    put(json, name, median(ratio));
    spread.put(
        name,
        String.format(Locale.ROOT, "%.3f to %.3f", quantile(ratio, 0.25), quantile(ratio, 0.75)));
  }

  private static double rate(Round round, Contender contender) {
    return of(round, contender).framesPerSecond();
  }

  private static Effort of(Round round, Contender contender) {
    Effort effort = round.efforts().get(contender);
    if (effort == null) {
      throw new IllegalStateException(contender + " was not measured");
    }
    return effort;
  }

  private interface Pick {
    Effort of(Round round);
  }

  private void effort(String name, Pick pick) {
    ObjectNode node = json.putObject(name);
    put(node, "frames_per_second", median(round -> pick.of(round).framesPerSecond()));
    put(node, "cpu_ms_a_frame", median(round -> pick.of(round).cpuMillis()));
    put(node, "compiler_cpu_ms_a_frame", median(round -> pick.of(round).compilerMillis()));
    put(node, "surroundings_cpu_ms_a_frame", median(round -> pick.of(round).surroundingsMillis()));
    put(
        node,
        "process_cpu_ms_a_frame",
        median(
            round ->
                pick.of(round).cpuMillis()
                    + pick.of(round).compilerMillis()
                    + pick.of(round).surroundingsMillis()));
  }

  private double median(ToDoubleFunction<Round> figure) {
    return quantile(figure, 0.5);
  }

  /** Between the two nearest of the rounds, in proportion. */
  private double quantile(ToDoubleFunction<Round> figure, double share) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = share * (sorted.length - 1);
    int below = (int) at;
    double above = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (at - below) * (above - sorted[below]);
  }

  void invalid(String why) {
    json.removeAll();
    json.put("valid", false);
    json.put("why", why);
  }

  void write(@Nullable Path file) throws IOException {
    if (file != null) {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
    }
  }

  void print(PrintStream to) {
    print(to, "", json);
  }

  private static void print(PrintStream to, String indent, ObjectNode node) {
    node.properties()
        .forEach(
            field -> {
              if (field.getValue() instanceof ObjectNode inner) {
                to.printf("%s%s%n", indent, field.getKey());
                print(to, indent + "  ", inner);
              } else {
                to.printf(
                    Locale.ROOT, "%s%-34s %s%n", indent, field.getKey(), field.getValue().asText());
              }
            });
  }

  private static void put(ObjectNode node, String name, double value) {
    node.put(name, Math.round(value * 1_000) / 1_000.0);
  }
}
