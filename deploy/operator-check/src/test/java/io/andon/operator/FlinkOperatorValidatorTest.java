package io.andon.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;
import org.apache.flink.kubernetes.operator.config.FlinkConfigManager;
import org.apache.flink.kubernetes.operator.validation.DefaultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator's admission webhook would say; the Flink version apart, which is newer. */
class FlinkOperatorValidatorTest {
  private static final Path FILE = Path.of("../kubernetes/overlays/operator/flinkdeployment.yaml");
  private static final ObjectMapper YAML = new YAMLMapper();

  private final DefaultValidator validator =
      new DefaultValidator(new FlinkConfigManager(new Configuration()));
  private FlinkDeployment deployment = new FlinkDeployment();

  @BeforeEach
  void read() throws IOException {
    String yaml = Files.readString(FILE);
    assertThat(yaml).contains("flinkVersion: v2_3");
    deployment =
        YAML.readValue(
            yaml.replace("flinkVersion: v2_3", "flinkVersion: " + FlinkVersion.v1_18),
            FlinkDeployment.class);
  }

  @Test
  void itIsAccepted() {
    assertThat(problem()).isEmpty();
  }

  @Test
  void theOperatorSetsTheClusterItself() {
    deployment.getSpec().getFlinkConfiguration().put("kubernetes.cluster-id", "mine");

    assertThat(problem()).hasValueSatisfying(p -> assertThat(p).contains("kubernetes.cluster-id"));
  }

  @Test
  void anUpgradeBySavepointNeedsAPlaceForIt() {
    deployment.getSpec().getFlinkConfiguration().remove("execution.checkpointing.savepoint-dir");

    assertThat(problem()).hasValueSatisfying(p -> assertThat(p).contains("savepoint"));
  }

  @Test
  void stateNeedsAPlace() {
    deployment.getSpec().getFlinkConfiguration().remove("execution.checkpointing.dir");

    assertThat(problem()).hasValueSatisfying(p -> assertThat(p).contains("state.checkpoints.dir"));
  }

  @Test
  void memoryMustBeAnAmount() {
    deployment.getSpec().getTaskManager().getResource().setMemory("plenty");

    assertThat(problem()).hasValueSatisfying(p -> assertThat(p).contains("TaskManager"));
  }

  /** The validator of that time knows the directories by their older names. */
  private Optional<String> problem() {
    Map<String, String> settings = deployment.getSpec().getFlinkConfiguration();
    older(settings, "execution.checkpointing.savepoint-dir", "state.savepoints.dir");
    older(settings, "execution.checkpointing.dir", "state.checkpoints.dir");
    return validator.validateDeployment(deployment);
  }

  private static void older(Map<String, String> settings, String name, String olderName) {
    String value = settings.get(name);
    if (value != null) {
      settings.put(olderName, value);
    }
  }
}
