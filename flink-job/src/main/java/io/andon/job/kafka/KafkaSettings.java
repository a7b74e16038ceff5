package io.andon.job.kafka;

import io.andon.job.JobOutput;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * Where a job finds Kafka and how it writes.
 *
 * @param bootstrapServers host:port, comma separated
 * @param groupId consumer group, where offsets are shown to operators
 * @param client properties of every client, resolved secrets among them: never to be shown
 * @param topics topics that are not called by their default name, by that default name
 * @param framesTopic topic of frames
 * @param controlTopic topic of commands
 * @param exactlyOnce whether incidents are written in transactions
 * @param transactionalIdPrefix prefix of their transactional ids; one a job
 * @param transactionTimeout longest transaction, longer than any checkpoint takes
 */
public record KafkaSettings(
    String bootstrapServers,
    String groupId,
    Map<String, String> client,
    Map<String, String> topics,
    String framesTopic,
    String controlTopic,
    boolean exactlyOnce,
    String transactionalIdPrefix,
    Duration transactionTimeout) {
  public KafkaSettings {
    client = Map.copyOf(client);
    topics = Map.copyOf(topics);
  }

  /** The topic an output goes to. */
  public String topic(JobOutput output) {
    return topics.getOrDefault(output.defaultTopic(), output.defaultTopic());
  }

  /** A fresh copy of the clients' properties. */
  public Properties clientProperties() {
    Properties properties = new Properties();
    properties.putAll(client);
    return properties;
  }

  @Override
  public String toString() {
    return "KafkaSettings[" + bootstrapServers + ", group " + groupId + "]";
  }
}
