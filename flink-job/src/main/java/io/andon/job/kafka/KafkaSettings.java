package io.andon.job.kafka;

import io.andon.job.JobOutput;
import io.andon.kafka.KafkaConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * Where a job finds Kafka and how it writes.
 *
 * @param connection how every client connects; its secrets are references
 * @param groupId consumer group, where offsets are shown to operators
 * @param topics topics that are not called by their default name, by that default name
 * @param framesTopic topic of frames
 * @param controlTopic topic of commands
 * @param exactlyOnce whether incidents are written in transactions
 * @param transactionalIdPrefix prefix of their transactional ids; one a job
 * @param transactionTimeout longest transaction, longer than any checkpoint takes
 */
public record KafkaSettings(
    KafkaConnection connection,
    String groupId,
    Map<String, String> topics,
    String framesTopic,
    String controlTopic,
    boolean exactlyOnce,
    String transactionalIdPrefix,
    Duration transactionTimeout) {
  public KafkaSettings {
    topics = Map.copyOf(topics);
  }

  /** The topic an output goes to. */
  public String topic(JobOutput output) {
    return topics.getOrDefault(output.defaultTopic(), output.defaultTopic());
  }

  /**
   * A fresh copy of the clients' properties. Secrets in it are references that a client resolves
   * where it is made, so that none is in the job graph or what Flink keeps of it.
   */
  public Properties clientProperties() {
    Properties properties = new Properties();
    properties.putAll(connection.clientProperties());
    return properties;
  }

  /** Brokers, {@code host:port} separated by commas. */
  public String bootstrapServers() {
    return connection.bootstrapServers();
  }

  @Override
  public String toString() {
    return "KafkaSettings[" + connection + ", group " + groupId + "]";
  }
}
