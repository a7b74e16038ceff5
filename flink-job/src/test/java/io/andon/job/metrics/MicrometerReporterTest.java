package io.andon.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.contracts.DeadLetterReason;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.metrics.CharacterFilter;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class MicrometerReporterTest {
  @Test
  void servesTheApplicationsMetersOnLoopback() throws Exception {
    MicrometerReporter reporter = opened("100");
    try {
      IntakeMeters.deadLetter(DeadLetterReason.BAD_KEY);

      assertThat(scraped(reporter))
          .contains("andon_dead_letters_records_total{reason=\"bad-key\"}")
          .contains("jvm_memory_used_bytes");
    } finally {
      reporter.close();
    }
  }

  /** By which deploy/prometheus tells a process that dies and starts again and again. */
  @Test
  void sinceWhenTheProcessRunsIsTold() throws Exception {
    MicrometerReporter reporter = opened("100");
    try {
      Matcher started =
          Pattern.compile("(?m)^process_start_time_seconds (\\S+)$").matcher(scraped(reporter));

      assertThat(started.find()).isTrue();
      assertThat(Double.parseDouble(started.group(1)))
          .isEqualTo(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
    } finally {
      reporter.close();
    }
  }

  /** Which deploy/prometheus sets against the clock of Prometheus. */
  @Test
  void theWallClockIsTold() throws Exception {
    MicrometerReporter reporter = opened("100");
    try {
      double before = System.currentTimeMillis() / 1e3;
      Matcher clock =
          Pattern.compile("(?m)^process_clock_seconds (\\S+)$").matcher(scraped(reporter));

      assertThat(clock.find()).isTrue();
      assertThat(Double.parseDouble(clock.group(1)))
          .isBetween(before, System.currentTimeMillis() / 1e3);
    } finally {
      reporter.close();
    }
  }

  @Test
  void showsAMetricOfFlinkUntilItIsRemoved() throws Exception {
    MicrometerReporter reporter = opened("100");
    try {
      MetricGroup group = new TaskGroup();
      Counter counter = new SimpleCounter();
      counter.inc(7);

      reporter.notifyOfAddedMetric(counter, "numFoos", group);
      assertThat(scraped(reporter)).containsPattern("numFoos_total\\S* 7.0");

      reporter.notifyOfRemovedMetric(counter, "numFoos", group);
      assertThat(scraped(reporter)).doesNotContain("numFoos");
    } finally {
      reporter.close();
    }
  }

  @Test
  void twoMetricsOfOneNameStayUntilTheLastIsRemoved() throws Exception {
    MicrometerReporter reporter = opened("100");
    try {
      MetricGroup group = new TaskGroup();
      Gauge<Integer> ofFirstJob = () -> 1;
      Gauge<Integer> ofSecondJob = () -> 2;
      reporter.notifyOfAddedMetric(ofFirstJob, "load", group);
      reporter.notifyOfAddedMetric(ofSecondJob, "load", group);

      reporter.notifyOfRemovedMetric(ofFirstJob, "load", group);
      assertThat(scraped(reporter)).containsPattern("load\\S* [12].0");

      reporter.notifyOfRemovedMetric(ofSecondJob, "load", group);
      assertThat(scraped(reporter)).doesNotContainPattern("load\\S* [12].0");
      reporter.notifyOfAddedMetric(ofFirstJob, "load", group);
      assertThat(scraped(reporter)).containsPattern("load\\S* 1.0");
    } finally {
      reporter.close();
    }
  }

  /** A pipe would hold Flink's start up for ever. */
  @Test
  void aKeyThatIsNoFileIsRefused() {
    MetricConfig config = new MetricConfig();
    config.setProperty("certificate", "/etc/hosts");
    config.setProperty("key", "/dev/null");

    assertThatThrownBy(() -> new MicrometerReporter().open(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key /dev/null", "must be a regular file");
  }

  /** As Flink's sink writers do. */
  @Test
  void oneMetricOfTwoNamesIsGoneWhenBothAreRemoved() throws Exception {
    MicrometerReporter reporter = opened("2");
    try {
      MetricGroup group = new TaskGroup();
      for (int attempt = 0; attempt < 3; attempt++) {
        Counter counter = new SimpleCounter();
        counter.inc(attempt + 1);
        reporter.notifyOfAddedMetric(counter, "numOut", group);
        reporter.notifyOfAddedMetric(counter, "numSend", group);
        assertThat(scraped(reporter))
            .containsPattern("numOut_total\\S* " + (attempt + 1))
            .containsPattern("numSend_total\\S* " + (attempt + 1));

        reporter.notifyOfRemovedMetric(counter, "numOut", group);
        reporter.notifyOfRemovedMetric(counter, "numSend", group);
        assertThat(scraped(reporter)).doesNotContain("numOut", "numSend", "left_out");
      }
    } finally {
      reporter.close();
    }
  }

  @Test
  void leavesMetricsBeyondTheBoundOutAndCountsThem() throws Exception {
    MicrometerReporter reporter = opened("2");
    try {
      MetricGroup group = new TaskGroup();
      for (int i = 0; i < 5; i++) {
        reporter.notifyOfAddedMetric(new SimpleCounter(), "many" + i, group);
      }

      assertThat(scraped(reporter))
          .contains("many0_total", "many1_total", "andon_flink_metrics_left_out_total 3.0")
          .doesNotContain("many2", "many3", "many4");
    } finally {
      reporter.close();
    }
  }

  private static MicrometerReporter opened(String maxMeters) {
    MetricConfig config = new MetricConfig();
    config.setProperty("port", "0");
    config.setProperty("max-meters", maxMeters);
    MicrometerReporter reporter = new MicrometerReporter();
    reporter.open(config);
    return reporter;
  }

  private static String scraped(MicrometerReporter reporter) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + reporter.port() + "/metrics"))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  /** A group as Flink hands it to reporters. */
  private static final class TaskGroup extends UnregisteredMetricsGroup
      implements LogicalScopeProvider {
    @Override
    public String getLogicalScope(CharacterFilter filter) {
      return getLogicalScope(filter, '.');
    }

    @Override
    public String getLogicalScope(CharacterFilter filter, char delimiter) {
      return "taskmanager" + delimiter + "job";
    }

    @Override
    public MetricGroup getWrappedMetricGroup() {
      return this;
    }
  }
}
