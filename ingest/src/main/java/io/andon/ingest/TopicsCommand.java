package io.andon.ingest;

import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.ingest.kafka.TopicSetup;
import io.andon.ingest.kafka.TopicSetup.Comparison;
import io.andon.ingest.kafka.TopicSetup.Creation;
import io.andon.ingest.kafka.TopicSetup.Difference;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Creates the missing topics, and tells every difference of those that exist. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = {
      "Creates the topics that are missing.",
      "Topics that exist are compared and never changed. How long and how much they keep is yours to"
          + " choose; exit code 4 tells a difference that the product can't work with."
    })
final class TopicsCommand implements Callable<Integer> {
  @Mixin private AdminTarget target = new AdminTarget();

  @Option(
      names = "--replication-factor",
      defaultValue = "1",
      description = "Replicas of each partition; 3 in production. Default: ${DEFAULT-VALUE}")
  private short replicationFactor;

  @Option(names = "--dry-run", description = "Only tell what would be done.")
  private boolean dryRun;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    return target.run(
        spec.commandLine().getErr(),
        (admin, config) ->
            apply(new TopicSetup(admin), config == null ? Topics.all() : config.names().toSpecs()));
  }

  private int apply(TopicSetup setup, List<TopicSpec> topics)
      throws ExecutionException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Comparison comparison = setup.compare(topics);
    ExecutionException refused =
        comparison.missing().isEmpty() ? null : create(setup, comparison.missing(), out);
    for (Difference difference : comparison.differences()) {
      out.printf(
          "%s: %s is %s, %s%n",
          difference.topic(), difference.setting(), difference.actual(), difference.demand());
    }
    out.flush();
    if (refused != null) {
      throw refused;
    }
    boolean usable = comparison.differences().stream().noneMatch(Difference::breaks);
    return usable ? 0 : IngestCommand.DIFFERS;
  }

  /** Tells of each topic whether it was created; the first refusal, or null. */
  private @Nullable ExecutionException create(
      TopicSetup setup, List<TopicSpec> missing, PrintWriter out) throws InterruptedException {
    ExecutionException first = null;
    for (Creation creation : setup.createEach(missing, replicationFactor, dryRun)) {
      ExecutionException refused = creation.refused();
      if (refused == null) {
        out.println((dryRun ? "would create " : "created ") + creation.topic());
      } else if (creation.existed()) {
        out.println(creation.topic() + ": created meanwhile by somebody else");
      } else {
        out.println("not created: " + creation.topic());
        first = first == null ? refused : first;
      }
    }
    return first;
  }
}
