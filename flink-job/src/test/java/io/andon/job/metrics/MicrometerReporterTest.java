package io.andon.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.DeadLetterReason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.flink.metrics.MetricConfig;
import org.junit.jupiter.api.Test;

class MicrometerReporterTest {
  @Test
  void servesTheApplicationsMetersOnLoopback() throws Exception {
    MetricConfig config = new MetricConfig();
    config.setProperty("port", "0");
    MicrometerReporter reporter = new MicrometerReporter();
    reporter.open(config);
    try {
      IntakeMeters.deadLetter(DeadLetterReason.BAD_KEY);
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + reporter.port() + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("andon_dead_letters_records_total{reason=\"bad-key\"}");
      assertThat(answer.body()).contains("jvm_memory_used_bytes");
    } finally {
      reporter.close();
    }
  }
}
