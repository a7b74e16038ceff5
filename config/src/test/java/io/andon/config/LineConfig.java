package io.andon.config;

import io.andon.config.ConfigException.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration that the tests load. */
record LineConfig(String name, Kafka kafka, List<Camera> cameras) implements SelfChecked {
  record Kafka(String servers, Batch batch) {}

  record Batch(int lingerMillis) {}

  record Camera(String id, double fps, Transport transport, @Nullable SecretRef password) {
    Camera {
      if (id.equals("forbidden")) {
        throw new IllegalArgumentException("this id is taken by the system");
      }
    }
  }

  enum Transport {
    TCP,
    UDP
  }

  @Override
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < cameras.size(); i++) {
      if (!seen.add(cameras.get(i).id())) {
        problems.add(
            new Problem(
                "cameras[" + i + "].id", cameras.get(i).id(), "no two cameras share an id"));
      }
    }
    return problems;
  }
}
