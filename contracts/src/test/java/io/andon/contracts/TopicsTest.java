package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private static TopicSpec topic(String name) {
    return Topics.find(name).orElseThrow();
  }

  @Test
  void namesAreDistinctAndWithoutStrangers() {
    assertThat(Topics.all()).extracting(TopicSpec::name).doesNotHaveDuplicates().hasSize(8);
    assertThat(Topics.find("andon.unknown")).isEmpty();
  }

  @Test
  void commandsOutliveThePicturesTheyWereAbout() {
    assertThat(topic(Topics.CONTROL).retention()).isGreaterThan(topic(Topics.FRAMES).retention());
    assertThat(topic(Topics.CONTROL_ACKS).retention()).isEqualTo(topic(Topics.CONTROL).retention());
  }

  @Test
  void aCamerasRecordsMeetInOnePartitionNumberOnEveryTopic() {
    assertThat(Topics.all()).extracting(TopicSpec::partitions).containsOnly(12);
    assertThat(720 % topic(Topics.FRAMES).partitions()).isZero();
  }

  @Test
  void settingsAreKafkasAndRollSegmentsWellWithinTheRetention() {
    assertThat(topic(Topics.FRAMES).settings())
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "86400000")
        .containsEntry("segment.ms", "7200000")
        .containsEntry("max.message.bytes", "2097152");
    assertThat(topic(Topics.FRAMES).withRetention(Duration.ofMinutes(5)).settings())
        .containsEntry("retention.ms", "300000")
        .containsEntry("segment.ms", "60000");
    assertThat(topic(Topics.CONTROL).settings()).containsEntry("segment.ms", "86400000");
  }
}
