package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.andon.contracts.Topics;
import io.andon.job.config.JobConfig;
import io.andon.manifests.kustomize.YamlFile;
import io.andon.manifests.model.PodTemplate;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flink's settings and the job's against Flink, the product and the pods. */
class FlinkConfigTest {
  /** Keys that no class of Flink's core declares: of the S3 plugin, and of our reporter. */
  private static final List<String> OTHERS = List.of("s3.", "metrics.reporter.andon.");

  private static final long COMMAND_LINE_BYTES = 400L << 20;

  private final Map<String, String> settings = settings();

  private static Map<String, String> settings() {
    try {
      String yaml = Overlay.CPU.file("andon-flink", "config.yaml");
      return FlinkSettings.flat(YamlFile.documents(yaml).get(0));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A key that Flink doesn't know would do nothing, and a value that it can't read fails late. */
  @Test
  void everySettingIsOneOfFlinksAndCanBeRead() {
    Map<String, ConfigOption<?>> declared = FlinkSettings.declared();
    Configuration configuration = Configuration.fromMap(settings);

    assertThat(settings).hasSizeGreaterThan(40);
    assertThat(settings.keySet())
        .filteredOn(key -> OTHERS.stream().noneMatch(key::startsWith))
        .allSatisfy(
            key -> {
              assertThat(declared).containsKey(key);
              assertThat(configuration.getOptional(declared.get(key))).isPresent();
            });
  }

  @Test
  void everythingElseIsAsOnOneHost() {
    Map<String, String> host =
        FlinkSettings.flat(
            YamlFile.document(Overlay.ROOT.resolve("deploy/flink/src/home/conf/config.yaml")));

    // Pods are moved about, so that a heartbeat may be late for longer.
    assertThat(host.keySet())
        .containsAll(FlinkSettings.OF_CONTAINERS)
        .contains("heartbeat.timeout");
    host.keySet().removeAll(FlinkSettings.OF_CONTAINERS);
    host.remove("heartbeat.timeout");
    assertThat(settings).containsAllEntriesOf(host);
  }

  /** The same settings, whoever starts Flink, less what the operator sets by itself. */
  @Test
  void theOperatorIsGivenTheSame() {
    ObjectNode deployment =
        Overlay.OPERATOR.raw().stream()
            .filter(object -> object.path("kind").asText().equals("FlinkDeployment"))
            .findFirst()
            .orElseThrow();
    Map<String, String> theirs = FlinkSettings.flat(deployment.at("/spec/flinkConfiguration"));
    Map<String, String> ours = new java.util.TreeMap<>(settings);
    assertThat(ours.remove("kubernetes.cluster-id"))
        .isEqualTo(deployment.at("/metadata/name").asText());
    ours.remove("kubernetes.namespace");
    for (String component : List.of("jobmanager", "taskmanager")) {
      String field = component.replace("manager", "Manager");
      assertThat(ours.remove(component + ".memory.process.size"))
          .isEqualTo(deployment.at("/spec/" + field + "/resource/memory").asText());
    }
    assertThat(theirs.remove("kubernetes.flink.conf.dir")).isEqualTo("/etc/flink");
    assertThat(theirs.remove("kubernetes.entry.path")).isEqualTo("/opt/andon/bin/flink-process");

    assertThat(theirs).isEqualTo(ours);
  }

  @Test
  void stateOutlivesThePods() {
    assertThat(settings)
        .containsEntry("high-availability.type", "kubernetes")
        .containsEntry("kubernetes.namespace", Overlay.NAMESPACE)
        .containsKey("kubernetes.cluster-id");
    for (String key :
        List.of(
            "high-availability.storageDir",
            "execution.checkpointing.dir",
            "execution.checkpointing.savepoint-dir")) {
      assertThat(settings.get(key)).as(key).startsWith("s3://");
    }
    assertThat(new HashSet<>(List.of(directories()))).as("each its own").hasSize(3);
  }

  private String[] directories() {
    return settings.values().stream().filter(v -> v.startsWith("s3://")).toArray(String[]::new);
  }

  @Test
  void aJobManagerComesBackToTheSameJob() {
    List<String> args = Overlay.CPU.pod("jobmanager").container().getArgs();

    assertThat(args).startsWith("standalone-job");
    assertThat(args.get(args.indexOf("--job-id") + 1)).matches("[0-9a-f]{32}");
    assertThat(args).contains("-Djobmanager.rpc.address=$(POD_IP)");
    assertThat(args).endsWith("--", "--config", "/etc/andon/job/job.yaml", "--wait");
    assertThat(Overlay.CPU.pod("taskmanager").container().getArgs())
        .containsExactly("taskmanager", "-Dtaskmanager.host=$(POD_IP)");
  }

  /**
   * Whatever it dies of, as often as it may, on a node that is lost too: a podFailurePolicy would
   * replace no pod before it is certain that the old one has ended. What stays stopped ends with 0,
   * which flink-process sees to, and keeps its log.
   */
  @ParameterizedTest
  @EnumSource(names = {"CPU", "GPU"})
  void aJobManagerThatDiesIsAlwaysStartedAgain(Overlay overlay) {
    JobSpec job = overlay.one(Job.class, "andon-jobmanager").getSpec();

    assertThat(job.getTemplate().getSpec().getRestartPolicy()).isEqualTo("OnFailure");
    assertThat(job.getBackoffLimit()).isGreaterThanOrEqualTo(1_000_000);
    assertThat(job.getActiveDeadlineSeconds()).isNull();
    assertThat(job.getPodFailurePolicy()).isNull();
    assertThat(job.getPodReplacementPolicy()).isNull();
    assertThat(job.getTtlSecondsAfterFinished()).isNull();
  }

  /** With high availability a JobManager listens on that port, and not on jobmanager.rpc.port. */
  @Test
  void theJobManagersPortIsKnownBefore() {
    assertThat(settings.get("high-availability.jobmanager.port"))
        .isEqualTo(settings.get("jobmanager.rpc.port"));
  }

  @ParameterizedTest
  @EnumSource(names = {"CPU", "GPU"})
  void portsAreThoseOfTheSettings(Overlay overlay) {
    assertThat(ports(overlay.pod("jobmanager")))
        .isEqualTo(
            Map.of(
                "rpc", settings.get("jobmanager.rpc.port"),
                "blob", settings.get("blob.server.port"),
                "query", settings.get("metrics.internal.query-service.port"),
                "rest", settings.get("rest.port"),
                "metrics", settings.get("metrics.reporter.andon.port")));
    assertThat(ports(overlay.pod("taskmanager")))
        .isEqualTo(
            Map.of(
                "data", settings.get("taskmanager.data.port"),
                "rpc", settings.get("taskmanager.rpc.port"),
                "query", settings.get("metrics.internal.query-service.port"),
                "metrics", settings.get("metrics.reporter.andon.port")));
  }

  private static Map<String, String> ports(PodTemplate pod) {
    return pod.container().getPorts().stream()
        .collect(
            Collectors.toMap(
                ContainerPort::getName, port -> Integer.toString(port.getContainerPort())));
  }

  /**
   * Flink plans with process.size; a container with less would be killed when it takes it. In the
   * JobManager's own, the command line has room as well.
   */
  @ParameterizedTest
  @EnumSource
  void containersHaveTheMemoryThatFlinkPlansWith(Overlay overlay) {
    assertThat(limit(overlay, "taskmanager")).isEqualTo(planned("taskmanager"));
    assertThat(limit(overlay, "jobmanager"))
        .isGreaterThanOrEqualTo(
            planned("jobmanager") + (overlay == Overlay.OPERATOR ? 0 : COMMAND_LINE_BYTES));
  }

  private static long limit(Overlay overlay, String component) {
    Map<String, Quantity> limits = overlay.pod(component).container().getResources().getLimits();
    return Quantity.getAmountInBytes(limits.get("memory")).longValueExact();
  }

  private long planned(String component) {
    return MemorySize.parse(settings.get(component + ".memory.process.size")).getBytes();
  }

  @ParameterizedTest
  @EnumSource(names = {"CPU", "GPU"})
  void thereAreAsManySlotsAsTheJobWants(Overlay overlay) throws Exception {
    JobConfig job = JobConfig.parse(overlay.file("andon-job", "job.yaml"), "job.yaml");
    int taskManagers = overlay.one(Deployment.class, "andon-taskmanager").getSpec().getReplicas();
    int slots = Integer.parseInt(settings.get("taskmanager.numberOfTaskSlots"));
    int partitions = Topics.find(Topics.FRAMES).orElseThrow().partitions();

    assertThat(job.flink().parallelism())
        .isEqualTo(taskManagers * slots)
        .isLessThanOrEqualTo(partitions);
    assertThat(job.flink().checkpointDirectory())
        .isEqualTo(settings.get("execution.checkpointing.dir"));
    assertThat(job.archive().directory()).startsWith("s3://");
  }

  @Test
  void theJobOnGpusDiffersInItsModelAlone() throws Exception {
    JobConfig cpu = JobConfig.parse(Overlay.CPU.file("andon-job", "job.yaml"), "cpu");
    JobConfig gpu = JobConfig.parse(Overlay.GPU.file("andon-job", "job.yaml"), "gpu");
    JobConfig operator =
        JobConfig.parse(Overlay.OPERATOR.file("andon-job", "job.yaml"), "operator");

    assertThat(operator).isEqualTo(cpu);
    assertThat(gpu.model().device()).isEqualTo(JobConfig.Device.GPU);
    assertThat(gpu.frames().maxInFlight()).isEqualTo(4 * gpu.model().maxBatch());
    assertThat(gpu)
        .usingRecursiveComparison()
        .ignoringFields("model.device", "model.maxBatch", "frames.maxInFlight")
        .isEqualTo(cpu);
    assertThat(Overlay.GPU.pod("taskmanager").container().getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("1"));
    assertThat(Overlay.GPU.pod("taskmanager").container().getImage()).contains("flink-gpu");
  }
}
