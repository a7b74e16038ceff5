package io.andon.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.andon.manifests.kustomize.YamlFile;
import io.andon.manifests.model.StrictModels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The FlinkDeployment against the custom resource definition that the operator publishes. */
class FlinkDeploymentTest {
  private static final String CRD = "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  private final ObjectNode deployment =
      Overlay.OPERATOR.raw().stream()
          .filter(object -> object.path("kind").asText().equals("FlinkDeployment"))
          .findFirst()
          .orElseThrow();

  @Test
  void itFitsTheDefinition() throws IOException {
    assertThat(schema().validate(StrictModels.withKnownFlink(deployment))).isEmpty();
  }

  @Test
  void theDefinitionRefusesWhatItDoesNotAllow() throws IOException {
    ObjectNode broken = StrictModels.withKnownFlink(deployment).deepCopy();
    ((ObjectNode) broken.at("/spec/job")).put("upgradeMode", "hopeful").put("parallelism", "two");
    ((ObjectNode) broken.get("spec")).put("mode", "somehow");

    assertThat(schema().validate(broken)).hasSize(3);
  }

  /** The rules of the operator's own validator that concern us. */
  @Test
  void itKeepsTheOperatorsRules() {
    JsonNode settings = deployment.at("/spec/flinkConfiguration");

    assertThat(deployment.at("/metadata/name").asText()).matches("[a-z]([-a-z\\d]{0,43}[a-z\\d])?");
    assertThat(settings.has("kubernetes.namespace")).as("set by the operator").isFalse();
    assertThat(settings.has("kubernetes.cluster-id")).as("set by the operator").isFalse();
    assertThat(deployment.at("/spec/job/upgradeMode").asText()).isEqualTo("savepoint");
    assertThat(settings.path("execution.checkpointing.savepoint-dir").asText()).isNotEmpty();
    assertThat(settings.path("high-availability.type").asText()).isEqualTo("kubernetes");
    assertThat(deployment.at("/spec/jobManager/replicas").asInt()).isEqualTo(1);
    assertThat(deployment.at("/spec/job/args").toString())
        .isEqualTo("[\"--\",\"--config\",\"/etc/andon/job/job.yaml\",\"--wait\"]");
    assertThat(deployment.at("/spec/taskManager/replicas").asInt())
        .isEqualTo(deployment.at("/spec/job/parallelism").asInt());
  }

  private static JsonSchema schema() throws IOException {
    try (InputStream in = FlinkDeploymentTest.class.getClassLoader().getResourceAsStream(CRD)) {
      assertThat(in).as(CRD).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      JsonNode version =
          StreamSupport.stream(
                  YamlFile.documents(text).get(0).at("/spec/versions").spliterator(), false)
              .filter(each -> each.path("name").asText().equals("v1beta1"))
              .findFirst()
              .orElseThrow();
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
          .getSchema(version.at("/schema/openAPIV3Schema"));
    }
  }
}
