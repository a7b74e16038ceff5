package io.andon.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.picture.JpegPictureDecoder;
import io.andon.job.config.JobAssembly;
import io.andon.job.config.JobConfig;
import io.andon.job.kafka.KafkaEnds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flink ships to its processes and keeps for a JobManager that takes over. */
class JobGraphSecretsTest {
  private static final String CANARY = "canary-2c7d";
  private static final String PLANTED = "planted-66ab";

  @TempDir private Path folder;

  @Test
  void theJobGraphHoldsReferencesAndNoSecret() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), CANARY);
    String yaml =
        """
        kafka:
          bootstrapServers: "127.0.0.1:1"
          delivery: exactly_once
          security: {protocol: sasl_ssl, username: job, password: "file:%s", truststore: /ca.pem}
          properties: {client.rack: %s}
          secrets: {custom.token: "file:%s"}
        """
            .formatted(secret, PLANTED, secret);
    JobAssembly assembly = new JobAssembly(JobConfig.parse(yaml, "job.yaml"), Clock.systemUTC());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(assembly.flink());
    new AndonTopology(
            assembly.settings(),
            new KafkaEnds(assembly.kafka(), Clock.systemUTC()),
            TestJob.FAKE,
            JpegPictureDecoder::new)
        .addTo(env);

    StreamGraph plan = env.getStreamGraph();
    JobGraph graph = plan.getJobGraph();
    String shipped =
        new String(InstantiationUtil.serializeObject(graph), ISO_8859_1)
            + new String(InstantiationUtil.serializeObject(plan), ISO_8859_1);

    assertThat(shipped).as("what is searched holds the clients' properties").contains(PLANTED);
    assertThat(shipped).contains(secret.toString()).doesNotContain(CANARY);
  }
}
