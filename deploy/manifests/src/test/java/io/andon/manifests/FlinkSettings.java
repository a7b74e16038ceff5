package io.andon.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.FallbackKey;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.NettyShuffleEnvironmentOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;

/** Flink's settings in dotted form, and the options that Flink itself declares. */
final class FlinkSettings {
  /** What is otherwise in containers than on one host: addresses, ports and sizes. */
  static final Set<String> OF_CONTAINERS =
      Set.of(
          "jobmanager.rpc.address",
          "jobmanager.rpc.port",
          "jobmanager.bind-host",
          "jobmanager.memory.process.size",
          "taskmanager.host",
          "taskmanager.bind-host",
          "taskmanager.memory.task.heap.size",
          "taskmanager.memory.task.off-heap.size",
          "taskmanager.memory.managed.size",
          "rest.address",
          "rest.bind-address",
          "rest.port",
          "rest.bind-port",
          "blob.server.port",
          "metrics.reporter.andon.host",
          "metrics.reporter.andon.port");

  private static final List<Class<?>> DECLARING =
      List.of(
          BlobServerOptions.class,
          CheckpointingOptions.class,
          CoreOptions.class,
          HeartbeatManagerOptions.class,
          HighAvailabilityOptions.class,
          JobManagerOptions.class,
          KubernetesConfigOptions.class,
          MetricOptions.class,
          NettyShuffleEnvironmentOptions.class,
          RestOptions.class,
          RestartStrategyOptions.class,
          RpcOptions.class,
          StateRecoveryOptions.class,
          TaskManagerOptions.class,
          WebOptions.class);

  private FlinkSettings() {}

  /** Every value by its dotted key. */
  static Map<String, String> flat(JsonNode config) {
    Map<String, String> flat = new TreeMap<>();
    collect("", config, flat);
    return flat;
  }

  private static void collect(String prefix, JsonNode node, Map<String, String> flat) {
    node.properties()
        .forEach(
            entry -> {
              String key = prefix + entry.getKey();
              if (entry.getValue().isObject()) {
                collect(key + ".", entry.getValue(), flat);
              } else {
                flat.put(key, entry.getValue().asText());
              }
            });
  }

  /** Options by their current key; keys that are only understood for old files are left out. */
  static Map<String, ConfigOption<?>> declared() {
    Map<String, ConfigOption<?>> options = new HashMap<>();
    for (Class<?> type : DECLARING) {
      for (Field field : type.getFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
          ConfigOption<?> option = option(field);
          options.put(option.key(), option);
          for (FallbackKey fallback : option.fallbackKeys()) {
            if (!fallback.isDeprecated()) {
              options.put(fallback.getKey(), option);
            }
          }
        }
      }
    }
    return options;
  }

  private static ConfigOption<?> option(Field field) {
    try {
      return (ConfigOption<?>) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
